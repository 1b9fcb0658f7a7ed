"""A journey that is to go on elsewhere: the question to the other office lapses, ends, or comes back as a task."""

from datetime import date, timedelta

from activities.draft import Draft
from activities.matters import open_task
from domain.codes import ConsentOutcome, Purpose
from domain.events import ConsentTaken, Event
from domain.facts import CaseFacts, HandOverFact, TaskFact
from domain.turned import HandOverAnswered, HandOverLapsed, HandOverWithdrawn

ANSWER_DAYS = 10  # working days in which the asked office answers (domain.md section 6)
_NO_COPY = (ConsentOutcome.REFUSED, ConsentOutcome.WITHDRAWN)


def lapses_on(draft: Draft, question: HandOverFact) -> date:
    """The day after the last one on which the asked office may answer: until midnight it is not late (A-23)."""
    return draft.calendar.add_working_days(question.offered_on, ANSWER_DAYS) + timedelta(days=1)


def open_questions(facts: CaseFacts) -> tuple[HandOverFact, ...]:
    """The questions that nobody has answered."""
    return tuple(h for h in facts.hand_overs if h.state == "open")


def lapse(draft: Draft) -> None:
    """Let a question go that nobody answered: the journey stays, and the asking office is told once."""
    for question in open_questions(draft.facts):
        if draft.day >= lapses_on(draft, question):
            draft.emit(HandOverLapsed(hand_over=question.id, on=draft.day))
            open_task(draft, "hand_over_lapsed", f"hand_over/{question.id}", ())


def end(draft: Draft) -> None:
    """End what may not go on: the journey is closed, or the person does not agree any more."""
    if draft.facts.closed_on is not None or not draft.facts.allows(Purpose.HAND_OVER):
        for question in open_questions(draft.facts):
            draft.emit(HandOverWithdrawn(hand_over=question.id, on=draft.day))


def open_after(draft: Draft, event: Event) -> None:
    """A returned question wants a hand; who agrees to no hand-over gets a copy of their own."""
    body = event.body
    if isinstance(body, HandOverAnswered) and not body.accepted:
        open_task(draft, "hand_over_returned", f"hand_over/{body.hand_over}", ())
    if isinstance(body, ConsentTaken) and body.purpose == Purpose.HAND_OVER and body.outcome in _NO_COPY:
        open_task(draft, "own_copy", "hand_over", (str(event.seq),))


def over(facts: CaseFacts, task: TaskFact) -> bool:
    """True once another question stands or was accepted: the task about the old one is done."""
    ref = task.subject.partition("/")[2]
    return any(h.id != ref and h.state in ("open", "accepted") for h in facts.hand_overs)
