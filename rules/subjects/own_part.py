"""Subjects of what a participant was asked to do: missed appointments, the course, own steps, contact."""

from collections.abc import Iterator
from datetime import date

from domain.calendar import berlin_day
from domain.codes import AppointmentStatus, ContactKind, Side
from domain.facts import AppointmentFact, CaseFacts, CommitmentFact
from domain.gate import CARRIED_BY, net_days
from rules.subjects.clocks import counting_working_days, unpaused_days
from rules.subjects.fields import Reading, Subject, bounded


def no_shows(reading: Reading) -> Iterator[Subject]:
    """Each appointment to which nobody came (MIT-01); each is asked about once, new date or not (A-16)."""
    facts, on = reading.facts, reading.on
    for missed in facts.appointments:
        day = berlin_day(missed.start)
        if missed.status != AppointmentStatus.MISSED or day > on:
            continue
        yield _no_show(reading, missed, day)


def _no_show(reading: Reading, missed: AppointmentFact, day: date) -> Subject:
    facts, on, calendar = reading.facts, reading.on, reading.calendar
    subject = f"appointment/{missed.id}"

    def clock(since: date) -> int:
        return counting_working_days(facts, calendar, "MIT-01", subject, (since, on))

    fields = bounded(
        "no_show",
        reason_known=any(e.subject == subject and e.on <= on for e in facts.excuses),
        talked_since=any(day <= t.on <= on for t in facts.talks),
        net_working_days=clock(day),
    )
    return Subject("no_show", subject, day, fields, clock)


def entitlement(reading: Reading) -> Iterator[Subject]:
    """The registration for a course that a duty, a claim or an admission carries (MIT-02, A-32)."""
    facts, on = reading.facts, reading.on
    explained = facts.value_since("entitlement_explained", on)
    if explained is None:
        return

    def clock(since: date) -> int:
        return net_days(facts, "MIT-02", "entitlement", since, on)

    registered = _registered(facts, on)
    fields = bounded(
        "entitlement",
        carried=facts.value("course_entitlement", on) in CARRIED_BY,
        registered=registered,
        net_days_since_explained=0 if registered else clock(explained),
    )
    yield Subject("entitlement", "entitlement", explained, fields, clock)


def _registered(facts: CaseFacts, on: date) -> bool:
    """Known from any side: the fact, the step, or a course that has begun."""
    known = ("course_registered", "course_started", "course_ended")
    if any(facts.value(code, on) == "yes" for code in known):
        return True
    return any(s.step == "course_registration" and s.on <= on for s in facts.steps)


def own_steps(reading: Reading) -> Iterator[Subject]:
    """Each promise of the participant that is due (MIT-08); its date moves off weekends (A-12)."""
    for promise in reading.facts.commitments:
        if promise.side == Side.PARTICIPANT and promise.due < reading.on:
            yield _own_step(reading, promise)


def _own_step(reading: Reading, promise: CommitmentFact) -> Subject:
    facts, on = reading.facts, reading.on
    subject = f"commitment/{promise.id}"

    def clock(since: date) -> int:
        return net_days(facts, "MIT-08", subject, since, on)

    settled = _settled(facts, promise, subject, on)
    late = 0 if settled else clock(reading.calendar.next_working_day(promise.due))
    fields = bounded("own_step", settled=settled, net_days_late=late)
    return Subject("own_step", subject, promise.due, fields, clock)


def _settled(facts: CaseFacts, promise: CommitmentFact, subject: str, on: date) -> bool:
    """Kept, released, or excused for this date: an acceptance does not reach a date that lies after it."""
    ends = (promise.kept_on, promise.released_on)
    if any(d is not None and d <= on for d in ends):
        return True
    return any(
        bool(e.accepted) and e.decided_on is not None and promise.due <= e.decided_on <= on
        for e in facts.excuses
        if e.subject == subject
    )


def contact(reading: Reading) -> Iterator[Subject]:
    """The last sign of life (MIT-10); an announced absence counts as one until its end (A-17)."""
    facts, on = reading.facts, reading.on
    last = max((day for day in _signs_of_life(facts, on) if day <= on), default=facts.t0)
    last = max(last, facts.t0)
    fields = bounded("contact", net_days_silent=unpaused_days(facts, last, on))
    yield Subject("contact", "contact", last, fields, lambda since: unpaused_days(facts, since, on))


def _signs_of_life(facts: CaseFacts, on: date) -> Iterator[date]:
    yield from (c.on for c in facts.contacts if c.kind != ContactKind.ATTEMPT)
    yield from (t.on for t in facts.talks)
    for kept in facts.appointments:
        if kept.status == AppointmentStatus.KEPT:
            yield kept.settled_on or berlin_day(kept.start)
    for value in facts.values:
        if value.code == "announced_absence_until" and value.valid_from <= on and not value.superseded:
            yield min(date.fromisoformat(value.value), on)


__all__ = ["contact", "entitlement", "no_shows", "own_steps"]
