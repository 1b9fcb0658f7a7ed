"""`pakt bench whatif`: a new book tried over many made-up stored cases, with progress, continued after a kill."""

import json
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ops.arguments import Parser
from ops.console import print_json, say
from ops.made_up_cases import TODAY, case
from ops.what_if import PROCESSES, Trial, tried
from rules.binding import Book, assemble
from rules.book import book
from rules.caseload import Part, result_of
from rules.compare import pair
from rules.documents import to_document
from rules.drafting import draft
from rules.shape import Parameter
from store.canonical import canonical, digest, sha256
from store.editions import CALENDAR

PART = 500
FAR_AHEAD = date(2035, 12, 31)
RULES = ("FOE-02", "FOE-04", "FOE-05", "MIT-01", "MIT-08", "MIT-10")


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Measure, and print what it took and the hash of what came of it."""
    parser = Parser(prog="pakt bench whatif", description="a new book over many stored cases")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--whole", action="store_true", help="let every rule differ, not only six of them")
    asked = parser.parse_args(argv)
    old = book()
    new = everything(old) if asked.whole else draft(old, changed(old), "whatif")
    measured = measure(
        (old, new), data_dir / "bench", cases=asked.cases, days=asked.days, processes=asked.processes
    )
    if as_json:
        print_json(measured)
        return 0
    for name, value in measured.items():
        say(f"{name:<18} {value}", f"{name:<18} {value}")
    return 0


def changed(of: Book) -> dict[str, str]:
    """One number of each of six rules, set to the end of its limits that it is not at."""
    firsts = (of.rule(rule).parameters[0] for rule in RULES)
    return {number.name: f"{_other(number):g}" for number in firsts if number.low != number.high}


def _other(number: Parameter) -> float:
    return number.low if number.low != number.value else number.high


def everything(old: Book) -> Book:
    """A book of which no rule is quite the same: each ends on a day that lies far ahead, so none is left out."""
    rules = [replace(rule, until=rule.until or FAR_AHEAD) for rule in old.rules]
    ended = [replace(rule, until=rule.until - timedelta(days=1)) for rule in rules if rule.until]
    citations = list(old.citations.values())
    return assemble("whatif", old.valid_from, rules=ended, citations=citations)


def measure(
    books: tuple[Book, Book], place: Path, *, cases: int, days: int, processes: int
) -> dict[str, Any]:
    """Try the second book against the first; finished parts wait in `place` until the whole is done."""
    trial = Trial(to_document(books[0]), to_document(books[1]), CALENDAR, TODAY, TODAY + timedelta(days=days))
    key = digest({"old": books[0].sha256, "new": books[1].sha256, "cases": cases, "days": days})
    file = place / f"whatif-{key[:16]}.jsonl"
    done = _finished(file)
    resumed = len(done)
    began = time.monotonic()
    numbers = [n for n in range(-(-cases // PART)) if n not in done]
    batches = ((n, _cases(n, cases)) for n in numbers)
    for number, part in tried(trial, batches, processes=processes):
        done[number] = part
        _keep(file, number, part)
        _progress(len(done), resumed, cases, time.monotonic() - began)
    wall = time.monotonic() - began
    result = result_of({"cases": cases, "days": days}, [done[number] for number in sorted(done)])
    file.unlink(missing_ok=True)
    tried_now = sum(done[number]["cases"] for number in numbers)
    return {
        "cases": result["cases"],
        "days": days,
        "processes": processes,
        "rules_compared": len(pair(*books).new.compiled),
        "resumed_cases": result["cases"] - tried_now,
        "wall_s": round(wall, 2),
        "cases_per_s": round(tried_now / wall, 1) if wall else 0.0,
        "affected": result["affected"],
        "worse": len(result["worse"]),
        "result_sha256": sha256(canonical(result)),
    }


def _cases(number: int, cases: int) -> list[str]:
    return [case(n) for n in range(number * PART, min((number + 1) * PART, cases))]


def _finished(file: Path) -> dict[int, Part]:
    """The parts that were finished before a kill; a line that was cut off is done again."""
    found: dict[int, Part] = {}
    if file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                number, part = json.loads(line)
            except ValueError:
                continue
            found[number] = part
    return found


def _keep(file: Path, number: int, part: Part) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps([number, part], separators=(",", ":")) + "\n")


def _progress(done: int, resumed: int, cases: int, seconds: float) -> None:
    rate = (done - resumed) * PART / seconds if seconds else 0.0
    line = f"  {min(done * PART, cases)} / {cases}   {rate:.0f}/s"
    say(line, line, to=sys.stderr)
