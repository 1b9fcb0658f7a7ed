"""The product's fold and the oracle's, written apart, make the same facts of the same events."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from domain import events
from domain.journey import begin, evolve
from tests.oracle import fold

Row = dict[str, Any]
START = datetime(2027, 1, 4, 7, tzinfo=UTC)
_FACT = 14


def _id(prefix: str, number: int = 1) -> str:
    return f"{prefix}_{number:032x}"


def _episode(stage: int = 1, rule: str = "FOE-05", outcome: str = "task") -> Row:
    return {
        "type": "decision_made",
        "rule": rule,
        "version": 1,
        "stage": stage,
        "outcome": outcome,
        "addressee": "case_worker",
        "subject": "commitment/com_1",
        "episode": "2027-02-01",
        "basis": ["plan"],
        "values": {"days": 5},
        "twin_open": False,
        "on": "2027-02-08",
    }


def _offer(number: int) -> Row:
    row = {
        "type": "appointment_offered",
        "appointment": _id("apt", number),
        "talk": "first_talk",
        "place": "office",
    }
    row |= {"start": "2027-01-20T09:00:00Z", "offered_on": "2027-01-05", "interpreter": "requested"}
    return {**row, "invited_in_language": True}


def _promise(number: int, side: str, twin: str | None = None) -> Row:
    row = {"type": "commitment_agreed", "commitment": _id("com", number), "side": side, "goal": "language"}
    return {**row, "due": "2027-02-01", "on": "2027-01-20", "twin": twin}


def _raised(level: int, because: str) -> Row:
    row = {
        "type": "escalation_raised",
        "escalation": _id("esc"),
        "rule": "FOE-05",
        "subject": "commitment/com_1",
    }
    row |= {"episode": "2027-02-01", "level": level, "on": "2027-02-15", "answer_by": "2027-03-01"}
    return {**row, "because": because}


def _planned(number: int) -> Row:
    row = {
        "type": "notice_planned",
        "notice": _id("not", number),
        "text": "ask",
        "matter": "offers",
        "channel": "email",
    }
    return {**row, "language": "de", "on": "2027-01-20", "send_at": "2027-01-21T08:00:00Z"}


def _task(number: int) -> Row:
    row = {"type": "task_opened", "task": _id("tsk", number), "what": "look", "subject": "offers"}
    return {**row, "addressee": "case_worker", "on": "2027-01-20", "answer_by": "2027-01-27"}


def _met() -> list[Row]:
    """Consent, appointments, talks, facts and reasons."""
    day = "2027-02-10"
    return [
        {"type": "consent_taken", "purpose": "casework", "outcome": "partly", "fields": ["language"]},
        _offer(1),
        _offer(2),
        _offer(3),
        {"type": "appointment_confirmed", "appointment": _id("apt")},
        {
            "type": "appointment_moved",
            "appointment": _id("apt"),
            "start": "2027-01-25T09:00:00Z",
            "offered_on": "2027-01-18",
            "by": "office",
        },
        {"type": "interpreter_set", "appointment": _id("apt"), "interpreter": "confirmed"},
        {"type": "appointment_kept", "appointment": _id("apt"), "on": "2027-01-25"},
        {"type": "appointment_missed", "appointment": _id("apt", 2), "on": "2027-01-20"},
        {
            "type": "appointment_cancelled",
            "appointment": _id("apt", 3),
            "by": "participant",
            "on": "2027-01-19",
        },
        {
            "type": "talk_held",
            "talk": _id("tlk"),
            "about": "first_talk",
            "on": day,
            "appointment": _id("apt"),
        },
        {"type": "step_done", "step": "integration_plan", "on": day},
        {"type": "fact_recorded", "code": "childcare", "value": "open", "recorded_on": day},
        {
            "type": "fact_recorded",
            "code": "child_group",
            "value": "school",
            "about": "child/2",
            "recorded_on": day,
        },
        {"type": "contact_recorded", "contact": "call", "on": day},
        {
            "type": "excuse_given",
            "excuse": _id("exc"),
            "subject": "entitlement",
            "reason": "illness",
            "on": day,
        },
        {"type": "excuse_decided", "excuse": _id("exc"), "accepted": True, "on": day},
    ]


def _agreed_and_decided() -> list[Row]:
    """Promises, pauses and what the rules make of them."""
    lifted = {
        "type": "episode_lifted",
        "rule": "FOE-05",
        "subject": "commitment/com_1",
        "episode": "2027-02-01",
    }
    day = "2027-02-10"
    return [
        _promise(1, "office"),
        _promise(2, "participant", twin=_id("com")),
        _promise(3, "participant"),
        {"type": "commitment_moved", "commitment": _id("com"), "due": "2027-02-20"},
        {"type": "commitment_kept", "commitment": _id("com"), "on": day},
        {"type": "commitment_released", "commitment": _id("com", 2), "reason": "other", "on": day},
        {"type": "paused", "pause": _id("pau"), "reason": "illness", "start": day, "until": "2027-03-01"},
        {"type": "resumed", "pause": _id("pau"), "ended_on": "2027-02-12"},
        _episode(),
        _episode(),
        _episode(stage=2, outcome="escalate"),
        _raised(1, "stage"),
        {
            "type": "escalation_answered",
            "escalation": _id("esc"),
            "answer": "extend",
            "on": day,
            "until": "2027-03-05",
        },
        _raised(2, "unanswered"),
        {
            "type": "escalation_answered",
            "escalation": _id("esc"),
            "answer": "close",
            "on": day,
            "until": None,
        },
        {"type": "escalation_closed", "escalation": _id("esc"), "reason": "cause_gone", "on": "2027-03-06"},
        lifted,
    ]


def _tasks_and_ends() -> list[Row]:
    """Tasks, notices, and the end of a journey."""
    day = "2027-02-10"
    return [
        _task(1),
        _task(2),
        {"type": "task_closed", "task": _id("tsk"), "reason": "cause_gone", "on": day},
        {"type": "task_completed", "task": _id("tsk", 2), "on": day},
        _planned(1),
        _planned(2),
        {"type": "notice_lapsed", "notice": _id("not"), "reason": "paused", "on": day},
        {"type": "notice_settled", "notice": _id("not", 2), "outcome": "sent", "reason": "ok", "on": day},
        {"type": "judgement_withheld", "reason": "disagreement", "facts_sha256": "0" * 64, "on": day},
        {"type": "book_pinned", "book": None, "on": day},
        {"type": "case_worker_assigned", "case_worker": _id("usr", 7)},
        {
            "type": "case_worker_assigned",
            "case_worker": _id("usr", 7),
            "substitute": _id("usr", 8),
            "on": day,
        },
        {"type": "journey_closed", "reason": "moved_away", "on": day},
        {"type": "follow_up_recorded", "on": day},
        {"type": "journey_reopened", "on": day},
    ]


def _turned() -> list[Row]:
    """The turns of life that people bring about; `_FACT` is the number of the first recorded value."""
    day = "2027-02-10"
    asked = {"type": "hand_over_offered", "to_office": "off_beispielheim", "to_ags": "08115045", "on": day}
    doubt = {"fact": _FACT, "code": "childcare", "on": day}
    return [
        *({**asked, "hand_over": _id("hov", number)} for number in range(1, 5)),
        {"type": "hand_over_withdrawn", "hand_over": _id("hov"), "on": day},
        {"type": "hand_over_lapsed", "hand_over": _id("hov", 2), "on": day},
        _answered(3, accepted=False),
        {**_answered(4, accepted=True), "continued_as": _id("jrn", 9)},
        {"type": "pause_reviewed", "pause": _id("pau"), "on": day, "until": "2027-04-01"},
        {"type": "household_linked", "household": _id("hhd"), "relation": "adult", "on": day},
        {"type": "household_left", "household": _id("hhd"), "on": day},
        {"type": "address_blocked", "on": day},
        {"type": "address_unblocked", "on": day},
        {"type": "term_extended", "months": 36, "reason": "illness", "on": day},
        {"type": "duplicate_absorbed", "duplicate": _id("jrn", 8), "on": day},
        {"type": "fact_disputed", **doubt, "by": "participant"},
        {"type": "dispute_settled", **doubt, "upheld": True},
        {"type": "fact_withdrawn", **doubt, "reason": "mistake"},
        _corrected(2, "kept"),
        _corrected(3, "offered"),
    ]


def _answered(number: int, *, accepted: bool) -> Row:
    row = {"type": "hand_over_answered", "hand_over": _id("hov", number), "on": "2027-02-10"}
    return {**row, "accepted": accepted, "reason": "no_capacity"}


def _corrected(number: int, status: str) -> Row:
    row = {"type": "appointment_corrected", "appointment": _id("apt", number), "status": status}
    return {**row, "reason": "mistake", "on": "2027-02-10"}


def _planned_anew() -> list[Row]:
    """Steps, offers, another programme, and what follows from time and from late news."""
    day = "2027-02-10"
    matter = {"rule": "FOE-04", "subject": "plan", "episode": "2027-01-01", "stage": 1, "on": day}
    return [
        {"type": "step_chosen", "step": "housing_plan", "on": day},
        {"type": "step_chosen", "step": "internship", "on": day},
        {"type": "step_dropped", "step": "housing_plan", "on": day},
        {"type": "offer_presented", "offer": _id("ofr"), "offer_kind": "club", "on": day},
        {"type": "offer_settled", "offer": _id("ofr"), "outcome": "declined", "on": day},
        {"type": "programme_moved", "programme": "p2026_1", "on": day},
        {"type": "consent_lapsed", "purpose": "casework", "on": day},
        {"type": "matter_taken_over", **matter},
        {"type": "outcome_withdrawn", **matter, "said_on": "2027-02-01", "because": _FACT},
        {"type": "journey_merged", "into": _id("jrn", 7), "on": day},
    ]


def _bodies() -> list[Row]:
    """Every type of event at least once, and those that answer an earlier one after it."""
    return [*_met(), *_agreed_and_decided(), *_tasks_and_ends(), *_turned(), *_planned_anew()]


def _events() -> list[events.Event]:
    started = {"type": "journey_started", "ags": "08111000", "t0": "2027-01-01", "opened_on": "2027-01-04"}
    started |= {"programme": "p2026_0", "term_months": 24, "language": "uk", "case_worker": _id("usr")}
    started |= _brought_along()
    made = []
    for number, body in enumerate([started, *_bodies()]):
        envelope = {"seq": number + 1, "recorded_at": START + timedelta(days=number), "body": body}
        dated = {"valid_from": "2027-01-20"} if body["type"] in ("consent_taken", "fact_recorded") else {}
        made.append(events.Event.model_validate({**envelope, **dated}))
    return made


def _brought_along() -> Row:
    child = {"code": "child_place", "value": "no", "valid_from": "2026-11-01", "about": "child/1"}
    answer = {"purpose": "email", "outcome": "given", "on": "2026-11-01", "by": "parents"}
    return {
        "continues": _id("jrn", 5),
        "taken_over_on": "2027-01-04",
        "first_review_on": "2027-01-20",
        "address_blocked_on": "2027-01-02",
        "of_age_on": "2027-03-01",
        "steps_before": ["first_contact"],
        "known": [child],
        "consents": [answer],
        "last_contact_on": "2026-12-20",
    }


def test_both_folds_agree_after_every_event() -> None:
    first, *rest = _events()
    state = begin("off_test", _id("jrn"), first)
    ours = fold.facts_after(_id("jrn"), [first.model_dump(mode="json")])

    for event in rest:
        state = evolve(state, event)
        fold.add(ours, event.model_dump(mode="json"))
        assert _like(ours, state.facts.model_dump(mode="json")) == ours, event.body.type


def _like(ours: Any, theirs: Any) -> Any:
    """Their facts, cut to the fields that the oracle needs; a missing or added row stays visible."""
    if isinstance(ours, dict):
        return {key: _like(value, theirs[key]) for key, value in ours.items()}
    if isinstance(ours, list) and len(ours) == len(theirs):
        return [_like(mine, other) for mine, other in zip(ours, theirs, strict=True)]
    return theirs


def test_every_type_of_event_was_folded() -> None:
    every = {body.model_fields["type"].default for body in get_args(get_args(events.EventBody)[0])}

    assert {event.body.type for event in _events()} == every


def test_a_fact_that_supersedes_another_takes_its_place_in_both() -> None:
    first, *rest = _events()
    fact = next(event for event in rest if event.body.type == "fact_recorded")
    again = fact.model_copy(update={"seq": fact.seq + 1, "supersedes": fact.seq})
    story = [*rest[: rest.index(fact) + 1], again]

    state = begin("off_test", _id("jrn"), first)
    for event in story:
        state = evolve(state, event)
    ours = fold.facts_after(_id("jrn"), [event.model_dump(mode="json") for event in (first, *story)])

    assert [v["superseded"] for v in ours["values"]] == [v.superseded for v in state.facts.values]
    assert any(v["superseded"] for v in ours["values"])
