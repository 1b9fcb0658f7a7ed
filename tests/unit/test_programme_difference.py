"""What another version of the programme would change for one journey."""

from datetime import date
from pathlib import Path
from typing import Any

from domain.facts import CaseFacts, StepFact
from domain.programme import Programme
from domain.programme_difference import difference
from store import editions

CALENDAR, _ = editions.calendar()
OLD, _ = editions.programme("p2026_0")
NEW, _ = editions.programme("p2026_1")
TEXT = (Path(__file__).parents[2] / "domain/programmes/2026-1.yaml").read_text(encoding="utf-8")
T0 = date(2027, 1, 4)


def facts(**more: Any) -> CaseFacts:
    frame = {"journey": "jrn_" + "0" * 32, "office": "off_test", "ags": "08111000", "programme": "p2026_0"}
    return CaseFacts.model_validate({**frame, "t0": T0, "opened_on": T0, **more})


def changed(old: str, new: str) -> Programme:
    assert old in TEXT
    return editions.read_programme(TEXT.replace(old, new, 1).encode(), "mine.yaml")


def test_a_version_changes_nothing_against_itself() -> None:
    assert difference(NEW, NEW, facts(), CALENDAR) == ()


def test_what_the_new_version_brings_appears_with_its_date() -> None:
    found = {change.step: change for change in difference(OLD, NEW, facts(), CALENDAR)}
    assert found["handover"].kind == "appears"
    assert (found["handover"].before, found["handover"].after) == (None, date(2028, 10, 4))
    assert "half_year_review/1" not in found


def test_the_way_back_takes_the_same_steps_away() -> None:
    there = {c.step: c.after for c in difference(OLD, NEW, facts(), CALENDAR)}
    back = {c.step: c.before for c in difference(NEW, OLD, facts(), CALENDAR)}
    assert there == back
    assert {c.kind for c in difference(NEW, OLD, facts(), CALENDAR)} == {"vanishes"}


def test_a_moved_date_shifts() -> None:
    later = changed("due: {after: t0, n: 12, unit: W}", "due: {after: t0, n: 14, unit: W}")
    (plan, *others) = difference(NEW, later, facts(), CALENDAR)
    assert (plan.step, plan.kind, plan.before, plan.after) == (
        "integration_plan",
        "shifts",
        date(2027, 3, 29),
        date(2027, 4, 12),
    )
    assert others == []


def test_what_is_done_changes_nothing_any_more() -> None:
    later = changed("due: {after: t0, n: 12, unit: W}", "due: {after: t0, n: 14, unit: W}")
    done = facts(steps=(StepFact(step="integration_plan", on=date(2027, 3, 2)),))
    assert difference(NEW, later, done, CALENDAR) == ()


def test_changes_stand_in_the_order_of_their_dates() -> None:
    days = [change.on for change in difference(OLD, NEW, facts(), CALENDAR)]
    assert days == sorted(days)
