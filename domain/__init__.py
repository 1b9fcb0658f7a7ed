"""What Pakt is about, as pure types and functions: imports stdlib and pydantic only."""
