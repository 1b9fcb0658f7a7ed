"""What holds on a day, read from the JSON form of `CaseFacts`: consent, pauses, values, reasons."""

from datetime import date
from typing import Any

from tests.oracle import days

Facts = dict[str, Any]
Row = dict[str, Any]
BAMF_STOP = date(2026, 2, 9)


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


def rejected(facts: Facts, on: date) -> bool:
    """Asylum is finally rejected from that day on: nothing is asked of the person any more (A-40)."""
    return holds(facts, "residence_status", on) == "rejected"


def indexed(facts: Facts) -> Facts:
    """The same facts with their values sorted by code, for whoever asks often."""
    found: dict[tuple[str, str], list[Row]] = {}
    for entry in facts.get("values", ()):
        found.setdefault((entry["code"], entry.get("about") or ""), []).append(entry)
    return {**facts, "by_code": found}


def entries(facts: Facts, code: str, on: date, about: str = "") -> list[Row]:
    """What was recorded under a code and had begun by a day; an entry marked superseded never counts."""
    if "by_code" in facts:
        known = facts["by_code"].get((code, about), [])
    else:
        known = [v for v in facts.get("values", ()) if v["code"] == code and (v.get("about") or "") == about]
    return [v for v in known if not v.get("superseded") and by(v["valid_from"], on)]


def value(facts: Facts, code: str, on: date, about: str = "") -> Row | None:
    """The entry that held on a day: the latest valid one that was not superseded."""
    held = entries(facts, code, on, about)
    return max(held, key=lambda v: (v["valid_from"], v["seq"])) if held else None


def holds(facts: Facts, code: str, on: date, about: str = "") -> str | None:
    """The value of that entry."""
    entry = value(facts, code, on, about)
    return str(entry["value"]) if entry else None


def day_held(facts: Facts, code: str, on: date, about: str = "") -> date | None:
    """The day that stands in that entry."""
    return days.day_of(holds(facts, code, on, about))


def since(facts: Facts, code: str, on: date, wanted: str, about: str = "") -> date | None:
    """Since when a value holds, if it is the one wanted."""
    entry = value(facts, code, on, about)
    return date.fromisoformat(entry["valid_from"]) if entry and entry["value"] == wanted else None


def recorded_since(facts: Facts, code: str, on: date, first: date) -> bool:
    """True if an entry of the code, whatever its value, begins on or after a day."""
    return any(date.fromisoformat(v["valid_from"]) >= first for v in entries(facts, code, on))


def numbered(facts: Facts, kind: str) -> list[str]:
    """Each thing of a kind of which a journey may have several: `child/1`, `child/2`."""
    found = {v.get("about") or "" for v in facts.get("values", ())}
    return sorted(about for about in found if about.partition("/")[0] == kind)


RESTS_ON = {
    "entitlement": (
        "course_entitlement",
        "entitlement_explained",
        "course_place",
        "course_registered",
        "childcare",
        "child_under_three_until",
        "parents_wish",
    ),
    "absences": ("course_week",),
    "absence_share": ("course_week",),
    "spell": ("course_week",),
    "drop_out": ("course_dropped_out",),
    "exam": ("exam_date", "exam_told", "exam_registered"),
}
"""What a demand rests on, by its subject; all others rest on the interpreter's part at most."""


def disputed(facts: Facts, subject: str, on: date) -> bool:
    """True while a value that the demand rests on, and that holds on the day, is disputed (§ 84 (2) SGB X)."""
    codes = RESTS_ON.get(subject.partition("/")[0], ("interpreter",))
    return any((value(facts, code, on) or {}).get("disputed") for code in codes)


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


def excuse_accepted(facts: Facts, subject: str, on: date) -> bool:
    """A person accepted a reason for this subject."""
    return any(
        e["subject"] == subject and e.get("accepted") is True and by(e.get("decided_on"), on)
        for e in facts.get("excuses", ())
    )


def carried(facts: Facts, on: date) -> bool:
    """A duty, a claim or an admission carries the course; no admission from the BAMF stop on (A-25)."""
    entry = value(facts, "course_entitlement", on)
    if entry is None or entry["value"] == "none":
        return False
    return entry["value"] != "admission" or date.fromisoformat(entry["valid_from"]) < BAMF_STOP


def registered(facts: Facts, on: date) -> bool:
    """A registration is known, from any side (A-32)."""
    told = ("course_registered", "course_started", "course_ended")
    if any(holds(facts, code, on) == "yes" for code in told):
        return True
    return any(s["step"] == "course_registration" and by(s["on"], on) for s in facts.get("steps", ()))


def in_term(facts: Facts, on: date) -> bool:
    """The last day of the term is T0 + N months (§ 188 (2) BGB)."""
    return on <= days.add_months(date.fromisoformat(facts["t0"]), facts.get("term_months", 24))


def closed(facts: Facts, on: date) -> bool:
    """The journey was ended by a person."""
    return by(facts.get("closed_on"), on)


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
    """The last sign of life; else T0."""
    return max(date.fromisoformat(facts["t0"]), *signs_of_life(facts, on), date.min)


def signs_of_life(facts: Facts, on: date) -> list[date]:
    """The days of talks, contacts and kept appointments, and the end of an announced absence (A-17)."""
    signs = talk_days(facts, None, on)
    signs += [date.fromisoformat(c["on"]) for c in facts.get("contacts", ()) if c["kind"] != "attempt"]
    signs += [days.berlin_day(a["start"]) for a in facts.get("appointments", ()) if a["status"] == "kept"]
    announced = day_held(facts, "announced_absence_until", on)
    if announced is not None:
        signs.append(min(announced, on))
    return [sign for sign in signs if sign <= on]
