"""An independent model of what must happen: written from the texts, importing nothing of Pakt."""
