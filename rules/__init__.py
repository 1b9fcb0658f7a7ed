"""The Fördern-und-Fordern rule base: facts go in, decisions come out, and nothing else does either."""
