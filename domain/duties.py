"""The office's duties that come before a demand: for each, whether it is open for a subject on a day.

A demand names the duties it waits for (its twins, A-09); the gate looks them up here and nowhere else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import berlin_day
from domain.codes import ContactKind, Goal, Interpreter, Side
from domain.facts import AppointmentFact, CaseFacts, CommitmentFact, ValueFact

BENEFITS = ("sgb2", "sgb12", "asylblg")
CARE_CODES = ("childcare", "child_under_three_until", "parents_wish")
_UNDERSTOOD = (Interpreter.REQUESTED, Interpreter.CONFIRMED, Interpreter.DECLINED)
_ONE_DAY = timedelta(days=1)

IsOpen = Callable[[CaseFacts, str, date], bool]
Turns = Callable[[CaseFacts, str], Iterator[date]]


@dataclass(frozen=True, slots=True)
class Duty:
    """Whether a duty is open, and the days on which that can change."""

    is_open: IsOpen
    turns: Turns


def open_duty(facts: CaseFacts, duties: tuple[str, ...], subject: str, day: date) -> bool:
    """True while at least one of these duties is open for the subject."""
    return any(DUTIES[name].is_open(facts, subject, day) for name in duties)


def turning_days(facts: CaseFacts, duties: tuple[str, ...], subject: str) -> Iterator[date]:
    """Every day on which one of these duties may open or be settled."""
    for name in duties:
        yield from DUTIES[name].turns(facts, subject)


def understood(facts: CaseFacts, offer: AppointmentFact, day: date) -> bool:
    """True if interpreting is in order: it did not fail, and where it is needed it was seen to (A-33)."""
    if offer.interpreter == Interpreter.FAILED:
        return False
    return facts.value("interpreter", day) != "needed" or offer.interpreter in _UNDERSTOOD


def offer_stands(facts: CaseFacts, offer: AppointmentFact, day: date) -> bool:
    """True if the office offered it, did not take it back, and sees to being understood (A-33)."""
    if offer.offered_on > day or offer.cancelled_by == Side.OFFICE:
        return False
    return understood(facts, offer, day)


def care_open(facts: CaseFacts, day: date) -> bool:
    """True on a day on which care for a child who needs it does not cover the course (A-31)."""
    return facts.value("childcare", day) == "open"


def in_order(facts: CaseFacts, offer: AppointmentFact, day: date) -> bool:
    """True if the office did its part for an appointment: offered, understood, invited in the language."""
    return offer.invited_in_language and offer_stands(facts, offer, day)


def told_in_person(facts: CaseFacts, offer: AppointmentFact) -> bool:
    """True unless somebody who does not read was written to only: before the start, somebody has to have spoken."""
    first, last = offer.offered_on, berlin_day(offer.start)
    if facts.value("reading", last) != "does_not_read":
        return True
    spoken = [c.on for c in facts.contacts if c.kind != ContactKind.ATTEMPT]
    spoken += [talk.on for talk in facts.talks]
    spoken += [
        t.completed_on for t in facts.tasks if t.what == "speak_in_person" and t.completed_on is not None
    ]
    return any(first <= day <= last for day in spoken)


def _only_written(facts: CaseFacts, subject: str, __: date) -> bool:
    kind, _, ref = subject.partition("/")
    offer = next((a for a in facts.appointments if a.id == ref), None) if kind == "appointment" else None
    return offer is not None and not told_in_person(facts, offer)


def _nobody_responsible(facts: CaseFacts, _: str, __: date) -> bool:
    return facts.case_worker is None


def _invitation_lacking(facts: CaseFacts, subject: str, day: date) -> bool:
    kind, _, ref = subject.partition("/")
    offer = next((a for a in facts.appointments if a.id == ref), None) if kind == "appointment" else None
    return offer is not None and not in_order(facts, offer, day)


def _promise_open(facts: CaseFacts, subject: str, day: date) -> bool:
    kind, _, ref = subject.partition("/")
    if kind != "commitment":
        owed = (c for c in facts.commitments if c.side == Side.OFFICE and c.goal == Goal.LANGUAGE)
        return any(_unsettled(c, day) and c.due < day for c in owed)
    own = next((c for c in facts.commitments if c.id == ref), None)
    if own is None or own.side == Side.OFFICE:
        return False
    return any(_goes_first(other, own, day) for other in facts.commitments if other.side == Side.OFFICE)


def _goes_first(promise: CommitmentFact, own: CommitmentFact, day: date) -> bool:
    """True while the paired promise is not kept, or one of the same goal is overdue."""
    paired = promise.id == own.twin or promise.twin == own.id
    late = promise.goal == own.goal and promise.due < day
    return _unsettled(promise, day) and (paired or late)


def _unsettled(promise: CommitmentFact, day: date) -> bool:
    settled = (d for d in (promise.kept_on, promise.released_on) if d is not None)
    return promise.agreed_on <= day and not any(d <= day for d in settled)


def _no_place(facts: CaseFacts, _: str, day: date) -> bool:
    return facts.value("course_place", day) != "exists"


def _travel_unpaid(facts: CaseFacts, _: str, day: date) -> bool:
    """The way to the course of somebody who lives on benefits, while nobody has applied for its cost."""
    due = facts.value("course_section_starts", day) or facts.value("course_started", day) == "yes"
    if not due or facts.value("benefit", day) not in BENEFITS:
        return False
    return facts.value("travel_grant", day) is None


def _care_lacking(facts: CaseFacts, _: str, day: date) -> bool:
    """Open care; under three only a person opens the gate: secured care and the parents' wish (A-31)."""
    care = facts.value("childcare", day)
    until = facts.value("child_under_three_until", day)
    if until is None or day.isoformat() > until:
        return care == "open"
    return facts.value("parents_wish", day) != "yes" or care not in ("covered", "not_needed")


def _unsaid(code: str) -> IsOpen:
    return lambda facts, _, day: facts.value(code, day) != "yes"


def _never(_: CaseFacts, __: str) -> Iterator[date]:
    return iter(())


def _by_values(*codes: str) -> Turns:
    def turns(facts: CaseFacts, _: str) -> Iterator[date]:
        for value in facts.values:
            if value.code in codes:
                yield from _turns_of(value)

    return turns


def _turns_of(value: ValueFact) -> Iterator[date]:
    yield value.valid_from
    if value.code == "child_under_three_until":
        yield date.fromisoformat(value.value) + _ONE_DAY


def _by_offers(facts: CaseFacts, subject: str) -> Iterator[date]:
    yield from (a.offered_on for a in facts.appointments if subject.endswith(a.id))
    yield from (v.valid_from for v in facts.values if v.code == "interpreter")


def _by_promises(facts: CaseFacts, _: str) -> Iterator[date]:
    for promise in (c for c in facts.commitments if c.side == Side.OFFICE):
        yield promise.agreed_on
        yield promise.due + _ONE_DAY
        yield from (d for d in (promise.kept_on, promise.released_on) if d is not None)


def _explained(code: str) -> Duty:
    return Duty(_unsaid(code), _by_values(code))


DUTIES: dict[str, Duty] = {
    "FOE-01": Duty(_nobody_responsible, _never),
    "FOE-02": Duty(_invitation_lacking, _by_offers),
    "told_in_person": Duty(_only_written, _never),
    "FOE-05": Duty(_promise_open, _by_promises),
    "FOE-08": Duty(_no_place, _by_values("course_place")),
    "FOE-09": Duty(
        _travel_unpaid, _by_values("course_section_starts", "course_started", "benefit", "travel_grant")
    ),
    "FOE-10": Duty(_care_lacking, _by_values(*CARE_CODES)),
    "entitlement_explained": _explained("entitlement_explained"),
    "exam_told": _explained("exam_told"),
    "exam_registered": _explained("exam_registered"),
    "residence_rule_explained": _explained("residence_rule_explained"),
}
