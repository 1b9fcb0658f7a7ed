"""Facts that cannot be are refused with file, field, reason and remedy; possible ones pass."""

from datetime import date
from typing import Any

import pytest

from domain.errors import InvalidInput
from domain.facts import CaseFacts
from domain.office_facts import OfficeFacts
from rules.facts_possible import refuse_impossible
from rules.literals import EXCUSE, OFFICE_OFFER, PAUSE, TALK, TASK, WORKER, office, person, value
from tests.oracle.lives import known_by, life, visits
from tests.support.facts import appointment, office_promise

ON = date(2027, 3, 1)
LATER = "2027-03-02"
OFFER = appointment("2027-02-03T09:00:00+01:00")


def _missed(**more: object) -> dict[str, Any]:
    return {**OFFER, "status": "missed", "settled_on": "2027-02-03", **more}


def _value(**more: object) -> dict[str, Any]:
    return {**value(1, "course_place", "exists", "2027-02-01"), **more}


FUTURE: list[tuple[dict[str, Any], str]] = [
    ({"closed_on": LATER}, "closed_on"),
    ({"consents": [{"purpose": "casework", "outcome": "given", "on": LATER}]}, "consents.0.on"),
    ({"appointments": [{**OFFER, "offered_on": LATER}]}, "appointments.0.offered_on"),
    ({"appointments": [_missed(settled_on=LATER)]}, "appointments.0.settled_on"),
    ({"appointments": [_missed(start=f"{LATER}T09:00:00+01:00", settled_on=None)]}, "appointments.0.start"),
    ({"talks": [{"id": TALK, "talk": "review", "on": LATER}]}, "talks.0.on"),
    ({"steps": [{"step": "profile", "on": LATER}]}, "steps.0.on"),
    ({"values": [_value(valid_from=LATER)]}, "values.0.valid_from"),
    ({"values": [_value(recorded_on=LATER)]}, "values.0.recorded_on"),
    ({"values": [_value(code="course_week", value="aaaaa--", valid_from=LATER)]}, "values.0.valid_from"),
    ({"contacts": [{"kind": "call", "on": LATER}]}, "contacts.0.on"),
    ({"excuses": [{"id": EXCUSE, "subject": "plan", "reason": "illness", "on": LATER}]}, "excuses.0.on"),
    ({"commitments": [office_promise(agreed_on=LATER, due="2027-04-01")]}, "commitments.0.agreed_on"),
    ({"commitments": [office_promise(kept_on=LATER)]}, "commitments.0.kept_on"),
    (
        {"spoken": [{"rule": "FOE-04", "subject": "plan", "episode": "2027-01-04", "stage": 1, "on": LATER}]},
        "spoken.0.on",
    ),
]
BACKWARDS: list[tuple[dict[str, Any], str]] = [
    ({"closed_on": "2027-01-03"}, "closed_on"),
    ({"appointments": [_missed(settled_on="2027-02-02")]}, "appointments.0.settled_on"),
    (
        {"appointments": [{**OFFER, "status": "cancelled", "settled_on": "2027-01-19"}]},
        "appointments.0.settled_on",
    ),
    (
        {
            "excuses": [
                {
                    "id": EXCUSE,
                    "subject": "plan",
                    "reason": "illness",
                    "on": "2027-02-03",
                    "decided_on": "2027-02-02",
                    "accepted": True,
                }
            ]
        },
        "excuses.0.decided_on",
    ),
    ({"commitments": [office_promise(due="2027-01-31")]}, "commitments.0.due"),
    ({"commitments": [office_promise(kept_on="2027-01-31")]}, "commitments.0.kept_on"),
    (
        {"pauses": [{"id": PAUSE, "reason": "care", "start": "2027-02-02", "ended_on": "2027-02-01"}]},
        "pauses.0.ended_on",
    ),
    (
        {"pauses": [{"id": PAUSE, "reason": "care", "start": "2027-02-02", "until": "2027-02-01"}]},
        "pauses.0.until",
    ),
]
_YES = value(1, "course_place", "exists", "2027-02-01")
_NO = {**value(2, "course_place", "none", "2027-02-01"), "source": "provider"}
AGAINST: list[tuple[dict[str, Any], str]] = [
    ({"values": [_YES, _NO]}, "values.1.value"),
    (
        {"commitments": [office_promise(kept_on="2027-02-20", released_on="2027-02-20")]},
        "commitments.0.kept_on",
    ),
    (
        {
            "appointments": [_missed()],
            "talks": [{"id": TALK, "talk": "review", "on": "2027-02-03", "appointment": OFFICE_OFFER}],
        },
        "appointments.0.status",
    ),
    ({"appointments": [_missed(cancelled_by="office")]}, "appointments.0.status"),
    (
        {
            "excuses": [
                {"id": EXCUSE, "subject": "plan", "reason": "illness", "on": "2027-02-03", "accepted": True}
            ]
        },
        "excuses.0.decided_on",
    ),
    ({"appointments": [OFFER, _missed()]}, "appointments.1.id"),
]
EVERY = [
    *(("fact_in_future", *entry) for entry in FUTURE),
    *(("ends_before_start", *entry) for entry in BACKWARDS),
    *(("facts_contradict", *entry) for entry in AGAINST),
]


def _refused(facts: CaseFacts | OfficeFacts, on: date = ON) -> InvalidInput | None:
    try:
        refuse_impossible(facts, on, file="facts.json")
    except InvalidInput as refused:
        return refused
    return None


@pytest.mark.parametrize(("code", "recorded", "field"), EVERY, ids=[f"{c} {f}" for c, _, f in EVERY])
def test_what_cannot_be_is_refused_with_file_field_reason_and_remedy(
    code: str, recorded: dict[str, Any], field: str
) -> None:
    refused = _refused(CaseFacts.model_validate(person(**recorded)))

    assert refused is not None
    assert (refused.code, refused.params["file"], refused.params["field"]) == (code, "facts.json", field)
    assert refused.params["reason"]
    assert refused.params["remedy"]


@pytest.mark.parametrize(("code", "recorded", "field"), EVERY, ids=[f"{c} {f}" for c, _, f in EVERY])
def test_the_same_is_possible_once_the_day_has_come_or_the_mistake_is_gone(
    code: str, recorded: dict[str, Any], field: str
) -> None:
    refused = _refused(CaseFacts.model_validate(person(**recorded)), date(2027, 3, 2))

    assert (refused is None) == (code == "fact_in_future")


POSSIBLE: list[dict[str, Any]] = [
    {},
    {"values": [_YES, {**_NO, "disputed": True}]},
    {"values": [_YES, {**_NO, "superseded": True}]},
    {"values": [_YES, {**_NO, "valid_from": "2027-02-02", "recorded_on": "2027-02-02"}]},
    {"values": [_YES, {**_NO, "about": "child/1"}]},
    {"values": [_YES, {**_NO, "source": "office"}]},
    {"values": [value(1, "exam_date", "2027-06-01", "2027-02-01")]},
    {"appointments": [appointment("2027-04-01T09:00:00+02:00")]},
    {"pauses": [{"id": PAUSE, "reason": "care", "start": "2027-04-01", "until": "2027-05-01"}]},
    {"commitments": [office_promise(due="2027-09-01")]},
]


@pytest.mark.parametrize("recorded", POSSIBLE, ids=str)
def test_possible_facts_pass(recorded: dict[str, Any]) -> None:
    assert _refused(CaseFacts.model_validate(person(**recorded))) is None


def test_a_day_before_the_journey_may_be_asked_about() -> None:
    assert _refused(CaseFacts.model_validate(person()), date(2026, 11, 22)) is None


def test_what_is_known_of_made_up_lives_is_always_possible() -> None:
    for seed in (f"possible/{number}" for number in range(40)):
        whole = life(seed)
        for on in visits(seed, whole):
            assert _refused(CaseFacts.model_validate(known_by(whole, on)), on) is None, (seed, on)


def test_the_facts_of_an_office_are_looked_at_too() -> None:
    absent = {"worker": WORKER, "first": "2027-02-05", "last": "2027-02-04"}
    report = {"year": 2026, "due": "2027-01-31", "sent_on": LATER}
    task = {"id": TASK, "what": "call_back", "subject": "report", "opened_on": LATER, "answer_by": LATER}

    for recorded, field in (
        ({"absences": [absent]}, "absences.0.last"),
        ({"reports": [report]}, "reports.0.sent_on"),
        ({"tasks": [task]}, "tasks.0.opened_on"),
    ):
        refused = _refused(OfficeFacts.model_validate(office(**recorded)))
        assert refused is not None
        assert refused.params["field"] == field
