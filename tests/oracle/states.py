"""What holds on a day, read from the JSON form of `CaseFacts`: consent, pauses, values, reasons."""

from datetime import date
from typing import Any

from tests.oracle import days

Facts = dict[str, Any]
Row = dict[str, Any]


def consented(facts: Facts, on: date) -> bool:
    """Casework consent given or partly given, by the latest answer up to that day."""
    return allowed(facts, "casework", on)


def allowed(facts: Facts, purpose: str, on: date) -> bool:
    """True if the latest answer to a purpose, up to that day, was given or partly."""
    answers = [c for c in facts.get("consents", ()) if c["purpose"] == purpose and by(c["on"], on)]
    return bool(answers) and max(enumerate(answers), key=lambda e: (e[1]["on"], e[0]))[1]["outcome"] in (
        "given",
        "partly",
    )


def paused(facts: Facts, on: date) -> bool:
    """From the first to the last day of a pause, both included (A-11)."""
    return any(
        by(p["start"], on) and (p.get("ended_on") is None or date.fromisoformat(p["ended_on"]) >= on)
        for p in facts.get("pauses", ())
    )


def value(facts: Facts, code: str, on: date) -> Row | None:
    """The entry that held on a day: the latest valid one that was not superseded."""
    held = [
        v
        for v in facts.get("values", ())
        if v["code"] == code and not v.get("superseded") and by(v["valid_from"], on)
    ]
    return max(held, key=lambda v: (v["valid_from"], v["seq"])) if held else None


def holds(facts: Facts, code: str, on: date) -> str | None:
    """The value of that entry."""
    entry = value(facts, code, on)
    return str(entry["value"]) if entry else None


def excuse_open(facts: Facts, subject: str, on: date) -> bool:
    """From the day a reason is given until a person decides (A-37)."""
    return any(
        e["subject"] == subject and by(e["on"], on) and not by(e.get("decided_on"), on)
        for e in facts.get("excuses", ())
    )


def excused(facts: Facts, subject: str, since: date, on: date) -> bool:
    """An accepted reason that covers the time since the due date settles its subject (A-05, A-37)."""
    return any(
        e["subject"] == subject
        and e.get("accepted") is True
        and since <= date.fromisoformat(e["decided_on"]) <= on
        for e in facts.get("excuses", ())
    )


def understood(facts: Facts, appointment: Row, on: date) -> bool:
    """Interpreting is in order: it did not fail, and where it is needed it was not left out."""
    if appointment["interpreter"] == "failed":
        return False
    return appointment["interpreter"] != "not_needed" or holds(facts, "interpreter", on) != "needed"


def childcare_settled(facts: Facts, on: date) -> bool:
    """FOE-10 as a twin: not recorded as open; under three only if secured and wished (A-31)."""
    care, until = holds(facts, "childcare", on), holds(facts, "child_under_three_until", on)
    if until is not None and date.fromisoformat(until) >= on:
        return care in ("covered", "not_needed") and holds(facts, "parents_wish", on) == "yes"
    return care != "open"


def by(text: str | None, on: date) -> bool:
    """True if there is such a day and it has come."""
    return text is not None and date.fromisoformat(text) <= on


def by_yesterday(text: str | None, on: date) -> bool:
    """True if there is no such day, or it is over."""
    return text is None or date.fromisoformat(text) < on


def talk_days(facts: Facts, kind: str | None, on: date) -> list[date]:
    """The days of the talks held, of one kind or of any."""
    held = (t for t in facts.get("talks", ()) if kind is None or t["talk"] == kind)
    return [date.fromisoformat(t["on"]) for t in held if by(t["on"], on)]


def promises(facts: Facts, side: str, on: date) -> list[Row]:
    """The promises of one side that are agreed and neither kept nor released on a day."""
    return [
        c
        for c in facts.get("commitments", ())
        if c["side"] == side
        and by(c["agreed_on"], on)
        and not by(c.get("kept_on"), on)
        and not by(c.get("released_on"), on)
    ]


def last_sign_of_life(facts: Facts, on: date) -> date:
    """The last talk, contact or kept appointment, or the end of an announced absence; else T0."""
    signs = [date.fromisoformat(facts["t0"]), *talk_days(facts, None, on)]
    signs += [date.fromisoformat(c["on"]) for c in facts.get("contacts", ()) if c["kind"] != "attempt"]
    signs += [days.berlin_day(a["start"]) for a in facts.get("appointments", ()) if a["status"] == "kept"]
    announced = holds(facts, "announced_absence_until", on)
    if announced is not None:
        signs.append(min(date.fromisoformat(announced), on))
    return max(sign for sign in signs if sign <= on)
