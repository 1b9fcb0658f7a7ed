"""What a workflow asked for, told alike from a recorded history and from watched commands."""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.duration_pb2 import Duration
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.failure.v1 import Failure
from temporalio.api.history.v1 import History, HistoryEvent
from temporalio.bridge.proto.workflow_commands import UpdateResponse, WorkflowCommand

from audit.watching import Activation

_NANOS = 1_000_000_000


@dataclass(frozen=True)
class Step:
    """One thing asked for. `event` is 0 where it was watched; `name` is the type of activity or update."""

    kind: str
    key: str
    event: int
    name: str
    values: tuple[Any, ...]

    @property
    def place(self) -> tuple[str, str]:
        """What makes both sides of one step meet."""
        return (self.kind, self.key)


def value_of(payload: Payload) -> Any:
    """The value in a payload that is in clear; what is not JSON shows as its encoding and bytes."""
    encoding = payload.metadata.get("encoding", b"").decode()
    if encoding == "binary/null":
        return None
    if encoding.startswith("json/"):
        return json.loads(payload.data)
    return {"encoding": encoding, "data": base64.b64encode(payload.data).decode()}


def _values(payloads: Iterable[Payload]) -> tuple[Any, ...]:
    return tuple(value_of(payload) for payload in payloads)


def _nanos(duration: Duration) -> int:
    return duration.seconds * _NANOS + duration.nanos


def _failure(failure: Failure) -> tuple[Any, ...]:
    message: Any = failure.message
    if failure.HasField("encoded_attributes"):
        message = value_of(failure.encoded_attributes).get("message", message)
    kind = failure.application_failure_info.type
    return (message, kind, *_values(failure.application_failure_info.details.payloads))


def recorded(history: History) -> Iterator[Step]:
    """The steps that stand in a history, in order."""
    updates: dict[int, tuple[str, str]] = {}
    for event in history.events:
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
            accepted = event.workflow_execution_update_accepted_event_attributes
            key, name = accepted.protocol_instance_id, accepted.accepted_request.input.name
            updates[event.event_id] = (key, name)
            yield Step("update_accepted", key, event.event_id, name, ())
        elif event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
            done = event.workflow_execution_update_completed_event_attributes
            key, name = updates[done.accepted_event_id]
            failed = done.outcome.HasField("failure")
            outcome = _failure(done.outcome.failure) if failed else _values(done.outcome.success.payloads)
            yield Step("update_failed" if failed else "update_answered", key, event.event_id, name, outcome)
        else:
            yield from _recorded_command(event)


def _recorded_command(event: HistoryEvent) -> Iterator[Step]:
    number = event.event_id
    match event.event_type:
        case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
            activity = event.activity_task_scheduled_event_attributes
            arguments = _values(activity.input.payloads)
            yield Step("activity", activity.activity_id, number, activity.activity_type.name, arguments)
        case EventType.EVENT_TYPE_TIMER_STARTED:
            timer = event.timer_started_event_attributes
            yield Step("timer", timer.timer_id, number, "timer", (_nanos(timer.start_to_fire_timeout),))
        case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
            going_on = event.workflow_execution_continued_as_new_event_attributes
            values = _values(going_on.input.payloads)
            yield Step("continue_as_new", "", number, going_on.workflow_type.name, values)
        case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
            done = event.workflow_execution_completed_event_attributes
            yield Step("result", "", number, "result", _values(done.result.payloads))
        case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:
            broken = event.workflow_execution_failed_event_attributes
            yield Step("failure", "", number, "failure", _failure(broken.failure))
        case _:
            return


def watched(activations: Sequence[Activation], history: History) -> list[Step]:
    """The steps that the code asked for, as far as the history can know of them.

    What was withdrawn in the same workflow task, or asked for after the last completed one, leaves no event.
    """
    last = _last_completed(history)
    within = [turn for turn in activations if turn.history_length <= last]
    withdrawn = set(_withdrawn(within))
    found = [
        (turn.history_length, step)
        for turn in within
        for command in turn.commands
        for step in _steps(command)
    ]
    return [step for length, step in found if (length, *step.place) not in withdrawn]


def _last_completed(history: History) -> int:
    completed = (
        event.workflow_task_completed_event_attributes.started_event_id
        for event in history.events
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    )
    return max(completed, default=0)


def _withdrawn(activations: Iterable[Activation]) -> Iterator[tuple[int, str, str]]:
    for turn in activations:
        for command in turn.commands:
            if command.HasField("cancel_timer"):
                yield (turn.history_length, "timer", str(command.cancel_timer.seq))
            elif command.HasField("request_cancel_activity"):
                yield (turn.history_length, "activity", str(command.request_cancel_activity.seq))


def _steps(command: WorkflowCommand) -> Iterator[Step]:
    match command.WhichOneof("variant"):
        case "schedule_activity":
            activity = command.schedule_activity
            yield Step(
                "activity", activity.activity_id, 0, activity.activity_type, _values(activity.arguments)
            )
        case "start_timer":
            timer = command.start_timer
            yield Step("timer", str(timer.seq), 0, "timer", (_nanos(timer.start_to_fire_timeout),))
        case "update_response":
            yield _answer(command.update_response)
        case "continue_as_new_workflow_execution":
            going_on = command.continue_as_new_workflow_execution
            yield Step("continue_as_new", "", 0, going_on.workflow_type, _values(going_on.arguments))
        case "complete_workflow_execution":
            done = command.complete_workflow_execution
            result = (done.result,) if done.HasField("result") else ()
            yield Step("result", "", 0, "result", _values(result))
        case "fail_workflow_execution":
            yield Step("failure", "", 0, "failure", _failure(command.fail_workflow_execution.failure))
        case _:  # order and kind of every other command are the replayer's own check
            return


def _answer(response: UpdateResponse) -> Step:
    key = response.protocol_instance_id
    match response.WhichOneof("response"):
        case "accepted":
            return Step("update_accepted", key, 0, "", ())
        case "rejected":
            return Step("update_failed", key, 0, "", _failure(response.rejected))
        case _:
            return Step("update_answered", key, 0, "", (value_of(response.completed),))
