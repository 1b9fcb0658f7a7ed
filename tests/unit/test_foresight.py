"""Foresight steps from day to day on which something can happen; living every single day must tell the same."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from activities import day as living
from activities.draft import Draft, Editions
from domain.facts import CaseFacts
from rules.book import book
from store import editions
from tests.oracle import lives

DAYS = 60


def draft_of(facts: CaseFacts, on: date) -> Draft:
    made_by = Editions(editions.programme(facts.programme)[0], editions.calendar()[0], book())
    now = datetime(on.year, on.month, on.day, 9, 0, tzinfo=UTC)
    return Draft(facts, 1, now, on, made_by)


def every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(living, "_next_day", lambda draft, _: draft.day + timedelta(days=1))


@pytest.mark.parametrize("seed", range(40))
def test_no_day_that_foresight_jumps_over_would_have_brought_anything(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw: dict[str, Any] = lives.life(f"foresight/{seed}")
    for visit in list(lives.visits(f"foresight/{seed}", raw))[:3]:
        facts = CaseFacts.model_validate(lives.known_by(raw, visit) | {"programme": "p2026_0"})
        jumped = living.foresee(draft_of(facts, visit), visit + timedelta(days=1), DAYS)
        with monkeypatch.context() as patched:
            every_day(patched)
            lived = living.foresee(draft_of(facts, visit), visit + timedelta(days=1), DAYS)
        assert jumped == lived


def test_a_jump_too_far_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = CaseFacts(
        journey="jrn_" + "1" * 32,
        office="off_musterstadt",
        ags="08116077",
        t0=date(2027, 1, 4),
        opened_on=date(2027, 1, 4),
        programme="p2026_0",
    )
    true = living.foresee(draft_of(facts, date(2027, 1, 4)), date(2027, 1, 5), DAYS)
    monkeypatch.setattr(living, "_next_day", lambda draft, _: draft.day + timedelta(days=9))

    assert living.foresee(draft_of(facts, date(2027, 1, 4)), date(2027, 1, 5), DAYS) != true


TURNS: dict[str, dict[str, Any]] = {
    "a birthday": {
        "values": [
            {
                "seq": 1,
                "code": "of_age_on",
                "value": "2027-03-15",
                "valid_from": "2027-01-04",
                "recorded_on": "2027-01-04",
                "source": "start",
            }
        ],
        "consents": [{"purpose": "casework", "outcome": "given", "on": "2027-01-18", "by": "parents"}],
    },
    "a pause": {
        "pauses": [
            {
                "id": "pau_" + "1" * 32,
                "reason": "illness",
                "start": "2027-01-20",
                "until": "2027-04-02",
            }
        ]
    },
    "a question to another office": {
        "consents": [{"purpose": "hand_over", "outcome": "given", "on": "2027-01-18"}],
        "hand_overs": [
            {
                "id": "hov_" + "1" * 32,
                "to_office": "off_beispielheim",
                "to_ags": "08115045",
                "offered_on": "2027-03-02",
            }
        ],
    },
    "a take-over": {"t0": "2025-11-03", "taken_over_on": "2027-03-08", "first_review_on": "2027-03-24"},
}


@pytest.mark.parametrize("turn", TURNS)
def test_foresight_jumps_over_no_day_that_a_turn_of_life_brings(
    turn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = {"journey": "jrn_" + "1" * 32, "office": "off_musterstadt", "ags": "08116077", "t0": "2027-01-04"}
    raw = {**base, "opened_on": "2027-01-04", "programme": "p2026_0", **TURNS[turn]}
    facts, visit = CaseFacts.model_validate(raw), date(2027, 3, 3)

    jumped = living.foresee(draft_of(facts, visit), visit + timedelta(days=1), DAYS)
    every_day(monkeypatch)

    assert jumped == living.foresee(draft_of(facts, visit), visit + timedelta(days=1), DAYS)
    assert jumped.upcoming
