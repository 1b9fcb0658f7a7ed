"""A 38th rule is one new file and its citation; a changed threshold is one line: both tried in a copy of the house."""

import itertools
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from rules.literals import person
from tests.house.sources import ROOMS, ROOT, paths
from tests.support.another_rule import CITATION, FILE, RULE

CASES = "tests/unit/test_rules_cases.py"
ASKED = "tests.support.asked_at_once"
COPIED = (*(f"{room}/" for room in ROOMS), "tests/__init__.py", "tests/support/", CASES, "pyproject.toml")
CHECK = ["rules", "check", "--on", "2026-06-01"]
LIST = ["rules", "list", "--json"]
DECIDE = ["rules", "decide", "facts.json", "--on", "2027-01-07", "--json"]
PAGES = ["/regeln/handbuch", "/regeln/handbuch/FOE-22"]
_NEWER = itertools.count(1)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of every file that the rules, the desk and the shell are made of."""
    home = tmp_path_factory.mktemp("house")
    for path in paths():
        if path.startswith(COPIED):
            target = home / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / path).read_bytes())
    (home / "facts.json").write_text(json.dumps(person(case_worker=None, consents=[])), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def before(house: Path) -> dict[str, Any]:
    """What the untouched copy answers."""
    return _ask(house, commands=[LIST, DECIDE], handbook=True)


@pytest.fixture(scope="module")
def extended(house: Path, before: dict[str, Any]) -> Iterator[Path]:
    """The copy with the 38th rule: one new file, and its citation."""
    known = _files(house)
    with _changed(house / "rules/citations.toml", lambda text: text + CITATION):
        (house / FILE).write_text(RULE, encoding="utf-8")
        assert _files(house) - known == {FILE}
        yield house
        (house / FILE).unlink()


@pytest.fixture(scope="module")
def after(extended: Path) -> dict[str, Any]:
    """What the copy with the 38th rule answers."""
    words = [LIST, ["rules", "show", "FOE-22"], [*CHECK, "--json"]]
    return _ask(extended, commands=words, handbook=True, desk=PAGES)


def _files(home: Path) -> set[str]:
    return {str(f.relative_to(home)) for f in home.rglob("*") if f.is_file() and "__pycache__" not in f.parts}


@contextmanager
def _changed(file: Path, change: Callable[[str], str]) -> Iterator[None]:
    whole = file.read_text(encoding="utf-8")
    _write(file, change(whole))
    try:
        yield
    finally:
        _write(file, whole)


def _write(file: Path, text: str) -> None:
    """Bytecode is known by second and size, and a digit changed within the second would keep both."""
    file.write_text(text, encoding="utf-8")
    newer = time.time() + next(_NEWER) * 10
    os.utime(file, (newer, newer))


def _run(home: Path, *words: str, asked: str = "", code: int = 0) -> str:
    """One process in the copy; what it printed."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("PAKT_", "PYTEST_"))}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=home,
        env={**kept, "PYTHONPATH": str(home)},
        input=asked,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == code, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def _ask(home: Path, **asked: Any) -> dict[str, Any]:
    told = _run(home, "-m", ASKED, asked=json.dumps(asked)).partition("ANSWERS")[2]
    answers: dict[str, Any] = json.loads(told)
    assert answers["file"].startswith(str(home)), "the copy answers, not the house"
    return answers


def _rows(answers: dict[str, Any]) -> dict[str, Any]:
    return {row["id"]: row for row in json.loads(answers["commands"][0]["out"])}


def _chapter(answers: dict[str, Any], rule: str) -> str:
    _, _, rest = answers["handbook"].partition(f'<article id="{rule}"')
    return str(rest.partition("</article>")[0])


def test_the_untouched_copy_knows_nothing_of_it(before: dict[str, Any]) -> None:
    assert len(_rows(before)) == 37
    assert _chapter(before, "FOE-22") == ""


def test_a_new_rule_is_in_the_list_and_shown_complete(after: dict[str, Any]) -> None:
    rows, shown = _rows(after), after["commands"][1]

    assert len(rows) == 38
    assert rows["FOE-22"]["basis"] == ["Grundsatz des Hauses zum Einleben"]
    assert shown["code"] == 0
    assert "By month 18 the office asks" in shown["out"]
    assert "12 – 18 Monate" in shown["out"]


def test_a_new_rule_is_in_the_handbook_with_its_examples(after: dict[str, Any]) -> None:
    chapter = _chapter(after, "FOE-22")

    assert 'href="#FOE-22"' in after["handbook"], "the table of contents"
    assert "Bis Monat 18 wird nach dem Einleben in der eigenen Wohnung gefragt." in chapter
    assert "Seit der Zuweisung sind 18 Monate vergangen" in chapter, "a yes"
    assert "nichts spricht" in chapter, "a no"
    assert "nach 18 Monaten" in chapter
    assert "einen Umzug verlangen" in chapter
    assert "nicht geprüft" in chapter


def test_a_new_rule_is_on_the_desk(after: dict[str, Any]) -> None:
    listed, shown = after["desk"]

    assert '<tr id="FOE-22">' in listed
    assert "nach dem Einleben in der eigenen Wohnung" in shown
    assert "Grundsatz des Hauses zum Einleben" in shown


def test_a_new_rule_is_checked(after: dict[str, Any]) -> None:
    assert json.loads(after["commands"][2]["out"])["findings"] == []


def test_the_cases_of_a_new_rule_are_run(extended: Path) -> None:
    said = _run(extended, "-m", "pytest", CASES, "-q", "-k", "FOE-22", "-p", "no:cacheprovider")

    assert re.search(r"\b6 passed", said), "its five cases, and that it has a yes and a no"


def test_a_wrong_case_of_a_new_rule_is_found(extended: Path) -> None:
    with _changed(extended / FILE, lambda text: text.replace("date(2028, 7, 4), 1", "date(2028, 7, 4), 0")):
        (answer,) = _ask(extended, commands=[[*CHECK, "--json"]])["commands"]

    found = json.loads(answer["out"])["findings"]
    assert answer["code"] == 1
    assert {f["file"] for f in found} == {FILE}
    assert any(f["field"] == "month 18" and f["reason"].startswith("case_fails") for f in found)


def test_a_changed_threshold_is_one_line_in_one_file(house: Path, before: dict[str, Any]) -> None:
    file = house / "rules/catalogue/foe_01.py"
    old = file.read_text(encoding="utf-8")
    with _changed(file, lambda text: text.replace('number("FOE-01.task", 3,', 'number("FOE-01.task", 2,')):
        new = file.read_text(encoding="utf-8")
        answers = _ask(house, commands=[LIST, DECIDE], handbook=True)

    assert sum(a != b for a, b in zip(old.splitlines(), new.splitlines(), strict=True)) == 1
    assert _task(before) == (3, [])
    assert _task(answers) == (2, [("FOE-01", 1)])
    assert "nach 3 Arbeitstagen" in _chapter(before, "FOE-01")
    assert "nach 2 Arbeitstagen" in _chapter(answers, "FOE-01")


def _task(answers: dict[str, Any]) -> tuple[int, list[tuple[str, int]]]:
    """The threshold as listed, and what is decided on the second working day."""
    made = json.loads(answers["commands"][1]["out"])["decisions"]
    stage = _rows(answers)["FOE-01"]["stages"][0]
    return stage["after"]["n"], [(d["rule"], d["stage"]) for d in made]
