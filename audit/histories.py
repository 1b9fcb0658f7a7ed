"""Histories as people and programs read them: payloads in clear, as JSON, and back again for the replayer."""

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, Protocol

import rfc8785
from google.protobuf import json_format
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload, SearchAttributes
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import History, HistoryEvent

from domain.errors import InvalidInput

Json = dict[str, Any]
_PLAIN = base64.b64encode(b"json/plain").decode()
CLOSING = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
    }
)


class Decoder(Protocol):
    """What takes payloads out of their envelope: a payload codec, bound to a journey where it needs that."""

    def decode(self, payloads: Sequence[Payload]) -> Awaitable[list[Payload]]:
        """The payloads in clear, in the same order."""
        ...


def run_id(history: History) -> str:
    """The run that this history tells."""
    return history.events[0].workflow_execution_started_event_attributes.original_execution_run_id


def previous_run(history: History) -> str:
    """The run that this one continues, or an empty string for the first."""
    return history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id


def closed(history: History) -> bool:
    """True once the run has ended in any way."""
    return bool(history.events) and history.events[-1].event_type in CLOSING


def successor(history: History) -> str | None:
    """The run that continues this one, or None at the end of a journey or of what has happened so far."""
    last = history.events[-1]
    for name in ("continued_as_new", "completed", "failed", "timed_out"):
        attributes = getattr(last, f"workflow_execution_{name}_event_attributes")
        if attributes.new_execution_run_id:
            return str(attributes.new_execution_run_id)
    return None


def _payloads(message: Message) -> Iterator[Payload]:
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            inner: Any = value.values() if field.message_type.fields_by_name["value"].message_type else ()
        else:
            inner = value if isinstance(value, Sequence) or hasattr(value, "add") else (value,)
        for part in inner:
            if isinstance(part, Payload):
                yield part
            elif not isinstance(part, SearchAttributes):
                yield from _payloads(part)


async def in_clear(history: History, decoder: Decoder | None) -> History:
    """A copy of the history whose payloads are decoded; what was never encoded stays as it is."""
    copy = History()
    copy.CopyFrom(history)
    for payload in _payloads(copy):
        # Server and core write some payloads themselves, in the clear: patch markers, search attributes.
        if decoder is not None and _sealed(payload.metadata.get("encoding", b"")):
            payload.CopyFrom((await decoder.decode([payload]))[0])
    return copy


def undecoded(history: History) -> bool:
    """True if a payload is still in an envelope that only a key can open."""
    return any(_sealed(payload.metadata.get("encoding", b"")) for payload in _payloads(history))


def _sealed(encoding: bytes) -> bool:
    return encoding.startswith(b"binary/") and encoding not in (
        b"binary/null",
        b"binary/plain",
        b"binary/protobuf",
    )


def readable(history: History) -> Json:
    """The history as JSON in which a payload shows its value instead of an encoding of it."""
    shown: Json = _walk(json_format.MessageToDict(history), _show)
    return shown


def parsed(shown: object) -> History:
    """The history that `readable` showed; anything else raises `InvalidInput`."""
    try:
        return json_format.ParseDict(_walk(shown, _hide), History(), ignore_unknown_fields=True)
    except (json_format.ParseError, TypeError, AttributeError) as error:
        raise InvalidInput("not_a_history", field="history", remedy="export the journey again") from error


def _walk(node: Any, change: Callable[[Json], Json | None]) -> Any:
    if isinstance(node, dict):
        changed = change(node)
        return changed if changed is not None else {key: _walk(value, change) for key, value in node.items()}
    if isinstance(node, list):
        return [_walk(item, change) for item in node]
    return node


def _show(node: Json) -> Json | None:
    if node.get("metadata") != {"encoding": _PLAIN} or not node.keys() <= {"metadata", "data"}:
        return None
    try:
        value = json.loads(base64.b64decode(node.get("data", "")))
        rfc8785.dumps(value)
    except (ValueError, binascii.Error, rfc8785.CanonicalizationError):
        return None
    return {"encoding": "json/plain", "json": value}


def _hide(node: Json) -> Json | None:
    if node.get("encoding") != "json/plain" or node.keys() != {"encoding", "json"}:
        return None
    text = json.dumps(node["json"], ensure_ascii=False, separators=(",", ":"))
    return {"metadata": {"encoding": _PLAIN}, "data": base64.b64encode(text.encode()).decode()}


def events_of(history: History, *kinds: EventType.ValueType) -> Iterator[HistoryEvent]:
    """The events of these kinds, in order."""
    return (event for event in history.events if event.event_type in kinds)
