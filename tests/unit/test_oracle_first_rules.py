"""The oracle's first nine rules on literal dates."""

from typing import Any

import pytest

from tests.oracle.stories import T0, Told, journey, missed, pause, told, value

Row = dict[str, Any]
LAST = "2027-08-31"


def _promise(side: str, due: str) -> Row:
    row = {"id": "com_1", "side": side, "goal": "work", "agreed_on": T0, "due": due}
    return {**row, "twin": None, "kept_on": None, "released_on": None}


COURSE = (
    value("course_entitlement", "duty"),
    value("course_place", "exists"),
    value("entitlement_explained", "yes", "2027-02-01"),
)
UNCARED = (*COURSE, value("childcare", "open"))
OWED = _promise("office", "2027-03-19")
# 27 February is a Saturday.
OWN = _promise("participant", "2027-02-27")


@pytest.mark.parametrize(
    ("rule", "facts", "wanted"),
    [
        ("FOE-02", journey(), [("2027-01-25", 1), ("2027-02-01", 2)]),
        ("FOE-04", journey(), [("2027-03-15", 1), ("2027-03-29", 2), ("2027-04-12", 3)]),
        ("FOE-05", journey(commitments=[OWED]), [("2027-03-30", 1), ("2027-04-06", 2)]),
        ("FOE-10", journey(*UNCARED), [("2027-02-15", 1)]),
        ("FOE-14", journey(), [("2027-07-04", 1), ("2027-07-18", 2), ("2027-08-03", 3)]),
        ("MIT-01", journey(appointments=[missed(1, "2027-03-19")]), [("2027-03-23", 1)]),
        ("MIT-02", journey(*COURSE), [("2027-02-15", 1), ("2027-02-22", 2), ("2027-03-08", 3)]),
        ("MIT-02", journey(*UNCARED), []),
        ("MIT-08", journey(commitments=[OWN]), [("2027-03-04", 1), ("2027-03-11", 2), ("2027-03-22", 3)]),
        ("MIT-10", journey(), [("2027-02-03", 1), ("2027-02-18", 2), ("2027-03-05", 3)]),
        ("MIT-10", journey(case_worker=None), [("2027-02-03", 1), ("2027-02-18", 2)]),
    ],
)
def test_each_stage_acts_on_its_day_and_once(rule: str, facts: Row, wanted: Told) -> None:
    assert told(facts, rule, T0, LAST) == wanted


@pytest.mark.parametrize("rule", ["FOE-02", "FOE-04", "FOE-14", "MIT-02", "MIT-08", "MIT-10"])
def test_five_days_of_a_pause_move_each_first_stage_by_five_days(rule: str) -> None:
    facts = journey(*COURSE, commitments=[OWN])
    before = {"MIT-08": "2027-03-02", "MIT-02": "2027-02-02"}.get(rule, "2027-01-05")
    last = f"{before[:-2]}{int(before[-2:]) + 4:02}"
    first = told(facts, rule, T0, LAST)[0][0]

    later = told({**facts, "pauses": [pause(before, last)]}, rule, T0, LAST)[0][0]

    assert (
        later
        == {
            "2027-01-25": "2027-01-30",
            "2027-03-15": "2027-03-20",
            "2027-07-04": "2027-07-09",
            "2027-02-15": "2027-02-20",
            "2027-03-04": "2027-03-09",
            "2027-02-03": "2027-02-08",
        }[first]
    )
