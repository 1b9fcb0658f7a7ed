"""`pakt bench NAME`: one set of figures, measured on parts of its own in a temporary place."""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import Transient
from ops import children
from ops.console import print_json, say
from rules.child import KEEP_MEMORY

PATIENCE_S = 180.0
_LOOK_S = 0.05
_ROOT = Path(__file__).parents[1]
Figures = dict[str, float | int | str]


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Measure one set, or all of them, and print it."""
    if argv and argv[0] == "whatif":
        # It has arguments of its own, and keeps what is finished in the data directory.
        from ops import bench_whatif  # noqa: PLC0415

        return bench_whatif.run(argv[1:], data_dir=data_dir, as_json=as_json)
    parser = argparse.ArgumentParser(prog="pakt bench", description="one measured set of figures")
    parser.add_argument("name", nargs="?", choices=sorted(SETS), help="which set; otherwise all")
    wanted = parser.parse_args(argv).name
    measured = {name: SETS[name]() for name in ([wanted] if wanted else sorted(SETS))}
    if as_json:
        print_json(measured)
        return 0
    for name, figures in measured.items():
        for figure, value in figures.items():
            shown = value if isinstance(value, str) else f"{value:>10.2f}"
            line = f"{name:<8} {figure:<36} {shown}"
            say(line, line)
    return 0


def _measure_up() -> Figures:
    """Seconds until the desk answers, on an empty place and again on the same place; and until all has ended."""
    figures: Figures = {}
    with tempfile.TemporaryDirectory(prefix="pakt-bench-") as place:
        for name in ("first_start_s", "second_start_s"):
            began = time.monotonic()
            with _running(Path(place)) as ended:
                figures[name] = time.monotonic() - began
            figures["end_s"] = ended[0]
    return figures


def _measure_clock() -> Figures:
    """Seconds for the twelve seeded journeys of the demo to live two years."""
    with tempfile.TemporaryDirectory(prefix="pakt-bench-") as place, _running(Path(place)):
        _wait_until(lambda: "waiting" not in _pakt(place, "journey", "list"), "journeys_started")
        began = time.monotonic()
        _pakt(place, "clock", "forward", "24m")
        journeys = len(_pakt(place, "journey", "list").splitlines())
        return {"journeys": journeys, "months": 24, "wall_s": time.monotonic() - began}


def _measure_rules() -> Figures:
    """Microseconds of a double-checked evaluation beside other ways; memory is kept as the engine's child keeps it."""
    words = ["/usr/bin/env", *KEEP_MEMORY, sys.executable, "-m", "bench.rules"]
    answer = subprocess.run(words, check=True, capture_output=True, text=True, cwd=_ROOT)  # noqa: S603 - our own
    figures: Figures = json.loads(answer.stdout)
    if "day_zen_graph_us_min" not in figures:
        line = "zen-engine is not installed and was not measured: `make bench` installs it"
        sys.stderr.write(line + "\n")
    return figures


SETS: dict[str, Callable[[], Figures]] = {"clock": _measure_clock, "rules": _measure_rules, "up": _measure_up}


@contextmanager
def _running(place: Path) -> Iterator[list[float]]:
    """A Pakt in `place`; the list holds, afterwards, how many seconds its end took."""
    log = place / "logs" / "up.log"
    log.unlink(missing_ok=True)
    child = children.spawn(_words(str(place), "up"), output=place / "up.out")
    took: list[float] = []
    try:
        _wait_until(lambda: log.is_file() and "all_started" in log.read_text(), "up", child=child)
        yield took
    finally:
        began = time.monotonic()
        children.signal_group(child, signal.SIGINT)
        children.end(child, patience_s=PATIENCE_S)
        took.append(time.monotonic() - began)


def _wait_until(true: Callable[[], bool], what: str, *, child: subprocess.Popen[bytes] | None = None) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > deadline or (child is not None and child.poll() is not None):
            raise Transient("bench_not_ready", what=what)
        time.sleep(_LOOK_S)


def _pakt(place: str, *words: str) -> str:
    return subprocess.run(  # noqa: S603 - our own command
        _words(place, *words), check=True, capture_output=True, text=True, timeout=PATIENCE_S
    ).stdout


def _words(place: str, *words: str) -> list[str]:
    return [sys.executable, "-m", "ops.command_line", "--data-dir", place, *words]
