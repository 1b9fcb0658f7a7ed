"""The office's own clocks: staffing, consent, other bodies, children, the term, offers."""

from domain.facts import CaseFacts
from rules.subjects.fields import Kind

KINDS: tuple[Kind[CaseFacts], ...] = ()
