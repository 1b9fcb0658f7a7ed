"""Subjects of what a participant was asked to do: missed appointments, the course, own steps, contact."""

from collections.abc import Iterator
from datetime import date

from domain.calendar import berlin_day
from domain.codes import AppointmentStatus, ContactKind, Side
from domain.facts import AppointmentFact, CaseFacts, CommitmentFact
from domain.gate import net_days
from rules.subjects.carried import course_carried
from rules.subjects.clocks import counting_working_days, unpaused_days
from rules.subjects.fields import Kind, Reading, Subject, days, flag, subject, working_days


def no_shows(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Each appointment to which nobody came (MIT-01); each is asked about once, new date or not (A-16)."""
    facts, on = reading.facts, reading.on
    for missed in facts.appointments:
        day = berlin_day(missed.start)
        if missed.status != AppointmentStatus.MISSED or day > on:
            continue
        yield _no_show(reading, missed, day)


def _no_show(reading: Reading[CaseFacts], missed: AppointmentFact, day: date) -> Subject:
    facts, on, calendar = reading.facts, reading.on, reading.calendar
    ref = f"appointment/{missed.id}"

    def clock(since: date) -> int:
        return counting_working_days(facts, calendar, reading.ask, ref, (since, on))

    return subject(
        "no_show",
        _NO_SHOW,
        ref,
        day,
        clock,
        reason_known=any(e.subject == ref and e.on <= on for e in facts.excuses),
        talked_since=any(day <= t.on <= on for t in facts.talks),
        net_working_days=clock(day),
    )


def entitlement(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The registration for a course that a duty, a claim or an admission carries (MIT-02, A-32)."""
    facts, on = reading.facts, reading.on
    explained = facts.value_since("entitlement_explained", on)
    if explained is None:
        return

    def clock(since: date) -> int:
        return net_days(facts, reading.ask, "entitlement", since, on)

    yield subject(
        "entitlement",
        _ENTITLEMENT,
        "entitlement",
        explained,
        clock,
        carried=course_carried(reading),
        registered=registered(facts, on),
        net_days_since_explained=clock(explained),
    )


def registered(facts: CaseFacts, on: date) -> bool:
    """Known from any side: the fact, the step, or a course that has begun."""
    known = ("course_registered", "course_started", "course_ended")
    if any(facts.value(code, on) == "yes" for code in known):
        return True
    return any(s.step == "course_registration" and s.on <= on for s in facts.steps)


def own_steps(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Each promise of the participant that is due (MIT-08); its date moves off weekends (A-12).

    Civic engagement is no subject: it is offered, and nothing can be late about it.
    """
    for promise in reading.facts.commitments:
        if promise.side == Side.PARTICIPANT and not promise.voluntary and promise.due < reading.on:
            yield _own_step(reading, promise)


def _own_step(reading: Reading[CaseFacts], promise: CommitmentFact) -> Subject:
    facts, on = reading.facts, reading.on
    ref = f"commitment/{promise.id}"

    def clock(since: date) -> int:
        return net_days(facts, reading.ask, ref, since, on)

    settled = _settled(facts, promise, ref, on)
    late = clock(reading.calendar.next_working_day(promise.due))
    return subject("own_step", _OWN_STEP, ref, promise.due, clock, settled=settled, net_days_late=late)


def _settled(facts: CaseFacts, promise: CommitmentFact, ref: str, on: date) -> bool:
    """Kept, released, or excused for this date: an acceptance does not reach a date that lies after it."""
    ends = (promise.kept_on, promise.released_on)
    if any(d is not None and d <= on for d in ends):
        return True
    return any(
        bool(e.accepted) and e.decided_on is not None and promise.due <= e.decided_on <= on
        for e in facts.excuses
        if e.subject == ref
    )


def contact(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The last sign of life (MIT-10); an announced absence counts as one until its end (A-17)."""
    facts, on = reading.facts, reading.on
    last = max((day for day in signs_of_life(facts, on) if day <= on), default=facts.t0)
    last = max(last, facts.t0)
    silent = unpaused_days(facts, last, on)
    yield subject(
        "contact",
        _CONTACT,
        "contact",
        last,
        lambda since: unpaused_days(facts, since, on),
        net_days_silent=silent,
    )


def signs_of_life(facts: CaseFacts, on: date) -> Iterator[date]:
    """Every day on which the person gave a sign of life, however it was recorded (A-17)."""
    yield from (c.on for c in facts.contacts if c.kind != ContactKind.ATTEMPT)
    yield from (t.on for t in facts.talks)
    for kept in facts.appointments:
        if kept.status == AppointmentStatus.KEPT:
            yield kept.settled_on or berlin_day(kept.start)
    for value in facts.values:
        if value.code == "announced_absence_until" and value.valid_from <= on and not value.superseded:
            yield min(date.fromisoformat(value.value), on)


_NO_SHOW = (
    flag("reason_known", "a reason for the missed appointment was given", "ein Grund wurde genannt"),
    flag("talked_since", "a talk was held on the day or later", "seither wurde gesprochen"),
    working_days(
        "net_working_days", "working days since the missed appointment that count", "anrechenbare Arbeitstage"
    ),
)
_ENTITLEMENT = (
    flag("carried", "a duty, a claim or an admission is in hand (A-32)", "ein Kurs ist getragen"),
    flag("registered", "a registration is known from any side", "eine Anmeldung ist bekannt"),
    days(
        "net_days_since_explained",
        "days since it was explained that count against the person",
        "anrechenbare Tage seit der Erklärung",
    ),
)
_OWN_STEP = (
    flag("settled", "the step is done, released, or excused", "der Schritt ist erledigt oder entschuldigt"),
    days(
        "net_days_late",
        "days since the moved due date that count against the person (A-12)",
        "anrechenbare Tage seit dem Termin",
    ),
)
_CONTACT = (
    days(
        "net_days_silent", "days without a sign of life, pauses not counted (A-17)", "Tage ohne Lebenszeichen"
    ),
)
KINDS: tuple[Kind[CaseFacts], ...] = (
    Kind("no_show", "AT", _NO_SHOW, no_shows),
    Kind("entitlement", "d", _ENTITLEMENT, entitlement),
    Kind("own_step", "d", _OWN_STEP, own_steps),
    Kind("contact", "d", _CONTACT, contact),
)
