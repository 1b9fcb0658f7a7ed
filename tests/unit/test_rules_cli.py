"""`pakt rules` answers in the shell, and names what is wrong with its input in one line."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rules.cli import run
from store.editions import calendar
from tests.support.facts import BOOK, day, person

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    def call(*words: str) -> tuple[int, str, str]:
        code = run(list(words), load_calendar=calendar, today=lambda: day("2027-01-25"))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def file(tmp_path: Path) -> Callable[[Any], str]:
    def write(document: Any) -> str:
        path = tmp_path / "facts.json"
        text = document if isinstance(document, str) else json.dumps(document)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_list_and_show_name_every_rule(shell: Shell) -> None:
    code, out, _ = shell("list", "--json")
    assert code == 0
    assert {row["id"] for row in json.loads(out)} == {rule.id for rule in BOOK.rules}

    assert "FOE-02  The office offers" in shell("list", "--language", "en")[1]
    assert "FOE-02  Die Stelle bietet" in shell("list", "--language", "de")[1]
    assert json.loads(shell("show", "MIT-08", "--json")[1])["side"] == "fordern"


def test_show_is_complete_in_both_languages(shell: Shell) -> None:
    german, english = (shell("show", "MIT-12", "--language", lang)[1] for lang in ("de", "en"))

    assert "hilft die Stelle, sie abzuwenden." in german
    assert "the office helps avert it." in german, "the statement stands in both languages"
    assert "§ 37 Abs. 2 SGB X (seit 01.01.2025; geprüft am 22.11.2026; wieder zu lesen" in german
    assert "§ 41 Abs. 2 LVwVfG (since 2005-04-12; not verified" in english
    assert (
        "2. at most 7 days before (days until the earliest possible end): Reminder → participant" in english
    )
    assert "MIT-12.second = 7 Tage (7 – 13 Tage; seit 01.01.2026)" in german
    assert "MIT-12.post_sgb_x = 3 Tage (3 Tage; 01.01.1981 – 31.12.2024)" in german, "dated numbers"
    assert "eine Kürzung berechnen oder nennen" in german
    assert "1: 2026-01-01 – 2026-06-30" in english, "the versions"
    assert "FOE-05: Was die Behörde zugesagt hat" in shell("show", "MIT-08")[1], "the twin comes first"


def test_near_misses_say_what_is_one_step_away(shell: Shell, file: Callable[[Any], str]) -> None:
    code, out, _ = shell("near-misses", file(person()), "--on", "2027-03-10", "--json", "--language", "en")
    answer = json.loads(out)

    assert (code, answer["on"]) == (0, "2027-03-10")
    (plan,) = [row for row in answer["near_misses"] if row["rule"] == "FOE-04"]
    assert (plan["stage"], plan["speaks_on"]) == (1, "2027-03-15")
    assert "FOE-04, Stufe 1: noch 5 Tage" in shell("near-misses", file(person()), "--on", "2027-03-10")[1]


def test_without_a_writer_there_is_no_handbook(shell: Shell, tmp_path: Path) -> None:
    code, out, err = shell("handbook", "-o", str(tmp_path))

    assert (code, out) == (2, "")
    assert "handbook_not_here" in err


def test_schema_is_the_json_schema_of_the_facts(shell: Shell) -> None:
    assert json.loads(shell("schema")[1])["title"] == "CaseFacts"
    assert json.loads(shell("schema", "--office")[1])["title"] == "OfficeFacts"


def test_decide_asks_both_evaluations_and_says_what_comes_next(
    shell: Shell, file: Callable[[Any], str]
) -> None:
    code, out, _ = shell("decide", file(person()), "--json")
    answer = json.loads(out)

    assert code == 0
    assert (answer["as_of"], answer["book"], answer["agreement"]) == ("2027-01-25", "b2026_1", True)
    assert answer["watch"] == "2027-02-01"
    (made,) = answer["decisions"]
    assert (made["rule"], made["stage"], made["outcome"], made["addressee"]) == (
        "FOE-02",
        1,
        "task",
        "case_worker",
    )
    assert {"version", "basis", "subject", "values", "twin_open"} <= set(made)
    assert made["explanation_de"].startswith("Seit der Zuweisung sind 21 Tage vergangen")
    assert made["explanation_en"].startswith("21 days have passed")


def test_foresee_gives_the_same_decisions_with_their_days(shell: Shell, file: Callable[[Any], str]) -> None:
    code, out, _ = shell("foresee", file(person()), "--on", "2027-01-11", "--until", "2027-02-10", "--json")

    rows = json.loads(out)["decisions"]
    assert code == 0
    assert [(row["on"], row["rule"], row["stage"]) for row in rows] == [
        ("2027-01-25", "FOE-02", 1),
        ("2027-02-01", "FOE-02", 2),
        ("2027-02-03", "MIT-10", 1),
    ]


def test_why_tells_what_held_a_rule_back(shell: Shell, file: Callable[[Any], str]) -> None:
    code, out, _ = shell("why", file(person()), "--rule", "FOE-04", "--on", "2027-03-10", "--json")
    answer = json.loads(out)

    assert (code, answer["spoke"]) == (0, False)
    assert answer["reasons"][0]["state"] == "not_reached"
    assert "Stufe 1 ist noch nicht erreicht" in answer["text"][0]


def test_check_finds_nothing_in_the_book_in_force(shell: Shell) -> None:
    code, out, _ = shell("check", "--json")

    assert code == 0
    assert json.loads(out)["findings"] == []
    counted = len({rule.id for rule in BOOK.rules})
    assert shell("check")[1] == f"{BOOK.id}: {counted} Regeln, nichts gefunden\n"
    assert shell("check", "--language", "en")[1] == f"{BOOK.id}: {counted} rules, nothing found\n"


def test_check_answers_no_when_a_source_was_not_read_again(shell: Shell) -> None:
    code, out, _ = shell("check", "--on", "2035-01-01")

    assert code == 1
    assert "source_check_overdue" in out
    assert "die Quelle war wieder zu lesen" in out
    assert "read the source again" in shell("check", "--on", "2035-01-01", "--language", "en")[1]


BAD: list[tuple[list[str], Any, str]] = [
    (["decide"], person(appointmentz=[]), "unknown_field: field appointmentz; did you mean appointments?"),
    (
        ["decide"],
        person(talks=[{"id": "tlk_" + "1" * 32, "talk": "review", "onn": "2027-01-04"}]),
        "talks.0.onn",
    ),
    (["decide"], person(t0="2027-13-01"), "wrong_value: field t0"),
    (["decide"], person(ags="12345678"), "wrong_value: field ags"),
    (["decide"], "{", "not_json: field FACTS"),
    (["decide"], "[]", "not_an_object"),
    (["decide", "--on", "gestern"], person(), "gestern is no date"),
    (["decide", "--book", "b1999_1"], person(), "unknown_book"),
    (["why", "--rule", "MIT-99"], person(), "unknown_rule: rule MIT-99"),
    (["why"], person(), "--rule"),
    (["foresee"], person(), "--until"),
    (["foresee", "--until", "2020-01-01"], person(), "until"),
    (["foresee", "--until", "2999-01-01"], person(), "until"),
]


@pytest.mark.parametrize(("words", "document", "told"), BAD, ids=[b[2] for b in BAD])
def test_bad_input_is_told_in_one_line(
    shell: Shell, file: Callable[[Any], str], words: list[str], document: Any, told: str
) -> None:
    code, out, err = shell(words[0], file(document), *words[1:])

    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [["decide", "/nowhere.json"], ["dance"], []])
def test_what_cannot_be_read_or_is_no_command_is_told_in_one_line(shell: Shell, words: list[str]) -> None:
    code, out, err = shell(*words)

    assert (code, out, err.count("\n")) == (2, "", 1)


def test_facts_come_from_standard_input_too(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(person()), encoding="utf-8")
    with path.open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)

        assert "FOE-02/1" in shell("decide", "-")[1]


def test_what_the_desk_imports_never_loads_the_engine() -> None:
    rooms = "rules.judge, rules.why, rules.book, rules.child, rules.cli"
    code = f"import sys, {rooms}; sys.exit('durable_rules_engine' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
