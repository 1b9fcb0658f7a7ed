"""The activity `office_day`: looks at one office, judges it, and writes all that follows in one transaction."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from temporalio import activity

from activities.day import withhold
from activities.found import NOBODYS, STUCK, UNPRINTED, Look, look
from activities.matters import escalate, lift, open_task, raise_passed_up, raise_unanswered, task_for
from activities.office_draft import OfficeDraft, Versions
from domain.calendar import Calendar, at_berlin, berlin_day
from domain.calls import OFFICE_DAY, OfficeDayAnswer, OfficeDayRequest
from domain.codes import Addressee, Outcome
from domain.decisions import Decision, Edition, Ruling
from domain.errors import EngineDisagreement
from domain.events import DecisionMade, EpisodeLifted
from domain.ids import derived_id
from domain.office_facts import OfficeFacts, ValidityFact
from rules.binding import Book
from rules.child import Quarantined
from rules.judge import Engine, decide, facts_sha256
from rules.library import decides, find
from rules.shape import Citation
from store import books, closures, findings, office_reading, office_rows
from store.database import Store
from store.findings import Found

OPENS = time(7)
SPREAD_MINUTES = 60
FIGURES, FIGURES_AHEAD = "QS-04", timedelta(days=60)
AFTER_THE_END = timedelta(days=60)
"""For how long after its last day a rule without a successor is still spoken of."""


@dataclass(frozen=True)
class _Seen:
    """What was read of an office in one look at the database."""

    facts: OfficeFacts
    calendar: Calendar
    calendar_edition: Edition
    book: Book
    look: Look


class OfficeDays:
    """Holds what a look at an office needs: the store and the supervised engine of the rules."""

    def __init__(self, store: Store, engine: Engine | None) -> None:
        """Without an engine only the plain evaluation answers; only tests of other things may do without."""
        self._store = store
        self._engine = engine
        self._library = books.Library(store)
        self._calendars = closures.Calendars(store)

    @activity.defn(name=OFFICE_DAY)
    def office_day(self, request: OfficeDayRequest) -> OfficeDayAnswer:
        """One call for one office; the same call again gets the same answer.

        Idempotent by (office, call). Raises `InvariantViolation` if a call comes again with other content.
        """
        sha = office_rows.request_digest(request)
        with self._store.read() as session:
            earlier = office_rows.stored_answer(session, self._store, request, sha)
        if earlier is not None:
            return earlier
        seen = self._see(request)
        draft = self._live(request, seen)
        answer = _answer(request, draft, seen)
        with self._store.write() as session:
            # Two attempts of one call can overlap after a pause of the process: the first to commit counts.
            earlier = office_rows.stored_answer(session, self._store, request, sha)
            if earlier is not None:
                return earlier
            for one in _all_found(draft, seen) if _acts(request, seen) else ():
                findings.note(session, request.office, one, on=draft.day, at=request.now)
            numbers = {what: len(found) for what, found in _collective(seen.look)}
            office_rows.save(session, self._store, request, answer, numbers=numbers)
        return answer

    def _see(self, request: OfficeDayRequest) -> _Seen:
        day = berlin_day(request.now)
        calendar, edition = self._calendars.of(request.office)
        book = decides(self._library, None, day)
        with self._store.read() as session:
            facts = office_reading.read(session, request.memory, day)
            coming = [row.id for row in books.books(session) if row.active_from and row.active_from > day]
            if office_reading.looks_after_rules(session, request.office):
                later = [find(self._library, one) for one in coming]
                facts = facts.model_copy(update={"validities": tuple(_validities(book, later, day))})
            found = look(session, facts, day, calendar=calendar)
        return _Seen(facts, calendar, edition, book, found)

    def _live(self, request: OfficeDayRequest, seen: _Seen) -> OfficeDraft:
        """The day of the office; if the rules cannot be trusted, a person is called and that is all."""
        draft = _begin(request, seen)
        try:
            _judge(draft, request, seen, self._engine if _acts(request, seen) else None)
        except (EngineDisagreement, Quarantined) as doubt:
            draft = _begin(request, seen)
            withhold(draft, doubt.code, facts_sha256(seen.facts))
        return draft


def _begin(request: OfficeDayRequest, seen: _Seen) -> OfficeDraft:
    day, versions = berlin_day(request.now), Versions(seen.calendar, seen.book)
    return OfficeDraft(request.memory, request.seq, request.now, day=day, versions=versions)


def _acts(request: OfficeDayRequest, seen: _Seen) -> bool:
    """True for the one look of a day: it is never repeated, and never made up for."""
    day = berlin_day(request.now)
    return request.acting and request.looked_on != day and _is_looked_at(seen, day)


def _is_looked_at(seen: _Seen, day: date) -> bool:
    """Each working day of the office, and any day while the yearly figures are due.

    Their warnings count back from the raw day (A-29): begun late, because it was New Year's Day, the last of them
    would come after the end.
    """
    return _works(seen, day) or any(
        report.sent_on is None and day >= report.due - FIGURES_AHEAD for report in seen.facts.reports
    )


def _works(seen: _Seen, day: date) -> bool:
    return seen.calendar.is_working_day(day, seen.facts.office)


def _judge(draft: OfficeDraft, request: OfficeDayRequest, seen: _Seen, engine: Engine | None) -> None:
    ruling = decide(seen.facts, draft.day, calendar=seen.calendar, book=seen.book, judge=engine)
    for lifted in ruling.lifted:
        draft.emit(EpisodeLifted(rule=lifted.rule, subject=lifted.subject, episode=lifted.episode))
        lift(draft, lifted)
    raise_passed_up(draft, request.new_events)
    if _acts(request, seen):
        _act(draft, ruling, seen)


def _act(draft: OfficeDraft, ruling: Ruling, seen: _Seen) -> None:
    works = _works(seen, draft.day)
    for decision in ruling.decisions:
        if works or decision.rule == FIGURES:
            draft.emit(DecisionMade(**decision.model_dump(), on=draft.day))
            _effect(draft, decision)
    if not works:
        return
    raise_unanswered(draft)
    for what, found in _collective(seen.look):
        if found:
            # One collective task for a day: a lead is told of many things at once, not of each.
            open_task(draft, what, "office", (draft.day.isoformat(),), addressee=Addressee.LEAD)


def _collective(look: Look) -> tuple[tuple[str, Sequence[Found]], ...]:
    return (STUCK, look.stuck), (UNPRINTED, look.unprinted), (NOBODYS, look.nobodys)


def _effect(draft: OfficeDraft, decision: Decision) -> None:
    if decision.outcome == Outcome.ESCALATE:
        escalate(draft, decision)
    else:
        task_for(draft, decision)


_KINDS = {
    "FOE-17": "absent_worker",
    "FOE-18": "overload",
    "QS-02": "rule_expiring",
    "QS-03": "retention_over",
    "QS-04": "report_due",
}


def _all_found(draft: OfficeDraft, seen: _Seen) -> Iterator[Found]:
    """What the finders saw, and what the rules decided today."""
    yield from seen.look.found if _works(seen, draft.day) else ()
    for event in draft.events:
        body = event.body
        if isinstance(body, DecisionMade) and body.rule in _KINDS:
            yield Found(_KINDS[body.rule], body.subject, str(body.outcome))


def _answer(request: OfficeDayRequest, draft: OfficeDraft, seen: _Seen) -> OfficeDayAnswer:
    acted = _acts(request, seen)
    looked_on = draft.day if acted else request.looked_on
    counted = Counter(one.kind for one in _all_found(draft, seen)) if acted else {}
    return OfficeDayAnswer(
        call=request.call,
        events=tuple(draft.events),
        found=dict(sorted(counted.items())),
        looked_on=looked_on,
        next_wake=_next_look(request, seen, looked_on),
        book=Edition(id=seen.book.id, sha256=seen.book.sha256),
        calendar=seen.calendar_edition,
    )


def _next_look(request: OfficeDayRequest, seen: _Seen, looked_on: date | None) -> datetime:
    """The next instant at which an office is looked at: in the morning of its next day.

    A day that has begun and was not looked at is looked at now; days before it are not made up for.
    """
    today = berlin_day(request.now)
    day = today if looked_on is None or looked_on < today else today + timedelta(days=1)
    while not _is_looked_at(seen, day):
        day += timedelta(days=1)
    # Every office has its own minute, so that not all of them look at once.
    minute = int(derived_id("office", request.office).removeprefix("off_")[:8], 16) % SPREAD_MINUTES
    return max(at_berlin(day, OPENS) + timedelta(minutes=minute), request.now)


def _validities(book: Book, later: Sequence[Book], day: date) -> Iterator[ValidityFact]:
    """Until when each rule of the book speaks, whether another version follows, and when its sources are read again."""
    latest = {
        rule.id: rule for rule in sorted(book.rules, key=lambda r: (r.id, r.since)) if rule.since <= day
    }
    for rule in latest.values():
        if rule.until is not None and rule.until + AFTER_THE_END < day:
            continue
        yield ValidityFact(
            rule=rule.id,
            until=rule.until,
            successor=rule.until is not None and _follows(rule.id, rule.until, (book, *later)),
            recheck_by=_recheck(rule.basis, book.citations),
        )


def _follows(rule: str, until: date, shelf: Sequence[Book]) -> bool:
    """True if some book has a version of the rule that speaks after a day."""
    versions = (one for book in shelf for one in book.rules if one.id == rule)
    return any(one.until is None or one.until > until for one in versions)


def _recheck(basis: Sequence[str], citations: Mapping[str, Citation]) -> date | None:
    """The first day by which one of the sources is to be read again."""
    return min((citations[key].recheck_by for key in basis if key in citations), default=None)
