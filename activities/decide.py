"""The activity `decide`: judges, plans and writes one call of a journey in one transaction."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import rfc8785
from temporalio import activity

from activities.asks import wake_on
from activities.day import Outlook, foresee, live, next_wake, withhold
from activities.draft import Draft, Editions
from activities.notices_plan import ready_to_leave
from domain.calendar import Calendar, berlin_day
from domain.calls import DECIDE, DecideAnswer, DecideRequest, NoticeOrder
from domain.decisions import Edition, Upcoming
from domain.errors import EngineDisagreement
from domain.facts import CaseFacts
from rules.binding import Book
from rules.child import Quarantined
from rules.judge import Engine
from rules.library import Library, OfTheRelease, decides
from store import books, closures, editions
from store.database import Store
from store.projection import request_digest, save_decision, stored_answer


@dataclass(frozen=True)
class Decided:
    """One judged call: the answer for the workflow, and what only the read model needs."""

    answer: DecideAnswer
    facts: CaseFacts
    upcoming: tuple[Upcoming, ...]


class Calendars(Protocol):
    """Where the calendar of an office comes from."""

    def of(self, office: str, pinned: str | None) -> tuple[Calendar, Edition]:
        """The calendar that decides for this office, and what it is called."""
        ...


class Published:
    """The published calendar for every office: nobody is closed."""

    def of(self, office: str, pinned: str | None) -> tuple[Calendar, Edition]:
        """The pinned calendar, or the one in force."""
        del office
        return editions.calendar(pinned)


class Decisions:
    """Holds what `decide` needs: the store and the supervised engine of the rules."""

    def __init__(self, store: Store, engine: Engine | None) -> None:
        """Without an engine nothing can be decided for real; only tests of other things may do without."""
        self._store = store
        self._engine = engine
        self._library = books.Library(store)
        self._calendars = closures.Calendars(store)

    @activity.defn(name=DECIDE)
    def decide(self, request: DecideRequest) -> DecideAnswer:
        """Judge one call and write it; the same call again gets the same answer.

        Idempotent by (journey, call). Raises `InvariantViolation` if a call comes again with other content.
        """
        sha = request_digest(request)
        with self._store.read() as session:
            earlier = stored_answer(session, self._store, request.journey, request.call, sha)
        if earlier is not None:
            return earlier
        decided = judge_call(request, self._engine, self._library, self._calendars)
        with self._store.write() as session:
            # Two attempts of one call can overlap after a pause of the process: the first to commit counts.
            earlier = stored_answer(session, self._store, request.journey, request.call, sha)
            if earlier is not None:
                return earlier
            save_decision(
                session,
                self._store,
                request,
                decided.answer,
                state_facts=decided.facts,
                upcoming=decided.upcoming,
            )
        return decided.answer


def judge_call(
    request: DecideRequest,
    engine: Engine | None,
    library: Library | None = None,
    calendars: Calendars | None = None,
) -> Decided:
    """All that a call decides, as a function of the request and of the editions it pins.

    Without a pin the book in force in the library decides; without a library the release's own. Without calendars
    no office is ever closed.
    """
    shelf = library or OfTheRelease()
    made_by, versions = _editions(request, shelf, calendars or Published())
    day = berlin_day(request.now)
    draft = Draft(request.facts, request.seq, request.now, day, made_by)
    _live_safely(draft, request, engine)
    outlook = _outlook(draft, acting=request.acting)
    orders = ready_to_leave(draft.facts, request.now, made_by.calendar) if request.acting else ()
    answer = DecideAnswer(
        call=request.call,
        events=tuple(draft.events),
        send=tuple(NoticeOrder(notice=notice.id) for notice in orders),
        next_wake=_no_later_than_the_next_book(
            next_wake(_after(draft, orders), outlook, acting=request.acting), request, shelf
        ),
        plan=draft.plan(),
        **versions,
    )
    return Decided(answer, draft.facts, outlook.upcoming)


def _live_safely(draft: Draft, request: DecideRequest, engine: Engine | None) -> None:
    """Nothing half-decided: if the rules cannot be trusted, a person is called and that is all."""
    try:
        live(draft, request.new_events, engine, acting=request.acting)
    except (EngineDisagreement, Quarantined) as doubt:
        draft.facts, draft.seq, draft.events = request.facts, request.seq, []
        withhold(draft, doubt.code, _digest(request.facts))


def _digest(facts: CaseFacts) -> str:
    return hashlib.sha256(rfc8785.dumps(facts.model_dump(mode="json"))).hexdigest()


def _after(draft: Draft, orders: tuple[object, ...]) -> Draft:
    """The draft without what leaves now: it must not be a reason to wake again."""
    ids = {getattr(order, "id", "") for order in orders}
    left = tuple(n for n in draft.facts.notices if n.id not in ids)
    return replace(draft, facts=draft.facts.model_copy(update={"notices": left}))


def _outlook(draft: Draft, *, acting: bool) -> Outlook:
    if draft.facts.closed_on is not None:
        return Outlook((), draft.day)
    first = draft.day.toordinal() + (1 if acting else 0)
    return foresee(draft, draft.day.fromordinal(first))


def _no_later_than_the_next_book(
    wake: datetime | None, request: DecideRequest, library: Library
) -> datetime | None:
    """A journey that nothing pins looks again on the first day of the next book, whatever its own agenda says."""
    if wake is None or request.pins.book is not None:
        return wake
    change = library.next_change(berlin_day(request.now))
    return wake if change is None else min(wake, wake_on(change, request.journey))


def _editions(
    request: DecideRequest, library: Library, calendars: Calendars
) -> tuple[Editions, dict[str, Edition]]:
    programme, programme_version = editions.programme(request.pins.programme)
    calendar, calendar_version = calendars.of(request.facts.office, request.pins.calendar)
    chosen: Book = decides(library, request.pins.book, berlin_day(request.now))
    versions = {
        "programme": programme_version,
        "calendar": calendar_version,
        "book": Edition(id=chosen.id, sha256=chosen.sha256),
    }
    return Editions(programme, calendar, chosen), versions
