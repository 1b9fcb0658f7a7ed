"""Hash, figures and checks over plain rows, with a wrong run for each check."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

from ops.simulate import checks, export, figures
from ops.simulate.measure import Cost
from ops.simulate.traveller import Travelled
from store import editions
from store.database import Store
from tests.support.stores import sqlite_store

__all__ = ["sqlite_store"]
Row = dict[str, Any]
JOURNEY = "jrn_" + "1" * 32


def event(seq: int, on: str, **body: Any) -> Row:
    return {"seq": seq, "recorded_at": f"{on}T08:30:00.123456Z", "body": {"on": on, **body}}


def run(*events: Row) -> list[Row]:
    return [{"journey": JOURNEY, "events": list(events)}]


def task(seq: int, on: str, addressee: str = "case_worker") -> Row:
    return event(seq, on, type="task_opened", addressee=addressee)


def notice(**more: Any) -> Row:
    fields = {"id": "not_1", "message_id": "not_1@x", "channel": "email", "state": "sent", "reason": "ok"}
    return {**fields, "possible_duplicate": False, **more}


def exported(notices: list[Row], mails: list[str]) -> Row:
    return {"notices": notices, "mails": [{"message_id": one} for one in mails]}


def test_the_hash_forgets_milliseconds_and_sees_days_and_words() -> None:
    one = run(task(1, "2027-01-20"))
    later, other_day, other_word = (
        copy.deepcopy(one),
        run(task(1, "2027-01-21")),
        run(task(1, "2027-01-20", "lead")),
    )
    later[0]["events"][0]["recorded_at"] = "2027-01-20T08:30:01.9Z"
    assert export.ledger_sha256(later) == export.ledger_sha256(one)
    assert len({export.ledger_sha256(x) for x in (one, other_day, other_word)}) == 3


def test_the_hash_does_not_care_in_which_order_journeys_are_given() -> None:
    two = [*run(task(1, "2027-01-20")), {"journey": "jrn_" + "2" * 32, "events": []}]
    assert export.ledger_sha256(two) == export.ledger_sha256(two[::-1])


def test_averages_are_per_journey() -> None:
    cost = Cost(
        events=100, actions=10, history_bytes=1, payload_bytes=1, wakes=4, rollovers=1, longest_run=60
    )
    rows = {"journeys": run(task(1, "2027-01-20")) * 2, "notices": [notice()]}
    found = figures.per_journey([cost, cost], rows, commands=9, refused=2)
    assert (found["events"], found["actions"], found["commands"], found["notices"]) == (100, 11, 4.5, 0.5)
    assert (found["tasks"], found["escalations"]) == (1, {"1": 0, "2": 0})


def test_a_caseload_scales_what_came_up_to_its_size() -> None:
    calendar, _ = editions.calendar(None)
    rows = {
        "journeys": run(*(task(n, f"2027-01-{n:02}") for n in range(11, 21)), task(30, "2027-01-21", "lead"))
    }
    found = figures.caseload(rows, 100, begin=date(2027, 1, 4), months=1, calendar=calendar)
    days = calendar.working_days_between(date(2027, 1, 3), date(2027, 2, 3))
    assert found["due_items_per_case_worker_day"]["mean"] == round(10 * 100 / days, 2)
    assert found["escalations_per_lead_day"] == {"mean": 0, "p95": 0, "most": 0}


def test_notices_that_left_are_counted_for_each_kind_of_life() -> None:
    rows = [("a", "sent"), ("a", "to_print"), ("a", "lapsed"), ("b", "printed"), ("c", "unknown")]
    notices = [{"journey_id": journey, "state": state} for journey, state in rows]
    lives = {"a": "silent", "b": "silent", "c": "punctual", "d": "punctual"}
    assert figures.notices_by_life({"notices": notices}, lives) == {
        "punctual": {"mean": 0.5, "most": 1},
        "silent": {"mean": 1.5, "most": 2},
    }


def test_each_limit_of_the_budget_of_attention_can_be_missed() -> None:
    right = {
        "due_items_per_case_worker_day": {"mean": 4.0, "p95": 9, "most": 12},
        "escalations_per_lead_day": {"mean": 2.0, "p95": 3, "most": 4},
        "notices_silent_most": 20,
    }
    wrong = {
        "due_items_per_case_worker_day": {"mean": 4.01},
        "escalations_per_lead_day": {"mean": 2.01},
        "notices_silent_most": 21,
    }
    assert figures.judged(right) == dict.fromkeys(right, "met")
    for name, size in wrong.items():
        assert figures.judged({**right, name: size}) == {**figures.judged(right), name: "missed"}
    assert "notices_silent_most" not in figures.judged({**right, "notices_silent_most": None})


def broken(store: Store, lives: list[Travelled], rows: Row, longest: int = 100) -> list[str]:
    return checks.structure(store, lives, rows, longest)


def test_a_right_run_breaks_nothing(sqlite_store: Store) -> None:
    right = exported([notice(), notice(id="not_2", message_id="not_2@x", channel="letter")], ["not_1@x"])
    assert broken(sqlite_store, [Travelled(JOURNEY, "punctual")], right) == []


def test_each_structural_check_can_fail(sqlite_store: Store) -> None:
    nothing = exported([], [])
    refused = Travelled(JOURNEY, "punctual", refused=["close: journey_closed()"])
    unsure = Travelled(JOURNEY, "punctual", unconfirmed=["cmd_1"])
    wrong = {
        "was refused": broken(sqlite_store, [refused], nothing),
        "was never answered": broken(sqlite_store, [unsure], nothing),
        "a run too long": broken(sqlite_store, [], nothing, 2001),
        "a mail that nobody meant": broken(sqlite_store, [], exported([], ["not_1@x"])),
        "a mail that never came": broken(sqlite_store, [], exported([notice()], [])),
        "a mail twice": broken(sqlite_store, [], exported([notice()], ["not_1@x"] * 2)),
        "stuck on the way": broken(sqlite_store, [], exported([notice(state="handing_over")], [])),
    }
    assert {name for name, lines in wrong.items() if len(lines) != 1} == set()


def test_the_independent_checker_is_asked_and_can_say_no(tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    rows: Row = {"until": "2027-02-01", "journeys": [], "notices": [notice(**_instants())], "mails": []}
    file.write_text(json.dumps(rows), "utf-8")
    said = checks.independent(file)
    assert said.independent
    assert any("not_1" in line for line in said.broken)


def test_a_checker_that_fails_is_no_checker_that_agrees(tmp_path: Path) -> None:
    said = checks.independent(tmp_path / "missing.json")
    assert len(said.broken) == 1
    assert "independent checker failed" in said.broken[0]


def _instants() -> Row:
    at = "2027-01-20T09:00:00+00:00"
    return {
        "send_at": at,
        "settled_at": at,
        "journey_id": JOURNEY,
        "matter": "offers",
        "rule": None,
        "stage": 0,
    }
