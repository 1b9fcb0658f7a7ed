"""A programme: which steps are due when, and what a broken one is told."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from time import process_time
from timeit import timeit
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.facts import CaseFacts, StepFact, ValueFact
from domain.programme import plan, settled
from domain.programme_reading import parse_programme
from store import editions
from tests.oracle import days as oracle

PROGRAMME, _ = editions.programme("p2026_0")
CALENDAR, _ = editions.calendar()
T0 = date(2027, 1, 4)
Content = dict[str, Any]


def facts(t0: date = T0, **more: Any) -> CaseFacts:
    return CaseFacts(
        journey="jrn_" + "0" * 32,
        office="off_test",
        ags="08111000",
        t0=t0,
        opened_on=t0,
        programme="p2026_0",
        **more,
    )


def known(**values: tuple[str, date]) -> tuple[ValueFact, ...]:
    return tuple(
        ValueFact(seq=seq, code=code, value=value, valid_from=on, recorded_on=on, source="office")
        for seq, (code, (value, on)) in enumerate(values.items(), start=1)
    )


def due(case: CaseFacts) -> dict[str, str]:
    return {entry.step: entry.due.isoformat() for entry in plan(PROGRAMME, case, CALENDAR)}


def test_a_fresh_journey_has_exactly_the_steps_whose_date_is_known() -> None:
    assert due(facts()) == {
        "first_contact": "2027-01-19",
        "first_talk": "2027-02-01",
        "profile": "2027-03-01",
        "course_entitlement": "2027-03-01",
        "integration_plan": "2027-03-29",
        "half_year_review/1": "2027-07-04",
        "half_year_review/2": "2028-01-04",
        "half_year_review/3": "2028-07-04",
        "final_report": "2029-01-04",
    }


def test_what_the_office_owes_stays_on_its_day_even_on_a_sunday_or_a_holiday() -> None:
    planned = {entry.step: entry for entry in plan(PROGRAMME, facts(), CALENDAR)}
    assert planned["half_year_review/1"].due.weekday() == 6
    assert planned["integration_plan"].due == date(2027, 3, 29), "Easter Monday"
    assert all(entry.due == entry.raw_due for entry in planned.values())


def test_registration_is_due_14_days_after_the_entitlement_was_explained_and_moves_off_easter() -> None:
    explained = known(entitlement_explained=("yes", date(2027, 3, 14)), course_entitlement=("duty", T0))
    entry = next(e for e in plan(PROGRAMME, facts(values=explained), CALENDAR) if "registration" in e.step)
    assert entry.raw_due == date(2027, 3, 28), "Easter Sunday"
    assert entry.due == date(2027, 3, 30), "the Tuesday after Easter Monday"


@pytest.mark.parametrize("entitlement", ["none", None])
def test_nobody_without_an_entitlement_owes_a_registration(entitlement: str | None) -> None:
    values = known(entitlement_explained=("yes", T0))
    if entitlement:
        values += known(course_entitlement=(entitlement, T0))
    assert "course_registration" not in due(facts(values=values))


def test_a_superseded_value_moves_the_date_with_it() -> None:
    first, second = date(2027, 3, 1), date(2027, 3, 8)
    old, right = (known(entitlement_explained=("yes", on))[0] for on in (first, second))
    values = (
        old.model_copy(update={"superseded": True}),
        right,
        *known(course_entitlement=("claim", T0)),
    )
    assert due(facts(values=values))["course_registration"] == "2027-03-22"


def test_attendance_comes_monthly_from_the_start_of_the_course_until_its_end() -> None:
    values = known(course_started=("yes", date(2027, 8, 31)), course_ended=("yes", date(2028, 2, 29)))
    months = [entry for name, entry in due(facts(values=values)).items() if name.startswith("attendance/")]
    assert months == ["2027-09-30", "2027-10-31", "2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29"]


def test_attendance_of_an_open_course_ends_with_the_term() -> None:
    values = known(course_started=("yes", date(2027, 8, 4)))
    months = [entry for name, entry in due(facts(values=values)).items() if name.startswith("attendance/")]
    assert months[0] == "2027-09-04"
    assert months[-1] == "2028-12-04"
    assert len(months) == 16


def test_the_end_of_an_earlier_course_does_not_end_the_attendance_of_the_next() -> None:
    values = known(course_ended=("yes", date(2027, 5, 1)), course_started=("yes", date(2028, 10, 4)))
    assert due(facts(values=values))["attendance/1"] == "2028-11-04"


def test_a_course_that_did_not_start_has_no_attendance() -> None:
    values = known(course_started=("no", date(2027, 8, 4)))
    assert not [name for name in due(facts(values=values)) if name.startswith("attendance")]


def test_a_longer_term_moves_the_final_report_and_adds_reviews() -> None:
    planned = due(facts(term_months=36))
    assert planned["final_report"] == "2030-01-04"
    assert [name for name in planned if name.startswith("half_year_review")] == [
        f"half_year_review/{n}" for n in range(1, 6)
    ]


def test_marks_are_counted_from_the_day_of_allocation_and_never_chained() -> None:
    planned = due(facts(date(2026, 8, 31)))
    assert planned["half_year_review/1"] == "2027-02-28"
    assert planned["half_year_review/2"] == "2027-08-31"
    assert planned["half_year_review/3"] == "2028-02-29"


def test_a_step_that_is_done_is_still_listed() -> None:
    done = (StepFact(step="first_contact", on=T0),)
    assert due(facts(steps=done)) == due(facts())


def test_a_step_is_settled_by_its_record_or_by_the_fact_that_makes_it_needless() -> None:
    assert not settled(PROGRAMME, facts(), "course_registration")
    assert settled(PROGRAMME, facts(steps=(StepFact(step="profile", on=T0),)), "profile")
    assert settled(PROGRAMME, facts(values=known(course_registered=("yes", T0))), "course_registration")
    assert not settled(PROGRAMME, facts(values=known(course_registered=("no", T0))), "course_registration")


def test_a_step_can_count_from_the_day_another_was_done() -> None:
    content = sample()
    content["steps"][1]["due"] = {"after": "step:one", "n": 2, "unit": "W"}
    programme = parse_programme(content, "own.yaml")
    assert [e.step for e in plan(programme, facts(), CALENDAR)] == ["one"]
    planned = plan(programme, facts(steps=(StepFact(step="one", on=date(2027, 2, 1)),)), CALENDAR)
    assert {e.step: e.due for e in planned}["two"] == date(2027, 2, 15)


@given(st.dates(date(2017, 1, 1), date(2045, 12, 31)), st.sampled_from([24, 36, 48]), st.integers(0, 700))
def test_every_date_of_every_journey_is_what_the_oracle_counts(t0: date, term: int, later: int) -> None:
    start = t0 + timedelta(days=later)
    values = known(
        course_started=("yes", start),
        entitlement_explained=("yes", start),
        course_entitlement=("duty", start),
    )
    planned = {e.step: e for e in plan(PROGRAMME, facts(t0, term_months=term, values=values), CALENDAR)}
    end = oracle.add_months(t0, term)
    assert planned["first_contact"].due == oracle.working_days_after(t0, 10)
    assert planned["final_report"].due == end
    assert planned["course_registration"].due == oracle.next_working(start + timedelta(days=14))
    for months, name in ((6, "half_year_review"), (1, "attendance")):
        since = t0 if months == 6 else start
        marks = [oracle.add_months(since, months * n) for n in range(1, term + 1)]
        expected = [mark for mark in marks if mark < end]
        assert [e.due for s, e in planned.items() if s.startswith(name)] == expected
    assert sorted(e.raw_due for e in planned.values()) == [e.raw_due for e in planned.values()]


@pytest.mark.parametrize(("version", "most_s"), [("p2026_0", 0.001), ("p2026_1", 0.002)])
def test_a_plan_takes_a_millisecond_or_two(version: str, most_s: float) -> None:
    case = facts(values=known(course_started=("yes", date(2027, 4, 1))))
    programme, _ = editions.programme(version)
    best = min(
        timeit(lambda: plan(programme, case, CALENDAR), number=20, timer=process_time) / 20 for _ in range(10)
    )
    assert best < most_s


def sample() -> Content:
    """A small right programme, to be broken in one place."""
    wording = {"de": "Titel", "en": "Title"}
    step = {"title": wording, "actor": "office", "core": True, "phase": "start"}
    return {
        "id": "p2099_0",
        "title": wording,
        "term_months": 24,
        "phases": [{"id": "start", "title": wording, "from_month": 0, "to_month": 24}],
        "steps": [
            {"id": "one", **deepcopy(step), "due": {"after": "t0", "n": 10, "unit": "AT"}},
            {"id": "two", **deepcopy(step), "due": {"after": "t0", "n": 8, "unit": "W"}},
        ],
    }


def change(*place: str | int, to: object) -> Callable[[Content], None]:
    def apply(content: Content) -> None:
        at: Any = content
        for part in place[:-1]:
            at = at[part]
        at[place[-1]] = to

    return apply


def notice(n: int) -> Content:
    return {"before": {"n": n, "unit": "d"}, "to": "participant", "text": "step_reminder"}


def thirteen_core_steps(content: Content) -> None:
    one = content["steps"][0]
    content["steps"] = [{**one, "id": f"step_{chr(97 + n)}"} for n in range(13)]


def a_cycle(content: Content) -> None:
    content["steps"][0]["due"]["after"] = "step:two"
    content["steps"][1]["due"]["after"] = "step:one"


ONE, TWO = ("steps", 0), ("steps", 1)
BROKEN = [
    (change(*ONE, "colour", to="red"), "unknown_field", "steps[one].colour"),
    (change("owner", to="me"), "unknown_field", "owner"),
    (change(*ONE, "due", "unit", to="weeks"), "unknown_unit", "steps[one].due.unit"),
    (change(*ONE, "due", "n", to=-3), "number_too_small", "steps[one].due.n"),
    (change(*ONE, "due", "n", to="3"), "wrong_value", "steps[one].due.n"),
    (change(*ONE, "due", "after", to="t1"), "unknown_reference", "steps[one].due.after"),
    (change(*ONE, "due", "after", to="step:three"), "unknown_reference", "steps[one].due.after"),
    (change(*ONE, "due", "after", to="fact:shoe_size"), "unknown_reference", "steps[one].due.after"),
    (change(*TWO, "id", to="one"), "duplicate_step", "steps[one].id"),
    (change(*TWO, "phase", to="middle"), "unknown_phase", "steps[two].phase"),
    (change("phases", 0, "to_month", to=0), "phase_without_time", "phases[start].to_month"),
    (change(*ONE, "actor", to="machine"), "unknown_value", "steps[one].actor"),
    (change(*ONE, "title", to={"de": "Titel"}), "missing_field", "steps[one].title.en"),
    (change(*TWO, "when", to={"fact": "shoe_size", "value": ["44"]}), "unknown_fact", "steps[two].when.fact"),
    (
        change(*TWO, "when", to={"fact": "course_entitlement", "value": ["perhaps"]}),
        "unknown_value",
        "steps[two].when.value",
    ),
    (change(*TWO, "notices", to=[notice(-7)]), "number_too_small", "steps[two].notices[0].before.n"),
    (change(*TWO, "notices", to=[notice(0)]), "number_too_small", "steps[two].notices[0].before.n"),
    (change(*TWO, "notices", to=[notice(56)]), "notice_too_early", "steps[two].notices[0].before"),
    (
        change(*TWO, "repeat", to={"every": {"n": 1, "unit": "M"}}),
        "mixed_units",
        "steps[two].repeat.every.unit",
    ),
    (
        change(*TWO, "repeat", to={"every": {"n": 0, "unit": "W"}}),
        "number_too_small",
        "steps[two].repeat.every.n",
    ),
    (thirteen_core_steps, "too_many_core_steps", "steps[step_m].core"),
    (a_cycle, "cycle", "steps[one].due.after"),
    (change(*ONE, "due", "after", to="step:one"), "cycle", "steps[one].due.after"),
    (change("steps", to=[]), "wrong_value", "steps"),
]


@pytest.mark.parametrize(("damage", "problem", "field"), BROKEN)
def test_a_broken_programme_is_refused_with_field_problem_and_remedy(
    damage: Callable[[Content], None], problem: str, field: str
) -> None:
    content = sample()
    damage(content)
    with pytest.raises(InvalidInput) as refused:
        parse_programme(content, "own.yaml")
    told = refused.value.params
    assert (told["problem"], told["field"], told["file"]) == (problem, field, "own.yaml")
    assert len(told["remedy"]) >= len("add it")


def test_the_small_programme_is_right_before_it_is_broken() -> None:
    content = sample()
    content["steps"][1]["notices"] = [notice(55)]
    assert parse_programme(content, "own.yaml").id == "p2099_0"


def test_twelve_core_steps_are_not_too_many() -> None:
    content = sample()
    thirteen_core_steps(content)
    content["steps"][12]["core"] = False
    assert len(parse_programme(content, "own.yaml").steps) == 13


def test_a_step_that_repeats_cannot_be_counted_from() -> None:
    content = sample()
    content["steps"][1]["repeat"] = {"every": {"n": 8, "unit": "W"}}
    content["steps"][0]["due"]["after"] = "step:two"
    with pytest.raises(InvalidInput, match="unknown_reference"):
        parse_programme(content, "own.yaml")


def test_the_first_fault_is_told_with_the_number_of_others() -> None:
    content = sample()
    del content["steps"][0]["actor"]
    del content["steps"][1]["actor"]
    with pytest.raises(InvalidInput) as refused:
        parse_programme(content, "own.yaml", {("steps", 0): 8, ("steps", 1): 14, (): 1})
    assert refused.value.params["line"] == "8"
    assert refused.value.params["more"] == "1"


@pytest.mark.parametrize("content", [None, [], "text", 7, {1: 2}])
def test_what_is_no_programme_at_all_is_refused(content: object) -> None:
    with pytest.raises(InvalidInput, match="programme_invalid"):
        parse_programme(content, "own.yaml")
