"""Which stages act on a day, for nine rules, as the definitions, the rule table and the design say.

Thresholds are literals here, by intent: this model must not learn them from the rule base that it examines.
Facts are the JSON form of `CaseFacts`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.oracle import days

Facts = dict[str, Any]
Row = dict[str, Any]
Act = tuple[str, str, int, str, str]
"""Rule, subject, stage, outcome, addressee."""
Episode = tuple[str, str, date]
"""Rule, subject, the day that names the episode."""

TASK = ("task", "case_worker")
REMIND = ("remind", "participant")
LEAD = ("escalate", "lead")
HEAD = ("escalate", "head")
PROPOSE_PAUSE = ("propose_pause", "case_worker")

MARKS: dict[str, tuple[int, ...]] = {
    "FOE-02": (21, 28),
    "FOE-04": (70, 84, 98),
    "FOE-05": (5, 10),
    "FOE-10": (14,),
    "FOE-14": (0, 14, 30),
    "MIT-01": (2,),
    "MIT-02": (14, 21, 35),
    "MIT-08": (3, 10, 21),
    "MIT-10": (30, 45, 60),
}
"""Units: working days for FOE-05 and MIT-01, days for all others; FOE-14 counts them after its six months."""
OUTCOMES: dict[str, tuple[tuple[tuple[str, str], ...], ...]] = {
    "FOE-02": ((TASK,), (LEAD,)),
    "FOE-04": ((TASK,), (LEAD,), (HEAD,)),
    "FOE-05": ((TASK,), (LEAD,)),
    "FOE-10": ((TASK,),),
    "FOE-14": ((TASK,), (LEAD,), (HEAD,)),
    "MIT-01": ((REMIND,),),
    "MIT-02": ((REMIND,), (TASK,), (LEAD,)),
    "MIT-08": ((REMIND,), (REMIND, TASK), (TASK,)),
    "MIT-10": ((TASK,), (LEAD,), (PROPOSE_PAUSE,)),
}


@dataclass(frozen=True)
class Ladder:
    """One rule for one subject: since when it counts, which days count, whether it may speak on the day."""

    rule: str
    subject: str
    episode: date
    since: date
    counts: Callable[[date], bool]
    alive: bool
    speaks: bool
    first: int = 0
    """Counted days before the marks begin (FOE-14: the days of six months)."""


def acts(facts: Facts, on: date) -> set[Act]:
    """What acts on a day: for each rule and subject at most one stage, with all its outcomes."""
    return {act for act, _ in acts_with_episode(facts, on)}


def acts_with_episode(facts: Facts, on: date) -> set[tuple[Act, date]]:
    """As `acts`, each with the day that names its episode."""
    found = set()
    for ladder in ladders(facts, on):
        stage = _stage(ladder, facts, on)
        for outcome, addressee in OUTCOMES[ladder.rule][stage - 1] if stage else ():
            found.add(((ladder.rule, ladder.subject, stage, outcome, addressee), ladder.episode))
    return found


def lifted(facts: Facts, on: date) -> set[Episode]:
    """Episodes that spoke and whose cause is gone on a day; a shut gate or a pause lifts nothing."""
    if _closed(facts, on):
        return set()
    alive = {(one.rule, one.subject, one.episode) for one in ladders(facts, on) if one.alive}
    spoken = {(s["rule"], s["subject"], date.fromisoformat(s["episode"])) for s in facts.get("spoken", ())}
    return spoken - alive


def _stage(ladder: Ladder, facts: Facts, on: date) -> int:
    """The stage that acts, from 1, or 0: the lowest silent one, if its mark and its distance are reached."""
    if not (ladder.alive and ladder.speaks) or on <= ladder.since:
        return 0
    spoke = {
        s["stage"]: date.fromisoformat(s["on"])
        for s in facts.get("spoken", ())
        if (s["rule"], s["subject"], s["episode"])
        == (ladder.rule, ladder.subject, ladder.episode.isoformat())
    }
    marks = MARKS[ladder.rule]
    stage = next((n for n in range(1, len(marks) + 1) if n not in spoke), 0)
    if not stage or on in spoke.values():
        return 0
    mark = ladder.first + marks[stage - 1]
    if (on - ladder.since).days < mark or days.count(ladder.since, on, ladder.counts) < mark:
        return 0
    if stage > 1:
        distance = marks[stage - 1] - marks[stage - 2]
        return stage if days.count(spoke[stage - 1], on, ladder.counts) >= distance else 0
    return stage


def ladders(facts: Facts, on: date) -> Iterator[Ladder]:
    """Every rule and subject that the facts name; nothing at all for a closed journey."""
    if _closed(facts, on):
        return
    yield _offers(facts, on)
    yield _plan(facts, on)
    yield from _childcare(facts, on)
    yield _review(facts, on)
    yield _contact(facts, on)
    yield from _no_shows(facts, on)
    yield from _registration(facts, on)
    yield from _office_promises(facts, on)
    yield from _own_steps(facts, on)


def _closed(facts: Facts, on: date) -> bool:
    closed = days.day_of(facts.get("closed_on"))
    return closed is not None and closed <= on


# --- states of a day -------------------------------------------------------------------------------------


def consented(facts: Facts, on: date) -> bool:
    """Casework consent given or partly given, by the latest answer up to that day."""
    return allowed(facts, "casework", on)


def allowed(facts: Facts, purpose: str, on: date) -> bool:
    """True if the latest answer to a purpose, up to that day, was given or partly."""
    answers = [c for c in facts.get("consents", ()) if c["purpose"] == purpose and _by(c["on"], on)]
    return bool(answers) and max(enumerate(answers), key=lambda e: (e[1]["on"], e[0]))[1]["outcome"] in (
        "given",
        "partly",
    )


def paused(facts: Facts, on: date) -> bool:
    """From the first to the last day of a pause, both included (A-11)."""
    return any(
        _by(p["start"], on) and (p.get("ended_on") is None or date.fromisoformat(p["ended_on"]) >= on)
        for p in facts.get("pauses", ())
    )


def value(facts: Facts, code: str, on: date) -> Row | None:
    """The entry that held on a day: the latest valid one that was not superseded."""
    held = [
        v
        for v in facts.get("values", ())
        if v["code"] == code and not v.get("superseded") and _by(v["valid_from"], on)
    ]
    return max(held, key=lambda v: (v["valid_from"], v["seq"])) if held else None


def holds(facts: Facts, code: str, on: date) -> str | None:
    """The value of that entry."""
    entry = value(facts, code, on)
    return str(entry["value"]) if entry else None


def excuse_open(facts: Facts, subject: str, on: date) -> bool:
    """From the day a reason is given until a person decides (A-37)."""
    return any(
        e["subject"] == subject and _by(e["on"], on) and not _by(e.get("decided_on"), on)
        for e in facts.get("excuses", ())
    )


def excused(facts: Facts, subject: str, on: date) -> bool:
    """An accepted reason settles its subject (A-05, A-37)."""
    return any(
        e["subject"] == subject and e.get("accepted") is True and _by(e.get("decided_on"), on)
        for e in facts.get("excuses", ())
    )


def understood(facts: Facts, appointment: Row, on: date) -> bool:
    """Interpreting is in order: it did not fail, and where it is needed it was not left out."""
    if appointment["interpreter"] == "failed":
        return False
    return appointment["interpreter"] != "not_needed" or holds(facts, "interpreter", on) != "needed"


def childcare_settled(facts: Facts, on: date) -> bool:
    """FOE-10 as a twin: settled as recorded, and under three only with the parents' wish (A-31)."""
    until = holds(facts, "child_under_three_until", on)
    if until is not None and date.fromisoformat(until) >= on and holds(facts, "parents_wish", on) != "yes":
        return False
    return holds(facts, "childcare", on) in ("covered", "not_needed")


def _by(text: str | None, on: date) -> bool:
    return text is not None and date.fromisoformat(text) <= on


def _talk_days(facts: Facts, kind: str | None, on: date) -> list[date]:
    held = (t for t in facts.get("talks", ()) if kind is None or t["talk"] == kind)
    return [date.fromisoformat(t["on"]) for t in held if _by(t["on"], on)]


def _net(facts: Facts) -> Callable[[date], bool]:
    return lambda day: not paused(facts, day)


def _always(_day: date) -> bool:
    return True


def _demand(
    facts: Facts, subject: str, twin: Callable[[date], bool], *, working: bool = False
) -> Callable[[date], bool]:
    """The days of a demand: the person could act, so they count and it may speak (A-09, A-11, A-37)."""

    def counts(day: date) -> bool:
        return (
            (not working or days.is_working(day))
            and consented(facts, day)
            and not paused(facts, day)
            and not excuse_open(facts, subject, day)
            and twin(day)
        )

    return counts


# --- Fördern ---------------------------------------------------------------------------------------------


def _offers(facts: Facts, on: date) -> Ladder:
    """FOE-02: two dated offers of a first talk that were not taken back (A-33); works before consent."""
    offers = [
        a
        for a in facts.get("appointments", ())
        if a["talk"] == "first_talk"
        and _by(a["offered_on"], on)
        and not (a["status"] == "cancelled" and a.get("cancelled_by") == "office")
        and understood(facts, a, on)
    ]
    open_ = len(offers) < 2 and not _talk_days(facts, "first_talk", on)
    t0 = date.fromisoformat(facts["t0"])
    return Ladder("FOE-02", "offers", t0, t0, _net(facts), open_, speaks=True)


def _plan(facts: Facts, on: date) -> Ladder:
    """FOE-04: 70, 84, 98 days after T0; only the plan itself settles it (A-22)."""
    done = any(s["step"] == "integration_plan" and _by(s["on"], on) for s in facts.get("steps", ()))
    t0 = date.fromisoformat(facts["t0"])
    return Ladder("FOE-04", "plan", t0, t0, _net(facts), not done, consented(facts, on))


def _office_promises(facts: Facts, on: date) -> Iterable[Ladder]:
    """FOE-05: working days after the raw date; a pause does not stop it (A-11, A-12)."""
    for promise in _promises(facts, "office", on):
        due = date.fromisoformat(promise["due"])
        yield Ladder(
            "FOE-05", f"commitment/{promise['id']}", due, due, days.is_working, True, consented(facts, on)
        )


def _childcare(facts: Facts, on: date) -> Iterable[Ladder]:
    """FOE-10: care recorded as open, from the day registration is due until the course has ended."""
    explained = value(facts, "entitlement_explained", on)
    if not explained or holds(facts, "childcare", on) != "open":
        return
    since = _open_since(facts, on)
    ended = holds(facts, "course_ended", on) == "yes"
    day = date.fromisoformat(explained["valid_from"])
    yield Ladder("FOE-10", "childcare", since, day, _always, not ended, consented(facts, on))


def _open_since(facts: Facts, on: date) -> date:
    """Since when care has been open without a break."""
    marks = sorted(
        {
            v["valid_from"]
            for v in facts.get("values", ())
            if v["code"] == "childcare" and _by(v["valid_from"], on)
        }
    )
    since = on
    for mark in reversed(marks):
        if holds(facts, "childcare", date.fromisoformat(mark)) != "open":
            break
        since = date.fromisoformat(mark)
    return since


def _review(facts: Facts, on: date) -> Ladder:
    """FOE-14: six months after the last review talk held; a dated offer that lies ahead settles it (A-20)."""
    last = max(_talk_days(facts, "review", on), default=date.fromisoformat(facts["t0"]))
    ahead = any(
        a["talk"] == "review"
        and a["status"] in ("offered", "confirmed")
        and _by(a["offered_on"], on)
        and days.berlin_day(a["start"]) >= on
        for a in facts.get("appointments", ())
    )
    first = (days.add_months(last, 6) - last).days
    return Ladder("FOE-14", "review", last, last, _net(facts), not ahead, consented(facts, on), first)


# --- Fordern ---------------------------------------------------------------------------------------------


def _no_shows(facts: Facts, on: date) -> Iterable[Ladder]:
    """MIT-01: every no-show once, if the office did its part for this appointment (A-09, A-16)."""
    for appointment in facts.get("appointments", ()):
        if appointment["status"] != "missed" or not _by(appointment.get("settled_on"), on):
            continue
        subject = f"appointment/{appointment['id']}"

        def twin(day: date, appointment: Row = appointment) -> bool:
            return bool(appointment["invited_in_language"]) and understood(facts, appointment, day)

        counts = _demand(facts, subject, twin, working=True)
        speaks = _demand(facts, subject, twin)(on)
        missed = days.berlin_day(appointment["start"])
        yield Ladder("MIT-01", subject, missed, missed, counts, not excused(facts, subject, on), speaks)


def _registration(facts: Facts, on: date) -> Iterable[Ladder]:
    """MIT-02: from the day the entitlement was explained, until a registration is known (A-32)."""
    explained = value(facts, "entitlement_explained", on)
    carried = holds(facts, "course_entitlement", on) in ("duty", "claim", "admission")
    if not explained or not carried or holds(facts, "course_registered", on) == "yes":
        return

    def twin(day: date) -> bool:
        return childcare_settled(facts, day) and holds(facts, "course_place", day) == "exists"

    counts = _demand(facts, "entitlement", twin)
    since = date.fromisoformat(explained["valid_from"])
    alive = not excused(facts, "entitlement", on)
    yield Ladder("MIT-02", "entitlement", since, since, counts, alive, counts(on))


def _own_steps(facts: Facts, on: date) -> Iterable[Ladder]:
    """MIT-08: days after the due date, moved to a working day; the office's promises go first."""
    for promise in _promises(facts, "participant", on):
        subject = f"commitment/{promise['id']}"

        def twin(day: date, promise: Row = promise) -> bool:
            return not any(_belongs(other, promise) for other in _promises(facts, "office", day))

        counts = _demand(facts, subject, twin)
        due = date.fromisoformat(promise["due"])
        alive = not excused(facts, subject, on)
        yield Ladder("MIT-08", subject, due, days.next_working(due), counts, alive, counts(on))


def _belongs(office: Row, own: Row) -> bool:
    paired = office.get("twin") == own["id"] or own.get("twin") == office["id"]
    return paired or bool(office["goal"] == own["goal"])


def _promises(facts: Facts, side: str, on: date) -> list[Row]:
    """The promises of one side that are agreed and neither kept nor released on a day."""
    return [
        c
        for c in facts.get("commitments", ())
        if c["side"] == side
        and _by(c["agreed_on"], on)
        and not _by(c.get("kept_on"), on)
        and not _by(c.get("released_on"), on)
    ]


def _contact(facts: Facts, on: date) -> Ladder:
    """MIT-10: days since the last sign of life, net of pauses (A-17); help, so no gate."""
    last = last_sign_of_life(facts, on)
    return Ladder("MIT-10", "contact", last, last, _net(facts), True, consented(facts, on))


def last_sign_of_life(facts: Facts, on: date) -> date:
    """The last talk, contact or kept appointment, or the end of an announced absence; else T0."""
    signs = [date.fromisoformat(facts["t0"]), *_talk_days(facts, None, on)]
    signs += [date.fromisoformat(c["on"]) for c in facts.get("contacts", ()) if c["kind"] != "attempt"]
    signs += [days.berlin_day(a["start"]) for a in facts.get("appointments", ()) if a["status"] == "kept"]
    announced = holds(facts, "announced_absence_until", on)
    if announced is not None:
        signs.append(min(date.fromisoformat(announced), on))
    return max(sign for sign in signs if sign <= on)
