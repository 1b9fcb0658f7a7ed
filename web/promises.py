"""Promised – kept: the one table of promises, office and participant side by side, equal wherever it is shown."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.codes import Goal, Side
from domain.facts import CaseFacts, CommitmentFact
from web.dates import days_between

State = Literal["open", "late", "kept", "kept_late", "released"]


@dataclass(frozen=True)
class Promise:
    """One promise: whose, for what, until when, how it stands, and by how many days it was late."""

    id: str
    side: Side
    goal: Goal
    agreed_on: date
    due: date
    state: State
    settled_on: date | None
    days_late: int
    twin: str | None


def promises(facts: CaseFacts, on: date) -> dict[Side, list[Promise]]:
    """Both columns, open ones first and by due date."""
    rows = [_row(entry, on) for entry in facts.commitments]
    rows.sort(key=lambda row: (row.state not in ("late", "open"), row.due, row.id))
    return {side: [row for row in rows if row.side == side] for side in Side}


def open_promises(facts: CaseFacts, side: Side, on: date) -> list[Promise]:
    """What one side still owes."""
    return [row for row in promises(facts, on)[side] if row.state in ("open", "late")]


def _row(entry: CommitmentFact, on: date) -> Promise:
    settled = entry.kept_on or entry.released_on
    # What is voluntary cannot be late.
    late = 0 if entry.voluntary else max(0, days_between(entry.due, settled or on))
    return Promise(
        id=entry.id,
        side=entry.side,
        goal=entry.goal,
        agreed_on=entry.agreed_on,
        due=entry.due,
        state=_state(entry, late),
        settled_on=settled,
        days_late=0 if entry.released_on else late,
        twin=entry.twin,
    )


def _state(entry: CommitmentFact, late: int) -> State:
    if entry.released_on is not None:
        return "released"
    if entry.kept_on is not None:
        return "kept_late" if late else "kept"
    return "late" if late else "open"
