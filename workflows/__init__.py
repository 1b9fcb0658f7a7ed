"""Deterministic workflows: they fold events, ask activities, and sleep until an instant they were given."""
