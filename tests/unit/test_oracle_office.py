"""The oracle's rules of an office, and its made-up years, on literal dates."""

from datetime import date
from typing import Any

import pytest

from tests.oracle import lives, rules
from tests.oracle.stories import Told, outcomes, told

Row = dict[str, Any]
FIRST, LAST = "2027-01-04", "2027-12-31"
SUBJECT = "worker/usr_1"


def _office(**more: Any) -> Row:
    return {"office": "off_08111000", **more}


def _post(**more: Any) -> Row:
    row = {"worker": "usr_1", "since": FIRST, "share": 100, "running_cases": 50, "due_items": 1}
    return {**row, "substitute": "usr_2", **more}


def _away(first: str, last: str | None = None, worker: str = "usr_1") -> Row:
    return {"worker": worker, "first": first, "last": last}


@pytest.mark.parametrize(
    ("posts", "absences", "wanted"),
    [
        ([_post()], [_away("2027-02-01")], [("2027-02-04", 1), ("2027-02-11", 2)]),
        ([_post()], [_away("2027-01-30")], [("2027-02-04", 1), ("2027-02-11", 2)]),
        ([_post()], [_away("2027-02-01", "2027-02-03")], []),
        ([_post()], [_away("2027-02-01", "2027-02-04")], [("2027-02-04", 1)]),
        ([_post(due_items=0)], [_away("2027-02-01")], []),
        ([_post(substitute=None)], [_away("2027-02-01")], [("2027-02-04", 3)]),
        (
            [_post()],
            [_away("2027-02-01"), _away("2027-02-05", worker="usr_2")],
            [("2027-02-04", 1), ("2027-02-05", 3), ("2027-02-11", 2)],
        ),
    ],
)
def test_after_three_working_days_of_absence_the_substitute_then_the_lead_is_called(
    posts: list[Row], absences: list[Row], wanted: Told
) -> None:
    assert told(_office(posts=posts, absences=absences), "FOE-17", FIRST, LAST) == wanted


def test_a_task_that_the_substitute_closed_calls_nobody_else() -> None:
    task = {"id": "tsk_1", "rule": "FOE-17", "subject": SUBJECT, "opened_on": "2027-02-04"}
    facts = _office(posts=[_post()], absences=[_away("2027-02-01")])

    assert told({**facts, "tasks": [{**task, "closed_on": "2027-02-11"}]}, "FOE-17", FIRST, LAST) == [
        ("2027-02-04", 1)
    ]
    assert told({**facts, "tasks": [{**task, "closed_on": None}]}, "FOE-17", FIRST, LAST)[1:] == [
        ("2027-02-11", 2)
    ]
    assert outcomes(facts, "FOE-17", FIRST, LAST) == [
        (SUBJECT, "task", "substitute"),
        (SUBJECT, "escalate", "lead"),
    ]


@pytest.mark.parametrize(
    ("cases", "share", "wanted"),
    [
        (120, 100, []),
        (121, 100, [("2027-01-04", 1)]),
        (160, 100, [("2027-01-04", 1)]),
        (161, 100, [("2027-01-04", 1), ("2027-01-19", 2)]),
        (84, 70, []),
        (85, 70, [("2027-01-04", 1)]),
        (112, 70, [("2027-01-04", 1)]),
        (113, 70, [("2027-01-04", 1), ("2027-01-19", 2)]),
        (1, 0, [("2027-01-04", 1), ("2027-01-19", 2)]),
        (0, 0, []),
    ],
)
def test_more_than_120_and_160_journeys_per_post_are_told(cases: int, share: int, wanted: Told) -> None:
    facts = _office(posts=[_post(running_cases=cases, share=share)])

    assert told(facts, "FOE-18", "2027-01-01", "2027-03-01") == wanted


def test_a_rule_that_ends_without_a_successor_and_one_that_was_not_read_again_have_an_owner() -> None:
    ends = {"rule": "FOE-06", "until": "2027-06-30", "successor": False, "recheck_by": None}
    unread = {**ends, "until": None, "recheck_by": "2027-03-31"}

    assert told(_office(validities=[ends]), "QS-02", FIRST, LAST) == [("2027-05-31", 1)]
    assert told(_office(validities=[unread]), "QS-02", FIRST, LAST) == [("2027-04-01", 2)]
    assert told(_office(validities=[{**ends, "successor": True}]), "QS-02", FIRST, LAST) == []
    assert outcomes(_office(validities=[ends]), "QS-02", FIRST, LAST) == [
        ("rule/foe_06", "task", "rule_owner")
    ]


@pytest.mark.parametrize(
    ("data", "closed", "due"),
    [
        ("plan", "2024-02-29", "2027-03-01"),
        ("notes", "2026-03-15", "2027-03-16"),
        ("access_log", "2026-03-15", "2027-03-16"),
        ("history", "2021-03-15", "2027-03-16"),
    ],
)
def test_data_are_due_for_deletion_on_the_day_after_their_period(data: str, closed: str, due: str) -> None:
    row = {"journey": "jrn_1", "data": data, "closed_on": closed, "held": False, "erased_on": None}

    assert told(_office(retentions=[row]), "QS-03", FIRST, LAST) == [(due, 1)]
    assert told(_office(retentions=[{**row, "held": True}]), "QS-03", FIRST, LAST) == []
    assert told(_office(retentions=[{**row, "erased_on": "2027-01-05"}]), "QS-03", FIRST, LAST) == []
    early = {**row, "withdrawn_on": "2027-01-20"}
    assert told(_office(retentions=[early]), "QS-03", FIRST, LAST) == [("2027-01-20", 1)]


def test_the_report_is_counted_back_from_a_sunday() -> None:
    report = {"year": 2026, "due": "2027-01-31", "sent_on": None}
    facts = _office(reports=[report])

    assert told(facts, "QS-04", "2026-12-01", LAST) == [
        ("2027-01-01", 1),
        ("2027-01-17", 2),
        ("2027-01-28", 3),
    ]
    spoken = [{"rule": "QS-04", "subject": "report/2026", "episode": "2027-01-31", "stage": 1, "on": FIRST}]
    sent = _office(reports=[{**report, "sent_on": "2027-01-10"}], spoken=spoken)
    assert rules.office_lifted(sent, date(2027, 1, 9)) == set()
    assert rules.office_lifted(sent, date(2027, 1, 10)) == {("QS-04", "report/2026", date(2027, 1, 31))}


def _spoken_in_lives(number: int) -> set[tuple[str, int]]:
    seed, seen = f"coverage/{number}", set()
    spoken: list[Row] = []
    whole = lives.life(seed)
    for day in lives.visits(seed, whole):
        for act, episode in rules.acts_with_episode({**lives.known_by(whole, day), "spoken": spoken}, day):
            seen.add((act[0], act[2]))
            row = {"rule": act[0], "subject": act[1], "stage": act[2], "on": day.isoformat()}
            spoken.append({**row, "episode": episode.isoformat()})
    return seen


def _spoken_in_offices(number: int) -> set[tuple[str, int]]:
    seed, seen = f"coverage/{number}", set()
    spoken: list[Row] = []
    whole = lives.office_life(seed)
    for day in lives.office_visits(seed, whole):
        facts = {**lives.office_known_by(whole, day), "spoken": spoken}
        for act, episode in rules.office_acts_with_episode(facts, day):
            seen.add((act[0], act[2]))
            row = {"rule": act[0], "subject": act[1], "stage": act[2], "on": day.isoformat()}
            spoken.append({**row, "episode": episode.isoformat()})
    return seen


def test_the_made_up_lives_and_offices_make_every_stage_of_all_37_rules_speak() -> None:
    every = {**rules.OUTCOMES, **rules.OFFICE_OUTCOMES}
    wanted = {(rule, stage + 1) for rule, stages in every.items() for stage in range(len(stages))}

    seen = set().union(*(_spoken_in_lives(n) | _spoken_in_offices(n) for n in range(150)))

    assert len(every) == 37
    assert wanted == seen


def test_nothing_is_known_in_a_life_before_it_was_recorded() -> None:
    for number in range(40):
        whole = lives.life(f"plausible/{number}")
        for day in lives.visits(f"plausible/{number}", whole):
            known = lives.known_by(whole, day)["values"]
            assert all(v["valid_from"] <= v["recorded_on"] <= day.isoformat() for v in known)
