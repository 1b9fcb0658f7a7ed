"""What one double-checked evaluation of the real book costs, beside other ways to the same answer.

All in one process and one run: each round measures each way once, in turn, by the thread's own CPU time, and
asserts that all of them gave the same answer. `python -m bench.rules` prints JSON; `pakt bench rules` reads it out.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles

from bench import others
from bench.full_case import WORKLOADS
from rules.book import book as real_book
from rules.child import EngineChild
from rules.engine import DurableEngine
from rules.plain import Holds, holds
from rules.to_engine import Compilation, Row, definition, held, wire

ROUNDS = 21
LATENCIES = 5_000
AT_MOST_BY_PYTHON = 6.0
AT_LEAST_BY_ZEN = 5.0
AT_MOST_P99_BY_P50 = 3.0
_TIMES = {"host": 2}
_TIMES_OTHERWISE = 40
_MICRO = 1e6
Figures = dict[str, float | int | str]


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


def ways_of(book: Compilation, rows: Sequence[Row]) -> dict[str, others.Evaluate]:
    """Every way that can be measured here, the product first."""
    found = {
        "product": product(book, rows),
        "python": others.straight_python(rows),
        "host": others.host(book, rows),
    }
    if others.zen_is_there():
        found["zen_graph"] = others.zen_graph(book, rows)
        found["zen_lines"] = others.zen_lines(book, rows)
        found["zen_expression"] = others.zen_expression(book, rows)
    return found


def figures() -> Figures:
    """Everything that `pakt bench rules` prints: one set for each workload, its name in front."""
    return {f"{load}_{name}": value for load in WORKLOADS for name, value in _figures(load).items()}


def _figures(load: str) -> Figures:
    book = real_book()
    rows = WORKLOADS[load](book)
    ways = ways_of(book, rows)
    measured = measure(ways)
    p50, p99 = latencies(ways["product"])
    with EngineChild() as child:
        wall_p50, wall_p99 = _wall(through_child(book, rows, child))
    found: Figures = {
        "rules": len({rule.number for rule, _ in rows}),
        "rows": len(rows),
        "asked": sum(len(rule.rows) for rule, _ in rows),
        "holding": len(holds(rows)),
        "rounds": ROUNDS,
    }
    for name, taken in measured.items():
        found |= {f"{name}_us_min": min(taken), f"{name}_us_median": median(taken)}
    found |= _ratios({name: min(taken) for name, taken in measured.items()})
    found |= {"p50_us": p50, "p99_us": p99, "p99_by_p50": p99 / p50}
    found |= {"child_wall_p50_us": wall_p50, "child_wall_p99_us": wall_p99}
    return found | targets(found)


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


def targets(found: Figures) -> Figures:
    """Each target as met or missed, with what was measured."""
    wanted = (
        ("product_by_python", "at most", AT_MOST_BY_PYTHON),
        ("zen_graph_by_product", "at least", AT_LEAST_BY_ZEN),
        ("p99_by_p50", "at most", AT_MOST_P99_BY_P50),
    )
    return {f"target_{name}": _met(found.get(name), how, bound) for name, how, bound in wanted}


def _met(value: float | str | None, how: str, bound: float) -> str:
    if not isinstance(value, float):
        return "not measured"
    met = value <= bound if how == "at most" else value >= bound
    return f"{'met' if met else 'missed'}: {value:.1f}, {how} {bound:.0f}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures()) + "\n")
