"""A change of status: demands stop with a rejection, help goes on, and a permit starts its own clock."""

from datetime import date

from domain.codes import Purpose
from domain.gate import Ask, gate, net_days
from tests.support.decided import Decided, ident

COURSE = {
    "course_entitlement": "duty",
    "entitlement_explained": "yes",
    "course_place": "exists",
    "childcare": "not_needed",
}
DEMAND, HELP = Ask("MIT-08", demand=True), Ask("MIT-12", help=True)


def asked() -> Decided:
    """The way to a course is open and explained in January; nobody registers."""
    life = Decided.start(email_address="known").until("2027-01-18", "10:00")
    life.allow(Purpose.CASEWORK, Purpose.EMAIL)
    life.know(**COURSE)
    return life


def test_a_rejection_silences_every_demand_and_ends_what_hung_on_it() -> None:
    life = asked().until("2027-02-09")
    spoke = life.days_of("decision_made", rule="MIT-02")
    assert life.do("change_status", status="rejected", valid_from="2027-02-09") is None

    life.until("2027-12-31")

    assert spoke[0] == "2027-02-01"
    assert [day for day in life.days_of("decision_made", rule="MIT-02") if day > "2027-02-09"] == []
    assert [t for t in life.facts.tasks if t.rule == "MIT-02" and t.closed_on is None] == []
    assert life.days_of("task_opened", what="offer_advice") == ["2027-02-09"]
    assert [body for body in life.found("notice_planned", rule="MIT-02") if str(body.on) > "2027-02-09"] == []


def test_the_gate_names_the_rejection_for_demands_and_lets_help_and_appointments_pass() -> None:
    life = asked()
    life.do("change_status", status="rejected", valid_from="2027-01-18")
    on = date(2027, 1, 20)

    assert "asylum_rejected" in gate(life.facts, DEMAND, "commitment/com_1", on).shut_by
    assert "asylum_rejected" not in gate(life.facts, DEMAND, "commitment/com_1", date(2027, 1, 17)).shut_by
    assert "asylum_rejected" in gate(life.facts, Ask("step_reminder"), "step/course_registration", on).shut_by
    assert gate(life.facts, HELP, "letter/1", on).open
    assert (
        "asylum_rejected" not in gate(life.facts, Ask("appointment_invitation"), "appointment/a", on).shut_by
    )


def test_what_was_said_before_the_rejection_stays_said() -> None:
    life = asked().until("2027-02-09")
    said = len(life.found("decision_made"))

    life.do("change_status", status="rejected", valid_from="2027-02-09")

    assert len(life.found("decision_made")) == said
    assert life.found("outcome_withdrawn") == []


def test_after_another_status_the_days_of_the_rejection_do_not_count() -> None:
    life = asked()
    life.do("change_status", status="rejected", valid_from="2027-01-18")
    life.do("change_status", day="2027-03-01", status="recognised", valid_from="2027-03-01")
    ask = Ask("MIT-02", ("FOE-10", "FOE-08", "entitlement_explained"), demand=True)

    assert net_days(life.facts, ask, "entitlement", date(2027, 1, 18), date(2027, 3, 5)) == 5
    life.until("2027-03-31")
    assert life.days_of("decision_made", rule="MIT-02", stage=1)[0] == "2027-03-14"


def test_a_permit_starts_the_clock_of_the_claim() -> None:
    life = asked()
    life.do(
        "change_status", status="recognised", valid_from="2027-01-18", permit_on="2026-05-20", benefit="sgb2"
    )

    life.until("2027-03-31")

    assert life.days_of("decision_made", rule="FOE-06", stage=1)[0] == "2027-02-20"
    assert life.facts.value("benefit", date(2027, 1, 17)) is None
    assert life.facts.value("benefit", date(2027, 1, 18)) == "sgb2"


def test_the_circle_of_law_has_days_of_its_own() -> None:
    life = asked()
    life.know(benefit="asylblg")
    life.do("change_status", day="2027-03-01", status="recognised", valid_from="2027-02-15", benefit="sgb2")

    values = [life.facts.value("benefit", date(2027, 2, day)) for day in (14, 15)]

    assert values == ["asylblg", "sgb2"]


def test_a_commitment_is_neither_reminded_nor_demanded_after_a_rejection() -> None:
    life = asked()
    promise = {"side": "participant", "goal": "work", "due": "2027-02-15", "on": "2027-01-18"}
    life.do("agree_commitment", commitment=ident("com"), **promise)
    life.do("change_status", day="2027-02-01", status="rejected", valid_from="2027-02-01")

    life.until("2027-06-30")

    assert life.found("notice_planned", text="commitment_reminder") == []
    assert life.found("decision_made", rule="MIT-08") == []


def test_the_same_status_told_twice_is_one_status_and_one_piece_of_advice() -> None:
    life = asked().until("2027-02-09")
    life.do("change_status", status="rejected", valid_from="2027-02-09")

    assert life.do("change_status", status="rejected", valid_from="2027-02-09") is None

    assert len(life.found("fact_recorded", code="residence_status")) == 1
    assert life.days_of("task_opened", what="offer_advice") == ["2027-02-09"]
