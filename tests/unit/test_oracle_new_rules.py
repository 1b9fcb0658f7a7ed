"""The oracle's duties of the office on literal dates: silent the day before, one stage on its day, once."""

from typing import Any

import pytest

from tests.oracle.stories import T0, Told, journey, outcomes, pause, told, value

Row = dict[str, Any]
LAST = "2027-12-31"


def _both(subject: str) -> list[tuple[str, str, str]]:
    return [(subject, "remind", "participant"), (subject, "task", "case_worker")]


def test_a_journey_without_a_substitute_is_told_to_the_lead_after_three_working_days() -> None:
    facts = journey(substitute=None)

    assert told(facts, "FOE-01", T0, LAST) == [("2027-01-08", 1), ("2027-01-12", 2), ("2027-01-19", 3)]
    assert outcomes(facts, "FOE-01", T0, LAST) == [
        ("staffing", "task", "lead"),
        ("staffing", "escalate", "lead"),
        ("staffing", "escalate", "head"),
    ]
    assert told(journey(), "FOE-01", T0, LAST) == []


def test_a_change_of_staff_begins_the_three_days_anew_and_needs_no_consent() -> None:
    facts = journey(case_worker=None, assigned_on="2027-03-24", consents=[])

    # Good Friday and Easter Monday are no working days.
    assert told(facts, "FOE-01", "2027-03-24", "2027-03-31") == [("2027-03-31", 1)]


def test_consent_is_asked_for_once_after_four_weeks_or_at_the_first_talk() -> None:
    talk = {"id": "tlk_1", "talk": "first_talk", "on": "2027-01-20", "appointment": None}
    refused = {"purpose": "casework", "outcome": "refused", "on": "2027-01-10", "fields": []}

    assert told(journey(consents=[]), "FOE-03", T0, LAST) == [("2027-02-01", 1)]
    assert told(journey(consents=[], talks=[talk]), "FOE-03", T0, LAST) == [("2027-01-20", 1)]
    assert told(journey(consents=[refused]), "FOE-03", T0, LAST) == []


def test_a_claim_is_warned_of_after_nine_eleven_and_eleven_and_a_half_months() -> None:
    claim = value("course_claim_since", "2026-06-15")
    wanted = [("2027-03-15", 1), ("2027-05-15", 2), ("2027-05-30", 3)]

    assert told(journey(claim), "FOE-06", T0, LAST) == wanted
    assert told(journey(claim, value("course_registered", "yes", "2027-05-14")), "FOE-06", T0, LAST) == [
        ("2027-03-15", 1)
    ]


def test_after_an_outage_a_claim_is_warned_of_in_order_with_its_distances() -> None:
    claim = value("course_claim_since", "2026-06-15")

    assert told(journey(claim), "FOE-06", "2027-05-20", LAST) == [
        ("2027-05-20", 1),
        ("2027-07-20", 2),
        ("2027-08-04", 3),
    ]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([value("course_entitlement_until", "2027-06-30")], ["2027-04-01", "2027-05-31", "2027-06-23"]),
        ([value("course_registered", "yes", "2026-06-15")], ["2027-03-17", "2027-05-16", "2027-06-08"]),
        (
            [
                value("course_started", "yes", "2026-03-02"),
                value("course_interrupted", "yes", "2026-07-01"),
            ],
            ["2027-04-02", "2027-06-01", "2027-06-24"],
        ),
        ([value("course_started", "yes", "2026-03-02")], []),
        (
            [value("course_entitlement_until", "2027-06-30"), value("course_ended", "yes", "2026-05-01")],
            [],
        ),
    ],
)
def test_whichever_entitlement_ends_next_is_warned_of_90_30_and_7_days_before(
    values: list[Row], wanted: list[str]
) -> None:
    assert told(journey(*values), "FOE-07", T0, LAST) == [(day, n) for n, day in enumerate(wanted, 1)]


def test_in_a_pause_a_warning_becomes_a_task() -> None:
    until = value("course_entitlement_until", "2027-06-30")
    paused = journey(until, pauses=[pause("2027-03-01", "2027-04-30")])

    assert outcomes(paused, "FOE-07", T0, "2027-04-30") == [("entitlement_end", "task", "case_worker")]
    assert outcomes(journey(until), "FOE-07", T0, "2027-04-30") == _both("entitlement_end")


def test_each_registration_is_asked_about_after_five_and_six_weeks() -> None:
    booked = value("course_registered", "yes", "2027-02-01")

    assert outcomes(journey(booked), "FOE-08", T0, "2027-03-15") == [
        ("registration/2027_02_01", "task", "case_worker"),
        ("registration/2027_02_01", "propose_referral", "case_worker"),
        ("registration/2027_02_01", "task", "case_worker"),
    ]
    assert told(journey(booked), "FOE-08", T0, LAST) == [("2027-03-08", 1), ("2027-03-15", 2)]


def test_a_newer_registration_with_an_announced_start_settles_the_older_one() -> None:
    booked = [value("course_registered", "yes", day) for day in ("2027-02-01", "2027-03-01")]
    announced = value("course_start_announced", "2027-04-01", "2027-03-02")

    assert [day for day, _ in told(journey(*booked), "FOE-08", T0, "2027-04-12")] == [
        "2027-03-08",
        "2027-03-15",
        "2027-04-05",
        "2027-04-12",
    ]
    assert told(journey(*booked, announced), "FOE-08", T0, LAST) == [("2027-04-05", 1), ("2027-04-12", 2)]
    started = value("course_started", "yes", "2027-03-01")
    assert told(journey(*booked, started), "FOE-08", T0, LAST) == []


def test_the_travel_grant_waits_for_the_exemption_and_keeps_its_own_distance() -> None:
    known = [value("benefit", "sgb2"), value("course_section_starts", "2027-03-29")]
    applied = value("cost_exemption", "applied", "2027-03-17")

    assert told(journey(*known), "FOE-09", T0, LAST) == [("2027-03-15", 1), ("2027-03-22", 2)]
    assert outcomes(journey(*known, applied), "FOE-09", T0, LAST) == [
        *_both("cost_exemption"),
        *_both("travel_grant"),
        *_both("travel_grant"),
    ]
    assert told(journey(*known, applied), "FOE-09", T0, LAST) == [
        ("2027-03-15", 1),
        ("2027-03-17", 1),
        ("2027-03-24", 2),
    ]


def test_before_december_2024_the_travel_grant_needed_no_exemption_and_a_past_start_asks_nothing() -> None:
    known = [
        value("benefit", "asylblg", "2024-11-04"),
        value("course_section_starts", "2024-12-16", "2024-11-04"),
    ]
    facts = journey(*known, t0="2024-11-04")

    assert told(facts, "FOE-09", "2024-12-06", "2024-12-06") == [("2024-12-06", 1), ("2024-12-06", 1)]
    assert told(facts, "FOE-09", "2024-12-07", "2024-12-07") == [("2024-12-07", 1)]
    assert told(facts, "FOE-09", "2024-12-16", "2024-12-16") == [("2024-12-16", 1)]
    assert told(facts, "FOE-09", "2024-12-17", LAST) == []


def test_the_work_course_is_warned_of_before_the_day_before_three_months_or_the_earlier_letter() -> None:
    issued = value("bsk_issued", "2027-02-10")

    assert told(journey(issued), "FOE-11", T0, LAST) == [
        ("2027-04-09", 1),
        ("2027-04-25", 2),
        ("2027-05-06", 3),
    ]
    shorter = value("bsk_until", "2027-04-30")
    assert told(journey(issued, shorter), "FOE-11", T0, "2027-03-31") == [("2027-03-31", 1)]
    assert told(journey(issued, value("bsk_registered", "yes")), "FOE-11", T0, LAST) == []


RECOGNITION = "recognition/1"
FILED = value("recognition_filed", "2027-02-13", about=RECOGNITION)
COMPLETE = value("recognition_complete", "2027-02-27", about=RECOGNITION)


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        # 13 March is a Saturday; 27 May is Corpus Christi.
        ([], [("2027-03-16", 1), ("2027-05-29", 2)]),
        ([value("recognition_acknowledged", "yes", "2027-03-15", RECOGNITION)], [("2027-05-29", 2)]),
        ([value("recognition_decided", "yes", "2027-05-28", RECOGNITION)], [("2027-03-16", 1)]),
        (
            [
                value("recognition_stopped", "yes", "2027-04-01", RECOGNITION),
                value("recognition_stopped", "no", "2027-04-11", RECOGNITION),
            ],
            [("2027-03-16", 1), ("2027-06-08", 2)],
        ),
        ([value("recognition_stopped", "yes", "2027-04-01", RECOGNITION)], [("2027-03-16", 1)]),
        (
            [value("recognition_extended_until", "2027-07-31", "2027-05-20", RECOGNITION)],
            [("2027-03-16", 1), ("2027-08-03", 2)],
        ),
    ],
)
def test_the_recognition_body_is_late_on_the_day_after_its_last_working_day(
    more: list[Row], wanted: Told
) -> None:
    assert told(journey(FILED, COMPLETE, *more), "FOE-12", T0, LAST) == wanted


def test_a_child_without_a_place_is_a_task_after_five_and_an_escalation_after_six_months() -> None:
    child = [
        value("child_group", "school", about="child/2"),
        value("child_clock_from", "2026-08-31", about="child/2"),
    ]
    placed = value("child_place", "yes", "2027-02-27", "child/2")

    assert outcomes(journey(*child), "FOE-13", T0, LAST) == [
        ("child/2", "task", "case_worker"),
        ("child/2", "escalate", "lead"),
    ]
    assert told(journey(*child), "FOE-13", T0, LAST) == [("2027-01-31", 1), ("2027-02-28", 2)]
    assert told(journey(*child, placed), "FOE-13", T0, LAST) == [("2027-01-31", 1)]
    assert told(journey(*child, pauses=[pause(T0)]), "FOE-13", T0, LAST) == told(
        journey(*child), "FOE-13", T0, LAST
    )


def test_the_term_is_decided_four_months_two_months_and_half_a_month_before_its_end() -> None:
    facts = journey(t0="2027-03-10", consents=[])

    assert told(facts, "FOE-15", "2028-11-01", "2029-04-01") == [
        ("2028-11-10", 1),
        ("2029-01-10", 2),
        ("2029-02-25", 3),
    ]
    decided = value("term_decision", "extended", "2029-01-09", "term/24")
    other = value("term_decision", "extended", "2029-01-09", "term/36")
    assert told(journey(decided, t0="2027-03-10"), "FOE-15", "2029-01-10", "2029-04-01") == []
    assert told(journey(other, t0="2027-03-10"), "FOE-15", "2029-01-10", "2029-01-10") != []


def test_the_handover_is_due_three_months_before_and_at_the_end_net_of_pauses() -> None:
    ten_days = [pause("2027-06-01", "2027-06-10")]

    assert told(journey(), "FOE-16", "2028-09-01", "2029-03-01") == [("2028-10-04", 1), ("2029-01-04", 2)]
    assert told(journey(pauses=ten_days), "FOE-16", "2028-09-01", "2029-03-01") == [
        ("2028-10-14", 1),
        ("2029-01-14", 2),
    ]
    done = [{"step": "handover", "on": "2028-12-01"}]
    assert told(journey(steps=done), "FOE-16", "2028-09-01", "2029-03-01") == [("2028-10-04", 1)]


def test_a_civic_contact_is_offered_at_six_and_at_twelve_months() -> None:
    first = value("civic_offer", "declined", "2027-07-10")
    second = value("civic_offer", "offered", "2027-11-02")
    same_day = value("civic_offer", "declined", "2027-07-10")

    assert told(journey(), "FOE-19", T0, "2028-12-31") == [
        ("2027-07-04", 1),
        ("2027-07-18", 2),
        ("2028-01-04", 3),
        ("2028-01-18", 4),
    ]
    for offers in ([first], [first, same_day]):
        assert told(journey(*offers), "FOE-19", T0, "2028-12-31") == [
            ("2027-07-04", 1),
            ("2028-01-04", 3),
            ("2028-01-18", 4),
        ]
    assert told(journey(first, second), "FOE-19", T0, "2028-12-31") == [("2027-07-04", 1)]


def test_the_transition_is_talked_about_five_four_and_three_months_before_school_ends() -> None:
    school = value("school_ends", "2027-07-28")

    assert told(journey(school), "FOE-20", T0, LAST) == [
        ("2027-02-28", 1),
        ("2027-03-28", 2),
        ("2027-04-28", 3),
    ]
    paused = journey(school, pauses=[pause("2027-02-20", "2027-03-10")])
    assert told(paused, "FOE-20", T0, "2027-04-30") == [("2027-03-11", 1), ("2027-04-11", 2)]
    assert told(journey(school), "FOE-20", "2027-07-28", LAST) == [("2027-07-28", 1)]
    assert told(journey(school), "FOE-20", "2027-07-29", LAST) == []


def test_the_way_out_of_follow_up_housing_is_discussed_by_month_six() -> None:
    assert told(journey(), "FOE-21", T0, LAST) == [("2027-07-04", 1), ("2027-07-18", 2)]
    assert told(journey(value("housing", "own", "2027-07-03")), "FOE-21", T0, LAST) == []
    assert told(journey(value("housing_talk", "offered", "2027-07-17")), "FOE-21", T0, LAST) == [
        ("2027-07-04", 1)
    ]


@pytest.mark.parametrize(
    ("drafter", "stage", "level"), [("worker", 1, "lead"), ("lead", 2, "head"), (None, 1, "lead")]
)
def test_a_disclosure_is_approved_by_another_person(drafter: str | None, stage: int, level: str) -> None:
    known = [value("referral", "drafted", "2027-03-05", "referral/1")]
    known += [value("referral_by", drafter, "2027-03-05", "referral/1")] if drafter else []
    sent = value("referral", "sent", "2027-03-06", "referral/1")

    assert told(journey(*known), "QS-01", T0, LAST) == [("2027-03-05", stage)]
    assert outcomes(journey(*known), "QS-01", T0, LAST) == [("referral/1", "escalate", level)]
    assert told(journey(*known, sent), "QS-01", "2027-03-06", LAST) == []


@pytest.mark.parametrize("rule", ["FOE-06", "FOE-13", "FOE-16", "FOE-19", "FOE-21", "QS-01"])
def test_nothing_is_said_about_the_person_without_consent(rule: str) -> None:
    known = [
        value("course_claim_since", "2026-06-15"),
        value("child_group", "daycare", about="child/1"),
        value("child_clock_from", "2026-06-15", about="child/1"),
        value("referral", "drafted", about="referral/1"),
    ]

    assert told(journey(*known), rule, "2028-12-01", "2028-12-02")
    assert told(journey(*known, consents=[]), rule, "2028-12-01", "2028-12-02") == []
