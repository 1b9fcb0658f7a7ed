"""Checking a bundle without database and network: every byte and hash, and histories against the ledger."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from audit.agreeing import disagreement
from audit.chain import FirstBad, broken_at, first_in_stream
from audit.format import FORMAT, Bundle, Run, canonical
from audit.histories import Json
from domain.ids import desk_stream, journey_stream
from domain.model import Wire
from store.canonical import sha256


class VerifyReport(Wire):
    """Whether a bundle is as it was written, how many ledger entries it has, and the first that is not."""

    ok: bool
    entries: int
    first_bad: FirstBad | None = None


def verify(raw: bytes) -> VerifyReport:
    """Check the bytes of a bundle from the first ledger entry to the last brace."""
    try:
        content = json.loads(raw)
        bundle = Bundle.model_validate(content)
    except (ValueError, RecursionError) as error:
        bad, entries = _located(raw, error)
        return VerifyReport(ok=False, entries=entries, first_bad=bad)
    bad_one = next(_faults(raw, content, bundle), None)
    entries = sum(len(stream.entries) for stream in bundle.streams.values())
    return VerifyReport(ok=bad_one is None, entries=entries, first_bad=bad_one)


def _located(raw: bytes, error: Exception) -> tuple[FirstBad, int]:
    """Where bytes that are no bundle any more are broken: in a ledger entry, or else by their position."""
    bad, entries = broken_at(raw)
    if bad is not None:
        return bad, entries
    if isinstance(error, ValidationError):
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        return FirstBad(field=field, reason="missing or of another kind"), entries
    return FirstBad(field="json", reason=str(error)[:120]), entries


def _faults(raw: bytes, content: Json, bundle: Bundle) -> Iterator[FirstBad]:
    for name in (journey_stream(bundle.journey), desk_stream(bundle.journey)):
        if name not in bundle.streams:
            yield FirstBad(stream=name, seq=1, field="stream", reason="missing")
        elif (bad := first_in_stream(name, content["streams"][name])) is not None:
            yield bad
    for position, run in enumerate(bundle.runs, start=1):
        yield from _run_faults(position, run)
    yield from _order_faults(bundle)
    if (bad := disagreement(bundle)) is not None:
        yield bad
    yield from _frame_faults(raw, content, bundle)


def _run_faults(position: int, run: Run) -> Iterator[FirstBad]:
    place = f"run/{run.run_id}"
    shown = run.history.get("events")
    events = shown if isinstance(shown, list) else []
    for number, (event, expected) in enumerate(zip(events, run.event_sha256, strict=False), start=1):
        if _hash(event) != expected:
            yield FirstBad(stream=place, seq=number, field="event", reason="altered")
    if len(events) != len(run.event_sha256):
        yield FirstBad(stream=place, seq=len(events) + 1, field="event", reason="missing or added")
    if _hash(run.history) != run.sha256:
        yield FirstBad(stream=place, field="sha256", reason="does not fit the history")
    if run.order != position or run.events != len(events):
        yield FirstBad(stream=place, field="order" if run.order != position else "events", reason="altered")


def _order_faults(bundle: Bundle) -> Iterator[FirstBad]:
    before = ""
    for run, after in zip(bundle.runs, [*bundle.runs[1:], None], strict=True):
        begun = _beginning(run)
        place = f"run/{run.run_id}"
        if begun.get("originalExecutionRunId") != run.run_id:
            yield FirstBad(stream=place, field="run_id", reason="does not fit the history")
        if begun.get("continuedExecutionRunId", "") != before:
            yield FirstBad(stream=place, field="order", reason="does not continue the run before")
        if run.successor != (after.run_id if after else None):
            yield FirstBad(stream=place, field="successor", reason="is not the next run")
        before = run.run_id


def _beginning(run: Run) -> dict[str, Any]:
    """How the run says that it began; empty where it does not."""
    events = run.history.get("events")
    first = events[0] if isinstance(events, list) and events else None
    begun = first.get("workflowExecutionStartedEventAttributes") if isinstance(first, dict) else None
    return begun if isinstance(begun, dict) else {}


def _canonical(value: Any) -> bytes:
    """The canonical bytes; empty for a value that has none, such as a number that is too large."""
    try:
        return canonical(value)
    except ValueError:
        return b""


def _hash(value: Any) -> str:
    return sha256(_canonical(value))


def _frame_faults(raw: bytes, content: Json, bundle: Bundle) -> Iterator[FirstBad]:
    shipped = [("programmes", one.id, one.text, one.sha256) for one in bundle.editions.programmes]
    shipped += [("calendars", one.id, one.text, one.sha256) for one in bundle.editions.calendars]
    for kind, name, text, expected in shipped:
        if text is not None and sha256(text.encode()) != expected:
            yield FirstBad(field=f"editions.{kind}.{name}", reason="text does not fit its hash")
    counted = {
        "runs": len(bundle.runs),
        "events": sum(run.events for run in bundle.runs),
        "entries": sum(len(stream.entries) for stream in bundle.streams.values()),
    }
    for name, number in counted.items():
        if getattr(bundle.manifest, name) != number:
            yield FirstBad(field=f"manifest.{name}", reason="does not fit the content")
    if bundle.format != FORMAT:
        yield FirstBad(field="format", reason="unknown")
    if _hash({key: value for key, value in content.items() if key != "sha256"}) != bundle.sha256:
        yield FirstBad(field="sha256", reason="something outside ledger and histories was altered")
    if _canonical(content) != raw:
        yield FirstBad(field="bytes", reason="not written canonically")
