"""What one double-checked evaluation of the real book costs, beside other ways to the same answer.

All in one process and one run: each round measures each way once, in turn, by the thread's own CPU time, and
asserts that all of them gave the same answer. `python -m bench.rules` prints JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles

from bench import others
from bench.full_case import rows_of
from rules.book import book as real_book
from rules.child import EngineChild
from rules.engine import DurableEngine
from rules.plain import Holds, holds
from rules.to_engine import Compilation, Row, definition, held, wire

ROUNDS = 21
LATENCIES = 5_000
_TIMES = {"host": 2}
_TIMES_OTHERWISE = 40
_MICRO = 1e6
Figures = dict[str, float | int]


def product(book: Compilation, rows: Sequence[Row]) -> others.Evaluate:
    """Both evaluations and the comparison, with the engine in this process."""
    engine = DurableEngine(definition(book))

    def evaluate() -> Holds:
        ours = holds(rows)
        if ours != held(engine.fired(wire(rows)), 0, rows):
            raise AssertionError("the two evaluations differ")
        return ours

    return evaluate


def through_child(book: Compilation, rows: Sequence[Row], child: EngineChild) -> others.Evaluate:
    """The same through the pipe, as the worker does it."""

    def evaluate() -> Holds:
        ours = holds(rows)
        if ours != child.holds(book, rows, "bench"):
            raise AssertionError("the two evaluations differ")
        return ours

    return evaluate


def measure(ways: dict[str, others.Evaluate], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Microseconds for one evaluation, by way and round; a way that answers otherwise stops everything."""
    expected = next(iter(ways.values()))()
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, evaluate in ways.items():
            if evaluate() != expected:
                raise AssertionError(f"{name} answers otherwise")
            found[name].append(_cpu(evaluate, _TIMES.get(name, _TIMES_OTHERWISE)))
    return found


def _cpu(evaluate: Callable[[], object], times: int) -> float:
    began = time.thread_time()
    for _ in range(times):
        evaluate()
    return (time.thread_time() - began) / times * _MICRO


def latencies(evaluate: others.Evaluate, count: int = LATENCIES) -> tuple[float, float]:
    """The middle and the 99th of a hundred, by CPU time, over so many evaluations one by one."""
    taken = [_cpu(evaluate, 1) for _ in range(count)]
    return median(taken), quantiles(taken, n=100)[98]


def figures() -> Figures:
    """Everything that `pakt bench rules` prints."""
    book = real_book()
    rows = rows_of(book)
    ours = product(book, rows)
    ways = {"python": others.straight_python(book, rows), "product": ours, "host": others.host(book, rows)}
    if others.zen_is_there():
        ways |= {
            "zen_graph": others.zen_graph(book, rows),
            "zen_expression": others.zen_expression(book, rows),
        }
    with EngineChild() as child:
        measured = measure(ways)
        p50, p99 = latencies(ours)
        child_p50, child_p99 = _wall(through_child(book, rows, child))
    found: Figures = {
        "rules": len(book.compiled),
        "rows": len(rows),
        "holding": len(ours()),
        "rounds": ROUNDS,
    }
    for name, taken in measured.items():
        found |= {f"{name}_us_min": min(taken), f"{name}_us_median": median(taken)}
    found |= _ratios({name: min(taken) for name, taken in measured.items()})
    found |= {"p50_us": p50, "p99_us": p99, "p99_by_p50": p99 / p50}
    return found | {"child_wall_p50_us": child_p50, "child_wall_p99_us": child_p99}


def _wall(evaluate: others.Evaluate, count: int = 1_000) -> tuple[float, float]:
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        evaluate()
        taken.append((time.perf_counter() - began) * _MICRO)
    return median(taken), quantiles(taken, n=100)[98]


def _ratios(best: dict[str, float]) -> Figures:
    found: Figures = {"product_by_python": best["product"] / best["python"]}
    rest = [name for name in best if name not in ("product", "python")]
    return found | {f"{name}_by_product": best[name] / best["product"] for name in rest}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures()) + "\n")
