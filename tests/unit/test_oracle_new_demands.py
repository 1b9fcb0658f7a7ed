"""The oracle's demands, its help and its gate on literal dates."""

from datetime import date
from typing import Any

import pytest

from tests.oracle import fordern, rules
from tests.oracle.stories import T0, Told, journey, missed, outcomes, pause, told, value

Row = dict[str, Any]
LAST = "2027-12-31"


def _weeks(*rows: tuple[str, str]) -> list[Row]:
    return [value("course_week", letters, monday) for monday, letters in rows]


@pytest.mark.parametrize(
    ("weeks", "wanted"),
    [
        ([("2027-02-01", "n------"), ("2027-02-22", "aaaaaan")], [("2027-02-28", 1)]),
        ([("2027-02-01", "n------"), ("2027-03-01", "n------")], []),
        ([("2027-02-01", "nd-----"), ("2027-02-08", "rcia---")], []),
        ([("2027-02-01", "nnnna--")], [("2027-02-02", 1), ("2027-02-09", 2)]),
        ([("2027-02-01", "nnn----"), ("2027-02-22", "aan----")], [("2027-02-02", 1), ("2027-02-24", 2)]),
    ],
)
def test_two_days_without_a_reason_are_asked_about_and_four_are_a_task(
    weeks: list[tuple[str, str]], wanted: Told
) -> None:
    assert told(journey(*_weeks(*weeks)), "MIT-03", T0, LAST) == wanted


def test_a_talk_on_the_last_day_settles_a_cluster_and_a_correction_takes_it_away() -> None:
    weeks = _weeks(("2027-02-01", "nn-----"))
    talk = value("absence_talk", "held", "2027-02-02")
    early = value("absence_talk", "held", "2027-02-01")
    corrected = value("course_week", "nr-----", "2027-02-01")

    assert told(journey(*weeks, talk), "MIT-03", T0, LAST) == []
    assert told(journey(*weeks, early), "MIT-03", T0, LAST) == [("2027-02-02", 1)]
    assert told(journey(*weeks, corrected), "MIT-03", T0, LAST) == []
    spoken = [{"rule": "MIT-03", "subject": "absences/2027_02_01", "stage": 1, "on": "2027-02-02"}]
    spoken[0]["episode"] = "2027-02-01"
    assert rules.lifted(journey(*weeks, corrected, spoken=spoken), date(2027, 2, 9)) == {
        ("MIT-03", "absences/2027_02_01", date(2027, 2, 1))
    }


@pytest.mark.parametrize(
    ("weeks", "wanted"),
    [
        ([("2027-02-01", "iiii---")], [("2027-02-09", 1)]),
        ([("2027-02-01", "iii----")], []),
        ([("2027-02-01", "ii-c--i"), ("2027-02-08", "i------")], [("2027-02-11", 1)]),
        ([("2027-02-01", "iiia---"), ("2027-02-08", "i------")], []),
    ],
)
def test_three_working_days_after_the_fourth_ill_day_a_certificate_is_asked_for(
    weeks: list[tuple[str, str]], wanted: Told
) -> None:
    assert told(journey(*_weeks(*weeks)), "MIT-04", T0, LAST) == wanted


def test_a_certificate_counts_for_the_spell_before_the_next_one() -> None:
    weeks = _weeks(("2027-02-01", "iiii---"), ("2027-02-15", "aiiii--"))

    def shown(day: str) -> Told:
        return told(journey(*weeks, value("certificate_shown", "yes", day)), "MIT-04", T0, LAST)

    assert shown("2027-01-31") == [("2027-02-09", 1), ("2027-02-24", 1)]
    assert shown("2027-02-01") == [("2027-02-24", 1)]
    assert shown("2027-02-15") == [("2027-02-09", 1), ("2027-02-24", 1)]
    assert shown("2027-02-16") == [("2027-02-09", 1)]


def test_one_day_in_five_unexcused_calls_for_a_talk_from_ten_days_on() -> None:
    fifth = _weeks(("2027-02-01", "aaaau--"), ("2027-02-08", "aaaau--"))
    nine = _weeks(("2027-02-01", "aaaau--"), ("2027-02-08", "aaau---"))
    less = _weeks(("2027-02-01", "aaaaaau"), ("2027-02-08", "aaaau--"))

    assert told(journey(*fifth), "MIT-05", T0, LAST) == [("2027-02-12", 1), ("2027-02-26", 2)]
    assert told(journey(*nine), "MIT-05", T0, LAST) == []
    # Two attended days leave the eight weeks on 30 March, and the share is then a fifth.
    assert told(journey(*less), "MIT-05", T0, "2027-03-29") == []
    assert told(journey(*less), "MIT-05", T0, LAST)[:1] == [("2027-03-30", 1)]
    nineteen = _weeks(("2027-02-01", "aaaaaaa"), ("2027-02-08", "aaaaaaa"), ("2027-02-15", "aaauuuu"))
    assert told(journey(*nineteen), "MIT-05", T0, "2027-03-28") == []
    talk = value("absence_talk", "held", "2027-02-12")
    assert told(journey(*fifth, talk), "MIT-05", T0, LAST) == []


def test_after_a_drop_out_somebody_calls_at_once_and_the_lead_hears_after_ten_working_days() -> None:
    known = [value("course_dropped_out", "yes", "2027-02-06"), value("course_place", "exists")]

    assert told(journey(*known), "MIT-06", T0, LAST) == [("2027-02-06", 1), ("2027-02-19", 2)]
    call = [{"kind": "call", "on": "2027-02-18"}]
    attempt = [{"kind": "attempt", "on": "2027-02-18"}]
    assert told(journey(*known, contacts=call), "MIT-06", T0, "2027-02-17") == [("2027-02-06", 1)]
    assert told(journey(*known, contacts=call), "MIT-06", "2027-02-18", LAST) == []
    assert told(journey(*known, contacts=attempt), "MIT-06", "2027-02-18", "2027-02-18") == [
        ("2027-02-18", 1)
    ]
    assert told(journey(*known[:1]), "MIT-06", T0, LAST) == [("2027-02-06", 1)]
    paused = journey(*known, pauses=[pause("2027-02-01", "2027-02-14")])
    assert told(paused, "MIT-06", T0, LAST) == [("2027-02-06", 1), ("2027-02-26", 2)]


def test_five_working_days_after_the_exam_its_result_is_asked_for() -> None:
    ready = [value("exam_told", "yes"), value("exam_registered", "yes"), value("exam_date", "2027-03-19")]

    # Good Friday and Easter Monday lie between.
    assert told(journey(*ready), "MIT-07", T0, LAST) == [("2027-03-30", 1)]
    assert told(journey(*ready[1:]), "MIT-07", T0, LAST) == []
    assert told(journey(*ready, value("exam_result", "sat", "2027-03-19")), "MIT-07", T0, LAST) == []
    assert told(journey(*ready, value("exam_result", "sat", "2027-03-18")), "MIT-07", T0, LAST) != []


def _missed_on(*days: str) -> list[Row]:
    return [missed(number, day) for number, day in enumerate(days)]


def test_three_no_shows_within_ninety_days_lead_to_a_visit() -> None:
    close = _missed_on("2027-02-02", "2027-03-01", "2027-05-02")
    wide = _missed_on("2027-02-02", "2027-03-01", "2027-05-03")

    # Ascension and Whit Monday lie between.
    assert told(journey(appointments=close), "MIT-09", T0, LAST) == [("2027-05-02", 1), ("2027-05-18", 2)]
    assert told(journey(appointments=wide), "MIT-09", T0, LAST) == []


def test_a_no_show_counts_only_if_the_office_did_its_part_and_nobody_met_the_person_since() -> None:
    days = ("2027-02-02", "2027-03-01", "2027-04-01")
    uninvited = [*_missed_on(*days[:2]), missed(9, days[2], invited=False)]
    visit = [{"kind": "visit", "on": "2027-02-02"}]
    call = [{"kind": "call", "on": "2027-02-02"}]
    reason = {"id": "exc_1", "subject": "appointment/apt_0", "reason": "illness", "on": "2027-02-03"}

    def stages(**more: Any) -> Told:
        return told(journey(**more), "MIT-09", T0, "2027-04-02")

    assert stages(appointments=uninvited) == []
    assert stages(appointments=_missed_on(*days), contacts=visit) == []
    assert stages(appointments=_missed_on(*days), contacts=call) == [("2027-04-01", 1)]
    for accepted, wanted in ((None, []), (True, []), (False, [("2027-04-01", 1)])):
        decided = None if accepted is None else "2027-02-04"
        excuse = {**reason, "decided_on": decided, "accepted": accepted}
        assert stages(appointments=_missed_on(*days), excuses=[excuse]) == wanted


def test_any_knowledge_of_a_move_is_one_task_at_once() -> None:
    known = value("move_known", "told", "2027-02-14")

    assert outcomes(journey(known), "MIT-11", T0, LAST) == [("move", "task", "case_worker")]
    assert told(journey(known), "MIT-11", T0, LAST) == [("2027-02-14", 1)]
    checked = value("move_checked", "yes", "2027-02-14")
    assert told(journey(known, checked), "MIT-11", T0, LAST) == []
    early = value("move_checked", "yes", "2027-02-13")
    assert told(journey(known, early), "MIT-11", T0, LAST) == [("2027-02-14", 1)]


def test_a_threatened_cut_is_warned_of_fourteen_seven_and_three_days_before() -> None:
    facts = journey(value("letter_deadline", "2027-03-31", about="letter/1"))

    assert told(facts, "MIT-12", T0, LAST) == [("2027-03-17", 1), ("2027-03-24", 2), ("2027-03-28", 3)]
    paused = {**facts, "pauses": [pause(T0)]}
    assert outcomes(paused, "MIT-12", T0, "2027-03-17") == [("letter/1", "task", "case_worker")]


@pytest.mark.parametrize(
    ("known", "end"),
    [
        ({"body": "sgb2", "posted": "2024-12-31", "period": "two_weeks"}, date(2025, 1, 17)),
        ({"body": "sgb2", "posted": "2025-01-01", "period": "two_weeks"}, date(2025, 1, 19)),
        ({"body": "asylblg", "posted": "2027-03-01", "period": "two_weeks"}, date(2027, 3, 18)),
        ({"body": "sgb2", "posted": "2027-01-27", "period": "one_month"}, date(2027, 2, 28)),
        (
            {"body": "sgb2", "posted": "2027-03-01", "received": "2027-03-08", "period": "two_weeks"},
            date(2027, 3, 22),
        ),
        ({"deadline": "2027-03-20", "posted": "2027-03-01", "period": "two_weeks"}, date(2027, 3, 20)),
        ({"posted": "2027-03-01"}, None),
    ],
)
def test_a_letter_ends_on_its_day_or_after_its_period_from_the_earliest_notification(
    known: dict[str, str], end: date | None
) -> None:
    values = [value(f"letter_{key}", text, "2024-12-01", "letter/3") for key, text in known.items()]

    assert fordern.letter_end(journey(*values), "letter/3", date(2027, 6, 1)) == end


@pytest.mark.parametrize(("day", "wanted"), [("2026-02-08", [("2026-02-23", 1)]), ("2026-02-09", [])])
def test_an_admission_carries_nothing_from_the_stop_of_february_2026_on(day: str, wanted: Told) -> None:
    known = [
        value("course_entitlement", "admission", day),
        value("course_place", "exists", "2026-01-05"),
        value("entitlement_explained", "yes", "2026-02-09"),
    ]

    assert told(journey(*known, t0="2026-01-05"), "MIT-02", "2026-01-05", "2026-02-28") == wanted
    known[1] = value("childcare", "open", "2026-01-05")
    assert told(journey(*known, t0="2026-01-05"), "FOE-10", "2026-01-05", "2026-02-28") == wanted


# --- The gate --------------------------------------------------------------------------------------------

DAY = date(2027, 3, 1)
SUBJECTS = {
    "MIT-01": "appointment/apt_1",
    "MIT-02": "entitlement",
    "MIT-03": "absences/2027_02_01",
    "MIT-04": "spell/2027_02_01",
    "MIT-05": "absence_share",
    "MIT-06": "drop_out",
    "MIT-07": "exam",
    "MIT-08": "commitment/com_1",
    "MIT-09": "no_shows",
    "MIT-10": "contact",
    "MIT-11": "move",
    "MIT-12": "letter/1",
}
EXCUSE_FOR = {**SUBJECTS, "MIT-03": "attendance", "MIT-04": "attendance", "MIT-05": "attendance"}
RESTS_ON = {
    "MIT-02": ("course_place", "exists"),
    "MIT-03": ("course_week", "aaaaa--"),
    "MIT-04": ("course_week", "aaaaa--"),
    "MIT-05": ("course_week", "aaaaa--"),
    "MIT-06": ("course_dropped_out", "yes"),
    "MIT-07": ("exam_told", "yes"),
}
PROMISE = {"id": "com_1", "side": "participant", "goal": "work", "agreed_on": T0, "due": "2027-02-01"}
SETTLED = (
    value("course_place", "exists"),
    value("entitlement_explained", "yes"),
    value("exam_told", "yes"),
    value("exam_registered", "yes"),
    value("residence_rule_explained", "yes"),
)


def _ready(*more: Row, **rest: Any) -> Row:
    parts = {"appointments": [missed(1, "2027-02-01")], "commitments": [{**PROMISE, "twin": None}]}
    return journey(*SETTLED, *more, **{**parts, **rest})


def _open(facts: Row, rule: str) -> bool:
    return rules.gate_open(facts, rule, SUBJECTS[rule], DAY)


@pytest.mark.parametrize("rule", SUBJECTS)
def test_the_gate_is_open_when_the_office_has_done_its_part(rule: str) -> None:
    assert _open(_ready(), rule)


@pytest.mark.parametrize("rule", SUBJECTS)
def test_the_gate_is_shut_by_pause_reason_dispute_missing_consent_and_the_end(rule: str) -> None:
    reason = {"id": "exc_1", "subject": EXCUSE_FOR[rule], "on": "2027-02-27", "decided_on": None}
    decided = {**reason, "decided_on": "2027-03-01", "accepted": False}

    assert not _open(_ready(pauses=[pause("2027-03-01", "2027-03-01")]), rule)
    assert _open(_ready(pauses=[pause("2027-02-01", "2027-02-28")]), rule)
    assert not _open(_ready(excuses=[reason]), rule)
    assert _open(_ready(excuses=[decided]), rule)
    assert _open(_ready(excuses=[{**reason, "subject": "appointment/other"}]), rule)
    code, text = RESTS_ON.get(rule, ("interpreter", "not_needed"))
    assert not _open(_ready(value(code, text, "2027-02-01", disputed=True)), rule)
    assert _open(_ready(value("housing", "own", "2027-02-01", disputed=True)), rule)
    assert not _open(_ready(consents=[]), rule)
    assert _open(_ready(term_months=2, t0="2027-01-01"), rule)
    assert not _open(_ready(term_months=2, t0="2026-12-31"), rule)
    assert not _open(_ready(closed_on="2027-03-01"), rule)


def test_without_consent_to_attendance_the_gate_of_four_rules_is_shut() -> None:
    casework = [{"purpose": "casework", "outcome": "given", "on": T0}]

    shut = {rule for rule in SUBJECTS if not _open(_ready(consents=casework), rule)}

    assert shut == {"MIT-03", "MIT-04", "MIT-05", "MIT-06"}


def _changed(code: str, text: str) -> Row:
    return _ready(value(code, text, "2027-02-20"))


def _without(code: str) -> Row:
    facts = _ready()
    return {**facts, "values": [v for v in facts["values"] if v["code"] != code]}


OVERDUE = {"id": "com_9", "side": "office", "agreed_on": T0, "due": "2027-02-28", "twin": None}
UNPAID = (value("benefit", "sgb2"), value("course_started", "yes"))


@pytest.mark.parametrize(
    ("facts", "shut"),
    [
        (_changed("childcare", "open"), {"MIT-02", "MIT-03", "MIT-04", "MIT-05", "MIT-06"}),
        (_changed("course_place", "none"), {"MIT-02", "MIT-06"}),
        (_without("entitlement_explained"), {"MIT-02"}),
        (_without("exam_told"), {"MIT-07"}),
        (_without("exam_registered"), {"MIT-07"}),
        (_without("residence_rule_explained"), {"MIT-11"}),
        (_ready(case_worker=None), {"MIT-10"}),
        (_ready(appointments=[missed(1, "2027-02-01", invited=False)]), {"MIT-01"}),
        (_ready(commitments=[{**PROMISE, "twin": None}, {**OVERDUE, "goal": "language"}]), {"MIT-07"}),
        (_ready(commitments=[{**PROMISE, "twin": None}, {**OVERDUE, "goal": "work"}]), {"MIT-08"}),
        (_ready(*UNPAID), {"MIT-03", "MIT-05"}),
        (_ready(*UNPAID, value("travel_grant", "refused")), set()),
        (_ready(UNPAID[0]), set()),
    ],
)
def test_each_twin_shuts_the_gate_of_its_own_demands(facts: Row, shut: set[str]) -> None:
    assert {rule for rule in SUBJECTS if not _open(facts, rule)} == shut
