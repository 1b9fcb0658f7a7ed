"""One simulation from its start to its verdict."""

import asyncio
import json
import tempfile
import time
from dataclasses import dataclass
from datetime import time as clock_time
from datetime import timedelta
from pathlib import Path
from typing import Any

from domain.calendar import add_months, at_berlin, berlin_day
from ops.simulate import checks, export, figures
from ops.simulate.arrivals import BEGIN, Arrival, arrive
from ops.simulate.measure import Cost, cost_of
from ops.simulate.mix import Mix
from ops.simulate.parts import Parts, opened
from ops.simulate.traveller import Travelled, Traveller
from store import editions

AT_MOST = 16
END_OF_RUN = clock_time(7)


@dataclass(frozen=True)
class Order:
    """What is to be simulated."""

    journeys: int
    months: int
    seed: int
    mix: Mix
    caseload: int | None = None
    keep: Path | None = None


@dataclass(frozen=True)
class Result:
    """The document for `--json`, and whether the independent checker was at hand."""

    document: dict[str, Any]
    independent: bool

    @property
    def right(self) -> bool:
        """True where no invariant is broken."""
        return not self.document["broken_invariants"]


async def simulate(order: Order) -> Result:
    """Open the house in a directory of its own, let everybody live, close it, and judge what is left."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pakt-simulate-") as directory:
        home = Path(directory)
        async with opened(home, order.seed) as parts:
            lives = await _live(parts, order)
            costs = [await cost_of(parts, life.journey) for life in lives]
            until = add_months(berlin_day(BEGIN), order.months) - timedelta(days=1)
            exported = export.export(parts.store, lives, parts.mails, until=until)
            broken = checks.structure(parts.store, lives, exported, max(c.longest_run for c in costs))
            broken += await checks.same_everywhere(parts, lives, exported)
        said = await asyncio.to_thread(_ask_independent, home, exported, order.keep)
    document = _document(order, lives, costs, exported)
    document["broken_invariants"] = [*broken, *said.broken]
    document["wall_s"] = round(time.monotonic() - began, 1)
    return Result(document, said.independent)


async def _live(parts: Parts, order: Order) -> list[Travelled]:
    end = at_berlin(add_months(berlin_day(BEGIN), order.months), END_OF_RUN)
    cast = order.mix.cast(order.journeys, order.seed)
    arrivals = [arrive(parts, life, number, order.seed) for number, life in enumerate(cast)]
    places = asyncio.Semaphore(AT_MOST)

    async def one(arrival: Arrival) -> Travelled:
        async with places:
            return await Traveller(parts, arrival).live(end)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(arrival)) for arrival in arrivals]
    return [task.result() for task in tasks]


def _ask_independent(home: Path, exported: dict[str, Any], keep: Path | None) -> checks.Verdict:
    file = keep or home / "export.json"
    file.write_text(json.dumps(exported, ensure_ascii=False), encoding="utf-8")
    return checks.independent(file)


def _document(
    order: Order, lives: list[Travelled], costs: list[Cost], exported: dict[str, Any]
) -> dict[str, Any]:
    commands = sum(len(life.acknowledged) for life in lives)
    refused = sum(len(life.refused) for life in lives)
    document: dict[str, Any] = {
        "seed": order.seed,
        "journeys": order.journeys,
        "months": order.months,
        "ledger_sha256": export.ledger_sha256(exported["journeys"]),
        "per_journey": figures.per_journey(costs, exported, commands, refused),
        "longest_run_events": max(cost.longest_run for cost in costs),
    }
    if order.caseload is not None:
        calendar, _ = editions.calendar(None)
        counts = figures.caseload(
            exported, order.caseload, begin=berlin_day(BEGIN), months=order.months, calendar=calendar
        )
        document["caseload"] = {**counts, **_attention(order.mix, lives, exported)}
        document["caseload"]["targets"] = figures.judged(document["caseload"])
    return document


def _attention(mix: Mix, lives: list[Travelled], exported: dict[str, Any]) -> dict[str, Any]:
    """How often the people of each kind were written to, and the most that a silent one was."""
    by_life = figures.notices_by_life(exported, {life.journey: life.life for life in lives})
    silent = [by_life[one.name]["most"] for one in mix.life if one.falls_silent and one.name in by_life]
    return {"notices_by_life": by_life, "notices_silent_most": max(silent, default=None)}
