"""Tasks that no rule and no law asks for, but without which something would be forgotten."""

from datetime import date

from activities import coming_of_age, hand_over, hands, pausing, status, take_over
from activities.asks import service_asks
from activities.draft import Draft
from activities.matters import open_task
from domain.calendar import add_months, berlin_day
from domain.codes import OPEN_APPOINTMENT, Addressee, Answer
from domain.events import EscalationAnswered, Event, ExcuseGiven, NoticeSettled, TaskClosed
from domain.facts import AppointmentFact, CaseFacts, TaskFact
from domain.folding import named
from domain.programme import settled
from domain.turned import FactDisputed

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
        if isinstance(body, FactDisputed):
            open_task(draft, "settle_dispute", named(f"fact/{body.code}", body.about), (str(event.seq),))
        hand_over.open_after(draft, event)
        status.open_after(draft, event)


def _undelivered(body: NoticeSettled) -> bool:
    return body.outcome in ("failed", "unknown") and body.reason not in _NO_ONES_FAULT


def open_overdue(draft: Draft) -> None:
    """What time has brought: an appointment that nobody has settled, a pause, a birthday, a question, a review."""
    for offer in draft.facts.appointments:
        if offer.status in OPEN_APPOINTMENT and unsettled_on(draft, offer) <= draft.day:
            open_task(draft, "settle_appointment", f"appointment/{offer.id}", (offer.start.isoformat(),))
    pausing.ask(draft)
    coming_of_age.ask(draft)
    hand_over.lapse(draft)
    take_over.review(draft)
    _mind_the_term(draft)


def unsettled_on(draft: Draft, offer: AppointmentFact) -> date:
    """The day on which an appointment is asked about: the working day after it is there to note what became of it."""
    return draft.calendar.add_working_days(berlin_day(offer.start), 2, draft.facts.office)


def _mind_the_term(draft: Draft) -> None:
    """At the end of the term nothing ends by itself: the lead has the matter, the journey stays open."""
    end = end_of_term(draft.facts)
    if draft.day >= end and not take_over.before(draft.facts, end):
        open_task(draft, "end_of_term", "journey", (end.isoformat(),), addressee=Addressee.LEAD)


def end_of_term(facts: CaseFacts) -> date:
    """The day on which the term is over."""
    return add_months(facts.t0, facts.term_months)


def close_done(draft: Draft) -> None:
    """Close the tasks whose cause a person has settled elsewhere."""
    for task in draft.facts.tasks:
        if task.closed_on is None and _over(draft, task):
            draft.emit(TaskClosed(task=task.id, reason="cause_gone", on=draft.day))
    hands.close_needless(draft)


def _over(draft: Draft, task: TaskFact) -> bool:
    facts, ref = draft.facts, task.subject.partition("/")[2]
    match task.what:
        case "step_due":
            return _not_due(draft, ref)
        case "settle_appointment":
            waiting = (a for a in facts.appointments if a.id == ref and a.status in OPEN_APPOINTMENT)
            return not any(berlin_day(a.start) < draft.day for a in waiting)
        case "decide_excuse":
            return any(x.id == ref and x.decided_on is not None for x in facts.excuses)
        case "review_pause" | "review_pause_end":
            return pausing.looked_at(facts, task)
        case "settle_dispute":
            return not any(
                v.disputed and named(f"fact/{v.code}", v.about) == task.subject for v in facts.values
            )
        case _:
            return _turned(draft, task)


def _turned(draft: Draft, task: TaskFact) -> bool:
    """True if a turn of life has settled the task."""
    facts = draft.facts
    match task.what:
        case "end_of_term":
            return draft.day < end_of_term(facts)
        case "ask_own_consent":
            return coming_of_age.asked(facts)
        case "take_over_review":
            return take_over.reviewed(facts)
        case "hand_over_lapsed" | "hand_over_returned":
            return hand_over.over(facts, task)
        case _:
            return False


def _not_due(draft: Draft, step: str) -> bool:
    """True once a step is settled, is planned no more, or has a date that is not yet near."""
    if settled(draft.editions.programme, draft.facts, step):
        return True
    if all(entry.step != step for entry in draft.plan()):
        return True
    asks = [a for a in service_asks(draft) if a.subject == f"step/{step}" and a.to == Addressee.CASE_WORKER]
    return bool(asks) and all(draft.day < a.on for a in asks)
