"""Literal facts for tests: one person, one line per thing recorded."""

from datetime import date

from domain.facts import CaseFacts
from rules.book import book
from rules.literals import (
    EXCUSE,
    JOURNEY,
    OFFICE_OFFER,
    OFFICE_PROMISE,
    OWN_STEP,
    PAUSE,
    SECOND_OFFER,
    TALK,
    Facts,
    person,
    spoke,
    value,
)
from store.editions import calendar

BOOK = book()
CALENDAR = calendar()[0]


def facts(**recorded: object) -> CaseFacts:
    """The facts of the literal person, with what was recorded."""
    return CaseFacts.model_validate(person(**recorded))


def own_step(due: str = "2027-03-01", **more: object) -> Facts:
    """A promise of the participant about the language."""
    agreed = {"id": OWN_STEP, "side": "participant", "goal": "language", "agreed_on": "2027-02-01"}
    return {**agreed, "due": due, **more}


def office_promise(due: str = "2027-02-26", **more: object) -> Facts:
    """A promise of the office about the language."""
    agreed = {"id": OFFICE_PROMISE, "side": "office", "goal": "language", "agreed_on": "2027-02-01"}
    return {**agreed, "due": due, **more}


def appointment(start: str, talk: str = "review", **more: object) -> Facts:
    """An appointment that was offered in January."""
    return {"id": OFFICE_OFFER, "talk": talk, "start": start, "offered_on": "2027-01-20", **more}


def course(*more: Facts) -> list[Facts]:
    """A duty to take the course, explained on 1 February 2027, with a place."""
    return [
        value(1, "course_entitlement", "duty", "2027-01-20"),
        value(2, "entitlement_explained", "yes", "2027-02-01"),
        value(3, "course_place", "exists", "2027-02-01"),
        *more,
    ]


def day(text: str) -> date:
    """A date as it is written."""
    return date.fromisoformat(text)


__all__ = [
    "BOOK",
    "CALENDAR",
    "EXCUSE",
    "JOURNEY",
    "OFFICE_OFFER",
    "OFFICE_PROMISE",
    "OWN_STEP",
    "PAUSE",
    "SECOND_OFFER",
    "TALK",
    "Facts",
    "appointment",
    "course",
    "day",
    "facts",
    "office_promise",
    "own_step",
    "person",
    "spoke",
    "value",
]
