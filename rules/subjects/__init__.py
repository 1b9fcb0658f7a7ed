"""What the conditions speak about: subjects with bounded integer fields, computed purely from facts.

The meaning of a field never changes: a book that was in force must give the same decisions for ever. Another
meaning is another field.
"""

from rules.subjects.all_subjects import CLOCKS, FIELDS, KINDS, scope_of, speaks_about, subjects_of
from rules.subjects.fields import AnyFacts, Field, Reading, Subject

__all__ = [
    "CLOCKS",
    "FIELDS",
    "KINDS",
    "AnyFacts",
    "Field",
    "Reading",
    "Subject",
    "scope_of",
    "speaks_about",
    "subjects_of",
]
