"""Escalations and tasks: one matter, one escalation; levels rise one by one, and end with their cause."""

from datetime import date

from activities.draft import Draft
from domain.codes import Addressee, CloseReason, Outcome
from domain.decisions import Decision, Lifted
from domain.events import (
    EscalationAnswered,
    EscalationClosed,
    EscalationRaised,
    Event,
    TaskClosed,
    TaskOpened,
)
from domain.facts import CaseFacts, MatterFact
from domain.ids import derived_id

LEVELS = {Addressee.LEAD: 1, Addressee.HEAD: 2}
ANSWER_DAYS = {1: 10, 2: 15}  # working days in which a level answers (domain.md section 5)
TASK_DAYS = 5
HIGHEST = 2


def matter_of(facts: CaseFacts, rule: str, subject: str, episode: date) -> MatterFact | None:
    """The escalation of a matter, open or closed, or None where it never was one."""
    same = (m for m in facts.matters if (m.rule, m.subject, m.episode) == (rule, subject, episode))
    return next(same, None)


def escalate(draft: Draft, decision: Decision) -> None:
    """Raise the matter of a decision, never by more than one level and never twice to the same."""
    matter = matter_of(draft.facts, decision.rule, decision.subject, decision.episode)
    wanted = LEVELS[decision.addressee]
    level = matter.level if matter is not None and matter.closed_on is None else 0
    if level < wanted:
        raise_level(draft, decision, level + 1, "stage")


def raise_level(draft: Draft, about: Decision | MatterFact, level: int, because: str) -> None:
    """Put the matter on the desk of the next level, with the day by which an answer is awaited."""
    identity = (draft.facts.journey, about.rule, about.subject, about.episode.isoformat())
    draft.emit(
        EscalationRaised.model_validate(
            {
                "escalation": derived_id("escalation", *identity),
                "rule": about.rule,
                "subject": about.subject,
                "episode": about.episode,
                "level": level,
                "on": draft.day,
                "answer_by": _answer_by(draft, draft.day, level),
                "because": because,
            }
        )
    )


def _answer_by(draft: Draft, raised_on: date, level: int) -> date:
    """The days on which the office is closed are not days in which it could answer."""
    return draft.calendar.add_working_days(raised_on, ANSWER_DAYS[level], draft.facts.office)


def deadline(draft: Draft, matter: MatterFact) -> date:
    """The last day on which a level may answer: its own, or the one that an answer has set.

    Closure days that were recorded after the matter was raised put it off; ones taken back never hasten it.
    """
    counted = _answer_by(draft, matter.raised_on, matter.level)
    return max(filter(None, (matter.answer_by, counted, matter.silent_until)))


def raise_unanswered(draft: Draft) -> None:
    """A level that did not answer in time hands its matter to the next one."""
    for matter in draft.facts.matters:
        if matter.closed_on is None and matter.level < HIGHEST and draft.day > deadline(draft, matter):
            raise_level(draft, matter, matter.level + 1, "unanswered")


def raise_passed_up(draft: Draft, new_events: tuple[Event, ...]) -> None:
    """A lead who passes a matter up is not waited for."""
    for event in new_events:
        body = event.body
        if isinstance(body, EscalationAnswered) and body.answer == "pass_up":
            matter = next(m for m in draft.facts.matters if m.id == body.escalation)
            if matter.closed_on is None and matter.level < HIGHEST:
                raise_level(draft, matter, matter.level + 1, "passed_up")


def open_task(draft: Draft, what: str, subject: str, identity: tuple[str, ...], **more: object) -> None:
    """Open a task once: the same identity is the same task, also when it is long done."""
    task = derived_id("task", draft.facts.journey, what, subject, *identity)
    if any(entry.id == task for entry in draft.facts.tasks):
        return
    answer_by = draft.calendar.add_working_days(draft.day, TASK_DAYS, draft.facts.office)
    fields = {"addressee": Addressee.CASE_WORKER, "rule": None, **more}
    body = {"task": task, "what": what, "subject": subject, "on": draft.day, "answer_by": answer_by, **fields}
    draft.emit(TaskOpened.model_validate(body))


def task_for(draft: Draft, decision: Decision) -> None:
    """The task that a stage asks for; proposals are tasks too, because a named person decides."""
    proposes = decision.outcome not in (Outcome.TASK, Outcome.REMIND)
    stage = f"{decision.rule.lower().replace('-', '_')}_{decision.stage}"
    what = str(decision.outcome) if proposes else stage
    identity = (decision.rule, decision.episode.isoformat(), str(decision.stage))
    open_task(draft, what, decision.subject, identity, rule=decision.rule, addressee=decision.addressee)


def lift(draft: Draft, lifted: Lifted, reason: str = "cause_gone") -> None:
    """Close what hung on an episode whose cause is gone, and say so."""
    matter = matter_of(draft.facts, lifted.rule, lifted.subject, lifted.episode)
    if matter is not None and matter.closed_on is None:
        draft.emit(EscalationClosed(escalation=matter.id, reason=reason, on=draft.day))
    for task in draft.facts.tasks:
        if task.closed_on is None and (task.rule, task.subject) == (lifted.rule, lifted.subject):
            draft.emit(TaskClosed(task=task.id, reason=reason, on=draft.day))


def close_all(draft: Draft, reason: CloseReason | None) -> None:
    """A closed journey owes nobody an answer: its open matters and tasks end with it."""
    code = str(reason or "closed")
    for matter in draft.facts.matters:
        if matter.closed_on is None:
            draft.emit(EscalationClosed(escalation=matter.id, reason=code, on=draft.day))
    for task in draft.facts.tasks:
        if task.closed_on is None:
            draft.emit(TaskClosed(task=task.id, reason=code, on=draft.day))
