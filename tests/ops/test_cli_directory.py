"""The directory in the shell: found by facts, taken in line by line, counted without persons."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.facts import OfferFact
from ops.command_line import run
from ops.settings import Settings, ensure_master_key
from store import clock, directory, ids, queries
from store.database import migrate, open_store
from store.seed import FIRST_OFFICE, seed_demo
from tests.web.conftest import BEGINNING

Shell = Callable[..., tuple[int, str, str]]
HEADING = "Art;Angebot;Anbieter;Gemeinde;Beginn;Niveau;Kinderbetreuung;Freie Plätze;Zuletzt geprüft"
COURSE = "Kurs;Deutsch für Mütter;Bildungswerk;Böblingen;01.03.2027;A2;ja;5;04.01.2027"
CLUB = "Verein;Schachrunde;Schachclub;Sindelfingen;;;;;05.01.2027"


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the demo's people and offers, on 11 January 2027; made once, copied for each test."""
    place = tmp_path_factory.mktemp("directory")
    settings = Settings(data_dir=place, demo=True)
    ensure_master_key(settings.master_key_file)
    migrate(settings.database_url)
    store = open_store(settings, settings.master_key())
    with store.write() as session:
        clock.set_to(session, BEGINNING)
    seed_demo(store, clock.now(store), password="three plain words")
    store.close()
    return place


@pytest.fixture
def home(seeded: Path, tmp_path: Path) -> Path:
    """An installation of one's own."""
    place = tmp_path / "var"
    shutil.copytree(seeded, place)
    Settings(data_dir=place, demo=True).save()
    return place


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    def call(*words: str) -> tuple[int, str, str]:
        code = run(["--data-dir", str(home), "directory", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def a_list(home: Path, *lines: str, encoding: str = "utf-8") -> str:
    file = home / "angebote.csv"
    file.write_bytes("\n".join((HEADING, *lines, "")).encode(encoding))
    return str(file)


def listed(shell: Shell, *words: str) -> list[str]:
    code, out, _ = shell("list", *words, "--json")
    assert code == 0
    return [one["name"] for one in json.loads(out)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--kind", "club"), ["Fußball für alle", "Offener Chor"]),
        (("--kind", "Verein", "--place", "Sindelfingen"), ["Offener Chor"]),
        (("--place", "Landkreis Esslingen"), []),
        (("--level", "A2"), ["Deutsch am Abend A2", "Praktikum in der Großküche"]),
        (("--kind", "course", "--german", "a1"), ["Integrationskurs am Vormittag", "Eltern lernen Deutsch"]),
        (("--kind", "course", "--childcare"), ["Eltern lernen Deutsch"]),
        (
            ("--kind", "course", "--free", "--from", "2027-02-08"),
            ["Deutsch am Abend A2", "Eltern lernen Deutsch"],
        ),
    ],
)
def test_entries_are_found_by_facts(shell: Shell, words: tuple[str, ...], names: list[str]) -> None:
    assert listed(shell, *words) == names


def test_every_fact_of_an_entry_is_told(shell: Shell) -> None:
    _, out, _ = shell("list", "--kind", "tandem", "--json")

    (one,) = json.loads(out)
    assert one.keys() == {
        "id", "kind", "name", "provider", "carrier", "ags", "venue", "start", "level", "childcare",
        "free_places", "phone", "checked_on", "stale",
    }  # fmt: skip
    assert (one["childcare"], one["free_places"], one["stale"]) == (True, 5, False)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--kind", "dance"), "Kurs, Verein, Tandem"),
        (("--level", "d1"), "A0, A1"),
        (("--place", "Atlantis"), "Gemeinde oder Landkreis"),
        (("--from", "31.02.2027"), "Tag.Monat.Jahr"),
    ],
)
def test_a_filter_that_cannot_be_read_is_refused_with_a_remedy(
    shell: Shell, words: tuple[str, ...], field: str
) -> None:
    code, out, err = shell("list", *words)

    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert field in err


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_list_is_taken_in_once_however_often_it_is_handed_in(
    shell: Shell, home: Path, encoding: str
) -> None:
    file = a_list(home, COURSE, CLUB, encoding=encoding)

    first, second = shell("import", file, "--json"), shell("import", file, "--json")

    assert (first[0], second[0]) == (0, 0)
    assert json.loads(first[1])["counts"] == {"new": 2}
    assert json.loads(second[1])["counts"] == {"unchanged": 2}
    assert "Deutsch für Mütter" in listed(shell, "--kind", "course", "--level", "a2")


def test_a_dry_run_stores_nothing_and_says_what_would_happen(shell: Shell, home: Path) -> None:
    code, out, _ = shell("import", a_list(home, COURSE), "--dry-run", "--json")

    assert code == 0
    assert json.loads(out)["dry_run"]
    assert json.loads(out)["counts"] == {"new": 1}
    assert "Deutsch für Mütter" not in listed(shell)


def test_refused_lines_name_line_field_and_remedy_and_the_others_are_taken_in(
    shell: Shell, home: Path
) -> None:
    bad = "Tanz;Walzer;Tanzschule;Atlantis;heute;Z9;;;04.01.2027"

    code, out, _ = shell("import", a_list(home, COURSE, bad, CLUB), "--json")

    answer = json.loads(out)
    assert code == 1
    assert answer["counts"] == {"new": 2}
    assert {(one["line"], one["field"]) for one in answer["refused"]} == {
        (3, "kind"), (3, "ags"), (3, "start"), (3, "level"),
    }  # fmt: skip
    assert all("Bitte" in one["said"] or "Möglich" in one["said"] for one in answer["refused"])


def test_a_person_reads_one_line_per_mistake(shell: Shell, home: Path) -> None:
    _, out, _ = shell("import", a_list(home, COURSE.replace("A2", "Z9")))

    assert "Zeile 2, Nötiges Deutsch: Dieses Sprachniveau gibt es nicht" in out
    assert "1 Zeilen abgelehnt" in out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leer"),
        (b"Art;Farbe\n", "Farbe"),
        (b"Art;Angebot\n", "anbieter"),
        (b"\x81", "Windows-1252"),
    ],
)
def test_what_is_no_list_is_one_clear_line_and_changes_nothing(
    shell: Shell, home: Path, content: bytes, words: str
) -> None:
    file = home / "x.csv"
    file.write_bytes(content)

    code, out, err = shell("import", str(file))

    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert words in err


def test_a_file_that_is_not_there_is_refused(shell: Shell, home: Path) -> None:
    code, _, err = shell("import", str(home / "none.csv"))

    assert code == 2
    assert "none.csv" in err


def test_only_who_may_edit_takes_a_list_in(shell: Shell, home: Path) -> None:
    code, _, err = shell("import", a_list(home, COURSE), "--as", "pruefer")

    assert code == 1
    assert "Berechtigung" in err


def test_counts_are_told_per_office_and_kind_and_small_ones_are_not(shell: Shell, home: Path) -> None:
    settings = Settings(data_dir=home)
    store = open_store(settings, settings.master_key())
    with store.write() as session:
        journeys = [line.row.id for line in queries.journey_list(session, store, offices=[FIRST_OFFICE])]
        for number, journey in enumerate(journeys):
            kinds = ("club", "course") if number < 3 else ("club",)
            offers = [
                OfferFact(id=ids.new("offer"), kind=kind, offered_on=date(2027, 1, 11)) for kind in kinds
            ]
            directory.bring_up(session, journey, FIRST_OFFICE, offers)
    store.close()

    _, out, _ = shell("counts", "--json")

    assert json.loads(out) == [
        {"office": FIRST_OFFICE, "kind": "club", "offered": len(journeys), "taken_up": 0, "declined": 0},
        {"office": FIRST_OFFICE, "kind": "course", "offered": None, "taken_up": None, "declined": None},
    ]
    assert "<5" in shell("counts")[1]
