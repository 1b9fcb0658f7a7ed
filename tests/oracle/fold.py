"""Facts from events, once more and independently: the oracle does not trust the product's own fold.

Events and facts are the JSON forms of `domain.events.Event` and `domain.facts.CaseFacts`.
"""

from collections.abc import Iterable
from typing import Any

from tests.oracle import days, fold_turns

Row = dict[str, Any]
Facts = dict[str, Any]
LISTS = (
    "consents",
    "appointments",
    "talks",
    "steps",
    "values",
    "contacts",
    "excuses",
    "commitments",
    "pauses",
    "spoken",
    "matters",
    "tasks",
    "notices",
    *fold_turns.LISTS,
)


def empty(journey: str) -> Facts:
    """A journey of which nothing is known yet."""
    unknown = dict.fromkeys(("closed_on", "closed_reason", *fold_turns.EMPTY))
    return {"journey": journey, **unknown, **{name: [] for name in LISTS}}


def facts_after(journey: str, events: Iterable[Row]) -> Facts:
    """The facts after these events, in their order."""
    facts = empty(journey)
    for event in events:
        add(facts, event)
    return facts


def add(facts: Facts, event: Row) -> None:
    """Change the facts by one event."""
    body = event["body"]
    kind = body["type"]
    if kind == "journey_started":
        _start(facts, event, body)
    elif kind in NEW_ROWS:
        name, row = NEW_ROWS[kind](event, body)
        facts[name].append(row)
    elif kind in CHANGES:
        name, key, change = CHANGES[kind]
        for row in facts[name]:
            if row["id"] == body[key]:
                row.update(change(body))
    elif not fold_turns.turn(facts, body):
        _rest(facts, event, body)


def _start(facts: Facts, event: Row, body: Row) -> None:
    for name in ("ags", "t0", "opened_on", "programme", "term_months", "language", "case_worker"):
        facts[name] = body[name]
    facts.update(substitute=body.get("substitute"), assigned_on=None)
    for code in ("interpreter", "email_address", "reading"):
        known = {"recorded_on": body["opened_on"], "valid_from": body["t0"], "source": "start"}
        facts["values"].append(_value(event["seq"], code, body[code], known))

    def add_value(*told: str) -> None:
        code, value, since, about, source = told
        rest = {"recorded_on": body["opened_on"], "valid_from": since, "about": about, "source": source}
        facts["values"].append(_value(event["seq"], code, value, rest))

    fold_turns.brought_along(facts, body, add_value)


def _value(seq: int, code: str, value: str, rest: Row) -> Row:
    return {"seq": seq, "code": code, "value": value, "superseded": False, "disputed": False, **rest}


def _consent(event: Row, body: Row) -> tuple[str, Row]:
    on = event.get("valid_from") or days.berlin_day(event["recorded_at"]).isoformat()
    return "consents", {**_picked(body, "purpose", "outcome", "fields"), "on": on}


def _offer(_: Row, body: Row) -> tuple[str, Row]:
    row = _picked(body, "talk", "start", "offered_on", "interpreter", "invited_in_language")
    rest = {"id": body["appointment"], "status": "offered", "cancelled_by": None, "settled_on": None}
    return "appointments", {**row, **rest}


def _talk(_: Row, body: Row) -> tuple[str, Row]:
    row = {
        "id": body["talk"],
        "talk": body["about"],
        "on": body["on"],
        "appointment": body.get("appointment"),
    }
    return "talks", row


def _excuse(_: Row, body: Row) -> tuple[str, Row]:
    row = _picked(body, "subject", "reason", "on")
    return "excuses", {"id": body["excuse"], **row, "decided_on": None, "accepted": None}


def _promise(_: Row, body: Row) -> tuple[str, Row]:
    row = {"id": body["commitment"], "agreed_on": body["on"], "twin": body.get("twin")}
    open_ = {"kept_on": None, "released_on": None, "open_reported_on": None}
    return "commitments", {**row, **_picked(body, "side", "goal", "due"), **open_}


def _pause(_: Row, body: Row) -> tuple[str, Row]:
    row = _picked(body, "reason", "start")
    return "pauses", {"id": body["pause"], **row, "until": body.get("until"), "ended_on": None}


def _task(_: Row, body: Row) -> tuple[str, Row]:
    row = {"id": body["task"], "opened_on": body["on"], "rule": body.get("rule"), "closed_on": None}
    return "tasks", {**row, **_picked(body, "what", "subject", "answer_by")}


def _notice(_: Row, body: Row) -> tuple[str, Row]:
    row = {
        "id": body["notice"],
        "planned_on": body["on"],
        "rule": body.get("rule"),
        "stage": body.get("stage", 0),
    }
    rest = {"state": "planned", "settled_on": None}
    return "notices", {**row, **_picked(body, "text", "matter", "channel", "send_at"), **rest}


def _picked(body: Row, *names: str) -> Row:
    return {name: body[name] for name in names}


def _of_day(name: str, *names: str) -> Any:
    return lambda _, body: (name, _picked(body, *names))


def _answer(body: Row) -> Row:
    return (
        {"closed_on": body["on"]}
        if body["answer"] in ("close", "excuse")
        else {"silent_until": body.get("until")}
    )


NEW_ROWS: dict[str, Any] = {
    "consent_taken": _consent,
    "appointment_offered": _offer,
    "talk_held": _talk,
    "step_done": _of_day("steps", "step", "on"),
    "follow_up_recorded": lambda _, body: ("steps", {"step": "follow_up", "on": body["on"]}),
    "contact_recorded": lambda _, body: ("contacts", {"kind": body["contact"], "on": body["on"]}),
    "excuse_given": _excuse,
    "commitment_agreed": _promise,
    "paused": _pause,
    "task_opened": _task,
    "notice_planned": _notice,
}
CHANGES: dict[str, Any] = {
    "appointment_confirmed": ("appointments", "appointment", lambda _: {"status": "confirmed"}),
    "appointment_moved": (
        "appointments",
        "appointment",
        lambda b: {"status": "offered", "start": b["start"], "offered_on": b["offered_on"]},
    ),
    "appointment_cancelled": (
        "appointments",
        "appointment",
        lambda b: {"status": "cancelled", "cancelled_by": b["by"], "settled_on": b["on"]},
    ),
    "appointment_kept": ("appointments", "appointment", lambda b: {"status": "kept", "settled_on": b["on"]}),
    "appointment_missed": (
        "appointments",
        "appointment",
        lambda b: {"status": "missed", "settled_on": b["on"]},
    ),
    "interpreter_set": ("appointments", "appointment", lambda b: {"interpreter": b["interpreter"]}),
    "excuse_decided": ("excuses", "excuse", lambda b: {"decided_on": b["on"], "accepted": b["accepted"]}),
    "commitment_kept": ("commitments", "commitment", lambda b: {"kept_on": b["on"]}),
    "commitment_released": ("commitments", "commitment", lambda b: {"released_on": b["on"]}),
    "commitment_moved": ("commitments", "commitment", lambda b: {"due": b["due"]}),
    "resumed": ("pauses", "pause", lambda b: {"ended_on": b["ended_on"]}),
    "task_completed": ("tasks", "task", lambda b: {"closed_on": b["on"], "completed_on": b["on"]}),
    "task_closed": ("tasks", "task", lambda b: {"closed_on": b["on"]}),
    "notice_lapsed": ("notices", "notice", lambda b: {"state": "lapsed", "settled_on": b["on"]}),
    "notice_settled": ("notices", "notice", lambda b: {"state": b["outcome"], "settled_on": b["on"]}),
    "escalation_closed": ("matters", "escalation", lambda b: {"closed_on": b["on"]}),
    "escalation_answered": ("matters", "escalation", _answer),
}


def _rest(facts: Facts, event: Row, body: Row) -> None:
    kind = body["type"]
    if kind == "fact_recorded":
        for row in facts["values"]:
            same = (row["code"], row.get("about") or "") == (body["code"], body.get("about", ""))
            row["superseded"] |= same and row["seq"] == event.get("supersedes")
        since = event.get("valid_from") or body["recorded_on"]
        rest = {
            "valid_from": since,
            "recorded_on": body["recorded_on"],
            "source": event.get("source", "office"),
            "about": body.get("about", ""),
        }
        facts["values"].append(_value(event["seq"], body["code"], body["value"], rest))
    elif kind == "journey_closed":
        facts.update(closed_on=body["on"], closed_reason=body["reason"])
    elif kind == "journey_reopened":
        facts.update(closed_on=None, closed_reason=None)
    elif kind == "case_worker_assigned":
        facts.update(case_worker=body["case_worker"], substitute=body.get("substitute"))
        facts["assigned_on"] = body.get("on") or facts["assigned_on"]
    elif kind == "decision_made":
        row = _picked(body, "rule", "subject", "episode", "stage", "on")
        facts["spoken"] += [row] if row not in facts["spoken"] else []
    elif kind == "episode_lifted":
        gone = _picked(body, "rule", "subject", "episode")
        facts["spoken"] = [s for s in facts["spoken"] if any(s[key] != gone[key] for key in gone)]
    elif kind == "escalation_raised":
        row = _picked(body, "rule", "subject", "episode", "level", "answer_by")
        row |= {"id": body["escalation"], "raised_on": body["on"], "silent_until": None, "closed_on": None}
        facts["matters"] = [m for m in facts["matters"] if m["id"] != row["id"]] + [row]
    elif kind not in ("judgement_withheld", "book_pinned"):
        raise AssertionError(kind)
