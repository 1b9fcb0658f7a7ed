"""Bugs planted in the readers of subjects are found by the oracle, in the same comparison that holds every day."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.house.sources import ROOT
from tests.support.planted_bugs import BUGS, SUBJECTS, Bug

HANDFUL = (
    "no entitlement carries a course",
    "the first day of an absence is not counted",
    "where nobody recorded a home, none is looked for",
)
AT_ONCE = 2
AT_MOST_SECONDS = 900
AT_LEAST = 30
NO_READERS = {"__init__", "all_subjects", "fields"}


def _found(number: int) -> str:
    """What the comparison says with this bug in place: in which life it came out, or None."""
    command = [sys.executable, "-m", "tests.support.planted_bugs", str(number)]
    run = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=AT_MOST_SECONDS, check=False
    )
    assert run.stderr == "", run.stderr
    return run.stdout.strip()


def _numbered(chosen: Iterator[Bug]) -> list[int]:
    return [BUGS.index(bug) + 1 for bug in chosen]


def _survivors(numbers: list[int]) -> list[str]:
    """Every bug of these that no life brought out, two lived at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(_found, numbers))
    return [BUGS[n - 1].what for n, life in zip(numbers, found, strict=True) if not life.isdigit()]


def test_a_handful_of_planted_bugs_is_found() -> None:
    numbers = _numbered(bug for bug in BUGS if bug.what in HANDFUL)

    assert len(numbers) == len(HANDFUL)
    assert _survivors(numbers) == []


@pytest.mark.proof
@pytest.mark.parametrize("module", sorted({bug.module for bug in BUGS}))
def test_every_planted_bug_is_found(module: str) -> None:
    assert _survivors(_numbered(bug for bug in BUGS if bug.module == module)) == []


def test_without_a_bug_the_oracle_finds_none() -> None:
    assert _found(0) == "None"


def test_at_least_thirty_bugs_are_planted_in_every_module_that_reads_subjects() -> None:
    planted = Counter(bug.module for bug in BUGS)

    assert len(BUGS) >= AT_LEAST
    assert set(planted) == {file.stem for file in SUBJECTS.glob("*.py")} - NO_READERS
    assert (
        len({bug.what for bug in BUGS})
        == len({(bug.module, bug.instead, bug.text) for bug in BUGS})
        == len(BUGS)
    )


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: f"{bug.module}: {bug.what}")
def test_a_planted_bug_is_another_text_that_can_be_read(bug: Bug) -> None:
    assert bug.planted != bug.file.read_text("utf-8")
    compile(bug.planted, bug.module, "exec")


def test_a_text_that_no_module_holds_cannot_be_planted() -> None:
    with pytest.raises(LookupError, match="0 times"):
        _ = Bug("carried", "no such text", "", "nothing").planted
