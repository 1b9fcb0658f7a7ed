"""What may be recorded: one of several by its number, days, weeks of a course; who steps in, and which book holds."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.codes import FACT_CODES, FactCode
from domain.events import Event
from domain.folding import touched
from domain.handling import subject_of
from domain.journey import JourneyState, evolve
from domain.permissions import Actor, Permission, Role, command_permission, may
from tests.unit.test_handling import NOW, OTHER, WORKER, after, command, consent, refused, started

TODAY = date(2027, 1, 11)
MONDAY = "2027-01-11"
NUMBERED = [code for code in FACT_CODES.values() if code.about]
SINGLE = [code for code in FACT_CODES.values() if not code.about]


def agreed() -> JourneyState:
    """A journey whose person has consented to casework."""
    return after(started(), consent(), consent(purpose="attendance"))


def a_value(code: FactCode) -> str:
    """Something that the code allows."""
    if code.is_day:
        return "2027-03-01"
    return "aaaaa--" if code.is_week else code.values[0]


def fact(code: str, value: str, **more: Any) -> Any:
    return command("record_fact", code=code, value=value, **{"valid_from": MONDAY, **more})


@pytest.mark.parametrize("code", NUMBERED, ids=lambda code: code.code)
def test_of_several_one_is_named_and_nothing_else_is_taken(code: FactCode) -> None:
    value = a_value(code)

    state = after(agreed(), fact(code.code, value, about=f"{code.about}/99"))

    assert state.facts.value(code.code, TODAY, f"{code.about}/99") == value
    assert state.facts.value(code.code, TODAY) is None
    assert state.facts.numbered(code.about, TODAY) == (f"{code.about}/99",)
    for wrong in ("", code.about, f"{code.about}/0", f"{code.about}/100", f"{code.about}/01", "cousin/1"):
        refusal = refused(agreed(), fact(code.code, value, about=wrong))
        assert (refusal.code, refusal.params["field"]) == ("bad_value", "about"), wrong
        assert f"{code.about}/1" in refusal.params["allowed"]


@pytest.mark.parametrize("code", SINGLE, ids=lambda code: code.code)
def test_what_exists_once_needs_no_number(code: FactCode) -> None:
    value = a_value(code)

    state = after(agreed(), fact(code.code, value))

    assert state.facts.value(code.code, TODAY) == value
    refusal = refused(agreed(), fact(code.code, value, about="child/1"))
    assert (refusal.code, refusal.params["field"]) == ("bad_value", "about")


def test_one_child_has_a_place_and_another_does_not() -> None:
    state = after(
        agreed(),
        fact("child_place", "yes", about="child/1"),
        fact("child_place", "no", about="child/2"),
    )

    assert state.facts.value("child_place", TODAY, "child/1") == "yes"
    assert state.facts.value("child_place", TODAY, "child/2") == "no"
    assert state.facts.numbered("child", TODAY) == ("child/1", "child/2")


@pytest.mark.parametrize("value", ["soon", "2027-02-30", "01.03.2027", "20270301", "2027-W09-1", ""])
def test_a_day_is_a_day_that_exists(value: str) -> None:
    refusal = refused(agreed(), fact("exam_date", value))

    assert (refusal.code, refusal.params["field"]) == ("bad_value", "value")
    assert refusal.params["allowed"] == "YYYY-MM-DD"


@pytest.mark.parametrize("value", ["1989-12-31", "0207-03-01", "2050-01-01", "9999-12-31"])
def test_a_slip_of_the_pen_in_the_year_does_not_reach_the_rules(value: str) -> None:
    refusal = refused(agreed(), fact("exam_date", value))

    assert (refusal.code, refusal.params["field"]) == ("bad_value", "value")
    assert refusal.params["allowed"] == "1990-01-01 … 2049-12-31"
    after(agreed(), fact("exam_date", "1990-01-01"), fact("exam_date", "2049-12-31"))


def test_nothing_is_known_from_before_the_calendar() -> None:
    refusal = refused(agreed(), fact("course_dropped_out", "yes", valid_from="2014-12-31"))

    assert (refusal.code, refusal.params["field"]) == ("bad_value", "valid_from")
    after(agreed(), fact("course_dropped_out", "yes", valid_from="2015-01-01"))


def test_a_day_may_lie_ahead_but_not_the_day_since_when_it_is_known() -> None:
    after(agreed(), fact("exam_date", "2028-03-01"))

    assert refused(agreed(), fact("exam_date", "2028-03-01", valid_from="2027-01-12")).code == "future_day"


@pytest.mark.parametrize("day", ["2027-01-05", "2027-01-10"])
def test_a_week_begins_on_a_monday(day: str) -> None:
    refusal = refused(agreed(), fact("course_week", "aaaaa--", valid_from=day))

    assert (refusal.code, refusal.params["field"]) == ("not_a_monday", "valid_from")


@pytest.mark.parametrize("value", ["aaaaa", "aaaaa---", "xaaaa--", "AAAAA--", "aaaaa--\n", ""])
def test_a_week_is_seven_known_letters(value: str) -> None:
    refusal = refused(agreed(), fact("course_week", value))

    assert (refusal.code, refusal.params["field"]) == ("bad_value", "value")


def test_every_letter_of_a_week_is_taken() -> None:
    state = after(
        agreed(), fact("course_week", "anriud-"), fact("course_week", "c------", valid_from="2027-01-04")
    )

    assert state.facts.value("course_week", TODAY) == "anriud-"
    assert state.facts.value("course_week", date(2027, 1, 10)) == "c------"


def test_the_revision_of_a_fact_is_that_of_the_one_it_is_about() -> None:
    first, second = (fact("child_place", "yes", about=f"child/{n}", rev=0) for n in (1, 2))

    state = after(agreed(), first)

    assert subject_of(first.body) == "fact/child_place/child_1"
    assert refused(state, first).code == "stale_rev"
    after(state, second)


def test_an_event_of_before_says_nothing_about_numbers_and_stays_readable() -> None:
    body = {"type": "fact_recorded", "code": "course_place", "value": "exists", "recorded_on": MONDAY}
    old = Event.model_validate({"seq": 2, "recorded_at": NOW, "body": body})

    state = evolve(started(), old)

    assert touched(old.body) == "fact/course_place"
    assert state.facts.values[-1].about == ""


def test_a_handing_over_names_who_steps_in_and_the_day() -> None:
    state = after(started(), command("assign_case_worker", case_worker=OTHER, substitute=WORKER))

    assert (state.facts.case_worker, state.facts.substitute) == (OTHER, WORKER)
    assert state.facts.assigned_on == TODAY
    assert after(state, command("assign_case_worker", case_worker=OTHER)).facts.substitute is None


def test_nobody_steps_in_for_themselves() -> None:
    refusal = refused(started(), command("assign_case_worker", case_worker=OTHER, substitute=OTHER))

    assert (refusal.code, refusal.params["field"]) == ("own_substitute", "substitute")


def test_a_handing_over_of_before_keeps_the_day_unknown() -> None:
    body = {"type": "case_worker_assigned", "case_worker": OTHER}
    old = Event.model_validate({"seq": 2, "recorded_at": datetime(2027, 1, 5, tzinfo=UTC), "body": body})

    facts = evolve(started(), old).facts

    assert (facts.case_worker, facts.substitute, facts.assigned_on) == (OTHER, None, None)


def test_a_journey_is_held_to_a_book_and_let_go_again() -> None:
    pinned = after(started(), command("pin_book", book="b2026_1"))

    assert pinned.facts.pinned_book == "b2026_1"
    assert refused(pinned, command("pin_book", book="b2026_1")).params["state"] == "b2026_1"
    assert after(pinned, command("pin_book")).facts.pinned_book is None
    assert refused(started(), command("pin_book")).code == "already_settled"


def test_a_form_that_saw_the_case_before_the_book_was_set_is_refused() -> None:
    state = after(started(), command("pin_book", book="b2026_1"))

    assert refused(state, command("assign_case_worker", case_worker=OTHER, rev=0)).code == "stale_rev"


def test_only_a_lead_holds_a_case_to_a_book() -> None:
    needed = command_permission("pin_book")

    allowed = [role for role in Role if may(Actor(id=WORKER, role=role, office="off_a"), needed, "off_a")]

    assert needed == Permission.OFFICE_JOURNEY_PIN
    assert allowed == [Role.LEAD]
