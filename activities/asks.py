"""What is said before a date: the service notices of the programme, as asks with their days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from activities.draft import Draft
from domain.calendar import at_berlin, berlin_day
from domain.codes import OPEN_APPOINTMENT, Addressee, Side
from domain.decisions import Decision
from domain.gate import Rank
from domain.programme import StepNotice, settled

FIRST_HOUR = time(8, 0)
SPREAD_MINUTES = 120
INVITATION = "appointment_invitation"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ask:
    """Something to say: which text, about what, from which day, and until which day it still helps."""

    text: str
    subject: str
    rank: Rank
    on: date
    last: date = date.max
    refers_to: date | None = None
    to: Addressee = Addressee.PARTICIPANT
    decision: Decision | None = None

    @property
    def key(self) -> str:
        """What makes two asks the same one."""
        if self.decision is None:
            return f"{self.text}|{self.subject}|{self.on}|{self.refers_to}"
        d = self.decision
        return f"{d.rule}|{d.subject}|{d.episode}|{d.stage}"

    @property
    def about(self) -> str:
        """What makes two words in person the same: the date of a service notice, the stage of a rule's episode."""
        d = self.decision
        return str(self.refers_to) if d is None else f"{d.rule}|{d.episode}|{d.stage}"


def minutes_of(journey: str) -> int:
    """The journey's own minute inside the first two office hours, so that not all wake at once."""
    return int(journey[-8:], 16) % SPREAD_MINUTES


def wake_on(day: date, journey: str) -> datetime:
    """The instant at which this journey looks at a day."""
    return at_berlin(day, FIRST_HOUR) + timedelta(minutes=minutes_of(journey))


def service_asks(draft: Draft) -> tuple[Ask, ...]:
    """All service notices of the open appointments, steps and promises; only people change them."""
    if draft.standing is None:
        asks = (*_appointment_asks(draft), *_step_asks(draft), *_commitment_asks(draft))
        # What was due before a take-over was said, or not, elsewhere.
        since = draft.facts.taken_over_on or date.min
        draft.standing = tuple(ask for ask in asks if ask.on >= since)
    return draft.standing


def _appointment_asks(draft: Draft) -> Iterator[Ask]:
    for offer in draft.facts.appointments:
        if offer.status not in OPEN_APPOINTMENT:
            continue
        subject, start = f"appointment/{offer.id}", berlin_day(offer.start)
        last = start - _ONE_DAY
        yield Ask(INVITATION, subject, Rank.APPOINTMENT, offer.offered_on, last, start)
        for notice in draft.editions.programme.appointment_notices:
            on = _before(draft, start, notice)
            # A week's reminder of an invitation that is not a week old tells nobody anything.
            if (on - offer.offered_on).days >= _days(notice):
                yield Ask(notice.text, subject, Rank.APPOINTMENT, on, last, start)


def _step_asks(draft: Draft) -> Iterator[Ask]:
    programme = draft.editions.programme
    for entry in draft.plan():
        step = programme.step(entry.step)
        if step is None or settled(programme, draft.facts, entry.step):
            continue
        for notice in step.notices:
            on = _before(draft, entry.due, notice)
            if on >= draft.facts.opened_on:
                subject = f"step/{entry.step}"
                on = on if notice.to == Addressee.PARTICIPANT else _while_open(draft, on)
                yield Ask(notice.text, subject, Rank.DEMAND, on, entry.due, entry.due, notice.to)


def _commitment_asks(draft: Draft) -> Iterator[Ask]:
    for promise in draft.facts.commitments:
        if promise.side != Side.PARTICIPANT or promise.kept_on or promise.released_on or promise.voluntary:
            continue
        due = draft.calendar.next_working_day(promise.due)
        for notice in draft.editions.programme.commitment_notices:
            on = _before(draft, due, notice)
            if on > promise.agreed_on:
                subject = f"commitment/{promise.id}"
                yield Ask(notice.text, subject, Rank.DEMAND, on, promise.due, promise.due)


def _before(draft: Draft, day: date, notice: StepNotice) -> date:
    """The last sending day that lies as long before a date as the notice says."""
    return draft.calendar.sending_before(day - timedelta(days=_days(notice)))


def _days(notice: StepNotice) -> int:
    return notice.before.n * (7 if notice.before.unit == "W" else 1)


def _while_open(draft: Draft, on: date) -> date:
    """A notice to the office itself that would lie unread through a closure comes before it."""
    calendar, office = draft.calendar, draft.facts.office
    if calendar.next_working_day(on, office) == calendar.next_working_day(on):
        return on
    since = max(draft.facts.opened_on, draft.facts.taken_over_on or date.min)
    return max(calendar.previous_working_day(on, office), since)
