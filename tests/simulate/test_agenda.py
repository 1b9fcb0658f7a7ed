"""The agenda: one act at a time, at whole minutes of office hours, on working days."""

from datetime import date, time, timedelta
from itertools import pairwise

from domain.calendar import BERLIN
from ops.simulate.agenda import GAP, Agenda
from ops.simulate.arrivals import BEGIN
from store import editions


def agenda() -> Agenda:
    calendar, _ = editions.calendar(None)
    return Agenda(calendar, BEGIN)


def test_acts_come_in_order_and_never_share_an_instant() -> None:
    mine = agenda()
    for day in (9, 5, 5, 5, 12, 5):
        mine.plan(date(2027, 1, day), lambda _: None)
    instants = []
    while mine.next_at() is not None:
        mine.pop()
        instants.append(mine.now)
    assert len(instants) == 6
    assert all(later - earlier >= GAP for earlier, later in pairwise(instants))


def test_acts_happen_on_working_days_at_whole_minutes_after_the_journey_has_looked_at_the_day() -> None:
    mine = agenda()
    mine.plan(date(2027, 1, 6), lambda _: None)  # Epiphany, a holiday
    mine.pop()
    local = mine.now.astimezone(BERLIN)
    assert local.date() == date(2027, 1, 7)
    assert time(10) <= local.time() <= time(18)
    assert (local.second, local.microsecond) == (0, 0)


def test_an_act_never_lies_in_the_past() -> None:
    mine = agenda()
    mine.now = BEGIN + timedelta(days=30)
    mine.plan(date(2027, 1, 5), lambda _: None)
    assert mine.next_at() is not None
    assert mine.pop() is not None
    assert mine.now > BEGIN + timedelta(days=30)
