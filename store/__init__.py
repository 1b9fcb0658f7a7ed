"""What Pakt remembers: the only room that speaks SQL."""
