"""A pause: looked at again and again, never ended by the machine."""

import pytest

from tests.support.decided import Decided, ident

PAUSE = ident("pau")


def paused(reason: str, until: str | None = None) -> Decided:
    """The person agreed to casework and pauses from the first of February on."""
    life = Decided.start().until("2027-01-18")
    life.allow()
    life.until("2027-02-01", "10:00")
    assert life.do("pause", pause=PAUSE, reason=reason, start="2027-02-01", until=until) is None
    return life


@pytest.mark.parametrize("reason", ["illness", "pregnancy", "parental"])
def test_a_pause_is_looked_at_every_eight_weeks_until_a_person_ends_it(reason: str) -> None:
    life = paused(reason)
    for day in ("2027-03-29", "2027-05-24"):
        life.until(day)
        assert life.do("review_pause", pause=PAUSE, on=day) is None

    life.until("2027-07-19")

    looked = life.days_of("task_opened", what="review_pause")
    assert looked == ["2027-03-29", "2027-05-24", "2027-07-19"]
    assert life.open_tasks().count("review_pause") == 1
    assert life.do("resume", on="2027-07-20") is None
    assert "review_pause" not in life.open_tasks()
    life.until("2027-12-31")
    assert len(life.days_of("task_opened", what="review_pause")) == 3


def test_a_task_that_is_finished_is_a_look_too() -> None:
    life = paused("illness").until("2027-04-05")
    task = next(t for t in life.facts.tasks if t.what == "review_pause")

    assert life.do("complete_task", task=task.id, on="2027-04-05") is None

    life.until("2027-06-30")
    assert life.days_of("task_opened", what="review_pause") == ["2027-03-29", "2027-05-31"]


def test_an_end_far_away_spares_no_look() -> None:
    life = paused("parental", until="2028-01-31").until("2027-04-30")

    assert life.days_of("task_opened", what="review_pause") == ["2027-03-29"]


def test_on_its_day_a_task_asks_what_now_and_the_pause_goes_on() -> None:
    life = paused("illness", until="2027-03-01").until("2027-03-31")

    assert life.days_of("task_opened", what="review_pause_end") == ["2027-03-01"]
    assert life.facts.pauses[0].ended_on is None


def test_another_end_moves_the_next_look_and_closes_the_task() -> None:
    life = paused("illness", until="2027-03-01").until("2027-03-01")

    assert life.do("review_pause", pause=PAUSE, on="2027-03-01", until="2027-04-12") is None

    assert "review_pause_end" not in life.open_tasks()
    life.until("2027-05-31")
    assert life.days_of("task_opened", what="review_pause_end") == ["2027-03-01", "2027-04-12"]


def test_foresight_and_the_next_wake_know_the_day_of_the_look() -> None:
    life = paused("illness", until="2027-02-17")

    assert life.wake_at is not None
    assert life.wake_at.date().isoformat() <= "2027-02-17"
    assert life.until("2027-02-17").days_of("task_opened", what="review_pause_end") == ["2027-02-17"]
