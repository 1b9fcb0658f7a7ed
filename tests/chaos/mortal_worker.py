"""The worker of the product with two differences: short patience with lost attempts, and traps.

`mortal_worker.py --data-dir D`. A trap is a file in `D/traps`, sprung once and gone:

- `die_before_decide`, `die_after_decide`: the process kills itself as `kill -9` would, before the decision is
  made, or after it is stored and before Temporal hears of it. The file names an event type; only a decision
  that brings one counts (an empty file: any).
- `fail_in_decide`: the activity raises an error with the text of the file.
"""

import argparse
import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from temporalio import activity
from temporalio.worker import Worker

import worker
from activities.decide import Decisions, judge_call
from domain.calls import DECIDE, SEND_NOTICE, DecideAnswer, DecideRequest
from domain.policies import POLICIES
from ops import exit as leaving
from ops.logging import configure
from rules.judge import Engine
from store.database import Store

PATIENCE = timedelta(seconds=6)
QUICK: dict[str, Any] = {"sticky_queue_schedule_to_start_timeout": timedelta(seconds=1)}
TRAPS = "traps"


class MortalDecisions(Decisions):
    """Decides as the product does, unless a trap is set."""

    traps = Path()

    def __init__(self, store: Store, engine: Engine | None) -> None:
        super().__init__(store, engine)
        self._judge = engine

    @activity.defn(name=DECIDE)
    def decide(self, request: DecideRequest) -> DecideAnswer:
        if (said := self._sprung("fail_in_decide", lambda _: True)) is not None:
            raise RuntimeError(said)
        foreseen = (
            {e.body.type for e in judge_call(request, self._judge).answer.events} if self._set() else set()
        )
        if self._sprung("die_before_decide", lambda wanted: not wanted or wanted in foreseen) is not None:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = super().decide(request)
        if self._sprung("die_after_decide", lambda wanted: not wanted or wanted in foreseen) is not None:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    def _set(self) -> bool:
        return self.traps.is_dir() and any(self.traps.iterdir())

    def _sprung(self, name: str, fits: Callable[[str], bool]) -> str | None:
        trap = self.traps / name
        try:
            wanted = trap.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        if not fits(wanted):
            return None
        trap.unlink()
        return wanted


def main() -> None:
    """Serve as the product's worker does."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data-dir", type=Path, required=True)
    home = parser.parse_args().data_dir
    for name in (DECIDE, SEND_NOTICE):
        POLICIES[name] = replace(POLICIES[name], start_to_close=PATIENCE)
    MortalDecisions.traps = home / TRAPS
    vars(worker).update(Decisions=MortalDecisions, Worker=partial(Worker, **QUICK))
    configure("worker", file=home / "logs" / "worker.log")
    leaving.leave(asyncio.run(worker.work(home)))


if __name__ == "__main__":
    main()
