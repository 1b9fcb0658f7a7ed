"""What the conditions speak about: subjects with bounded integer fields, computed purely from facts."""

from rules.subjects.all_subjects import subjects_of
from rules.subjects.fields import FIELDS, Field, Reading, Subject

__all__ = ["FIELDS", "Field", "Reading", "Subject", "subjects_of"]
