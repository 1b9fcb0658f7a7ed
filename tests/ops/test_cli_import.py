"""`pakt import` takes lists in: exit 0 all taken or known, 1 some refused, 2 the file cannot be read."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from activities.shipped_books import enter_shipped_books
from ops.command_line import run
from ops.settings import Settings, ensure_master_key
from store import clock
from store.database import Store, migrate, open_store
from store.seed import seed_demo
from tests.web.conftest import BEGINNING
from tests.web.living import LivingJourneys

Shell = Callable[..., tuple[int, str, str]]
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
HEAD = "Name;Geburtsdatum;Sprache;Zuweisung am;Fachkraft;Anschrift;Einwilligung am"
LINE = "Probe, Nadia;04.05.1990;ar;02.03.2026;maier;Beispielweg 3;20.03.2026"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation with the demo's people, on 11 January 2027."""
    settings = Settings(data_dir=tmp_path / "var", demo=True)
    ensure_master_key(settings.master_key_file)
    settings.save()
    migrate(settings.database_url)
    store = open_store(settings, settings.master_key())
    with store.write() as session:
        clock.set_to(session, BEGINNING)
    enter_shipped_books(store)
    seed_demo(store, clock.now(store))
    store.close()
    return settings.data_dir


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("PAKT_LANGUAGE", "en")

    def call(*words: str) -> tuple[int, str, str]:
        code = run(["--data-dir", str(home), "import", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def opened(home: Path) -> Store:
    settings = Settings(data_dir=home)
    return open_store(settings, settings.master_key())


def listed(tmp_path: Path, *lines: str, head: str = HEAD) -> str:
    file = tmp_path / "liste.csv"
    file.write_bytes("\n".join((head, *lines)).encode("cp1252"))
    return str(file)


def test_a_dry_run_says_what_would_happen_and_writes_nothing(shell: Shell) -> None:
    file = str(EXAMPLES / "laufende-faelle.csv")

    code, out, _ = shell(file, "--dry-run")
    again, _, _ = shell(file, "--dry-run", "--json")

    assert (code, again) == (0, 0)
    assert out.splitlines()[-1] == "Dry run, nothing written: 4 to be taken"


def test_csv_in_windows_1252_is_taken_and_the_workbook_of_the_same_cases_is_known(shell: Shell) -> None:
    first = shell(str(EXAMPLES / "laufende-faelle.csv"), "--json")
    second = shell(str(EXAMPLES / "laufende-faelle.xlsx"), "--json")

    taken, known = json.loads(first[1]), json.loads(second[1])
    assert (first[0], second[0]) == (0, 0)
    assert (taken["taken"], known["taken"], known["known"]) == (4, 0, 4)
    assert [line["journey"] for line in taken["lines"]] == [line["journey"] for line in known["lines"]]


def test_what_is_printed_names_nobody(shell: Shell, tmp_path: Path) -> None:
    file = listed(tmp_path, LINE, LINE.replace("04.05.1990", "4.5.90"))
    for words in ((file,), (file, "--json")):
        _, out, err = shell(*words)
        assert "Nadia" not in out + err
        assert "1990" not in out + err


def test_each_refused_line_names_line_column_and_remedy(shell: Shell) -> None:
    code, out, _ = shell(str(EXAMPLES / "laufende-faelle-mit-fehlern.csv"), "--json")

    refusals = json.loads(out)["refusals"]
    assert code == 1
    assert {found["line"] for found in refusals} == {2, 3, 4, 5, 6, 7}
    assert all(found["column"] and found["remedy"] and found["text"] for found in refusals)
    assert refusals[1]["column"] == "Geburtsdatum"
    assert refusals[1]["remedy"] == "Please write all four, for example 07.12.2026."


def test_the_shell_speaks_german_too(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAKT_LANGUAGE", "de")
    _, out, _ = shell(str(EXAMPLES / "laufende-faelle-mit-fehlern.csv"))
    assert out.splitlines()[-1] == "6 abgelehnt"
    assert "Bitte vierstellig schreiben" in out


def test_good_lines_are_taken_beside_refused_ones(shell: Shell, tmp_path: Path) -> None:
    file = listed(tmp_path, LINE, LINE.replace("maier", "niemand"))
    assert [shell(file)[1].splitlines()[-1] for _ in range(2)] == [
        "1 taken, 1 refused",
        "1 known already, 1 refused",
    ]


def test_a_file_that_cannot_be_read_is_one_line_and_exit_two(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "leer.csv").write_bytes(b"")
    (tmp_path / "kaputt.xlsx").write_bytes(b"PK\x03\x04rest")
    for name in ("fehlt.csv", "leer.csv", "kaputt.xlsx", "."):
        code, out, err = shell(str(tmp_path / name))
        assert (code, out) == (2, "")
        assert err.count("\n") == 1


def test_a_case_worker_may_not_take_over(shell: Shell, tmp_path: Path) -> None:
    code, _, err = shell(listed(tmp_path, LINE), "--by", "maier")
    assert (code, err) == (1, "pakt: This is not permitted.\n")


def test_a_lead_takes_over_for_no_other_office(shell: Shell, tmp_path: Path) -> None:
    code, _, err = shell(listed(tmp_path, LINE), "--by", "lang", "--office", "off_musterstadt")
    assert (code, err) == (1, "pakt: This is not permitted.\n")


def test_an_allocation_list_is_told_apart_and_then_sent(shell: Shell, home: Path) -> None:
    file = str(EXAMPLES / "zuteilungsliste.csv")
    store = opened(home)
    with store.write() as session:
        clock.set_to(session, BEGINNING.replace(year=2026, month=11, day=20))
    store.close()

    mistaken, _, hint = shell(file)
    code, out, _ = shell(file, "--allocations", "--json")
    again, twice, _ = shell(file, "--allocations", "--json")

    assert mistaken == 2
    assert "--allocations" in hint
    assert (code, again) == (0, 0)
    sent = json.loads(out)
    assert sent["taken"] + sent["known"] == 3
    assert json.loads(twice)["known"] == 3


def test_a_case_taken_over_lives_and_nothing_of_before_is_sent(shell: Shell, home: Path) -> None:
    """From the file through registration, start and the first judgement."""
    _, out, _ = shell(str(EXAMPLES / "laufende-faelle.csv"), "--json")
    taken = {line["journey"] for line in json.loads(out)["lines"]}
    store = opened(home)
    try:
        journeys = LivingJourneys(store)
        journeys.begin_all()

        facts = [journeys.states[journey].facts for journey in taken]
        assert all(found.taken_over_on == BEGINNING.date() for found in facts)
        assert all(found.first_review_on is not None for found in facts)
        assert all(step.before_take_over for found in facts for step in found.steps)
        assert [notice for found in facts for notice in found.notices] == []
        assert [matter for found in facts for matter in found.matters if matter.closed_on is None] == []
    finally:
        store.close()
