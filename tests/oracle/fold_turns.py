"""How the turns of life change the facts, once more and independently: moves, households, protection, doubt."""

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
Facts = dict[str, Any]
LISTS = ("hand_overs", "households", "offers", "chosen_steps", "chosen_on", "duplicates")
EMPTY = ("merged_into", "address_blocked_on", "continues", "taken_over_on", "first_review_on")
OPEN = ("offered", "confirmed")


def turn(facts: Facts, body: Row) -> bool:
    """Change the facts by a turn of life; False if the event is none."""
    change = TURNS.get(body["type"])
    if change is None:
        return False
    change(facts, body)
    return True


def brought_along(facts: Facts, body: Row, add_value: Callable[[str, str, str, str, str], None]) -> None:
    """What a journey that was led before knows from its first event on."""
    for name in ("continues", "taken_over_on", "first_review_on", "address_blocked_on"):
        facts[name] = body.get(name)
    if body.get("of_age_on"):
        add_value("of_age_on", body["of_age_on"], body["t0"], "", "start")
    for known in body.get("known", ()):
        add_value(known["code"], known["value"], known["valid_from"], known["about"], "take_over")
    on = body.get("taken_over_on") or body["t0"]
    for step in body.get("steps_before", ()):
        facts["steps"].append({"step": step, "on": on, "before_take_over": True})
    for answer in body.get("consents", ()):
        facts["consents"].append({key: answer[key] for key in ("purpose", "outcome", "on", "by")})
    if body.get("last_contact_on"):
        facts["contacts"].append({"kind": "visit", "on": body["last_contact_on"]})


def _offered(facts: Facts, body: Row) -> None:
    row = {"id": body["hand_over"], "to_office": body["to_office"], "to_ags": body["to_ags"]}
    rest = {"state": "open", "reason": None, "continued_as": None, "settled_on": None}
    facts["hand_overs"].append({**row, "offered_on": body["on"], **rest})


def _hand_over_ends(state: str) -> Callable[[Facts, Row], None]:
    def change(facts: Facts, body: Row) -> None:
        for row in facts["hand_overs"]:
            if row["id"] == body["hand_over"]:
                row.update(state=state, settled_on=body["on"])

    return change


def _answered(facts: Facts, body: Row) -> None:
    for row in facts["hand_overs"]:
        if row["id"] == body["hand_over"]:
            row["settled_on"] = body["on"]
            if body["accepted"]:
                row.update(state="accepted", continued_as=body["continued_as"])
            else:
                row.update(state="returned", reason=body["reason"])


def _reviewed(facts: Facts, body: Row) -> None:
    for row in facts["pauses"]:
        if row["id"] == body["pause"]:
            row.update(reviewed_on=body["on"], until=body["until"])


def _household(facts: Facts, body: Row) -> None:
    row = {"id": body["household"], "relation": body["relation"], "since": body["on"], "left_on": None}
    facts["households"].append(row)


def _left(facts: Facts, body: Row) -> None:
    for row in facts["households"]:
        if row["id"] == body["household"] and row["left_on"] is None:
            row["left_on"] = body["on"]


def _set(**fields: str) -> Callable[[Facts, Row], None]:
    return lambda facts, body: facts.update({key: body.get(name) for key, name in fields.items()})


def _absorbed(facts: Facts, body: Row) -> None:
    facts["duplicates"].append(body["duplicate"])


def _corrected(facts: Facts, body: Row) -> None:
    for row in facts["appointments"]:
        if row["id"] == body["appointment"]:
            row.update(status=body["status"], cancelled_by=None)
            if body["status"] in OPEN:
                row["settled_on"] = None


def _value(change: Callable[[Row, Row], None]) -> Callable[[Facts, Row], None]:
    def apply(facts: Facts, body: Row) -> None:
        for row in facts["values"]:
            names = (row["seq"], row["code"], row.get("about") or "")
            if names == (body["fact"], body["code"], body.get("about") or ""):
                change(row, body)

    return apply


def _settled(row: Row, body: Row) -> None:
    row.update(disputed=False, superseded=not body["upheld"])


def _chosen(facts: Facts, body: Row) -> None:
    facts["chosen_steps"].append(body["step"])
    facts["chosen_on"].append(body["on"])


def _dropped(facts: Facts, body: Row) -> None:
    at = facts["chosen_steps"].index(body["step"])
    del facts["chosen_steps"][at], facts["chosen_on"][at]


def _presented(facts: Facts, body: Row) -> None:
    row = {"id": body["offer"], "kind": body["offer_kind"], "offered_on": body["on"]}
    facts["offers"].append({**row, "outcome": None, "settled_on": None})


def _offer_settled(facts: Facts, body: Row) -> None:
    for row in facts["offers"]:
        if row["id"] == body["offer"] and row["outcome"] is None:
            row.update(outcome=body["outcome"], settled_on=body["on"])


def _lapsed(facts: Facts, body: Row) -> None:
    row = {"purpose": body["purpose"], "outcome": "lapsed", "fields": [], "on": body["on"], "by": "parents"}
    facts["consents"].append(row)


def _taken_over(facts: Facts, body: Row) -> None:
    facts["spoken"].append({key: body[key] for key in ("rule", "subject", "episode", "stage", "on")})


TURNS: dict[str, Callable[[Facts, Row], None]] = {
    "hand_over_offered": _offered,
    "hand_over_answered": _answered,
    "hand_over_withdrawn": _hand_over_ends("withdrawn"),
    "hand_over_lapsed": _hand_over_ends("lapsed"),
    "pause_reviewed": _reviewed,
    "household_linked": _household,
    "household_left": _left,
    "address_blocked": _set(address_blocked_on="on"),
    "address_unblocked": _set(address_blocked_on=""),
    "term_extended": _set(term_months="months"),
    "journey_merged": _set(merged_into="into"),
    "duplicate_absorbed": _absorbed,
    "appointment_corrected": _corrected,
    "fact_withdrawn": _value(lambda row, _: row.update(superseded=True)),
    "fact_disputed": _value(lambda row, _: row.update(disputed=True)),
    "dispute_settled": _value(_settled),
    "step_chosen": _chosen,
    "step_dropped": _dropped,
    "offer_presented": _presented,
    "offer_settled": _offer_settled,
    "programme_moved": _set(programme="programme"),
    "consent_lapsed": _lapsed,
    "outcome_withdrawn": lambda _facts, _body: None,
    "matter_taken_over": _taken_over,
}
