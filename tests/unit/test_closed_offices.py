"""What a closed office puts off, what it must hear before it closes, and what no closure ever moves."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from activities import day as living
from activities.asks import service_asks
from activities.draft import Draft, Editions
from activities.matters import deadline, open_task, raise_level
from domain.codes import Addressee
from domain.facts import CaseFacts, MatterFact
from rules.book import book
from store import editions
from tests.oracle import lives

OFFICE = "off_musterstadt"
MONDAY = date(2027, 1, 4)
FEBRUARY_1 = date(2027, 2, 1)
MATTER = MatterFact(
    id="esc_" + "1" * 32, rule="FOE-02", subject="journey", episode=MONDAY, level=1,
    raised_on=FEBRUARY_1, answer_by=date(2027, 2, 15),
)  # fmt: skip


def week(monday: str, days: int = 5) -> tuple[date, ...]:
    first = date.fromisoformat(monday)
    return tuple(first + timedelta(days=n) for n in range(days))


def facts(**more: Any) -> CaseFacts:
    plain = {"journey": "jrn_" + "1" * 32, "office": OFFICE, "ags": "08116077", "t0": MONDAY}
    return CaseFacts.model_validate({**plain, "opened_on": MONDAY, "programme": "p2026_0", **more})


def draft(on: date, closed: Iterable[date] = (), of: CaseFacts | None = None) -> Draft:
    known = of or facts()
    calendar = editions.calendar()[0].with_closures({known.office: tuple(closed)})
    made_by = Editions(editions.programme(known.programme)[0], calendar, book())
    now = datetime(on.year, on.month, on.day, 9, 0, tzinfo=UTC)
    return Draft(known, 1, now, on, made_by)


def said(of: Draft, to: Addressee) -> dict[tuple[str, str, date], date]:
    """The day of each service notice: by text, subject and the n-th of its kind."""
    asks = [ask for ask in service_asks(of) if ask.to == to and ask.refers_to is not None]
    return {(ask.subject, str(n), ask.refers_to or MONDAY): ask.on for n, ask in enumerate(asks)}


def test_a_task_and_an_escalation_are_answered_on_days_on_which_the_office_works() -> None:
    open_, shut = draft(FEBRUARY_1), draft(FEBRUARY_1, week("2027-02-08"))
    for one in (open_, shut):
        open_task(one, "decide_excuse", "excuse/1", ())
        raise_level(one, MATTER, 1, "stage")

    dues = [[event.body.answer_by for event in one.events] for one in (open_, shut)]  # type: ignore[union-attr]
    assert dues == [
        [date(2027, 2, 8), date(2027, 2, 15)],
        [date(2027, 2, 15), date(2027, 2, 22)],
    ]


@pytest.mark.parametrize(
    ("closed", "until"),
    [
        ((), "2027-02-15"),
        (week("2027-02-08"), "2027-02-22"),
        (week("2027-02-15", 1), "2027-02-16"),
        (week("2027-02-16", 3), "2027-02-15"),
        (week("2027-01-25"), "2027-02-15"),
    ],
)
def test_days_closed_after_an_escalation_was_raised_put_its_rise_off(
    closed: tuple[date, ...], until: str
) -> None:
    assert deadline(draft(FEBRUARY_1, closed), MATTER) == date.fromisoformat(until)


def test_days_opened_again_never_hasten_a_rise_that_was_told() -> None:
    told = MATTER.model_copy(update={"answer_by": date(2027, 2, 22)})

    assert deadline(draft(FEBRUARY_1), told) == date(2027, 2, 22)


def test_an_answer_with_a_date_still_silences_longer() -> None:
    silent = MATTER.model_copy(update={"silent_until": date(2027, 3, 31)})

    assert deadline(draft(FEBRUARY_1, week("2027-02-08")), silent) == date(2027, 3, 31)


def test_another_offices_closure_moves_nothing() -> None:
    elsewhere = draft(FEBRUARY_1)
    calendar = elsewhere.calendar.with_closures({"off_beispielheim": week("2027-02-08")})
    moved = draft(FEBRUARY_1)
    moved.editions = Editions(elsewhere.editions.programme, calendar, book())

    assert deadline(moved, MATTER) == deadline(elsewhere, MATTER)


def test_what_the_case_worker_would_read_too_late_comes_on_the_last_day_before_the_closure() -> None:
    plain = said(draft(MONDAY), Addressee.CASE_WORKER)
    key, on = next(
        (key, on) for key, on in sorted(plain.items(), key=lambda e: e[1]) if on > date(2027, 1, 11)
    )
    first = editions.calendar()[0].next_working_day(on)
    monday = first - timedelta(days=first.weekday())
    closed = tuple(monday + timedelta(days=n) for n in range(5))

    moved = said(draft(MONDAY, closed), Addressee.CASE_WORKER)[key]

    assert moved == monday - timedelta(days=3), "the Friday before"
    assert moved < on <= closed[-1]


def test_a_notice_is_never_lost_because_the_day_before_a_closure_lies_before_the_journey() -> None:
    plain = said(draft(MONDAY), Addressee.CASE_WORKER)
    closed = tuple(MONDAY + timedelta(days=n) for n in range(60))
    shut = said(draft(MONDAY, closed), Addressee.CASE_WORKER)
    taken = facts(taken_over_on=date(2027, 1, 8))

    assert shut.keys() == plain.keys()
    assert min(shut.values()) == MONDAY
    assert min(said(draft(MONDAY, closed, taken), Addressee.CASE_WORKER).values()) >= date(2027, 1, 8)


def test_no_closure_moves_a_step_or_anything_that_is_said_to_the_participant() -> None:
    closed = tuple(MONDAY + timedelta(days=n) for n in range(365))
    plain, shut = draft(MONDAY), draft(MONDAY, closed)

    assert shut.plan() == plain.plan()
    assert said(shut, Addressee.PARTICIPANT) == said(plain, Addressee.PARTICIPANT)


@pytest.mark.parametrize("seed", range(12))
def test_with_closures_too_foresight_tells_what_living_every_day_would_tell(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw: dict[str, Any] = lives.life(f"foresight/{seed}")
    for visit in list(lives.visits(f"foresight/{seed}", raw))[:2]:
        known = CaseFacts.model_validate(lives.known_by(raw, visit) | {"programme": "p2026_0"})
        closed = [visit + timedelta(days=n) for n in range(3 + seed, 17 + 2 * seed)]
        jumped = living.foresee(draft(visit, closed, known), visit + timedelta(days=1), 60)
        with monkeypatch.context() as patched:
            patched.setattr(living, "_next_day", lambda draft, _: draft.day + timedelta(days=1))
            lived = living.foresee(draft(visit, closed, known), visit + timedelta(days=1), 60)
        assert jumped == lived
