"""What a person at a terminal reads: German, or English with `PAKT_LANGUAGE=en`."""

import os
import sys
from typing import Literal, TextIO

Language = Literal["de", "en"]


def language() -> Language:
    """The language of the terminal."""
    return "en" if os.environ.get("PAKT_LANGUAGE", "de").lower().startswith("en") else "de"


def say(german: str, english: str, *, to: TextIO | None = None) -> None:
    """Print a line in the language of the terminal, at once."""
    stream = to or sys.stdout
    stream.write((english if language() == "en" else german) + "\n")
    stream.flush()
