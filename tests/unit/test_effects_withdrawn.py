"""What rested on a wrong or late record is taken back, counted anew, and held against nobody (A-39)."""

from datetime import date

from domain.codes import Purpose
from domain.journey import begin, evolve
from tests.support.decided import OFFICE, Decided, ident

APT = ident("apt")
COURSE = {
    "course_entitlement": "duty",
    "entitlement_explained": "yes",
    "course_place": "exists",
    "childcare": "not_needed",
}


def asked() -> Decided:
    """MIT-02 has reminded of the registration on the first of February."""
    life = Decided.start(email_address="known").until("2027-01-18", "10:00")
    life.allow(Purpose.CASEWORK, Purpose.EMAIL)
    life.know(**COURSE)
    return life.until("2027-02-02", "10:00")


def value_of(life: Decided, code: str) -> int:
    """The number of the latest value."""
    return [v.seq for v in life.facts.values if v.code == code][-1]


def said(life: Decided) -> list[tuple[str, int, str]]:
    """What was taken back: rule, stage and the day on which it had been said."""
    return [(b.rule, b.stage, str(b.said_on)) for b in life.found("outcome_withdrawn")]


def test_a_value_of_another_person_takes_back_what_was_said_because_of_it() -> None:
    life = asked()
    fact = value_of(life, "course_entitlement")

    assert life.do("withdraw_fact", fact=fact, reason="wrong_person", on="2027-02-02") is None

    assert said(life) == [("MIT-02", 1, "2027-02-01")]
    because = life.found("outcome_withdrawn")[0].because
    assert next(e.body.type for e in life.events if e.seq == because) == "fact_withdrawn"
    assert len(life.found("episode_lifted", rule="MIT-02")) == 1
    life.until("2027-12-31")
    assert life.days_of("decision_made", rule="MIT-02") == ["2027-02-01"]


def test_a_registration_that_is_told_late_takes_the_reminder_back() -> None:
    life = asked()

    life.do("record_fact", code="course_registered", value="yes", valid_from="2027-01-28")

    assert said(life) == [("MIT-02", 1, "2027-02-01")]


def test_a_registration_of_today_only_ends_the_matter() -> None:
    life = asked()

    life.do("record_fact", code="course_registered", value="yes", valid_from="2027-02-02")

    assert said(life) == []
    assert len(life.found("episode_lifted", rule="MIT-02")) == 1


def test_the_office_that_was_late_itself_takes_its_reminder_back_and_the_days_begin_later() -> None:
    """Care had been open since the twentieth of January; that is told on the second of February."""
    life = asked()

    life.do("record_fact", code="childcare", value="open", valid_from="2027-01-20")

    assert said(life) == [("MIT-02", 1, "2027-02-01")]
    assert [d for d in life.days_of("decision_made", rule="MIT-02") if d > "2027-02-01"] == []
    life.do("record_fact", day="2027-02-08", code="childcare", value="covered", valid_from="2027-02-08")
    life.until("2027-03-31")
    assert life.days_of("decision_made", rule="MIT-02", stage=1)[-1] == "2027-02-20"


def test_a_no_show_that_was_none_takes_back_the_question_about_it() -> None:
    life = Decided.start().until("2027-01-18", "10:00")
    life.allow()
    offer = {"appointment": APT, "talk": "other", "interpreter": "requested"}
    life.do("offer_appointment", **offer, start="2027-01-28T10:00:00+01:00")
    life.do("miss_appointment", day="2027-01-28", appointment=APT, on="2027-01-28")
    life.until("2027-02-03", "10:00")

    fixed = {"appointment": APT, "status": "kept", "reason": "mistake", "on": "2027-02-03"}
    assert life.do("correct_appointment", **fixed) is None

    assert ("MIT-01", 1, "2027-02-01") in said(life)
    assert [t for t in life.facts.tasks if t.rule == "MIT-01" and t.closed_on is None] == []
    assert {b.reason for b in life.found("task_closed") if str(b.on) == "2027-02-03"} == {"outcome_withdrawn"}


def test_a_sign_of_life_that_is_told_late_takes_back_the_worry_and_its_escalation() -> None:
    life = asked().until("2027-03-08", "10:00")
    worried = [m for m in life.facts.matters if m.rule == "MIT-10" and m.closed_on is None]

    life.do("record_contact", contact="visit", on="2027-02-20")

    assert worried
    assert [stage for rule, stage, _ in said(life) if rule == "MIT-10"] == [3]
    assert [m for m in life.facts.matters if m.rule == "MIT-10" and m.closed_on is None] == []


def test_what_was_known_then_can_still_be_seen() -> None:
    life = asked()
    until_then = len(life.events)
    life.do("withdraw_fact", fact=value_of(life, "course_entitlement"), reason="mistake", on="2027-02-02")

    state = begin(OFFICE, life.facts.journey, life.events[0])
    for event in life.events[1:until_then]:
        state = evolve(state, event)

    assert state.facts.value("course_entitlement", date(2027, 2, 1)) == "duty"
    assert life.facts.value("course_entitlement", date(2027, 2, 1)) is None


def test_a_correction_of_base_data_touches_no_other_value() -> None:
    life = Decided.start(email_address="known")

    fixed = {"code": "email_address", "value": "unknown", "valid_from": "2027-01-04", "supersedes": 1}
    assert life.do("record_fact", **fixed) is None

    standing = {v.code: v.value for v in life.facts.values if not v.superseded}
    assert standing == {"interpreter": "needed", "email_address": "unknown", "reading": "reads"}


def test_one_of_several_values_of_the_beginning_is_named() -> None:
    life = Decided.start()

    unclear = life.do("dispute_fact", fact=1, by="participant", on="2027-01-04")
    named = life.do("dispute_fact", fact=1, code="interpreter", by="participant", on="2027-01-04")

    assert unclear is not None
    assert unclear.code == "value_unclear"
    assert named is None
    assert [v.code for v in life.facts.values if v.disputed] == ["interpreter"]


def test_a_dispute_is_a_task_until_somebody_decides() -> None:
    life = asked()
    fact = value_of(life, "course_entitlement")
    life.do("dispute_fact", fact=fact, by="participant", on="2027-02-02")
    opened = life.open_tasks()

    life.until("2027-03-31")
    life.do("settle_dispute", fact=fact, upheld=True, on="2027-03-31")

    assert "settle_dispute" in opened
    assert "settle_dispute" not in life.open_tasks()
    assert [d for d in life.days_of("decision_made", rule="MIT-02") if "2027-02-02" < d <= "2027-03-31"] == []
