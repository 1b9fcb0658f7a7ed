"""`pakt calendar`: holidays, postings and closure days in the shell, and every way in which it says no."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ops.command_line import run
from ops.settings import Settings, ensure_master_key
from store import clock
from store.database import migrate, open_store
from store.seed import seed_demo

OFFICE = "off_musterstadt"
Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation on 11 January 2027."""
    place = tmp_path_factory.mktemp("calendar")
    settings = Settings(data_dir=place, demo=True)
    ensure_master_key(settings.master_key_file)
    settings.save()
    migrate(settings.database_url)
    store = open_store(settings, settings.master_key())
    with store.write() as session:
        clock.set_to(session, datetime(2027, 1, 11, 9, 0, tzinfo=UTC))
    seed_demo(store, clock.now(store), password="a-demo-password")
    store.close()
    return place


@pytest.fixture
def pakt(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """One command in the shell; German unless a test asks for English."""
    monkeypatch.setenv("PAKT_LANGUAGE", "de")

    def command(*words: str) -> tuple[int, str, str]:
        code = run(["--data-dir", str(home), "calendar", *words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def test_a_year_is_shown_with_its_holidays_and_where_they_come_from(pakt: Shell) -> None:
    code, out, _ = pakt("show", "--year", "2017", "--json")

    told = json.loads(out)
    assert (code, told["id"], told["year"], len(told["holidays"])) == (0, "bw_2026", 2017, 13)
    assert told["source"].startswith("holidays ")
    assert told["working_days"] == 248
    assert "Reformationstag" in pakt("show", "--year", "2017")[1]
    assert "2027: 253 Arbeitstage" in pakt("show")[1], "without a year, that of the business date"


def test_an_office_is_closed_shown_and_opened_again(pakt: Shell) -> None:
    span = ("--office", OFFICE, "--from", "2027-02-08", "--to", "2027-02-12")

    closed = pakt("close", *span, "--reason", "holidays")
    again = pakt("close", *span, "--reason", "holidays", "--json")
    shown = json.loads(pakt("show", "--year", "2027", "--office", OFFICE, "--json")[1])["office"]
    text = pakt("show", "--office", OFFICE)[1]
    opened = pakt("reopen", *span)

    assert (closed[0], again[0], opened[0]) == (0, 0, 0)
    assert "5 Tage geändert, 10 offene Fälle" in closed[1]
    assert (json.loads(again[1])["days"], json.loads(again[1])["replans"]) == ([], 0)
    assert shown["closures"] == [
        {"first": "2027-02-08", "last": "2027-02-12", "days": 5, "reason": "holidays"}
    ]
    assert shown["working_days"] == 253 - 5
    assert shown["calendar"]["id"].startswith("bw_2026_")
    assert "Mo 2027-02-08 – Fr 2027-02-12" in text
    assert json.loads(pakt("show", "--office", OFFICE, "--json")[1])["office"]["calendar"]["id"] == "bw_2026"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--from", "2027-01-08"), 2, "zu spät"),
        (("--from", "2027-02-06"), 2, "kein Arbeitstag"),
        (("--from", "2027-02-08", "--to", "2027-02-01"), 2, "liegt vor dem ersten"),
        (("--from", "soon"), 2, "kein Datum"),
        (("--from", "2027-02-08", "--as", "maier"), 1, "Berechtigung"),
        (("--from", "2027-02-08", "--as", "lang"), 2, "gibt es hier nicht"),
        (("--from", "2027-02-08", "--as", "nobody"), 2, "nobody"),
    ],
)
def test_a_closure_that_cannot_be_is_refused_in_one_line(
    pakt: Shell, words: tuple[str, ...], code: int, said: str
) -> None:
    done, out, err = pakt("close", "--office", OFFICE, "--reason", "training", *words)

    assert (done, out) == (code, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "--id", "bw_1999"), "bw_2026"),
        (("show", "--year", "2060"), "2015 … 2050"),
        (("show", "--office", "off_nowhere"), "off_nowhere"),
        (("show", "--file", "/none.json"), "/none.json"),
        (("close", "--office", OFFICE, "--from", "2027-02-08", "--reason", "lust"), "training"),
        (("posted", "bald"), "kein Datum"),
        (("generate", "--last", "2049"), "mit anderem Inhalt veröffentlicht"),
        (("generate", "--id", "../x"), "bw_2027"),
        (("generate", "--id", "bw_2027", "--into", "/none"), "/none/bw-2027.json"),
    ],
)
def test_what_is_wrong_is_said_with_what_helps(pakt: Shell, words: tuple[str, ...], said: str) -> None:
    code, out, err = pakt(*words)

    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_file_that_was_altered_is_refused_by_file_field_and_remedy(
    pakt: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    assert pakt("generate", "--id", "bw_2027", "--into", str(tmp_path))[0] == 0
    file = tmp_path / "bw-2027.json"
    assert pakt("show", "--file", str(file), "--year", "2027")[0] == 0
    file.write_text(file.read_text("utf-8").replace("2027-05-27", "2027-05-28"), "utf-8")
    monkeypatch.setenv("PAKT_LANGUAGE", lang)

    code, _, err = pakt("show", "--file", str(file))

    assert code == 2
    assert "bw-2027.json" in err
    assert "content_sha256" in err
    assert {"de": "Abhilfe: die veröffentlichte", "en": "Remedy: take the published"}[lang] in err


def test_a_letter_is_counted_by_the_law_of_its_posting_day(pakt: Shell) -> None:
    def told(*words: str) -> tuple[str, str]:
        answer = json.loads(pakt("posted", *words, "--json")[1])
        return answer["earliest"], answer["latest"]

    assert told("2024-12-31", "--law", "sgb_x") == ("2025-01-03", "2025-01-03")
    assert told("2025-01-01", "--law", "sgb_x") == ("2025-01-05", "2025-01-07")
    assert told("2025-01-01", "--law", "lvwvfg") == ("2025-01-04", "2025-01-07")
    assert told("2025-01-01") == ("2025-01-04", "2025-01-07")
