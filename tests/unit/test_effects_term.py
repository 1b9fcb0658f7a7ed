"""The term: extended by two people, ended early by two, gone on with after a return."""

from tests.support.decided import Decided


def late(**more: object) -> Decided:
    """A journey whose term ends on the second of March 2027."""
    life = Decided.start("2027-01-04", t0="2025-03-02", **more).until("2027-01-11", "10:00")
    life.allow()
    return life


def days(life: Decided, rule: str, subject: str) -> list[str]:
    """The days on which a rule spoke about a subject."""
    return life.days_of("decision_made", rule=rule, subject=subject)


def test_an_extension_needs_a_second_person_and_closes_what_the_end_had_opened() -> None:
    life = late().until("2027-03-05", "10:00")
    opened = life.open_tasks()
    wish = {"months": 36, "reason": "course_running", "on": "2027-03-05"}

    alone = life.do("extend_term", **wish)
    assert life.do("extend_term", **wish, approved=True) is None

    assert alone is not None
    assert alone.code == "second_person_needed"
    assert "end_of_term" in opened
    assert "end_of_term" not in life.open_tasks()
    assert [m for m in life.facts.matters if m.rule == "FOE-15" and m.closed_on is None] == []


def test_the_warnings_begin_anew_for_the_new_term() -> None:
    life = late().until("2027-01-12", "10:00")
    life.do("extend_term", months=36, reason="illness", on="2027-01-12", approved=True)

    life.until("2028-03-10")

    assert days(life, "FOE-15", "term/36")[:3] == ["2027-11-02", "2028-01-02", "2028-02-17"]
    assert [d for d in days(life, "FOE-15", "term/24") if d > "2027-01-12"] == []
    assert [d for d in days(life, "FOE-16", "handover") if d > "2027-01-12"][:1] == ["2027-12-02"]
    assert life.days_of("task_opened", what="end_of_term") == ["2028-03-02"]


def test_a_longer_term_can_become_longer_but_not_shorter() -> None:
    life = late().until("2027-01-12", "10:00")
    life.do("extend_term", months=48, reason="family", on="2027-01-12", approved=True)

    refused = life.do("extend_term", months=36, reason="family", on="2027-01-12", approved=True)

    assert refused is not None
    assert refused.code == "not_longer"


def test_an_early_end_and_takes_no_part_need_two_people_and_an_end_in_time_does_not() -> None:
    early, over = late(), late().until("2027-03-03", "10:00")

    refused = [
        early.do("close", reason="goals_reached", on="2027-01-11"),
        over.do("close", reason="takes_no_part", on="2027-03-03"),
    ]

    assert [r.code for r in refused if r is not None] == ["second_person_needed"] * 2
    assert over.do("close", reason="term_ended", on="2027-03-03") is None
    assert early.do("close", reason="goals_reached", on="2027-01-11", approved=True) is None


def test_who_comes_back_has_the_months_that_were_left() -> None:
    life = Decided.start(continues="jrn_" + "9" * 32, term_months=9).until("2027-01-18")
    life.allow()

    life.until("2027-10-10")

    assert life.facts.continues == "jrn_" + "9" * 32
    assert days(life, "FOE-15", "term/9")[:1] == ["2027-06-04"]
    assert life.days_of("task_opened", what="end_of_term") == ["2027-10-04"]


def test_another_programme_is_planned_anew_and_a_chosen_step_stands_in_it() -> None:
    life = late()
    before = {step.step for step in life.answer.plan} if life.answer else set()

    life.do("move_programme", programme="p2026_1", on="2027-01-11")

    after = {step.step for step in life.answer.plan} if life.answer else set()
    assert life.answer is not None
    assert life.answer.programme.id == "p2026_1"
    assert before != after


def test_a_step_that_the_plan_chose_and_dropped_leaves_no_trace_in_it() -> None:
    life = late(programme="p2026_1")
    life.do("choose_step", step="health_referral", on="2027-01-11")
    with_it = {step.step.partition("/")[0] for step in life.answer.plan} if life.answer else set()

    life.do("drop_step", step="health_referral", on="2027-01-11")

    without = {step.step.partition("/")[0] for step in life.answer.plan} if life.answer else set()
    assert with_it - without == {"health_referral"}
