"""The two halves of the suite are the whole of it, and a failure in either is a failure."""

from typing import Any

import pytest

from tests.support import halves
from tests.support.halves import COMPUTING, ROOT


def test_every_directory_of_tests_is_in_exactly_one_half() -> None:
    computing, serving = halves.halves(["-q"])

    assert computing[-len(COMPUTING) :] == list(COMPUTING)
    assert serving[-len(COMPUTING) :] == [f"--ignore={path}" for path in COMPUTING]
    assert all((ROOT / path).is_dir() for path in COMPUTING)


@pytest.mark.parametrize(
    ("first", "second", "answer"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (5, 0, 0), (2, 1, 2)]
)
def test_the_answer_is_the_worse_of_the_two(
    first: int, second: int, answer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {True: second, False: first}

    def command(options: list[str]) -> tuple[list[str], list[str]]:
        return ["bash", "-c", f"exit {asked[True]}"], ["bash", "-c", f"exit {asked[False]}"]

    monkeypatch.setattr(halves, "halves", command)

    assert halves.together([]) == answer


def test_certain_tests_are_run_alone() -> None:
    assert halves.names_a_path(["-q", "tests/unit/test_gate.py::test_x"])
    assert not halves.names_a_path(["-ra", "-k", "gate"])
