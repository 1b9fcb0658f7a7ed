"""Synthetic people live through the programme on the real parts, in virtual time; the same seed, the same lives."""
