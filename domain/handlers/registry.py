"""Where handlers register, and the checks that several of them make."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from domain import events as e
from domain.codes import ConsentOutcome, FactCode, Purpose
from domain.errors import Refusal
from domain.journey import JourneyState, office_day
from domain.model import Wire

Draft = tuple[e.EventBody, dict[str, Any]]
Handler = Callable[[JourneyState, Any, datetime], list[Draft]]
Entry = TypeVar("Entry", bound=Wire)
HANDLERS: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of one command kind."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


def not_in_future(field: str, day: date, now: datetime) -> None:
    """Refuse a day after today."""
    if day > office_day(now):
        raise Refusal("future_day", field=field, day=str(day), today=str(office_day(now)))


def expect_consent(state: JourneyState, field: str) -> None:
    """Refuse while consent for casework is missing; `field` names what was closed by it."""
    if not state.facts.allows(Purpose.CASEWORK):
        raise Refusal("consent_missing", field=field)


def expect_scope(state: JourneyState, code: FactCode) -> None:
    """Refuse a fact outside of what a partial consent covers."""
    expect_consent(state, code.code)
    answer = state.facts.consent(Purpose.CASEWORK)
    if answer and answer.outcome == ConsentOutcome.PARTLY and code.field not in answer.fields:
        raise Refusal("consent_scope", field=code.code, goal=code.field)


def find(entries: tuple[Entry, ...], kind: str, id_: str) -> Entry:
    """The entry with this id, or a refusal that names the field."""
    found = next((x for x in entries if getattr(x, "id", None) == id_), None)
    if found is None:
        raise Refusal("unknown_subject", field=kind, id=id_)
    return found


def expect_new(entries: tuple[Any, ...], kind: str, id_: str) -> None:
    """Refuse an id that is taken."""
    if any(entry.id == id_ for entry in entries):
        raise Refusal("exists_already", field=kind, id=id_)
