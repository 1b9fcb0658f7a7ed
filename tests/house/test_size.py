"""One screen, one thought: how long files and functions may be, and how much a call may ask for."""

import ast
from collections.abc import Callable, Iterable

from tests.house.sources import ROOT, Source, functions, paths, python

FUNCTION_LINES = 70
FILE_LINES = 400
PARAMETERS = 5
PARAMETERS_MOST = 14
FILE_BYTES = 200_000
LARGE = ("tests/replay/golden/",)
"""What may be larger: recorded histories, which are replayed and not read."""


def long_files(sources: Iterable[Source]) -> list[str]:
    """Files over the limit."""
    return [
        f"{one.path}: {len(one.text.splitlines())} lines, at most {FILE_LINES}; split it by what it promises"
        for one in sources
        if len(one.text.splitlines()) > FILE_LINES
    ]


def long_functions(sources: Iterable[Source]) -> list[str]:
    """Functions over the limit, counted from `def` to the last line."""
    return [
        f"{one.path}:{node.lineno} {node.name}: {length} lines, at most {FUNCTION_LINES}"
        for one in sources
        for node in functions(one)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many arguments a function takes, without self and cls."""
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return sum(arg.arg not in ("self", "cls") for arg in every)


def greedy_functions(sources: Iterable[Source], limit: int) -> list[str]:
    """Functions with more parameters than the limit."""
    return [
        f"{one.path}:{node.lineno} {node.name}: {parameters(node)} parameters"
        for one in sources
        for node in functions(one)
        if parameters(node) > limit
    ]


def heavy_files(sizes: dict[str, int]) -> list[str]:
    """Files that are too large for a repository that people read."""
    heavy = {path: size for path, size in sizes.items() if size > FILE_BYTES}
    return [f"{path}: {size} bytes" for path, size in heavy.items() if not path.startswith(LARGE)]


def test_every_file_fits_into_four_hundred_lines() -> None:
    assert long_files(python()) == []


def test_every_function_fits_onto_a_screen() -> None:
    assert long_functions(python()) == []


def test_no_function_asks_for_too_much(record_property: Callable[[str, object], None]) -> None:
    record_property("over_five_parameters", greedy_functions(python(), PARAMETERS))

    assert greedy_functions(python(), PARAMETERS_MOST) == []


def test_no_file_weighs_more_than_two_hundred_kilobytes() -> None:
    assert heavy_files({path: (ROOT / path).stat().st_size for path in paths()}) == []


def test_a_long_file_is_found() -> None:
    assert long_files([Source("domain/long.py", "x = 1\n" * 401)])
    assert not long_files([Source("domain/short.py", "x = 1\n" * 400)])


def test_a_long_function_is_found() -> None:
    body = "    x = 1\n"
    assert long_functions([Source("a.py", "def f():\n" + body * 70)])
    assert not long_functions([Source("a.py", "def f():\n" + body * 69)])


def test_a_greedy_function_is_found_and_self_does_not_count() -> None:
    assert greedy_functions([Source("a.py", "def f(a, b, c, *, d, e, g): ...")], PARAMETERS)
    assert not greedy_functions([Source("a.py", "class A:\n    def f(self, a, b, c, d, e): ...")], PARAMETERS)


def test_a_heavy_file_is_found() -> None:
    assert heavy_files({"pictures/huge.png": 200_001})
    assert not heavy_files({"pictures/small.png": 200_000})
