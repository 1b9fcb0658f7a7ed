"""The command line: exit codes 0, 1 and 2, one clear line, one JSON document; no trace, ever."""

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from domain.calendar import berlin_day
from domain.errors import InvalidInput, NotFound, NotPermitted, Refusal, Transient
from ops import command_line
from ops.settings import Settings, ensure_master_key, load
from store import clock, editions, seed
from store.database import migrate, open_store
from store.tables import ClockRow, OutboxRow
from tests.support.facts import person

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


Pakt = Callable[..., Done]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the demo's people, whose services are stopped."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("pakt"), demo=True, temporal_address="127.0.0.1:1")
    ensure_master_key(settings.master_key_file)
    settings.save()
    migrate(settings.database_url)
    store = open_store(settings, settings.master_key())
    seed.seed_demo(store, clock.now(store), password="geheim-geheim")
    store.close()
    return settings.data_dir


@pytest.fixture
def pakt(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Pakt:
    """The command line inside this process: a process of its own for each word would take minutes."""

    def run(*words: str, language: str = "en", stdin: str = "") -> Done:
        monkeypatch.setenv("PAKT_LANGUAGE", language)
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = command_line.run(["--data-dir", str(home), *words])
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return run


def first_journey(pakt: Pakt) -> str:
    """A journey of the first office: ids are drawn, so the first of all may lie behind a wall."""
    rows = json.loads(pakt("journey", "list", "--json").stdout)
    return str(next(row["id"] for row in rows if row["office"] == "off_musterstadt"))


def refused(done: Done, code: int) -> str:
    assert done.returncode == code, done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    return done.stderr


def test_help_names_every_command_that_exists_and_no_other(pakt: Pakt) -> None:
    done = pakt("--help")
    assert done.returncode == 0
    named = {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")}
    assert named == set(command_line.rooms())
    assert {"up", "journey", "programme", "clock"} <= named


def test_an_unknown_command_is_bad_input(pakt: Pakt) -> None:
    assert "nonsense" in refused(pakt("nonsense"), 2)


def test_the_journeys_are_listed_as_one_json_document_with_services_stopped(pakt: Pakt) -> None:
    rows = json.loads(pakt("journey", "list", "--json").stdout)
    assert len(rows) == 12
    assert all(set(row) == {"id", "state", "office", "programme"} for row in rows)


def test_options_may_stand_at_the_end_too(pakt: Pakt, home: Path) -> None:
    assert json.loads(pakt("journey", "--json", "list", f"--data-dir={home}").stdout)


def test_a_journey_is_shown_without_the_person_behind_it(pakt: Pakt) -> None:
    done = pakt("journey", "show", first_journey(pakt), "--as", "maier", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["facts"]["office"] == "off_musterstadt" or "office" in done.stdout
    assert not any(who.name.split()[0] in done.stdout for who in seed.DEMO_PARTICIPANTS)


def test_a_foreign_journey_is_answered_like_one_that_does_not_exist(pakt: Pakt) -> None:
    own = first_journey(pakt)
    foreign = refused(pakt("journey", "show", own, "--as", "keller"), 2)
    assert foreign == refused(pakt("journey", "show", "jrn_" + "0" * 32, "--as", "keller"), 2)


def test_a_sentence_is_german_unless_english_is_wanted(pakt: Pakt) -> None:
    assert "Diesen Fall gibt es nicht" in pakt("journey", "show", "x", language="de").stderr
    assert "There is no such journey" in pakt("journey", "show", "x").stderr


def test_an_unknown_person_is_named(pakt: Pakt) -> None:
    assert "nobody" in refused(pakt("journey", "show", "x", "--as", "nobody"), 2)


def test_an_unknown_journey_command_is_answered_with_those_that_exist(pakt: Pakt) -> None:
    line = refused(pakt("journey", "command", first_journey(pakt), "dance"), 2)
    assert "dance" in line
    assert "record_contact" in line


def test_a_missing_field_of_a_command_is_named_with_the_fields_it_has(pakt: Pakt) -> None:
    line = refused(pakt("journey", "command", first_journey(pakt), "record_contact", "contact=visit"), 2)
    assert "“on”" in line
    assert "contact, on" in line


def test_an_unknown_field_of_a_command_is_refused(pakt: Pakt) -> None:
    words = ("record_contact", "contact=visit", "on=2027-01-05", "mood=good")
    assert "“mood”" in refused(pakt("journey", "command", first_journey(pakt), *words), 2)


def test_a_command_while_temporal_is_away_is_a_no_and_not_bad_input(pakt: Pakt) -> None:
    words = ("record_contact", "contact=visit", "on=2027-01-05")
    assert "Temporal" in refused(pakt("journey", "command", first_journey(pakt), *words), 1)


def test_an_auditor_may_not_command(pakt: Pakt) -> None:
    words = ("record_contact", "contact=visit", "on=2027-01-05", "--as", "pruefer")
    assert "no such journey" in refused(pakt("journey", "command", first_journey(pakt), *words), 2)


def test_a_journey_is_started_from_a_document_and_the_same_form_gives_the_same_journey(pakt: Pakt) -> None:
    form = {
        "form_id": "form-00000001",
        "ags": "08115003",
        "t0": "2026-01-12",
        "language": "uk",
        "identity": {"name": "Nadja Beispiel", "birth_date": "1990-05-06"},
    }
    ids = {pakt("journey", "start", "-", "--json", stdin=json.dumps(form)).stdout for _ in range(2)}
    assert len(ids) == 1
    assert json.loads(ids.pop())["id"].startswith("jrn_")


@pytest.mark.parametrize(
    ("field", "value"), [("ags", "99999999"), ("t0", "gestern"), ("language", 7), ("shoe_size", 42)]
)
def test_a_wrong_field_of_a_registration_is_named_and_nothing_is_stored(
    pakt: Pakt, field: str, value: object
) -> None:
    form = {
        "ags": "08115003",
        "t0": "2026-01-12",
        "language": "uk",
        "identity": {"name": "Nadja Beispiel", "birth_date": "1990-05-06"},
        field: value,
    }
    before = pakt("journey", "list", "--json").stdout
    line = refused(pakt("journey", "start", "-", stdin=json.dumps(form)), 2)
    assert f"“{field}”" in line
    assert "Nadja" not in line
    assert pakt("journey", "list", "--json").stdout == before


REGISTRATIONS: list[tuple[dict[str, object], str, str]] = [
    ({"ags": "99999999"}, "ags", "eight digits"),
    ({"ags": "08999999"}, "ags", "eight digits"),
    ({"t0": "2026-02-30"}, "t0", "YYYY-MM-DD"),
    ({"t0": "2999-01-01"}, "t0", "up to today"),
    ({"t0": None}, "t0", "YYYY-MM-DD"),
    ({"language": "xx"}, "language", "de, en, ar"),
    ({"language": 7}, "language", "quotation marks"),
    ({"shoe_size": 42}, "shoe_size", "identity"),
    ({"term_months": "many"}, "term_months", "1–60"),
    ({"programme": "p1999_9"}, "programme", "p2026_0"),
    ({"interpreter": "maybe"}, "interpreter", "'needed' or 'not_needed'"),
    ({"case_worker": "usr_" + "f" * 32}, "case_worker", "leave the field out"),
    ({"substitute": "usr_" + "f" * 32}, "substitute", "leave it out"),
    ({"identity": {"birth_date": "1990-05-06"}}, "identity.name", "add it"),
]


@pytest.mark.parametrize(("change", "field", "remedy"), REGISTRATIONS)
def test_what_is_wrong_with_a_registration_and_what_to_do_is_one_sentence(
    pakt: Pakt, change: dict[str, object], field: str, remedy: str
) -> None:
    form = {
        "ags": "08115003",
        "t0": "2026-01-12",
        "language": "uk",
        "identity": {"name": "Nadja Beispiel", "birth_date": "1990-05-06"},
        **change,
    }
    line = refused(pakt("journey", "start", "-", stdin=json.dumps(form)), 2)
    assert f"“{field}”" in line
    assert remedy in line
    assert "_mismatch" not in line
    assert "_type" not in line


BAD_LINES: list[tuple[tuple[str, ...], str, str]] = [
    (("up", "--port", "99999"), "--port", "1–65535"),
    (("up", "--port", "-1"), "--port", "1–65535"),
    (("up", "--port", "x"), "--port", "no whole number"),
    (("journey",), "action", "--help"),
    (("journey", "dance"), "action", "list"),
    (("programme", "show", "p1999_9"), "p1999_9", "programme check"),
    (("programme", "check", "/nowhere.yaml"), "/nowhere.yaml", "No such file"),
    (("rules", "decide", "/nowhere.json"), "/nowhere.json", "No such file"),
    (("audit", "verify", "/nowhere.bundle"), "/nowhere.bundle", "No such file"),
    (("audit", "dance"), "dance", "export"),
    (("rules", "why", "x"), "--rule", "--help"),
    (("rules", "dance"), "dance", "decide"),
]


@pytest.mark.parametrize(("words", "field", "remedy"), BAD_LINES)
def test_wrong_arguments_are_one_line_with_field_and_remedy(
    pakt: Pakt, words: tuple[str, ...], field: str, remedy: str
) -> None:
    line = refused(pakt(*words), 2)
    assert field in line
    assert remedy in line
    assert "_" not in pakt(*words, language="de").stderr.replace("p1999_9", "")


def test_a_command_that_names_nobody_or_no_book_is_refused_before_it_is_sent(pakt: Pakt) -> None:
    journey = ("journey", "command", first_journey(pakt))

    book = refused(pakt(*journey, "pin_book", "book=b1999_1", "--as", "vogt"), 1)
    nobody = refused(pakt(*journey, "assign_case_worker", "case_worker=usr_" + "f" * 32, "--as", "vogt"), 2)

    assert "b1999_1" in book
    assert "case_worker" in nobody


def test_a_malformed_command_id_is_bad_input(pakt: Pakt) -> None:
    words = ("record_contact", "contact=visit", "on=2027-01-05", "--command-id", "x")
    assert "--command-id" in refused(pakt("journey", "command", first_journey(pakt), *words), 2)


def test_broken_json_is_told_from_an_unreadable_file(pakt: Pakt) -> None:
    assert "line 1, column 2" in refused(pakt("journey", "start", "-", stdin="{"), 2)
    assert "No such file" in refused(pakt("journey", "start", "/nowhere.json"), 2)


def test_facts_are_decided_on_the_day_of_the_clock_and_never_beyond_the_calendar(
    pakt: Pakt, tmp_path: Path
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(person()))
    elsewhere = ("--data-dir", str(tmp_path / "nothing"))
    for place in ((), elsewhere):
        today = json.loads(pakt("rules", "decide", str(facts), "--json", *place).stdout)["as_of"]
        assert today == berlin_day(clock.real()).isoformat()
        until = ("--until", "2050-12-31", "--json")
        assert json.loads(pakt("rules", "foresee", str(facts), *until, *place).stdout)["as_of"] == today
    assert "2050-12-31" in refused(pakt("rules", "decide", str(facts), "--on", "9999-12-31"), 2)


@pytest.fixture
def own(home: Path) -> Iterator[Path]:
    """A programme file of the administrator's own, under an id of its own."""
    published = (ROOT / "domain" / "programmes" / "2026-0.yaml").read_text()
    file = home / "programmes" / "mine.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(published.replace("id: p2026_0", "id: p2027_1"))
    yield file
    file.unlink()
    editions.use_directory(None)


def test_a_journey_started_in_the_shell_follows_the_newest_programme_and_others_keep_theirs(
    pakt: Pakt, own: Path
) -> None:
    form = {
        "ags": "08115003",
        "t0": "2026-01-12",
        "language": "uk",
        "identity": {"name": "Nadja Beispiel", "birth_date": "1990-05-06"},
    }
    ids = {}
    for named, meant in (
        ({}, "p2027_1"),
        ({"programme": "p2026_0"}, "p2026_0"),
        ({"programme": "2026-1"}, "p2026_1"),
    ):
        started = pakt("journey", "start", "-", "--json", stdin=json.dumps({**form, **named}))
        ids[json.loads(started.stdout)["id"]] = meant
    rows = {row["id"]: row["programme"] for row in json.loads(pakt("journey", "list", "--json").stdout)}
    assert rows.items() >= ids.items()
    assert rows[first_journey(pakt)] == "p2026_1" or first_journey(pakt) in ids


def test_a_broken_own_programme_stops_the_start_and_is_a_finding(pakt: Pakt, own: Path) -> None:
    own.write_text(own.read_text().replace("text: step_reminder", "text: step_remainder", 1))
    line = refused(pakt("up"), 2)
    assert "mine.yaml, line" in line
    assert "step_reminder" in line
    assert line == refused(pakt("programme", "check", str(own)), 2)
    checked = pakt("check", "--json")
    (finding,) = [f for f in json.loads(checked.stdout)["findings"] if f["what"] == "programmes"]
    assert checked.returncode == 1
    assert "mine.yaml" in finding["remedy"]


def test_an_unknown_value_in_a_programme_is_answered_in_plain_words(pakt: Pakt, own: Path) -> None:
    own.write_text(own.read_text().replace("to: case_worker", "to: nobody", 1))
    line = refused(pakt("programme", "check", str(own)), 2)
    assert "'participant', 'case_worker' or 'lead'" in line


def test_the_check_of_programmes_is_one_json_document(pakt: Pakt) -> None:
    said = json.loads(pakt("programme", "check", "--json").stdout)
    assert {"id": "p2026_0", "steps": 9} in said["programmes"]


def test_a_journey_that_waits_and_a_clock_that_hangs_are_findings(pakt: Pakt, home: Path) -> None:
    settings = load(home)
    store = open_store(settings, settings.master_key())
    with store.write() as session:
        for order in session.exec(select(OutboxRow)):
            order.created_at -= timedelta(minutes=2)
        moved = clock.begin_move(session, clock.now(session) + timedelta(days=30))
        row = session.get_one(ClockRow, 1)
        row.started_at = moved.started_at - timedelta(minutes=11) if moved.started_at else None
    said = json.loads(pakt("check", "--json").stdout)["findings"]
    with store.write() as session:
        row = session.get_one(ClockRow, 1)
        row.moving_to = row.started_at = None
    store.close()
    told = {finding["what"]: finding["remedy"] for finding in said}
    assert first_journey(pakt) in told["journeys"]
    assert "11 minutes" in told["clock"]


def test_the_clock_is_not_moved_while_nothing_runs(pakt: Pakt) -> None:
    assert "start it first" in refused(pakt("clock", "forward", "30d"), 1)


def test_an_unclear_span_is_bad_input_with_examples(pakt: Pakt) -> None:
    assert "30d" in refused(pakt("clock", "forward", "soon"), 2)


def test_a_programme_is_shown_with_its_hash(pakt: Pakt) -> None:
    shown = json.loads(pakt("programme", "show", "--json").stdout)
    assert len(shown["sha256"]) == 64
    assert {"first_contact", "final_report"} <= {step["id"] for step in shown["steps"]}


def test_a_broken_programme_file_is_named_with_its_line(pakt: Pakt, tmp_path: Path) -> None:
    broken = tmp_path / "mine.yaml"
    broken.write_text("id: p2027_0\nsteps: [\n")
    line = refused(pakt("programme", "check", str(broken)), 2)
    assert "mine.yaml" in line


def test_a_place_without_pakt_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ops.command_line", "--data-dir", str(tmp_path / "x"), "journey", "list"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert "kein Pakt" in refused(Done(done.returncode, done.stdout, done.stderr), 2)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidInput("x"), 2),
        (NotFound("x"), 2),
        (Refusal("x"), 1),
        (NotPermitted("x"), 1),
        (Transient("x"), 1),
    ],
)
def test_bad_input_is_2_and_every_other_no_is_1(error: Exception, code: int) -> None:
    assert command_line.exit_code(error) == code  # type: ignore[arg-type]
