"""Subjects of taking part: absences, illness, drop-out, the exam, missed appointments, moves, letters."""

from domain.facts import CaseFacts
from rules.subjects.fields import Kind

KINDS: tuple[Kind[CaseFacts], ...] = ()
