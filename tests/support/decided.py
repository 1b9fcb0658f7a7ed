"""A journey without a server: commands and wakes go straight to `decide`, as the workflow would send them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from pydantic import TypeAdapter

from activities.decide import Calendars, judge_call
from domain.calendar import BERLIN
from domain.calls import DecideAnswer, DecideRequest, Pins
from domain.codes import Purpose
from domain.commands import Body, Command
from domain.errors import Refusal
from domain.events import Event, JourneyStarted, NoticeSettled
from domain.facts import CaseFacts
from domain.handling import handle
from domain.journey import JourneyState, begin, evolve_all, with_plan

BODY: TypeAdapter[Body] = TypeAdapter(Body)
OFFICE = "off_musterstadt"
WORKER, SUBSTITUTE, LEAD = ("usr_" + digit * 32 for digit in "123")


def ident(prefix: str, number: int = 1) -> str:
    """An id that a test can read."""
    return f"{prefix}_{number:032x}"


def at(day: str, clock: str = "09:00") -> datetime:
    """An instant at the office."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), tzinfo=BERLIN).astimezone(UTC)


@dataclass
class Decided:
    """One journey under way, its clock, and everything that happened in it."""

    state: JourneyState
    now: datetime
    events: list[Event] = field(default_factory=list)
    wake_at: datetime | None = None
    answer: DecideAnswer | None = None
    commands: int = 0
    calendars: Calendars | None = None

    @classmethod
    def start(cls, day: str = "2027-01-04", *, calendars: Any = None, **more: Any) -> "Decided":
        """A journey that begins on this day, with what a registration says."""
        base: dict[str, Any] = {"ags": "08116077", "t0": day, "opened_on": day, "programme": "p2026_0"}
        base |= {"term_months": 24, "language": "uk", "case_worker": WORKER, "substitute": SUBSTITUTE}
        body = JourneyStarted.model_validate({**base, **more})
        started = Event(seq=1, recorded_at=at(day, "08:00"), actor=WORKER, body=body)
        life = cls(begin(OFFICE, ident("jrn"), started), at(day, "08:00"), calendars=calendars)
        life._decide((started,), acting=False)
        return life

    @property
    def facts(self) -> CaseFacts:
        """What is known now."""
        return self.state.facts

    def do(self, kind: str, *, day: Any = "", approved: Any = False, **fields: Any) -> Refusal | None:
        """Carry a command out, on a later day if one is named; the answer is the refusal, if it is one."""
        if day:
            self.until(day)
        self.commands += 1
        command = Command(
            command_id=ident("cmd", self.commands),
            actor=WORKER,
            role="case_worker",
            approvals=(LEAD,) if approved else (),
            body=BODY.validate_python({"kind": kind, **fields}),
        )
        events = handle(self.state, command, self.now)
        if isinstance(events, Refusal):
            return events
        self.state = evolve_all(self.state, events)
        self._decide(events, acting=False)
        return None

    def allow(self, *purposes: Purpose, by: str = "self") -> None:
        """Record consent to these purposes, today."""
        for purpose in purposes or (Purpose.CASEWORK,):
            refused = self.do("take_consent", purpose=purpose, outcome="given", on=self.today, by=by)
            assert refused is None, refused

    def know(self, **values: str) -> None:
        """Record facts that hold from today on."""
        for code, value in values.items():
            refused = self.do("record_fact", code=code, value=value, valid_from=self.today)
            assert refused is None, refused

    @property
    def today(self) -> str:
        """The day at the office."""
        return self.now.astimezone(BERLIN).date().isoformat()

    def until(self, day: str, clock: str = "18:30") -> "Decided":
        """Let time pass to the evening of a day: every wake that falls due happens."""
        target = at(day, clock)
        while self.wake_at is not None and self.wake_at <= target:
            self.now = max(self.now, self.wake_at)
            self._decide((), acting=True)
        self.now = max(self.now, target)
        return self

    def found(self, type_: str, **wanted: Any) -> list[Any]:
        """The bodies of one type that say all of this, in order."""
        bodies = (event.body for event in self.events if event.body.type == type_)
        return [b for b in bodies if all(str(getattr(b, key)) == str(want) for key, want in wanted.items())]

    def days_of(self, type_: str, **wanted: Any) -> list[str]:
        """The days on which this happened."""
        return [body.on.isoformat() for body in self.found(type_, **wanted)]

    def open_tasks(self) -> list[str]:
        """What the office has to do now, by kind."""
        return sorted(task.what for task in self.facts.tasks if task.closed_on is None)

    def _decide(self, new: tuple[Event, ...], *, acting: bool) -> None:
        call = self.state.call + 1
        self.state = self.state.model_copy(update={"call": call})
        request = DecideRequest(
            journey=self.facts.journey,
            office=self.facts.office,
            run="run",
            call=call,
            acting=acting,
            now=self.now,
            seq=self.state.seq,
            new_events=new,
            facts=self.facts,
            pins=Pins(programme=self.facts.programme, book=self.facts.pinned_book),
        )
        self.answer = judge_call(request, None, calendars=self.calendars).answer
        self.events += [*new, *self.answer.events]
        state = evolve_all(self.state, self.answer.events)
        self.state = with_plan(state, tuple(step.step for step in self.answer.plan))
        self.wake_at = self.answer.next_wake
        if self.answer.send:
            self._sent(tuple(order.notice for order in self.answer.send))

    def _sent(self, notices: tuple[str, ...]) -> None:
        bodies = (
            NoticeSettled(notice=notice, outcome="sent", reason="ok", on=date.fromisoformat(self.today))
            for notice in notices
        )
        first = self.state.seq + 1
        settled = tuple(Event(seq=first + n, recorded_at=self.now, body=b) for n, b in enumerate(bodies))
        self.state = evolve_all(self.state, settled)
        self._decide(settled, acting=False)
