"""Tasks that no rule and no law asks for, but without which something would be forgotten."""

from collections.abc import Iterator
from datetime import date, timedelta

from activities.draft import Draft
from activities.matters import open_task
from domain.calendar import berlin_day
from domain.codes import OPEN_APPOINTMENT, Answer
from domain.events import EscalationAnswered, Event, ExcuseGiven, NoticeSettled, TaskClosed
from domain.facts import CaseFacts, PauseFact, TaskFact
from domain.programme import settled

PAUSE_REVIEW = timedelta(weeks=8)
_NO_ONES_FAULT = ("lapsed", "key_destroyed")


def open_after(draft: Draft, new_events: tuple[Event, ...]) -> None:
    """What people did calls other people: a reason wants an answer, a returned matter a hand."""
    for event in new_events:
        body = event.body
        if isinstance(body, ExcuseGiven):
            open_task(draft, "decide_excuse", f"excuse/{body.excuse}", ())
        if isinstance(body, EscalationAnswered) and body.answer == Answer.RETURN:
            matter = next(m for m in draft.facts.matters if m.id == body.escalation)
            open_task(draft, "escalation_returned", matter.subject, (body.escalation, str(event.seq)))
        if isinstance(body, NoticeSettled) and _undelivered(body):
            notice = next(n for n in draft.facts.notices if n.id == body.notice)
            open_task(draft, f"notice_{body.outcome}", notice.matter, (body.notice,))


def _undelivered(body: NoticeSettled) -> bool:
    return body.outcome in ("failed", "unknown") and body.reason not in _NO_ONES_FAULT


def open_overdue(draft: Draft) -> None:
    """An appointment that nobody has settled, a pause that nobody has looked at again."""
    for offer in draft.facts.appointments:
        if offer.status in OPEN_APPOINTMENT and berlin_day(offer.start) < draft.day:
            open_task(draft, "settle_appointment", f"appointment/{offer.id}", (offer.start.isoformat(),))
    for pause in _running(draft.facts):
        if review_on(pause) <= draft.day:
            open_task(draft, "review_pause", f"pause/{pause.id}", (review_on(pause).isoformat(),))


def review_on(pause: PauseFact) -> date:
    """The day on which somebody looks at a pause again."""
    return pause.until or pause.start + PAUSE_REVIEW


def close_done(draft: Draft) -> None:
    """Close the tasks whose cause a person has settled elsewhere."""
    for task in draft.facts.tasks:
        if task.closed_on is None and _over(draft, task):
            draft.emit(TaskClosed(task=task.id, reason="cause_gone", on=draft.day))


def _over(draft: Draft, task: TaskFact) -> bool:
    facts, ref = draft.facts, task.subject.partition("/")[2]
    match task.what:
        case "step_due":
            return settled(draft.editions.programme, facts, ref)
        case "settle_appointment":
            waiting = (a for a in facts.appointments if a.id == ref and a.status in OPEN_APPOINTMENT)
            return not any(berlin_day(a.start) < draft.day for a in waiting)
        case "decide_excuse":
            return any(x.id == ref and x.decided_on is not None for x in facts.excuses)
        case "review_pause":
            return all(p.id != ref for p in _running(facts))
        case _:
            return False


def _running(facts: CaseFacts) -> Iterator[PauseFact]:
    return (p for p in facts.pauses if p.ended_on is None)
