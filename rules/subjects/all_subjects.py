"""From facts to subjects: which kinds there are and who reads them."""

from typing import Any, Literal

from domain.office_facts import OfficeFacts
from rules.subjects import (
    attendance,
    course_rights,
    letters,
    of_offices,
    office_clocks,
    office_duties,
    outside_clocks,
    own_part,
    referrals,
    taking_part,
)
from rules.subjects.fields import COMMON, AnyFacts, Field, Kind, Reading, Subject

_JOURNEY: tuple[Kind[Any], ...] = (
    *office_duties.KINDS,
    *office_clocks.KINDS,
    *outside_clocks.KINDS,
    *course_rights.KINDS,
    *own_part.KINDS,
    *taking_part.KINDS,
    *attendance.KINDS,
    *letters.KINDS,
    *referrals.KINDS,
)
_OFFICE: tuple[Kind[Any], ...] = (*of_offices.KINDS,)
KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in (*_JOURNEY, *_OFFICE)}
FIELDS: dict[str, dict[str, Field]] = {
    kind.name: {f.name: f for f in (*COMMON, *kind.own)} for kind in KINDS.values()
}
CLOCKS: dict[str, str] = {kind.name: kind.clock for kind in KINDS.values()}
_OFFICE_NAMES = frozenset(kind.name for kind in _OFFICE)


def scope_of(kind: str) -> Literal["journey", "office"]:
    """Whether a kind of subject is read from the facts of a journey or of an office."""
    return "office" if kind in _OFFICE_NAMES else "journey"


def speaks_about(kind: str, facts: AnyFacts) -> bool:
    """True if subjects of this kind are read from facts like these."""
    return (scope_of(kind) == "office") == (type(facts) is OfficeFacts)


def subjects_of(reading: Reading[Any], kind: str) -> tuple[Subject, ...]:
    """All subjects of one kind on the day of the reading, in the order of the facts."""
    return tuple(KINDS[kind].read(reading))
