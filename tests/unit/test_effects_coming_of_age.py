"""Turning 18: the parents' word is good for four more weeks, the own word counts at once."""

from datetime import date

from domain.codes import Purpose
from domain.gate import Ask, gate
from tests.support.decided import Decided

BIRTHDAY, LAPSES = "2027-03-15", "2027-04-12"
DEMAND = Ask("MIT-02", demand=True)


def of_the_parents(*purposes: Purpose) -> Decided:
    """The parents agreed in January; the eighteenth birthday is the fifteenth of March."""
    life = Decided.start(of_age_on=BIRTHDAY, email_address="known").until("2027-01-18")
    life.allow(*(purposes or (Purpose.CASEWORK,)), by="parents")
    return life


def test_on_the_birthday_somebody_is_to_ask_the_person() -> None:
    life = of_the_parents().until(BIRTHDAY)

    assert life.days_of("task_opened", what="ask_own_consent") == [BIRTHDAY]
    assert life.facts.allows(Purpose.CASEWORK)


def test_four_weeks_later_what_the_parents_allowed_is_over_and_nothing_is_asked_any_more() -> None:
    life = of_the_parents(Purpose.CASEWORK, Purpose.EMAIL).until("2027-04-11")
    before = gate(life.facts, DEMAND, "entitlement", date(2027, 4, 11)).shut_by

    life.until("2027-06-30")

    assert "no_consent" not in before
    assert life.days_of("consent_lapsed", purpose="casework") == [LAPSES]
    assert life.days_of("consent_lapsed", purpose="email") == [LAPSES]
    assert "no_consent" in gate(life.facts, DEMAND, "entitlement", date(2027, 4, 12)).shut_by
    refused = life.do("record_fact", code="benefit", value="sgb2", valid_from="2027-06-30")
    assert refused is not None
    assert refused.code == "consent_missing"
    assert life.facts.closed_on is None


def test_the_own_word_in_time_keeps_everything_as_it_is() -> None:
    life = of_the_parents().until("2027-03-20")

    assert life.do("take_consent", purpose="casework", outcome="given", on="2027-03-20") is None

    assert "ask_own_consent" not in life.open_tasks()
    life.until("2027-06-30")
    assert life.found("consent_lapsed") == []


def test_the_own_word_to_one_purpose_saves_no_other() -> None:
    life = of_the_parents(Purpose.CASEWORK, Purpose.EMAIL).until("2027-03-20")
    life.do("take_consent", purpose="casework", outcome="given", on="2027-03-20")

    life.until("2027-04-30")

    assert [body.purpose for body in life.found("consent_lapsed")] == ["email"]


def test_parents_speak_no_more_for_somebody_who_is_of_age() -> None:
    life = of_the_parents().until("2027-03-20")

    refused = life.do("take_consent", purpose="email", outcome="given", on="2027-03-20", by="parents")

    assert refused is not None
    assert refused.code == "of_age"


def test_who_answered_for_themselves_all_along_is_not_asked_again() -> None:
    life = Decided.start(of_age_on=BIRTHDAY).until("2027-01-18")
    life.allow()

    life.until("2027-06-30")

    assert life.found("consent_lapsed") == []
    assert life.found("task_opened", what="ask_own_consent") == []


def test_both_days_are_foreseen() -> None:
    life = of_the_parents().until("2027-03-10")
    assert life.wake_at is not None
    assert life.wake_at.date().isoformat() <= BIRTHDAY

    life.until("2027-04-11")

    assert life.wake_at.date().isoformat() <= LAPSES
