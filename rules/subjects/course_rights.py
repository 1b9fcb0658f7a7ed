"""The rights to a course and their ends: the claim, entitlements, registrations, costs."""

from domain.facts import CaseFacts
from rules.subjects.fields import Kind

KINDS: tuple[Kind[CaseFacts], ...] = ()
