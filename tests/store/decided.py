"""Calls of `decide` as the activity hands them to the store, folded by the domain's own `evolve`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from domain import events as e
from domain.calls import DecideAnswer, DecideRequest, Pins
from domain.codes import Addressee, Channel, Outcome
from domain.decisions import Edition, StepPlan, Upcoming
from domain.journey import JourneyState, begin, evolve_all
from store import outbox, projection
from store.database import Store
from tests.support.registered import OFFICE, House, an_id, journey

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
DAY = date(2027, 1, 4)
EDITION = Edition(id="e1", sha256="0" * 64)
PLAN = (
    StepPlan(step="first_contact", due=date(2027, 1, 15), raw_due=date(2027, 1, 15)),
    StepPlan(step="first_talk", due=date(2027, 2, 1), raw_due=date(2027, 1, 30)),
)
TASK, NOTICE, MATTER = an_id("task", "1"), an_id("notice", "1"), an_id("escalation", "1")
RULE, SUBJECT = "FOE-02", "step/first_contact"


class Life:
    """One journey whose calls are stored one after the other."""

    def __init__(self, store: Store, at: House) -> None:
        """Register it, and fold its first event."""
        self.store, self.house = store, at
        self.journey = journey(store, at)
        with store.read() as session:
            (order,) = outbox.pending(session)
        self.started = e.Event.model_validate(order.body["started"])
        self.state: JourneyState = begin(OFFICE, self.journey, self.started)
        self.call = -1
        self.new: tuple[e.Event, ...] = (self.started,)

    def event(self, seq: int, body: e.EventBody, now: datetime = NOW) -> e.Event:
        """An event of the machine."""
        return e.Event(seq=seq, recorded_at=now, body=body)

    def request(self, now: datetime = NOW, run: str = "run-1") -> DecideRequest:
        """The next request."""
        return DecideRequest(
            journey=self.journey,
            office=OFFICE,
            run=run,
            call=self.call + 1,
            acting=True,
            now=now,
            seq=self.state.seq,
            new_events=self.new,
            facts=self.state.facts,
            pins=Pins(programme="p2026_0"),
        )

    def decide(
        self,
        *bodies: e.EventBody,
        now: datetime = NOW,
        plan: Sequence[StepPlan] = PLAN,
        upcoming: Sequence[Upcoming] = (),
    ) -> tuple[DecideRequest, DecideAnswer]:
        """Store one call whose answer has these events."""
        request = self.request(now)
        first = self.state.seq + 1
        events = tuple(self.event(first + n, body, now) for n, body in enumerate(bodies))
        self.state = evolve_all(self.state, events)
        answer = DecideAnswer(
            call=request.call,
            events=events,
            next_wake=now + timedelta(days=1),
            plan=tuple(plan),
            book=EDITION,
            programme=EDITION,
            calendar=EDITION,
        )
        with self.store.write() as session:
            projection.save_decision(
                session, self.store, request, answer, state_facts=self.state.facts, upcoming=upcoming
            )
        self.call, self.new = request.call, ()
        return request, answer


def decision() -> e.DecisionMade:
    """A stage that escalates."""
    return e.DecisionMade(
        rule=RULE,
        version=1,
        stage=2,
        outcome=Outcome.ESCALATE,
        addressee=Addressee.LEAD,
        subject=SUBJECT,
        episode=DAY,
        basis=("VwV",),
        values={"late_at": 11},
        twin_open=False,
        on=DAY,
    )


def raised(level: int = 1) -> e.EscalationRaised:
    """A matter at a level."""
    return e.EscalationRaised(
        escalation=MATTER,
        rule=RULE,
        subject=SUBJECT,
        episode=DAY,
        level=level,
        on=DAY + timedelta(days=level),
        answer_by=DAY + timedelta(days=level + 5),
        because="stage" if level == 1 else "unanswered",
    )


def task() -> e.TaskOpened:
    """A task for the case worker."""
    return e.TaskOpened(
        task=TASK,
        what="call_back",
        subject=SUBJECT,
        rule=RULE,
        addressee=Addressee.CASE_WORKER,
        on=DAY,
        answer_by=DAY + timedelta(days=3),
    )


def notice(notice_id: str = NOTICE, send_at: datetime = NOW) -> e.NoticePlanned:
    """A mail to the participant."""
    return e.NoticePlanned(
        notice=notice_id,
        text="step_soon",
        matter=SUBJECT,
        rule=RULE,
        stage=1,
        channel=Channel.EMAIL,
        language="tr",
        on=DAY,
        send_at=send_at,
        refers_to=DAY + timedelta(days=7),
    )
