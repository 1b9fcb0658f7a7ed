"""Whether histories and ledger tell the same: what `decide` was asked to store stands in the stream."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from audit.chain import FirstBad
from audit.comparing import unequal_at
from audit.format import Bundle
from audit.histories import parsed
from audit.judging import calls
from domain.errors import InvalidInput
from domain.events import Event
from domain.ids import journey_stream

Json = dict[str, Any]


@dataclass
class Told:
    """The events that the histories tell, by their number, and whether a call is still under way."""

    events: dict[int, tuple[str, int, Json]] = field(default_factory=dict)
    pending: bool = False
    contradiction: tuple[str, int, int] | None = None

    @property
    def last(self) -> int:
        """The number of the last event told."""
        return max(self.events, default=0)


def told_by(bundle: Bundle) -> Told:
    """Collect the events of all `decide` calls; the same event told twice must be the same."""
    told = Told()
    for run in bundle.runs:
        for number, question, answer in calls(parsed(run.history)):
            told.pending = answer is None
            for event in (*question.get("new_events", ()), *(answer or {}).get("events", ())):
                _tell(told, event, run.run_id, number)
    told.pending = told.pending and not bundle.runs[-1].closed
    return told


def _tell(told: Told, event: Json, run: str, number: int) -> None:
    known = told.events.setdefault(event["seq"], (run, number, event))
    if known[2] != event and told.contradiction is None:
        told.contradiction = (run, number, event["seq"])


def disagreement(bundle: Bundle) -> FirstBad | None:
    """The first ledger entry or history event that the other side does not confirm, or None."""
    try:
        told = told_by(bundle)
    except (InvalidInput, KeyError, TypeError, ValueError, AttributeError) as error:
        # A bundle may be altered in any way: what cannot be followed is its fault, not a defect of ours.
        return FirstBad(field="runs", reason=f"histories cannot be followed: {type(error).__name__}")
    if told.contradiction is not None:
        run, number, seq = told.contradiction
        return FirstBad(
            stream=f"run/{run}", seq=number, field="events", reason=f"tells event {seq} otherwise"
        )
    return next(_faults(bundle, told), None)


def _faults(bundle: Bundle, told: Told) -> Iterator[FirstBad]:
    name = journey_stream(bundle.journey)
    entries = bundle.streams[name].entries
    for entry in entries:
        if entry.seq in told.events:
            event = told.events[entry.seq][2]
            for path, _, _ in unequal_at(event, entry.body, Event):
                yield FirstBad(
                    stream=name, seq=entry.seq, field=path or "body", reason="history says otherwise"
                )
            if entry.type != event["body"]["type"]:
                yield FirstBad(stream=name, seq=entry.seq, field="type", reason="history says otherwise")
        elif entry.seq <= told.last or not told.pending:
            yield FirstBad(stream=name, seq=entry.seq, field="entry", reason="no history tells it")
    for seq in range(len(entries) + 1, told.last + 1):
        # What a call under way was asked to store may not be stored yet.
        if seq in told.events and not told.pending:
            yield FirstBad(stream=name, seq=seq, field="entry", reason="missing: a history tells it")
