"""A running case that is taken over: what was due before that day speaks to nobody, what lies ahead does."""

from typing import Any

from activities.take_over import counts_down
from rules.book import book
from tests.support.decided import Decided, ident

T0, TAKEN = "2025-11-03", "2027-01-04"
AGREED = {"purpose": "casework", "outcome": "given", "on": "2025-11-20"}


def taken_over(*known: tuple[str, str, str], **more: Any) -> Decided:
    """Fourteen months into the term, with what the list says."""
    values = [{"code": code, "value": value, "valid_from": since} for code, value, since in known]
    base = {"t0": T0, "opened_on": TAKEN, "taken_over_on": TAKEN, "first_review_on": "2027-01-20"}
    return Decided.start(TAKEN, **{**base, "consents": [AGREED], "known": values, **more})


def spoken(life: Decided) -> list[tuple[str, str]]:
    """Rule and day of everything that spoke."""
    return [(body.rule, str(body.on)) for body in life.found("decision_made")]


def test_nothing_due_before_the_take_over_reminds_escalates_or_makes_a_task() -> None:
    life = taken_over()

    life.until("2027-01-19")

    assert life.found("decision_made") == []
    assert life.found("escalation_raised") == []
    assert life.found("notice_planned") == []
    assert life.found("task_opened") == []


def test_the_later_stages_of_what_began_before_are_silent_too() -> None:
    life = taken_over()
    seeded = {(body.rule, body.stage) for body in life.found("matter_taken_over")}

    life.until("2027-04-30")

    assert {("FOE-02", 1), ("FOE-02", 2), ("FOE-04", 1), ("FOE-04", 2), ("FOE-04", 3)} <= seeded
    assert not {rule for rule, _ in spoken(life)} & {"FOE-02", "FOE-04", "MIT-10"}


def test_without_the_take_over_all_of_it_would_have_spoken() -> None:
    life = taken_over(taken_over_on=None, first_review_on=None)

    life.until("2027-01-06")

    assert {"FOE-02", "FOE-04"} <= {rule for rule, _ in spoken(life)}


def test_a_warning_before_an_end_still_speaks_with_the_stages_that_lie_ahead() -> None:
    """The entitlement ends on 1 March: the mark of ninety days has passed, those of thirty and seven have not."""
    life = taken_over(("course_entitlement_until", "2027-03-01", "2026-06-01"))

    life.until("2027-03-10")

    assert sorted({day for rule, day in spoken(life) if rule == "FOE-07"}) == ["2027-01-30", "2027-02-22"]


def test_a_claim_that_lapses_speaks_too() -> None:
    """The permit is of April 2026: the ninth month ended before the take-over, the eleventh did not."""
    life = taken_over(("course_claim_since", "2026-04-01", "2026-04-01"))

    life.until("2027-04-10")

    assert [day for rule, day in spoken(life) if rule == "FOE-06"][:1] == ["2027-03-01"]


def test_what_begins_after_the_take_over_speaks_as_ever() -> None:
    life = taken_over(last_contact_on="2026-12-28").until("2027-01-11", "10:00")
    own = {"commitment": ident("com"), "side": "office", "goal": "housing"}
    life.do("agree_commitment", **own, due="2027-01-18", on="2027-01-11")

    life.until("2027-02-28")

    assert ("FOE-05", "2027-01-25") in spoken(life)
    assert "MIT-10" in {rule for rule, _ in spoken(life)}


def test_the_first_review_is_a_task_on_its_day_and_is_foreseen() -> None:
    life = taken_over()
    assert life.wake_at is not None
    assert life.wake_at.date().isoformat() <= "2027-01-20"

    life.until("2027-01-31")

    assert life.days_of("task_opened", what="take_over_review") == ["2027-01-20"]
    life.do("record_talk", talk=ident("tlk"), about="review", on="2027-01-31")
    assert "take_over_review" not in life.open_tasks()


def test_steps_due_before_make_no_task_and_those_ahead_do() -> None:
    life = taken_over()

    life.until("2027-05-31")

    due = {body.subject for body in life.found("task_opened", what="step_due")}
    assert "step/half_year_review/3" in due
    assert not due & {
        "step/first_contact",
        "step/profile",
        "step/half_year_review/1",
        "step/half_year_review/2",
    }


def test_a_term_that_ended_before_is_left_to_the_review() -> None:
    life = taken_over(t0="2024-06-03").until("2027-01-19")

    assert life.found("task_opened", what="end_of_term") == []


def test_before_its_day_a_case_that_is_entered_early_does_nothing() -> None:
    life = taken_over(taken_over_on="2027-02-01", first_review_on="2027-02-10").until("2027-01-31")
    quiet = (life.found("decision_made"), life.found("task_opened"), life.found("notice_planned"))

    life.until("2027-02-10")

    assert quiet == ([], [], [])
    assert "take_over_review" in life.open_tasks()


def test_the_warnings_before_an_end_are_these() -> None:
    ends = {c.rule.id for c in book().compiled if counts_down(c)}

    assert ends == {
        *("FOE-06", "FOE-07", "FOE-09", "FOE-11", "FOE-15", "FOE-16", "FOE-20"),
        *("MIT-12", "QS-04"),
    }
