"""A book is drafted, examined, simulated over the caseload, approved and activated in the shell."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from activities.shipped_books import enter_shipped_books
from domain.calendar import berlin_day
from ops import what_if
from ops.command_line import run
from ops.settings import Settings, ensure_master_key
from ops.what_if import over_the_caseload, tried
from rules.book import book
from rules.documents import to_document
from rules.drafting import draft
from store import book_simulations, books, clock
from store.database import Store, migrate, open_store
from store.editions import CALENDAR, calendar
from store.seed import seed_demo
from tests.support.facts import person
from tests.web.conftest import BEGINNING
from tests.web.living import LivingJourneys

FIRST = book()
Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with twelve running journeys, on 11 January 2027."""
    place = tmp_path_factory.mktemp("books")
    settings = Settings(data_dir=place, demo=True)
    ensure_master_key(settings.master_key_file)
    settings.save()
    migrate(settings.database_url)
    store = open_store(settings, settings.master_key())
    with store.write() as session:
        clock.set_to(session, BEGINNING)
    enter_shipped_books(store)
    seed_demo(store, clock.now(store))
    LivingJourneys(store).begin_all()
    store.close()
    return place


@pytest.fixture
def store(home: Path) -> Store:
    settings = Settings(data_dir=home)
    return open_store(settings, settings.master_key())


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("PAKT_LANGUAGE", "en")

    def call(*words: str) -> tuple[int, str, str]:
        code = run(["--data-dir", str(home), "rules", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def made(shell: Shell, name: str, *more: str) -> None:
    words = ("--from", FIRST.id, "--set", "FOE-02.task=2", "--reason", "two weeks suffice", "--id", name)
    assert shell("draft", *words, *more)[0] == 0


def test_a_book_goes_its_whole_way_through_the_shell(shell: Shell, store: Store) -> None:
    made(shell, "sooner")
    assert shell("examine", "sooner")[0] == 0
    code, out, err = shell("simulate", "sooner", "--days", "30", "--json")
    result = json.loads(out)
    today = berlin_day(clock.now(store))

    assert code == 0
    assert "12 / 12" in err
    assert (result["journeys"], result["cases"], len(result["result_sha256"])) == (12, 12, 64)
    rows = {(row["rule"], row["stage"], row["what"], row["effect"]) for row in result["rows"]}
    assert ("FOE-02", 1, "earlier", "better") in rows
    assert shell("approve", "sooner", "--result", "0" * 64)[0] == 1
    assert shell("approve", "sooner", "--result", result["result_sha256"])[0] == 0

    late = calendar()[0].add_working_days(today, 2)
    assert "too soon" in shell("activate", "sooner", "--from", str(today + timedelta(days=1)))[2]
    assert shell("activate", "sooner", "--from", str(late))[0] == 0
    states = {row["id"]: row["state"] for row in json.loads(shell("books", "--json")[1])}
    assert (states["sooner"], states[FIRST.id]) == ("active", "superseded")


def test_the_person_who_made_a_book_cannot_approve_it(shell: Shell) -> None:
    made(shell, "lonely", "--as", "brandt")
    assert shell("examine", "lonely")[0] == 0
    result = json.loads(shell("simulate", "lonely", "--json")[1])["result_sha256"]

    code, _, err = shell("approve", "lonely", "--result", result, "--as", "brandt")

    assert code == 1
    assert "second person" in err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("draft", "--from", "b2026_1", "--set", "FOE-02.task=9", "--reason", "x"), 2, "1 to 3"),
        (("draft", "--from", "b2026_1", "--set", "FOE-02.tusk=2", "--reason", "x"), 2, "FOE-02.task"),
        (("draft", "--from", "b2026_1", "--set", "FOE-02.task", "--reason", "x"), 2, "--set"),
        (("draft", "--from", "b1999_1", "--set", "FOE-02.task=2", "--reason", "x"), 2, "b1999_1"),
        (
            ("draft", "--from", "b2026_1", "--set", "FOE-02.task=2", "--reason", "x", "--id", "b2030_1"),
            2,
            "b2030_1",
        ),
        (("draft", "--from", "b2026_1", "--set", "FOE-02.task=2", "--reason", " "), 2, "why"),
        (
            ("draft", "--from", "b2026_1", "--set", "FOE-02.task=2", "--reason", "x", "--as", "maier"),
            1,
            "not permitted",
        ),
        (("simulate", "b2026_1", "--days", "0"), 2, "1 to 400"),
        (("activate", "b2026_1", "--from", "tomorrow"), 2, "tomorrow"),
        (("approve", "b2026_1"), 2, "--result"),
        (("compare", "b2026_1", "b1999_1", "x.json"), 2, "b1999_1"),
        (("compare", "b2026_1", "b2026_1"), 2, "--stored"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    shell: Shell, words: tuple[str, ...], code: int, told: str
) -> None:
    found, out, err = shell(*words)

    assert (found, out, err.count("\n")) == (code, "", 1)
    assert told in err


def test_compare_tells_the_difference_for_facts_of_a_file_and_for_the_caseload(
    shell: Shell, tmp_path: Path
) -> None:
    made(shell, "compared")
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(person()), encoding="utf-8")

    code, out, _ = shell("compare", FIRST.id, "compared", str(file), "--on", "2027-01-11", "--json")
    changes = json.loads(out)[0]["changes"]
    assert code == 0
    assert ("FOE-02", "2027-01-25", "2027-01-18", "better") in {
        (c["rule"], c["old"], c["new"], c["effect"]) for c in changes
    }
    stored = json.loads(shell("compare", FIRST.id, "compared", "--stored", "--json")[1])
    assert stored["cases"] == 12
    assert "no difference" in shell("compare", FIRST.id, FIRST.id, str(file), "--on", "2027-01-11")[1]


def test_a_simulation_goes_on_after_a_kill_and_ends_with_the_same_result(
    shell: Shell, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(what_if, "PART", 5)
    made(shell, "killed")
    assert shell("examine", "killed")[0] == 0
    by = books.By("usr_" + "1" * 32, clock.now(store))
    today = berlin_day(by.at)
    active = books.Library(store).active(today)
    assert active is not None
    plan = book_simulations.Plan("killed", active, calendar()[1], today, 20)

    def killed(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        what_if.simulate(store, plan, by=by, progress=killed, processes=1)
    seen: list[int] = []
    result = what_if.simulate(store, plan, by=by, progress=lambda done, _: seen.append(done), processes=1)

    assert seen == [10, 12]
    with store.read() as session:
        row = books.book(session, "killed")
        assert row.simulation is not None
        simulation = row.simulation
    assert what_if.recomputed(store, simulation, progress=lambda *_: None, processes=1) == result


def test_two_processes_give_the_same_parts_as_one() -> None:
    other = draft(FIRST, {"FOE-02.task": "2"}, "other")
    on = date(2027, 1, 11)
    trial = what_if.Trial(to_document(FIRST), to_document(other), CALENDAR, on, on + timedelta(days=20))
    batches = [(n, [json.dumps(person())]) for n in range(6)]

    assert sorted(tried(trial, batches, processes=2)) == sorted(tried(trial, batches, processes=1))


def test_the_caseload_gives_the_same_hash_each_time(store: Store) -> None:
    other = draft(FIRST, {"FOE-02.task": "2"}, "other")
    days = (date(2027, 1, 11), date(2027, 2, 1))

    first, second = (over_the_caseload(store, FIRST, other, days, progress=lambda *_: None) for _ in range(2))

    assert first == second
    assert first["cases"] == 12
