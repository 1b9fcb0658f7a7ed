"""What a journey cost on the server: events, billable actions, bytes, wakes, runs, from its histories."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

from audit import fetch
from audit.histories import Decoder
from domain.calls import DECIDE
from ops.codec import data_converter
from ops.simulate.parts import Parts

# What is billed, one action each (a retried attempt is counted beside): start and continue-as-new, timer,
# signal, update accepted. Refused updates and queries leave no event; the caller knows how many there were.
BILLED = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
        EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
        EventType.EVENT_TYPE_TIMER_STARTED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
        EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
    }
)


@dataclass(frozen=True)
class Cost:
    """The figures of one journey over all its runs."""

    events: int
    actions: int
    history_bytes: int
    payload_bytes: int
    wakes: int
    rollovers: int
    longest_run: int


async def cost_of(parts: Parts, journey: str) -> Cost:
    """Fetch every run of a journey and count."""
    runs = [list(one.history.events) for one in await fetch.runs(parts.store, parts.client, journey)]
    events = [event for run in runs for event in run]
    decoder = fetch.decoder(data_converter(parts.store.keys), journey)
    return Cost(
        events=len(events),
        actions=sum(map(_actions, events)),
        history_bytes=sum(event.ByteSize() for event in events),
        payload_bytes=sum(len(payload.data) for event in events for payload in _payloads(event)),
        wakes=await _wakes(events, decoder),
        rollovers=len(runs) - 1,
        longest_run=max(map(len, runs)),
    )


def _actions(event: HistoryEvent) -> int:
    if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED:
        return max(0, event.activity_task_started_event_attributes.attempt - 1)
    return int(event.event_type in BILLED)


async def _wakes(events: Sequence[HistoryEvent], decoder: Decoder | None) -> int:
    """How often the journey looked at a day to act on it, rather than to store what a person did."""
    asked = [
        event.activity_task_scheduled_event_attributes.input.payloads
        for event in events
        if event.activity_task_scheduled_event_attributes.activity_type.name == DECIDE
    ]
    requests = [await decoder.decode(list(payloads)) if decoder else payloads for payloads in asked]
    return sum(bool(json.loads(request[0].data)["acting"]) for request in requests)


def _payloads(message: Message) -> Iterator[Payload]:
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if isinstance(value, Payload):
            yield value
        elif isinstance(value, Message):
            yield from _payloads(value)
        else:
            yield from _inside(value)


def _inside(value: Any) -> Iterator[Payload]:
    for part in value.values() if hasattr(value, "values") else value:
        if isinstance(part, Payload):
            yield part
        elif isinstance(part, Message):
            yield from _payloads(part)
