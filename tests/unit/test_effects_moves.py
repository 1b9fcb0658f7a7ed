"""A move to another office: asked, answered, returned, lapsed, or ended with the journey."""

from domain.codes import Purpose
from tests.support.decided import Decided, ident

HOV = ident("hov")
ASKED = {"hand_over": HOV, "to_office": "off_beispielheim", "to_ags": "08115045"}
ALL = (Purpose.CASEWORK, Purpose.EMAIL, Purpose.HAND_OVER)


def asked(on: str = "2027-03-01") -> Decided:
    """The move is told and looked at; on a day the other office is asked."""
    life = Decided.start().until("2027-01-18")
    life.allow(*ALL)
    life.until(on, "10:00")
    life.know(move_known="told", residence_rule_explained="yes", move_checked="yes")
    assert life.do("offer_hand_over", **ASKED, on=on) is None
    return life


def test_a_question_lapses_on_the_day_after_ten_working_days_and_says_so_once() -> None:
    life = asked().until("2027-03-15")
    before = life.found("hand_over_lapsed")

    life.until("2027-06-30")

    assert before == []
    assert life.days_of("hand_over_lapsed") == ["2027-03-16"]
    assert life.days_of("task_opened", what="hand_over_lapsed") == ["2027-03-16"]
    assert life.facts.closed_on is None


def test_a_lapsed_question_can_be_asked_again_and_its_task_goes() -> None:
    life = asked().until("2027-03-16")

    assert life.do("offer_hand_over", **{**ASKED, "hand_over": ident("hov", 2)}, on="2027-03-16") is None

    assert "hand_over_lapsed" not in life.open_tasks()


def test_the_holidays_of_easter_are_no_days_in_which_to_answer() -> None:
    life = asked("2027-03-22").until("2027-04-30")

    assert life.days_of("hand_over_lapsed") == ["2027-04-08"]


def test_an_accepted_question_ends_the_journey_here_and_nothing_leaves_afterwards() -> None:
    life = asked()
    accepted = {"hand_over": HOV, "accepted": True, "continued_as": ident("jrn", 9)}
    assert life.do("answer_hand_over", day="2027-03-05", on="2027-03-05", **accepted) is None
    so_far = len(life.found("notice_planned"))

    life.until("2027-06-30")

    assert str(life.facts.closed_on) == "2027-03-05"
    assert len(life.found("notice_planned")) == so_far
    assert life.open_tasks() == []
    refused = life.do("reopen", on="2027-06-30")
    assert refused is not None
    assert refused.code == "cannot_reopen"


def test_a_returned_question_is_a_task_of_the_case_worker() -> None:
    life = asked()

    returned = {"hand_over": HOV, "accepted": False, "reason": "no_capacity"}
    assert life.do("answer_hand_over", day="2027-03-08", on="2027-03-08", **returned) is None

    assert "hand_over_returned" in life.open_tasks()
    assert life.facts.closed_on is None


def test_without_consent_nothing_is_handed_over_and_the_person_gets_a_copy() -> None:
    life = Decided.start().until("2027-01-18")
    life.allow(Purpose.CASEWORK)
    life.do("take_consent", purpose="hand_over", outcome="refused", on="2027-01-18")
    life.know(move_known="told", move_checked="yes")

    refused = life.do("offer_hand_over", **ASKED, on="2027-01-18")

    assert refused is not None
    assert (refused.code, refused.params["purpose"]) == ("consent_missing", "hand_over")
    assert "own_copy" in life.open_tasks()


def test_the_residence_rule_is_looked_at_before_another_office_is_asked() -> None:
    life = Decided.start().until("2027-01-18")
    life.allow(*ALL)

    refused = life.do("offer_hand_over", **ASKED, on="2027-01-18")

    assert refused is not None
    assert refused.code == "residence_rule_unchecked"


def test_a_withdrawn_consent_ends_the_question_at_once() -> None:
    life = asked()

    life.do("take_consent", day="2027-03-03", purpose="hand_over", outcome="withdrawn", on="2027-03-03")

    assert life.days_of("hand_over_withdrawn") == ["2027-03-03"]
    assert "own_copy" in life.open_tasks()


def test_a_death_ends_the_question_at_once() -> None:
    life = asked()

    life.do("close", day="2027-03-03", reason="death", on="2027-03-03")

    assert life.days_of("hand_over_withdrawn") == ["2027-03-03"]
    assert life.open_tasks() == []
