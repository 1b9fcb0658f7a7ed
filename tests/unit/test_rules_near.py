"""What is one step away, and what would lift what has spoken, is said in German and English."""

from datetime import date
from typing import Any

from rules.near import Near, as_json, lifted_by, near_misses, sentence
from tests.support.facts import BOOK, CALENDAR, facts, own_step, spoke

TASK = spoke("FOE-04", "plan", "2027-01-04", s1="2027-03-15")


def _near(on: str, **recorded: Any) -> Near:
    return near_misses(facts(**recorded), date.fromisoformat(on), calendar=CALENDAR, book=BOOK)


def _said(near: Near, rule: str, language: str) -> list[str]:
    return [sentence(miss, language) for miss in near.misses if miss.rule == rule]


def test_time_alone_is_one_step_and_names_the_day() -> None:
    near = _near("2027-03-16", spoken=TASK)

    assert _said(near, "FOE-04", "de") == [
        "FOE-04, Stufe 2: noch 13 Tage (Tage seit der Zuweisung ohne Pausen), am 29.03.2027"
    ]
    assert _said(near, "FOE-04", "en") == [
        "FOE-04, stage 2: 13 days to go (days since the allocation, pauses not counted), on 2027-03-29"
    ]


def test_a_state_that_holds_back_is_one_step_and_is_named_by_what_it_is() -> None:
    near = _near("2027-03-15", consents=[])

    assert _said(near, "FOE-04", "de") == ["FOE-04, Stufe 1: sobald gilt: die Einwilligung liegt vor"]
    assert _said(near, "FOE-04", "en") == [
        "FOE-04, stage 1: once it holds that consent to casework is given, wholly or partly"
    ]


def test_what_lacks_two_things_is_not_near() -> None:
    assert _said(_near("2027-02-15", consents=[]), "FOE-04", "de") == []


def test_what_has_spoken_says_what_would_lift_it() -> None:
    near = _near("2027-03-16", spoken=TASK, commitments=[own_step()])
    lifts = {lift.rule: lift for lift in near.lifts}

    assert lifted_by(lifts["FOE-04"], "de") == ("sobald gilt: der Integrationsplan ist vereinbart",)
    assert lifted_by(lifts["FOE-04"], "en") == ("once it holds that the integration plan is agreed",)
    assert lifted_by(lifts["MIT-08"], "de") == ("sobald gilt: der Schritt ist erledigt oder entschuldigt",), (
        "the label of this kind of subject, not of another with a field of the same name"
    )
    assert lifted_by(lifts["MIT-10"], "de") == ("durch ein neues Ereignis: dann wird neu gezählt",)


def test_nothing_is_near_and_nothing_to_lift_once_the_journey_has_ended() -> None:
    near = _near("2027-03-16", closed_on="2027-03-01")

    assert (near.misses, near.lifts) == ((), ())


def test_every_label_of_the_book_is_there_in_both_languages() -> None:
    for rule in BOOK.rules:
        for case in rule.cases:
            if "journey" not in case.facts:
                continue
            known = near_misses(facts().model_validate(case.facts), case.on, calendar=CALENDAR, book=BOOK)
            for language in ("de", "en"):
                answer = as_json(known, language)
                assert all(row["text"].strip() for row in answer["near_misses"])
                assert all(row["text"] for row in answer["lifted_by"])
