"""The office's own clocks: staffing, consent, other bodies, children, the term, offers of a contact, a talk, a way out."""

from domain.facts import CaseFacts
from rules.subjects.fields import Kind

KINDS: tuple[Kind[CaseFacts], ...] = ()
