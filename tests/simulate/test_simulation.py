"""Whole simulations on the real parts, each in a process of its own, as a person at a terminal starts them."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KEYS = ["seed", "journeys", "months", "ledger_sha256", "per_journey", "longest_run_events"]
FIGURES = ["events", "actions", "history_bytes", "payload_bytes", "wakes", "commands", "notices", "rollovers"]
PATIENCE_S = 1500
# The other side of the world, and another order of every set of strings.
ELSEWHERE = (
    {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Niue", "PYTHONHASHSEED": "2"},
)


def simulate(*argv: str, **environment: str) -> tuple[int, dict[str, Any], str]:
    done = subprocess.run(
        [sys.executable, "-m", "ops.simulate", "--json", *argv],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    return done.returncode, json.loads(done.stdout), done.stderr


def both(home: Path, *argv: str) -> list[tuple[int, dict[str, Any], str]]:
    def one(number: int) -> tuple[int, dict[str, Any], str]:
        return simulate(*argv, "--export", str(home / f"{number}.json"), **ELSEWHERE[number])

    with ThreadPoolExecutor(2) as beside:
        return list(beside.map(one, range(2)))


def said(document: dict[str, Any]) -> dict[str, Any]:
    """What the seed alone decides: the ledger, and what follows from it."""
    kept = ("wakes", "commands", "notices", "reminders", "tasks", "escalations")
    return {"sha256": document["ledger_sha256"], **{key: document["per_journey"][key] for key in kept}}


@pytest.mark.server
@pytest.mark.timeout(PATIENCE_S)
def test_the_same_seed_lives_the_same_lives_anywhere(tmp_path: Path) -> None:
    (code, one, _), (_, two, _) = both(tmp_path, "--journeys", "2", "--months", "3", "--seed", "7")
    assert said(one) == said(two)
    assert (code, one["broken_invariants"]) == (0, [])
    assert list(one) == [*KEYS, "broken_invariants", "wall_s"]
    assert list(one["per_journey"]) == [*FIGURES, "reminders", "tasks", "escalations"]
    events = json.dumps(json.loads((tmp_path / "0.json").read_text("utf-8"))["journeys"])
    today = datetime.now(UTC).date()
    assert today.year >= 2027 or today.isoformat() not in events


@pytest.mark.proof
@pytest.mark.server
@pytest.mark.timeout(PATIENCE_S)
def test_half_a_year_of_three_people_is_the_same_twice_and_breaks_nothing(tmp_path: Path) -> None:
    (code, one, _), (_, two, _) = both(tmp_path, "--journeys", "3", "--months", "6", "--seed", "1")
    assert said(one) == said(two)
    assert (code, one["broken_invariants"]) == (0, [])
