"""What must be true after a run, checked on the stored rows themselves and by an independent checker.

The independent one (`tests/oracle`) shares no code with the product and is no part of an installation: it runs
as a process of its own where the checkout is at hand.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.events import Event
from domain.ids import workflow_id
from domain.journey import JourneyState, begin, evolve_all
from ops.simulate.parts import Parts
from ops.simulate.traveller import Travelled
from store import ledger, outbox, queries
from store.database import Store

ROOT = Path(__file__).resolve().parents[2]
ORACLE = "tests.oracle.check"
MOST_EVENTS_IN_A_RUN = 2000
PATIENCE_S = 600
Row = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What is broken, one line each; and whether the independent checker had a say."""

    broken: tuple[str, ...]
    independent: bool


def structure(store: Store, lives: list[Travelled], exported: Row, longest_run: int) -> list[str]:
    """Broken invariants that rows alone can show."""
    with store.read() as session:
        streams = ledger.streams(session)
        bad = [(stream, ledger.verify(session, stream)) for stream in streams]
        waiting = [row.journey_id for row in outbox.pending(session)]
    broken = [f"ledger {stream}: {found.reason} at {found.seq}" for stream, found in bad if found]
    broken += [f"outbox: an order of {journey} is still open" for journey in waiting]
    broken += [line for life in lives for line in _commands(life)]
    broken += list(_notices(exported))
    if longest_run > MOST_EVENTS_IN_A_RUN:
        broken.append(f"history: a run has {longest_run} events")
    return broken


def _commands(life: Travelled) -> Iterator[str]:
    yield from (f"command {one} of {life.journey} was never confirmed" for one in life.unconfirmed)
    yield from (f"command refused in {life.journey}: {one}" for one in life.refused)


def _notices(exported: Row) -> Iterator[str]:
    copies = Counter(mail["message_id"] for mail in exported["mails"])
    known = {row["message_id"]: row for row in exported["notices"]}
    yield from (f"mail {one} belongs to no notice" for one in sorted(set(copies) - set(known)))
    for message_id, row in sorted(known.items()):
        wanted = int(row["channel"] == "email" and row["state"] == "sent")
        if copies[message_id] != wanted and not row["possible_duplicate"]:
            yield f"notice {row['id']}: {row['state']}, but {copies[message_id]} mails"
        if row["state"] in ("handing_over", "unknown", "deferred", "failed"):
            yield f"notice {row['id']} ended as {row['state']} ({row['reason']})"


async def same_everywhere(parts: Parts, lives: list[Travelled], exported: Row) -> list[str]:
    """The fold of the ledger, the read model and the running workflow must tell the same of each journey."""
    broken: list[str] = []
    events = {one["journey"]: one["events"] for one in exported["journeys"]}
    for life in lives:
        folded = _folded(parts.store, life.journey, events[life.journey])
        view = queries.journey_view(parts.store, life.journey)
        if (view.facts, view.seq) != (folded.facts, folded.seq):
            broken.append(f"{life.journey}: the read model is not the fold of the ledger")
        if not life.ended and (await _running(parts, life.journey)).facts != folded.facts:
            broken.append(f"{life.journey}: the workflow is not the fold of the ledger")
    return broken


def _folded(store: Store, journey: str, events: list[Row]) -> JourneyState:
    first, *rest = (Event.model_validate(event) for event in events)
    with store.read() as session:
        office = queries.journey(session, journey).office_id
    return evolve_all(begin(office, journey, first), tuple(rest))


async def _running(parts: Parts, journey: str) -> JourneyState:
    handle = parts.client.get_workflow_handle(workflow_id(journey))
    state: JourneyState = await handle.query("state", result_type=JourneyState)
    return state


def independent(file: Path) -> Verdict:
    """What the independent checker says about an exported run, where the checkout has it."""
    if not (ROOT / f"{ORACLE.replace('.', '/')}.py").is_file():
        return Verdict((), independent=False)
    argv = [sys.executable, "-m", ORACLE, str(file)]
    done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
        argv, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    if done.returncode not in (0, 1):
        last = done.stderr.strip().splitlines()[-1:] or ["no word"]
        return Verdict((f"the independent checker failed: {last[0][:200]}",), independent=True)
    return Verdict(tuple(json.loads(done.stdout)), independent=True)


__all__ = ["Verdict", "independent", "same_everywhere", "structure"]
