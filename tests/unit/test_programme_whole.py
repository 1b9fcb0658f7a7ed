"""The whole programme: 32 steps, which of them a journey has, when they are due, and what makes them needless."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import add_months
from domain.codes import Addressee, ContactKind, Purpose, TalkKind
from domain.facts import (
    AppointmentFact,
    CaseFacts,
    ConsentFact,
    ContactFact,
    StepFact,
    TalkFact,
    ValueFact,
)
from domain.gate import gate, of_text
from domain.programme import plan, settled
from store import editions

PROGRAMME, _ = editions.programme("p2026_1")
CALENDAR, _ = editions.calendar()
T0 = date(2027, 1, 4)
CODES = (
    [f"A{n}" for n in range(1, 6)]
    + [f"B{n}" for n in range(1, 4)]
    + ["C1", "C2", *(f"C{n}" for n in range(2, 9))]
    + [f"D{n}" for n in range(1, 10)]
    + [f"V{n}" for n in range(1, 6)]
    + ["Z1"]
)
PERSON = "usr_" + "1" * 32


def facts(t0: date = T0, **more: Any) -> CaseFacts:
    return CaseFacts(
        journey="jrn_" + "0" * 32,
        office="off_test",
        ags="08111000",
        t0=t0,
        opened_on=t0,
        programme="p2026_1",
        **more,
    )


def value(code: str, said: str, on: date, *, about: str = "", seq: int = 1) -> ValueFact:
    return ValueFact(
        seq=seq, code=code, value=said, valid_from=on, recorded_on=on, source="office", about=about
    )


def due(case: CaseFacts) -> dict[str, date]:
    return {entry.step: entry.due for entry in plan(PROGRAMME, case, CALENDAR)}


def of(case: CaseFacts, step: str) -> list[date]:
    """The dates of one step, in their order."""
    return [day for name, day in due(case).items() if name.partition("/")[0] == step]


def talk(kind: TalkKind, on: date) -> TalkFact:
    return TalkFact(id="tlk_" + "1" * 32, talk=kind, on=on)


def test_it_has_the_32_steps_of_the_table() -> None:
    assert sorted(step.code or "" for step in PROGRAMME.steps) == sorted(CODES)
    assert len(PROGRAMME.steps) == 32
    assert (PROGRAMME.term_months, PROGRAMME.extensions) == (24, (36, 48))


def test_at_most_twelve_of_them_are_core() -> None:
    assert sum(step.core for step in PROGRAMME.steps) == 12


def test_no_demand_stands_without_what_the_office_owes() -> None:
    assert [step.id for step in PROGRAMME.steps if step.fordern and not step.foerdern] == []


def test_civic_engagement_and_health_are_offers_and_have_no_other_side() -> None:
    for id_ in ("civic_offer", "health_referral"):
        step = PROGRAMME.step(id_)
        assert step is not None
        assert step.voluntary
        assert step.fordern is None
        assert step.actor == "office"
        assert not [notice for notice in step.notices if notice.to == Addressee.PARTICIPANT]


def test_each_step_says_which_reasons_count() -> None:
    assert all(PROGRAMME.excuses_of(step) for step in PROGRAMME.steps)


def test_a_fresh_journey_has_the_steps_that_every_journey_has_and_no_others() -> None:
    assert {name: str(day) for name, day in due(facts()).items()} == {
        "consent_talk": "2027-02-01",
        "assignment": "2027-01-08",
        "first_contact": "2027-01-19",
        "first_talk": "2027-02-01",
        "base_check": "2027-03-01",
        "profile": "2027-03-01",
        "course_entitlement": "2027-03-01",
        "integration_plan": "2027-03-29",
        **{
            f"quarterly_contact/{n}": str(add_months(T0, 3 * n)) for n in range(1, 8)
        },
        **{f"half_year_review/{n}": str(add_months(T0, 6 * n)) for n in range(1, 4)},
        "civic_offer/1": "2027-07-04",
        "civic_offer/2": "2028-01-04",
        "extension_check/1": "2028-10-04",
        "handover": "2028-10-04",
        "final_report": "2029-01-04",
    }  # fmt: skip


@pytest.mark.parametrize(("term", "checks"), [(24, 1), (36, 2), (48, 3)])
def test_a_longer_term_brings_more_contacts_reviews_and_checks(term: int, checks: int) -> None:
    case = facts(term_months=term)
    assert of(case, "quarterly_contact") == [add_months(T0, n) for n in range(3, term, 3)]
    assert of(case, "half_year_review") == [add_months(T0, n) for n in range(6, term, 6)]
    assert of(case, "extension_check") == [add_months(T0, 21 + 12 * n) for n in range(checks)]
    assert of(case, "handover") == [add_months(T0, term - 3)]
    assert of(case, "final_report") == [add_months(T0, term)]
    assert len(of(case, "civic_offer")) == 2


@given(st.dates(date(2017, 1, 1), date(2040, 12, 31)), st.sampled_from([24, 36, 48]))
def test_no_step_of_a_fresh_journey_lies_outside_its_term(t0: date, term: int) -> None:
    case = facts(t0, term_months=term)
    assert all(t0 <= day <= add_months(t0, term) for day in due(case).values())
    assert [entry.raw_due for entry in plan(PROGRAMME, case, CALENDAR)] == sorted(
        entry.raw_due for entry in plan(PROGRAMME, case, CALENDAR)
    )


CONDITIONS = [
    ("course_registration", [("entitlement_explained", "yes"), ("course_entitlement", "claim")]),
    ("cost_exemption", [("benefit", "sgb2"), ("course_section_starts", "2027-09-01")]),
    ("travel_grant", [("benefit", "asylblg"), ("course_section_starts", "2027-09-01")]),
    ("course_start", [("course_registered", "yes")]),
    ("attendance", [("course_started", "yes")]),
    ("mid_course_talk", [("course_started", "yes")]),
    ("language_test", [("exam_date", "2027-11-15")]),
    ("orientation_test", [("exam_date", "2027-11-15"), ("exam_result", "sat")]),
    ("work_course", [("bsk_issued", "2027-11-15")]),
    ("housing", [("housing", "follow_up")]),
]


@pytest.mark.parametrize(("step", "known"), CONDITIONS)
def test_a_conditional_step_is_there_when_its_condition_holds_and_only_then(
    step: str, known: list[tuple[str, str]]
) -> None:
    values = [value(code, said, date(2027, 3, 1), seq=n) for n, (code, said) in enumerate(known, start=1)]
    assert of(facts(values=tuple(values)), step)
    for left_out in range(len(values)):
        assert not of(facts(values=tuple(values[:left_out] + values[left_out + 1 :])), step)


OPTIONAL = ("children_places", "recognition", "work", "apprenticeship", "housing", "health_referral")


def test_the_plan_may_choose_six_steps() -> None:
    assert tuple(step.id for step in PROGRAMME.choosable()) == OPTIONAL


@pytest.mark.parametrize("step", OPTIONAL)
def test_a_step_that_the_plan_may_choose_is_there_once_it_did(step: str) -> None:
    chosen = facts(chosen_steps=(step,), chosen_on=(date(2027, 3, 29),))
    assert not of(facts(), step)
    assert of(chosen, step)
    assert not any(entry.core for entry in plan(PROGRAMME, chosen, CALENDAR) if entry.step.startswith(step))


def test_a_chosen_step_waits_for_the_next_talk_after_it_was_chosen() -> None:
    early = facts(chosen_steps=("recognition",), chosen_on=(date(2027, 3, 29),))
    late = facts(
        chosen_steps=("recognition",),
        chosen_on=(date(2028, 1, 5),),
        steps=(StepFact(step="half_year_review/1", on=date(2027, 7, 4)),),
    )
    assert of(early, "recognition") == [date(2027, 7, 4), date(2027, 7, 4)]
    assert of(late, "recognition") == [date(2028, 7, 4), date(2028, 7, 4)]


def test_an_open_appointment_is_a_talk_to_wait_for() -> None:
    offer = AppointmentFact(
        id="apt_" + "1" * 32,
        talk=TalkKind.OTHER,
        start=datetime(2027, 5, 12, 8, tzinfo=UTC),
        offered_on=date(2027, 5, 3),
    )
    case = facts(appointments=(offer,), chosen_steps=("recognition",), chosen_on=(date(2027, 3, 29),))
    waiting = {e.step: e for e in plan(PROGRAMME, case, CALENDAR)}
    assert waiting["recognition/1"].due == date(2027, 5, 12)
    assert waiting["recognition/1"].at_talk
    assert waiting["recognition/2"].due == date(2027, 7, 4), "its own mark is month six"


def test_what_waits_for_a_talk_makes_no_task_and_no_letter() -> None:
    assert not [step.id for step in PROGRAMME.steps if step.at == "talk" and step.notices]


def test_the_apprenticeship_comes_each_month_of_its_season_until_the_training_starts() -> None:
    chosen = facts(chosen_steps=("apprenticeship",), chosen_on=(date(2027, 11, 20),))
    months = [(day.year, day.month) for day in of(chosen, "apprenticeship")]
    first = [(2027, 12), (2028, 1), (2028, 2), (2028, 3)]
    assert months == [*first, (2028, 10), (2028, 11), (2028, 12)]
    signed = chosen.model_copy(
        update={"values": (value("training_starts", "2028-09-01", date(2028, 3, 20)),)}
    )
    assert [(day.year, day.month) for day in of(signed, "apprenticeship")] == first


def test_statutory_periods_of_a_recognition_come_without_being_chosen() -> None:
    values = (
        value("recognition_filed", "2027-06-01", date(2027, 6, 1), about="recognition/1"),
        value("recognition_complete", "2027-06-15", date(2027, 6, 15), about="recognition/1", seq=2),
    )
    planned = due(facts(values=values))
    assert planned["recognition/3"] == date(2027, 7, 1)
    assert planned["recognition/4"] == date(2027, 9, 15)
    assert settled(PROGRAMME, facts(values=values), "recognition/1")
    assert not settled(PROGRAMME, facts(values=values), "recognition/3")


def test_places_are_found_once_every_child_has_one() -> None:
    known = tuple(
        value("child_group", "school", T0, about=f"child/{n}", seq=n) for n in (1, 2)
    )  # fmt: skip
    one = (*known, value("child_place", "yes", date(2027, 3, 1), about="child/1", seq=3))
    both = (*one, value("child_place", "yes", date(2027, 4, 1), about="child/2", seq=4))
    assert not settled(PROGRAMME, facts(values=one), "children_places/1")
    assert settled(PROGRAMME, facts(values=both), "children_places/1")


def test_nobody_records_a_step_that_something_else_has_settled() -> None:
    case = facts(
        case_worker=PERSON,
        substitute=PERSON,
        consents=(ConsentFact(purpose=Purpose.CASEWORK, outcome="given", on=T0),),
        talks=(talk(TalkKind.FIRST, date(2027, 1, 14)),),
    )
    for step in ("assignment", "first_contact", "consent_talk", "first_talk", "quarterly_contact/1"):
        assert settled(PROGRAMME, case, step), step
        assert not settled(PROGRAMME, facts(), step), step


def test_a_contact_counts_for_its_quarter_and_an_attempt_for_none() -> None:
    heard = facts(contacts=(ContactFact(kind=ContactKind.CALL, on=date(2027, 5, 1)),))
    tried = facts(contacts=(ContactFact(kind=ContactKind.ATTEMPT, on=date(2027, 5, 1)),))
    assert settled(PROGRAMME, heard, "quarterly_contact/2")
    assert not settled(PROGRAMME, heard, "quarterly_contact/3")
    assert not settled(PROGRAMME, tried, "quarterly_contact/2")


def test_every_offer_settles_one_repetition() -> None:
    once = facts(values=(value("civic_offer", "offered", date(2027, 7, 4)),))
    assert settled(PROGRAMME, once, "civic_offer/1")
    assert not settled(PROGRAMME, once, "civic_offer/2")


def test_each_decision_about_a_term_settles_one_check() -> None:
    decided = facts(
        term_months=36, values=(value("term_decision", "extended", date(2028, 10, 20), about="term/24"),)
    )
    assert settled(PROGRAMME, decided, "extension_check/1")
    assert not settled(PROGRAMME, decided, "extension_check/2")


def test_after_care_and_the_office_have_no_task_in_a_journey() -> None:
    levels = {step.id: step.level for step in PROGRAMME.steps if step.level != "journey"}
    assert levels == {"follow_up_call": "aftercare", "retention": "office", "yearly_figures": "office"}
    assert not [name for name in due(facts()) if name in levels]


def test_the_first_open_review_of_a_journey_taken_over_is_on_its_own_day() -> None:
    taken = facts(
        first_review_on=date(2027, 9, 9),
        steps=(StepFact(step="half_year_review/1", on=date(2027, 7, 1), before_take_over=True),),
    )
    planned = due(taken)
    assert planned["half_year_review/2"] == date(2027, 9, 9)
    assert planned["half_year_review/3"] == date(2028, 7, 4)


def test_a_reminder_of_the_registration_waits_for_what_the_office_owes_first() -> None:
    step = PROGRAMME.step("course_registration")
    assert step is not None
    given = ConsentFact(purpose=Purpose.CASEWORK, outcome="given", on=T0)
    known = (value("entitlement_explained", "yes", T0), value("course_place", "exists", T0, seq=2))
    asks = of_text("step_reminder", "step/course_registration", step.twins)
    ready = facts(consents=(given,), values=known)
    waiting = facts(consents=(given,), values=(*known, value("childcare", "open", T0, seq=3)))
    assert gate(ready, asks, "step/course_registration", T0).open
    assert gate(waiting, asks, "step/course_registration", T0).shut_by == ("twin_open",)


def test_what_is_said_to_a_case_worker_before_a_date_is_one_task_for_each_date() -> None:
    noticed = {
        step.id for step in PROGRAMME.steps if any(n.to != Addressee.PARTICIPANT for n in step.notices)
    }
    tasks = [name for name in due(facts()) if name.partition("/")[0] in noticed]
    assert len(tasks) == 9
