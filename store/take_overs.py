"""Taking over running cases: each line of a list becomes one journey, however often the list comes in.

A line is known again by keyed hashes: of the office's own number, and of the person with the day of allocation.
Journeys start through the outbox like any other, so the relay's throttle holds for them too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from sqlmodel import Session, col, select

from domain.calendar import berlin_day
from domain.errors import InvalidInput, Refusal
from domain.ids import house_stream
from domain.list_cells import person_words
from domain.permissions import Actor
from domain.take_over import Running, first_reviews
from domain.take_over_reading import Line, identity_of
from store import clock, closures, editions, ledger, participants, people
from store.database import Store
from store.keys import KeyDestroyed
from store.likely import Likely
from store.participants import Identity, Registration
from store.tables import OfficeRow, PersonRow
from store.tables_take_over import TakenLineRow, TakenOverRow

Kind = Literal["ready", "taken", "known", "question", "refused"]
TOGETHER = 20
_MANY = 400


@dataclass(frozen=True)
class Verdict:
    """What becomes of a line: `ready` in a preview, else taken, known before, a question, or refused."""

    no: int
    kind: Kind
    faults: tuple[InvalidInput, ...] = ()
    journey: str | None = None
    case_worker: str | None = None
    first_review_on: date | None = None
    case: Running | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Order:
    """Who takes over, for which office, and the hash of the list."""

    actor: Actor
    office: str
    sha256: str


def weigh(session: Session, store: Store, lines: Sequence[Line], office: str) -> tuple[Verdict, ...]:
    """What would become of each line, with the day of its first review; nothing is written."""
    verdicts = _weighed(session, store, lines, office)
    days = _planned_days(session, office, [v for v in verdicts.values() if v.kind == "ready"])
    return tuple(replace(v, first_review_on=days.get(v.no)) for v in verdicts.values())


def take_over(store: Store, lines: Sequence[Line], order: Order) -> tuple[Verdict, ...]:
    """Start a journey for each line that can be taken, a few in one transaction; the rest is said, not written.

    Killed in the middle it is run again: what was taken is known then, and the rest goes on where it stopped.

    Raises:
        Refusal: `clock_moving`, while the demo's clock is on its way to another day.
    """
    if clock.state(store).moving_to is not None:
        raise Refusal("clock_moving")
    with store.read() as session:
        verdicts = _weighed(session, store, lines, order.office)
    with store.write() as session:
        _note(session, order, "take_over_began", {"lines": len(verdicts), "ready": _count(verdicts, "ready")})
    ready = iter(sorted((v for v in verdicts.values() if v.kind == "ready"), key=_oldest_first))
    while together := list(islice(ready, TOGETHER)):
        with store.write() as session:
            verdicts.update({v.no: v for v in _taken(session, store, together, order)})
    with store.write() as session:
        kinds = ("taken", "known", "question", "refused")
        _note(session, order, "take_over_ended", {kind: _count(verdicts, kind) for kind in kinds})
    return tuple(verdicts.values())


def _oldest_first(verdict: Verdict) -> tuple[date, int]:
    return (verdict.case.t0 if verdict.case else date.max, verdict.no)


def _count(verdicts: Mapping[int, Verdict], kind: str) -> int:
    return sum(verdict.kind == kind for verdict in verdicts.values())


def _note(session: Session, order: Order, type_: str, counts: Mapping[str, int]) -> None:
    ledger.append(
        session,
        house_stream(order.office),
        office=order.office,
        at=clock.now(session),
        actor=order.actor.id,
        type=type_,
        body={"sha256": order.sha256, **counts},
    )


def _weighed(session: Session, store: Store, lines: Sequence[Line], office: str) -> dict[int, Verdict]:
    cases = [line.case for line in lines if line.case is not None]
    known = _known_tokens(session, [t for case in cases for t in _tokens(store, office, case)])
    scales = _Scales(session, store, office, known, Likely(session, store, office))
    return {line.no: scales.weigh(line) for line in lines}


@dataclass(frozen=True)
class _Scales:
    """One look at a list: what is known, who works here, and who is likely the same person."""

    session: Session
    store: Store
    office: str
    known: Mapping[str, str]
    likely: Likely

    def weigh(self, line: Line) -> Verdict:
        case = line.case
        if case is None:
            return Verdict(line.no, "refused", line.faults)
        try:
            if (journey := self._known_as(case)) is not None:
                return Verdict(line.no, "known", journey=journey)
            form = registration(self.session, self.store, case, self.office)
            participants.expect_sound(self.session, form)
        except InvalidInput as wrong:
            return Verdict(line.no, "refused", (wrong,))
        if not case.no_double and (double := self.likely.double_of(line.no, case.name, case.birth_date)):
            return Verdict(line.no, "question", (double,))
        return Verdict(line.no, "ready", case_worker=form.case_worker, case=case)

    def _known_as(self, case: Running) -> str | None:
        by_number, by_person = (self.known.get(t) for t in _tokens(self.store, self.office, case))
        if by_person is not None or by_number is None or self._same_person(by_number, case):
            return by_person or by_number
        raise InvalidInput("number_of_another", field="number")

    def _same_person(self, journey: str, case: Running) -> bool:
        """True where a corrected name, birth date or day of allocation still means the same person."""
        try:
            stands = participants.identity(self.store, journey, session=self.session)
        except KeyDestroyed:
            return True
        same_name = set(participants.words(stands.name)) == set(participants.words(case.name))
        return same_name or stands.birth_date == case.birth_date


def registration(
    session: Session, store: Store, case: Running, office: str, actor: Actor | None = None
) -> Registration:
    """The registration of a case, whose form is the line itself.

    Raises:
        InvalidInput: for a case worker or substitute whom this office does not have.
    """
    worker = _colleague(session, office, case.case_worker, "case_worker")
    substitute = _colleague(session, office, case.substitute, "substitute") if case.substitute else None
    fields = ("ags", "t0", "language", "interpreter", "reading", "term_months")
    person = {name: getattr(case, name) for name in ("name", "birth_date", "email", "phone", "address")}
    return Registration(
        form_id="import-" + _tokens(store, office, case)[0],
        actor=actor.id if actor else worker,
        role=str(actor.role) if actor else "case_worker",
        office=office,
        case_worker=worker,
        substitute=substitute,
        programme=editions.newest_programme()[1].id,
        identity=Identity(**person),
        **{name: getattr(case, name) for name in fields},
    )


def _colleague(session: Session, office: str, said: str, name: str) -> str:
    """Who is meant by a sign-in name, or by a name that only one colleague bears."""
    there: Sequence[PersonRow] = people.stand_ins(session, office)
    wanted = said.casefold()
    found = [p for p in there if p.login == wanted] or [p for p in there if p.name.casefold() == wanted]
    if len(found) != 1:
        logins = ", ".join(p.login for p in there)
        raise InvalidInput("colleague_unknown", field=name, known=logins or "–")
    return found[0].id


def _tokens(store: Store, office: str, case: Running) -> tuple[str, str]:
    """The hashes of the number (or of the person, where there is none) and of the person with the day."""
    person = "person\x1f" + person_words(case.name, case.birth_date, case.t0)
    mine = f"take_over\x1f{office}\x1f"
    return store.keys.token(mine + identity_of(case)), store.keys.token(mine + person)


def _known_tokens(session: Session, tokens: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(tokens), _MANY):
        some = tokens[start : start + _MANY]
        rows = session.exec(select(TakenLineRow).where(col(TakenLineRow.token).in_(some)))
        found.update({row.token: row.journey_id for row in rows})
    return found


def _planned_days(session: Session, office: str, ready: Sequence[Verdict]) -> dict[int, date]:
    """The day of the first review of each line, those of earlier take-overs counted."""
    today = berlin_day(clock.now(session))
    ordered = sorted(ready, key=_oldest_first)
    workers = [verdict.case_worker or "" for verdict in ordered]
    since = today - timedelta(days=today.weekday())
    rows = session.exec(
        select(TakenOverRow).where(
            col(TakenOverRow.case_worker_id).in_(set(workers)), col(TakenOverRow.first_review_on) >= since
        )
    )
    planned: dict[str, list[date]] = {}
    for row in rows:
        planned.setdefault(row.case_worker_id, []).append(row.first_review_on)
    days = first_reviews(
        workers,
        planned,
        taken_over_on=today,
        calendar=closures.current(session, office).calendar,
        office=office,
    )
    return {verdict.no: day for verdict, day in zip(ordered, days, strict=True)}


def _taken(session: Session, store: Store, together: Sequence[Verdict], order: Order) -> Iterator[Verdict]:
    """Take some lines in one transaction; whoever else takes over for this office waits at its row."""
    session.get(OfficeRow, order.office, with_for_update=True)
    tokens = [t for v in together if v.case for t in _tokens(store, order.office, v.case)]
    known = _known_tokens(session, tokens)
    fresh = []
    for verdict in together:
        journey = _known_meanwhile(known, store, verdict, order.office)
        if journey is None:
            fresh.append(verdict)
        else:
            yield replace(verdict, kind="known", journey=journey)
    days = _planned_days(session, order.office, fresh)
    for verdict in fresh:
        yield _started(session, store, verdict, order=order, first_review_on=days[verdict.no])


def _known_meanwhile(known: Mapping[str, str], store: Store, verdict: Verdict, office: str) -> str | None:
    tokens = _tokens(store, office, verdict.case) if verdict.case else ()
    return next((known[token] for token in tokens if token in known), None)


def _started(
    session: Session, store: Store, verdict: Verdict, *, order: Order, first_review_on: date
) -> Verdict:
    case, today = verdict.case, berlin_day(clock.now(session))
    if case is None:
        return verdict
    try:
        with session.begin_nested():
            form = registration(session, store, case, order.office, order.actor)
            brought = case.brought(today, first_review_on)
            _, journey = participants.register(session, store, form, brought=brought)
            _remember(session, store, case, journey=journey, form=form, reviewed=(today, first_review_on))
    except InvalidInput as wrong:  # somebody left the office between preview and confirmation
        return replace(verdict, kind="refused", faults=(wrong,))
    return replace(verdict, kind="taken", journey=journey, first_review_on=first_review_on)


def _remember(
    session: Session,
    store: Store,
    case: Running,
    *,
    journey: str,
    form: Registration,
    reviewed: tuple[date, date],
) -> None:
    on, first_review_on = reviewed
    session.add(
        TakenOverRow(
            journey_id=journey,
            office_id=form.office,
            case_worker_id=form.case_worker,
            taken_over_on=on,
            first_review_on=first_review_on,
        )
    )
    for token in dict.fromkeys(_tokens(store, form.office, case)):
        session.add(TakenLineRow(token=token, office_id=form.office, journey_id=journey))
    session.flush()
