"""What a day brings: the rules speak, service notices are planned, matters rise, what is over is closed.

The same code makes the day real and foresees it; only the real day asks both evaluations of the rules.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from activities import coming_of_age, hand_over, pausing, status, take_over
from activities.asks import Ask, service_asks, wake_on
from activities.chores import close_done, end_of_term, open_after, open_overdue, unsettled_on
from activities.draft import Draft
from activities.matters import (
    close_all,
    deadline,
    escalate,
    lift,
    open_task,
    raise_passed_up,
    raise_unanswered,
    task_for,
)
from activities.notices_plan import lapse_stale, plan_notices
from activities.withdrawn import withdraw
from domain.calendar import berlin_day
from domain.codes import OPEN_APPOINTMENT, WAITING_NOTICE, Addressee, Outcome
from domain.decisions import Decision, Lifted, Ruling, Upcoming
from domain.events import (
    DecisionMade,
    EpisodeLifted,
    EscalationRaised,
    Event,
    JudgementWithheld,
    NoticePlanned,
    TaskOpened,
)
from domain.facts import CaseFacts
from domain.gate import Rank
from rules.foresight import coming_days
from rules.judge import Engine, decide
from rules.shape import is_help

FORESEEN_DAYS = 60
LATEST = datetime.max.replace(tzinfo=UTC)


def live(draft: Draft, new_events: tuple[Event, ...], engine: Engine | None, *, acting: bool) -> None:
    """Let the day happen: what is over is closed; then, if acting, decisions become what they ask for."""
    if draft.facts.closed_on is None:
        # What the rules are asked about must be as it is this morning.
        coming_of_age.lapse(draft)
        take_over.seed(draft, new_events)
    e = draft.editions
    judge = engine if acting else None
    ruling = decide(draft.facts, draft.day, calendar=e.calendar, book=e.book, judge=judge)
    if draft.facts.closed_on is not None:
        lapse_stale(draft)
        close_all(draft, draft.facts.closed_reason)
        hand_over.end(draft)
        _lift(draft, ruling.lifted)
        return
    ruling = _settle(draft, ruling, new_events)
    if acting and not take_over.before(draft.facts, draft.day):
        _act(draft, ruling)


def _lift(draft: Draft, gone: Sequence[Lifted], reason: str = "cause_gone") -> None:
    for lifted in gone:
        draft.emit(EpisodeLifted(rule=lifted.rule, subject=lifted.subject, episode=lifted.episode))
        lift(draft, lifted, reason)


def _settle(draft: Draft, ruling: Ruling, new_events: tuple[Event, ...]) -> Ruling:
    """Close what is over; the answer is the ruling without what was taken back today."""
    taken_back = withdraw(draft, new_events, ruling)
    _lift(draft, taken_back, "outcome_withdrawn")
    _lift(draft, [gone for gone in ruling.lifted if gone not in taken_back])
    status.end_demands(draft)
    lapse_stale(draft)
    hand_over.end(draft)
    raise_passed_up(draft, new_events)
    open_after(draft, new_events)
    close_done(draft)
    silent = {(gone.rule, gone.subject, gone.episode) for gone in taken_back}
    left = (d for d in ruling.decisions if (d.rule, d.subject, d.episode) not in silent)
    return ruling.model_copy(update={"decisions": tuple(left)})


def _act(draft: Draft, ruling: Ruling) -> None:
    demands: list[Ask] = []
    for decision in ruling.decisions:
        draft.emit(_made(decision, draft.day))
        demands += _effect(draft, decision)
    raise_unanswered(draft)
    open_overdue(draft)
    plan_notices(draft, demands)


def withhold(draft: Draft, reason: str, facts_sha256: str) -> None:
    """The rules could not be evaluated safely: nothing is decided, and a person is called."""
    draft.emit(JudgementWithheld(reason=reason, facts_sha256=facts_sha256, on=draft.day))
    open_task(draft, "judgement_withheld", "journey", (facts_sha256,), addressee=Addressee.LEAD)


def _made(decision: Decision, day: date) -> DecisionMade:
    return DecisionMade(**decision.model_dump(), on=day)


def _effect(draft: Draft, decision: Decision) -> list[Ask]:
    if decision.outcome == Outcome.REMIND:
        text = f"{decision.rule.lower().replace('-', '_')}_{decision.stage}"
        rule = draft.editions.book.version(decision.rule, decision.version)
        rank = Rank.STATUTORY if is_help(rule, rule.stages[decision.stage - 1]) else Rank.DEMAND
        return [Ask(text, decision.subject, rank, draft.day, decision=decision)]
    if decision.outcome == Outcome.ESCALATE:
        escalate(draft, decision)
    else:
        task_for(draft, decision)
    return []


@dataclass(frozen=True)
class Outlook:
    """What will happen by itself, and the first day on which something does."""

    upcoming: tuple[Upcoming, ...]
    first_day: date


def foresee(draft: Draft, first: date, days: int = FORESEEN_DAYS) -> Outlook:
    """Live through the coming days as if nobody did anything, and write down what they bring."""
    upcoming: list[Upcoming] = []
    busy: list[date] = []
    ahead, day, last = draft, first, first + timedelta(days=days)
    e = draft.editions
    # Nothing acts before a take-over, so the rules are asked from that day on.
    since = max(first, draft.facts.taken_over_on or first)
    spoken = coming_days(draft.facts, last, on=since, calendar=e.calendar, book=e.book)
    while day < last:
        ahead = ahead.on(day, wake_on(day, draft.facts.journey))
        ahead.facts = _as_sent(ahead.facts, day)
        live(ahead, (), None, acting=True)
        if ahead.events:
            busy.append(day)
            upcoming += [entry for event in ahead.events if (entry := _to_come(event))]
        day = _next_day(ahead, spoken)
    return Outlook(tuple(upcoming), busy[0] if busy else last)


def _as_sent(facts: CaseFacts, day: date) -> CaseFacts:
    """What was to leave by this day has left, as far as foresight goes."""
    if not any(n.state in WAITING_NOTICE and berlin_day(n.send_at) <= day for n in facts.notices):
        return facts
    sent = tuple(
        n.model_copy(update={"state": "sent"})
        if n.state in WAITING_NOTICE and berlin_day(n.send_at) <= day
        else n
        for n in facts.notices
    )
    return facts.model_copy(update={"notices": sent})


def _next_day(draft: Draft, spoken: Sequence[date]) -> date:
    """The next day that can bring anything: days between two of them are as quiet as this evening.

    `spoken` are the days on which the rules will speak or fall silent: nothing that foresight does moves them.
    """
    facts = draft.facts
    days = [date.max, *spoken, end_of_term(facts), *_turning_days(draft)]
    days += [ask.on for ask in service_asks(draft)]
    open_ = (a for a in facts.appointments if a.status in OPEN_APPOINTMENT)
    days += [unsettled_on(draft, offer) for offer in open_]
    open_matters = (matter for matter in facts.matters if matter.closed_on is None)
    days += [deadline(draft, matter) + timedelta(days=1) for matter in open_matters]
    return min(day for day in days if day > draft.day)


def _turning_days(draft: Draft) -> Iterator[date]:
    """The days on which a turn of life brings something by itself."""
    facts = draft.facts
    yield from pausing.days(facts)
    yield from coming_of_age.days(facts, draft.day)
    yield from (hand_over.lapses_on(draft, question) for question in hand_over.open_questions(facts))
    yield from (day for day in (facts.taken_over_on, facts.first_review_on) if day is not None)


def _to_come(event: Event) -> Upcoming | None:
    body = event.body
    if isinstance(body, NoticePlanned):
        return Upcoming(
            on=berlin_day(body.send_at),
            what="notice",
            code=body.text,
            subject=body.matter,
            addressee=Addressee.PARTICIPANT,
            rule=body.rule,
            stage=body.stage,
        )
    if isinstance(body, TaskOpened):
        return Upcoming(
            on=body.on,
            what="task",
            code=body.what,
            subject=body.subject,
            addressee=body.addressee,
            rule=body.rule,
        )
    if isinstance(body, EscalationRaised):
        to = Addressee.LEAD if body.level == 1 else Addressee.HEAD
        return Upcoming(
            on=body.on,
            what="escalation",
            code="escalation",
            subject=body.subject,
            addressee=to,
            rule=body.rule,
            level=body.level,
        )
    return None


def next_wake(draft: Draft, outlook: Outlook, *, acting: bool) -> datetime | None:
    """The instant at which the journey must look again; None once nothing can come any more."""
    if draft.facts.closed_on is not None:
        return None
    waiting = (n for n in draft.facts.notices if n.state in WAITING_NOTICE)
    leaving = (draft.calendar.next_sending(max(draft.now, notice.send_at)) for notice in waiting)
    soonest = min(max(draft.now, wake_on(outlook.first_day, draft.facts.journey)), *leaving, LATEST)
    # A wake that has just acted must not ask for itself again at the same instant.
    return soonest if not acting else max(soonest, draft.now + timedelta(minutes=1))
