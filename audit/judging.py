"""Making recorded decisions again: the same facts, day, book and calendar must give the same decisions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from pydantic import ValidationError
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import History

from audit.comparing import Difference, first_place
from audit.histories import run_id
from audit.steps import value_of
from domain.calendar import berlin_day
from domain.calls import DECIDE, DecideAnswer, DecideRequest
from domain.decisions import Decision
from domain.errors import PaktError
from domain.events import (
    DecisionMade,
    JudgementWithheld,
)
from domain.facts import CaseFacts


class Judge(Protocol):
    """What evaluates the rules for a day, with the editions that a recorded answer names."""

    def __call__(self, facts: CaseFacts, day: date, answer: DecideAnswer, /) -> Sequence[Decision]:
        """The decisions that the recorded book makes of these facts on this day."""
        ...


Call = tuple[int, Any, Any]


def calls(history: History) -> Iterator[Call]:
    """Event number, question and answer of every `decide` in a run; None while there is no answer."""
    answers = {
        event.activity_task_completed_event_attributes.scheduled_event_id: event
        for event in history.events
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED
    }
    for event in history.events:
        asked = event.activity_task_scheduled_event_attributes
        if event.event_type != EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
            continue
        if asked.activity_type.name == DECIDE:
            done = answers.get(event.event_id)
            result = done.activity_task_completed_event_attributes.result.payloads if done else ()
            yield event.event_id, value_of(asked.input.payloads[0]), value_of(result[0]) if result else None


def judge_again(histories: Sequence[History], judge: Judge) -> tuple[int, list[Difference]]:
    """How many acting decisions were made again, and which came out otherwise."""
    judged, unequal = 0, list[Difference]()
    for history in histories:
        for event, question, answer in calls(history):
            if answer is None or not question.get("acting") or _withheld(answer):
                continue
            judged += 1
            difference = _again(run_id(history), event, (question, answer), judge)
            unequal += [difference] if difference else []
    return judged, unequal


def _withheld(answer: Any) -> bool:
    """True where the rules could not be evaluated safely: nothing was decided that could be decided again."""
    kind = JudgementWithheld.model_fields["type"].default
    return any(event["body"]["type"] == kind for event in answer.get("events", ()))


def _again(run: str, event: int, call: tuple[Any, Any], judge: Judge) -> Difference | None:
    what = "decision made again"
    try:
        request, answer = DecideRequest.model_validate(call[0]), DecideAnswer.model_validate(call[1])
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        return Difference(run=run, event=event, what=what, path=where, found="not readable as today's model")
    bodies = [entry.body for entry in answer.events]
    recorded = _ordered(
        Decision.model_validate(body.model_dump()) for body in bodies if isinstance(body, DecisionMade)
    )
    try:
        found = _ordered(judge(request.facts, berlin_day(request.now), answer))
    except PaktError as error:
        return Difference(run=run, event=event, what=what, path=error.code, found=str(error))
    place = first_place(recorded, found, "decisions")
    if place is None:
        return None
    return Difference(run=run, event=event, what=what, path=place[0], expected=place[1], found=place[2])


def _ordered(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    kept = sorted(decisions, key=lambda entry: (entry.rule, entry.subject, entry.stage, entry.episode))
    return [entry.model_dump(mode="json") for entry in kept]
