"""Measuring a new book over many cases: the same cases everywhere, continued after a kill, the same result."""

import json
from pathlib import Path

import pytest

from domain.facts import CaseFacts
from ops import bench_whatif
from ops.bench_whatif import changed, everything, measure
from ops.command_line import run
from ops.made_up_cases import case
from rules.book import book
from rules.compare import pair
from rules.drafting import draft

OLD = book()
NEW = draft(OLD, changed(OLD), "whatif")


def test_the_same_number_is_the_same_case_and_every_case_is_one_that_could_be_stored() -> None:
    cases = [case(number) for number in range(200)]

    assert cases == [case(number) for number in range(200)]
    assert len({CaseFacts.model_validate_json(text).journey for text in cases}) == 200


def test_six_rules_differ_or_every_one() -> None:
    assert len(pair(OLD, NEW).new.compiled) == 6
    assert len(pair(OLD, everything(OLD)).new.compiled) == len(OLD.compiled)


def test_a_killed_measurement_goes_on_and_has_the_result_of_one_that_was_not_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_whatif, "PART", 10)
    books = (OLD, NEW)
    whole = measure(books, tmp_path / "whole", cases=35, days=30, processes=1)

    def killed(done: int, *_: object) -> None:
        if done == 2:
            raise KeyboardInterrupt

    place = tmp_path / "killed"
    with monkeypatch.context() as patched:
        patched.setattr(bench_whatif, "_progress", killed)
        with pytest.raises(KeyboardInterrupt):
            measure(books, place, cases=35, days=30, processes=1)
    (file,) = place.iterdir()
    with file.open("a", encoding="utf-8") as stream:
        stream.write('[2,{"cases":10,"aff')
    resumed = measure(books, place, cases=35, days=30, processes=1)

    assert (whole["resumed_cases"], resumed["resumed_cases"]) == (0, 20)
    assert resumed["result_sha256"] == whole["result_sha256"]
    assert list(place.iterdir()) == []


def test_the_command_prints_its_figures_and_shows_its_progress(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data-dir", str(tmp_path), "--json", "bench", "whatif", "--cases", "20", "--processes", "1"]

    assert run(words) == 0
    said = capsys.readouterr()
    assert {"cases", "wall_s", "cases_per_s", "result_sha256"} <= set(json.loads(said.out))
    assert "20 / 20" in said.err
