"""Absences, posts and yearly figures are recorded in the shell, and what was found is read there."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ops.command_line import run
from ops.settings import Settings, ensure_master_key
from store import clock, findings, ledger, replans
from store.database import Store, migrate, open_store
from store.office_tables import OfficeReportRow
from store.seed import FIRST_OFFICE, seed_demo
from tests.web.conftest import BEGINNING

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation on 11 January 2027 whose journeys have not begun; hashing nine passwords takes its time."""
    place = tmp_path_factory.mktemp("offices")
    settings = Settings(data_dir=place, demo=True)
    ensure_master_key(settings.master_key_file)
    settings.save()
    migrate(settings.database_url)
    store = open_store(settings, settings.master_key())
    with store.write() as session:
        clock.set_to(session, BEGINNING)
    seed_demo(store, clock.now(store), password="a-demo-password")
    store.close()
    return place


@pytest.fixture
def home(seeded: Path, tmp_path: Path) -> Path:
    """A copy for each test."""
    shutil.copytree(seeded, tmp_path, dirs_exist_ok=True)
    Settings(data_dir=tmp_path, demo=True).save()
    return tmp_path


@pytest.fixture
def store(home: Path) -> Store:
    settings = Settings(data_dir=home)
    return open_store(settings, settings.master_key())


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("PAKT_LANGUAGE", "en")

    def call(*words: str) -> tuple[int, str, str]:
        code = run(["--data-dir", str(home), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_an_absence_begins_and_ends_in_the_shell_and_in_the_ledger(shell: Shell, store: Store) -> None:
    code, out, _ = shell("office", "absence", "ADD", "maier", "--from", "2027-01-11", "--json")
    number = json.loads(out)[0]["number"]
    ended, shown, _ = shell("office", "absence", "END", str(number), "--until", "2027-01-15", "--json")

    assert (code, ended) == (0, 0)
    assert [(row["first"], row["last"]) for row in json.loads(shown)] == [("2027-01-11", "2027-01-15")]
    with store.read() as session:
        types = [one.type for one in ledger.read(session, f"house/{FIRST_OFFICE}")]
    assert types[-2:] == ["absence_recorded", "absence_ended"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("absence", "add", "nobody", "--from", "2027-01-11"), 2, "your own office"),
        (("absence", "add", "maier", "--from", "2027-01-11", "--as", "lang"), 2, "your own office"),
        (("absence", "add", "maier", "--from", "11.1."), 2, "--from"),
        (("absence", "add", "maier", "--from", "2027-01-11", "--until", "2027-01-01"), 2, "lies before"),
        (("absence", "end", "7", "--until", "2027-01-11"), 2, "no such entry"),
        (("absence", "end", "x", "--until", "2027-01-11"), 2, "whole number"),
        (("absence", "list", "--as", "maier"), 1, "not permitted"),
        (("post", "maier", "--share", "101", "--from", "2027-01-11"), 2, "between 0 and 100"),
        (("report", "2016", "--sent", "2027-01-11"), 2, "2017"),
        (("report", "2026", "--sent", "2027-01-12"), 2, "future"),
    ],
)
def test_bad_input_is_one_line_with_field_and_remedy(
    shell: Shell, words: tuple[str, ...], code: int, said: str
) -> None:
    found, out, err = shell("office", *words)

    assert (found, out) == (code, "")
    assert len(err.splitlines()) == 1
    assert said in err


def test_posts_and_yearly_figures_are_recorded(shell: Shell, store: Store) -> None:
    post = shell("office", "post", "maier", "--share", "70", "--from", "2027-01-01")
    report = shell("office", "report", "2026", "--sent", "2027-01-11")

    assert (post[0], report[0]) == (0, 0)
    with store.read() as session:
        row = session.get(OfficeReportRow, (FIRST_OFFICE, 2026))
        types = [one.type for one in ledger.read(session, f"house/{FIRST_OFFICE}")]
    assert row is not None
    assert row.sent_on == date(2027, 1, 11)
    assert types[-2:] == ["post_recorded", "report_sent"]


def test_findings_offices_and_open_matters_are_listed(shell: Shell, store: Store) -> None:
    with store.write() as session:
        found = findings.Found("lapsed_timer", "journey/x", "replan")
        findings.note(session, FIRST_OFFICE, found, on=date(2027, 1, 11), at=BEGINNING)

    listed = json.loads(shell("office", "found", "--since", "2027-01-11", "--json")[1])
    later = json.loads(shell("office", "found", "--since", "2027-01-12", "--json")[1])
    offices = json.loads(shell("office", "list", "--json")[1])
    matters = json.loads(shell("office", "matters", "--json")[1])

    assert [(one["found"], one["done"]) for one in listed] == [("lapsed_timer", "replan")]
    assert (later, matters) == ([], [])
    assert [one["looked_on"] for one in offices] == [None, None]


def test_a_replan_is_ordered_by_hand_and_its_progress_is_told(shell: Shell, store: Store) -> None:
    refused = shell("journey", "replan", "--as", "maier", "--reason", "book_changed")
    unknown = shell("journey", "replan", "--as", "admin", "--reason", "boredom")
    ordered = shell("journey", "replan", "--as", "admin", "--reason", "book_changed")
    code, out, _ = shell("journey", "replan", "--progress", "--json")

    assert (refused[0], unknown[0], ordered[0]) == (1, 2, 0)
    assert "calendar_changed" in unknown[2]
    assert "planned anew 0 of 12" in ordered[1]
    assert code == 1
    assert [(one["journeys"], one["planned"], one["done"]) for one in json.loads(out)] == [(12, 0, False)]
    with store.read() as session:
        assert replans.progress(session)[0].about == "by_hand"
