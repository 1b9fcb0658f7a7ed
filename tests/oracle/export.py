"""What the checker is given: plain rows as JSON would hold them, and nothing of the product's own types."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.oracle import days, fold

Row = dict[str, Any]
Facts = dict[str, Any]


@dataclass(frozen=True)
class Export:
    """All that left its mark in a run.

    journeys: `{"journey", "events": [Event …]}`, events in order of `seq`.
    notices: rows `{"id", "journey_id", "matter", "rule", "stage", "channel", "state", "message_id",
    "possible_duplicate", "send_at", "settled_at"}`; instants of the business clock, as ISO text.
    mails: `{"message_id"}` of each message the catcher holds, or None where mail was not collected.
    ledger: rows `{"stream", "seq"}`. commands: `{"journey", "command_id"}` of acknowledged commands.
    until: the last day that is wholly over. grace_days: how late a wake may be (1, or the injected outage).
    """

    until: date
    journeys: list[Row]
    notices: list[Row] = field(default_factory=list)
    mails: list[Row] | None = None
    ledger: list[Row] = field(default_factory=list)
    commands: list[Row] = field(default_factory=list)
    grace_days: int = 1


@dataclass(frozen=True)
class Batch:
    """Events that one call wrote by itself: they share their instant; `before` are the facts it judged."""

    at: datetime
    events: list[Row]
    before: Facts

    @property
    def day(self) -> date:
        """The Berlin day of the call."""
        return self.at.astimezone(days.BERLIN).date()

    def of_type(self, kind: str) -> list[Row]:
        """The bodies of one type."""
        return [event["body"] for event in self.events if event["body"]["type"] == kind]


SYSTEM_TYPES = frozenset(
    {
        "decision_made",
        "episode_lifted",
        "task_opened",
        "task_closed",
        "notice_planned",
        "notice_lapsed",
        "escalation_raised",
        "escalation_closed",
    }
)


def batches(journey: Row) -> Iterator[Batch]:
    """The stretches of the stream that the system wrote by judging, each with the facts before it."""
    facts = fold.empty(journey["journey"])
    held: list[Row] = []
    for event in journey["events"]:
        own = event["body"]["type"] in SYSTEM_TYPES
        if held and (not own or event["recorded_at"] != held[0]["recorded_at"]):
            yield _batch(facts, held)
            held = []
        if own:
            held.append(event)
        else:
            fold.add(facts, event)
    if held:
        yield _batch(facts, held)


def _batch(facts: Facts, held: list[Row]) -> Batch:
    """Close a stretch: keep the facts before it, then fold it in."""
    before = copied(facts)
    for event in held:
        fold.add(facts, event)
    return Batch(days.instant(held[0]["recorded_at"]), held, before)


def copied(facts: Facts) -> Facts:
    """A copy that further folding leaves alone."""
    return {
        key: [dict(row) for row in value] if isinstance(value, list) else value
        for key, value in facts.items()
    }


def facts_at(journey: Row, at: datetime) -> Facts:
    """The facts from all events recorded before an instant."""
    earlier = (event for event in journey["events"] if days.instant(event["recorded_at"]) < at)
    return fold.facts_after(journey["journey"], earlier)
