"""Two evaluations, one answer: over random books and the real one, in eight threads, and over 300,000 rounds."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random  # noqa: TID251  seeded: the same batches on every run
from typing import Any

import pytest

from rules.book import book as real_book
from rules.child import EngineChild
from rules.engine import DurableEngine
from rules.plain import Holds, holds
from rules.to_engine import Compilation, Row, definition, held, wire
from tests.support import engine_fuzz
from tests.support.random_books import book, how_many, pool

ROOT = Path(__file__).parents[2]
THREADS = 8
MEGABYTE = 2**20
PAGE = 4096
Batch = tuple[Compilation, list[Row], Holds]


def _compared(seeds: Sequence[int], evaluations: int) -> dict[str, int]:
    """So many evaluations beside each other, one process for each seed; a difference or a crash fails."""
    words = [sys.executable, "-m", "tests.support.engine_fuzz", "--evaluations", str(evaluations)]
    started = [
        subprocess.Popen([*words, "--seed", str(seed)], cwd=ROOT, stdout=subprocess.PIPE) for seed in seeds
    ]
    tallies: list[dict[str, Any]] = [json.loads(process.communicate()[0]) for process in started]
    assert [process.returncode for process in started] == [0] * len(seeds)
    assert [one for tally in tallies for one in tally["differences"]] == []
    return {
        what: sum(tally[what] for tally in tallies) for what in ("books", "evaluations", "rows", "firings")
    }


def test_fifty_thousand_random_evaluations_differ_nowhere() -> None:
    done = _compared([1_000_000], 50_000)

    assert done["evaluations"] >= 50_000
    assert done["firings"] > done["evaluations"]


@pytest.mark.proof
@pytest.mark.timeout(1700)
def test_a_million_random_evaluations_differ_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    done = _compared([0, 500_000], 500_000)

    with capsys.disabled():
        sys.stdout.write(f"\n{done}\n")
    assert done["evaluations"] >= 1_000_000
    assert done["books"] >= 4_000


def test_a_difference_is_found_and_its_seed_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(fired: object, offset: int, rows: list[Row]) -> Holds:
        return frozenset(list(held(fired, offset, rows))[1:])  # type: ignore[arg-type]

    monkeypatch.setattr(engine_fuzz, "held", forgetful)

    tally = engine_fuzz.compare(7, 50)

    assert len(tally.differences) > 100
    assert tally.differences[0].startswith("seed 7: ")


def test_a_rule_written_out_wrongly_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_fuzz, "all_hold", lambda comparisons, values: False)

    with pytest.raises(AssertionError, match="differs from the comparisons"):
        engine_fuzz.compare(7, 1)


def _batches(count: int) -> list[Batch]:
    """Batches of the real book and three random ones, with the answer that each must have."""
    dice = Random(2027)  # noqa: S311  chance for a test, not for a secret
    books: list[Compilation] = [real_book(), book(3), book(4), book(5)]
    drawn = {one.sha256: pool(one.compiled, 11, 400) for one in books}
    found: list[Batch] = []
    for number in range(count):
        asked = books[number % len(books)]
        rows = dice.choices(drawn[asked.sha256], k=how_many(dice))
        found.append((asked, rows, holds(rows)))
    return found


def _in_threads(ask: Callable[[Batch], Holds], batches: list[Batch], each: int) -> list[str]:
    """Every wrong answer and every error of eight threads, each asking so often in its own order."""
    wrong: list[str] = []

    def work(number: int) -> None:
        for turn in range(each):
            batch = batches[(number * 37 + turn) % len(batches)]
            try:
                answer = ask(batch)
            except Exception as failure:  # noqa: BLE001  whatever it is, it is counted
                wrong.append(f"{number}/{turn}: {failure!r}")
            else:
                if answer != batch[2]:
                    wrong.append(f"{number}/{turn}: {sorted(answer ^ batch[2])[:5]}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def _through_one_child(each: int) -> tuple[list[str], int]:
    """Every wrong answer, and how many children it took."""
    with EngineChild() as child:
        wrong = _in_threads(lambda b: child.holds(b[0], b[1], "threads"), _batches(400), each)
        return wrong, child.started


def test_eight_threads_share_one_child_without_a_wrong_answer() -> None:
    assert _through_one_child(500) == ([], 1)


@pytest.mark.proof
@pytest.mark.timeout(1700)
def test_eight_threads_ask_one_child_twenty_thousand_times_each_without_a_wrong_answer() -> None:
    assert _through_one_child(20_000) == ([], 1)


def test_eight_threads_share_one_engine_in_one_process_without_a_wrong_answer() -> None:
    shared = {one.sha256: DurableEngine(definition(one)) for one, _, _ in _batches(4)}

    def ask(batch: Batch) -> Holds:
        return held(shared[batch[0].sha256].fired(wire(batch[1])), 0, batch[1])

    assert _in_threads(ask, _batches(400), 500) == []


def test_a_wrong_answer_in_a_thread_is_found() -> None:
    batches = _batches(40)

    assert len(_in_threads(lambda batch: frozenset({(0, 99)}), batches, 5)) == THREADS * 5
    assert len(_in_threads(lambda batch: 1 / 0, batches, 5)) == THREADS * 5  # type: ignore[arg-type, return-value]


def _resident(pid: int | None) -> int:
    pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    return int(pages) * PAGE


def _growth(evaluations: int) -> tuple[int, int]:
    """What the child holds after a fifth of so many evaluations, and by how much that grew to the end."""
    batches: Iterator[Batch] = iter(())
    kept = _batches(400)
    with EngineChild() as child:
        after_a_fifth = 0
        for number in range(evaluations):
            batch = next(batches, None)
            if batch is None:
                batches = iter(kept)
                batch = next(batches)
            assert child.holds(batch[0], batch[1], "memory") == batch[2]
            if number == evaluations // 5:
                after_a_fifth = _resident(child.pid)
        return after_a_fifth, _resident(child.pid) - after_a_fifth


def test_memory_stays_flat_over_ten_thousand_evaluations() -> None:
    _, grown = _growth(10_000)

    assert grown < 2 * MEGABYTE


@pytest.mark.proof
@pytest.mark.timeout(1700)
def test_memory_stays_flat_over_three_hundred_thousand_evaluations(
    capsys: pytest.CaptureFixture[str],
) -> None:
    held_by_child, grown = _growth(300_000)

    with capsys.disabled():
        sys.stdout.write(
            f"\nresident {held_by_child / MEGABYTE:.1f} MB, grown by {grown / MEGABYTE:.2f} MB\n"
        )
    assert grown < 2 * MEGABYTE
