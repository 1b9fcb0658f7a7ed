"""Which stages act on a day, for nine rules, as the definitions, the rule table and the design say.

Thresholds are literals here, by intent: this model must not learn them from the rule base that it examines.
Facts are the JSON form of `CaseFacts`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.oracle import days
from tests.oracle.states import (
    by,
    by_yesterday,
    childcare_settled,
    consented,
    excuse_open,
    excused,
    holds,
    last_sign_of_life,
    paused,
    promises,
    talk_days,
    understood,
    value,
)

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
    """Episodes that spoke and whose cause is gone on a day; a shut gate, a pause or the end lifts nothing."""
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
    if not stage or on in spoke.values() or _answered(ladder, facts, on, has_spoken=bool(spoke)):
        return 0
    if (ladder.rule, stage) == ("MIT-10", 3) and paused(facts, on):
        return 0  # Only the first two stages are help.
    mark = ladder.first + marks[stage - 1]
    if (on - ladder.since).days < mark or days.count(ladder.since, on, ladder.counts) < mark:
        return 0
    if stage > 1:
        distance = marks[stage - 1] - marks[stage - 2]
        return stage if days.count(spoke[stage - 1], on, ladder.counts) >= distance else 0
    return stage


def _answered(ladder: Ladder, facts: Facts, on: date, *, has_spoken: bool) -> bool:
    """A person answered this matter: silent up to the day named, or closed as long as the episode lasts."""
    return any(
        (by(matter.get("closed_on"), on) and has_spoken) or not by_yesterday(matter.get("silent_until"), on)
        for matter in facts.get("matters", ())
        if (matter["rule"], matter["subject"]) == (ladder.rule, ladder.subject)
        and date.fromisoformat(matter["episode"]) == ladder.episode
    )


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
        and by(a["offered_on"], on)
        and not (a["status"] == "cancelled" and a.get("cancelled_by") == "office")
        and understood(facts, a, on)
    ]
    open_ = len(offers) < 2 and not talk_days(facts, "first_talk", on)
    t0 = date.fromisoformat(facts["t0"])
    return Ladder("FOE-02", "offers", t0, t0, _net(facts), open_, speaks=True)


def _plan(facts: Facts, on: date) -> Ladder:
    """FOE-04: 70, 84, 98 days after T0; only the plan itself settles it (A-22)."""
    done = any(s["step"] == "integration_plan" and by(s["on"], on) for s in facts.get("steps", ()))
    t0 = date.fromisoformat(facts["t0"])
    return Ladder("FOE-04", "plan", t0, t0, _net(facts), not done, consented(facts, on))


def _office_promises(facts: Facts, on: date) -> Iterable[Ladder]:
    """FOE-05: working days after the raw date; a pause does not stop it (A-11, A-12)."""
    for promise in promises(facts, "office", on):
        due = date.fromisoformat(promise["due"])
        yield Ladder(
            "FOE-05", f"commitment/{promise['id']}", due, due, days.is_working, True, consented(facts, on)
        )


def _childcare(facts: Facts, on: date) -> Iterable[Ladder]:
    """FOE-10: care recorded as open, from the day registration is due until the course has ended."""
    explained = value(facts, "entitlement_explained", on)
    if not explained or not _carried(facts, on) or holds(facts, "childcare", on) != "open":
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
            if v["code"] == "childcare" and by(v["valid_from"], on)
        }
    )
    since = on
    for mark in reversed(marks):
        if holds(facts, "childcare", date.fromisoformat(mark)) != "open":
            break
        since = date.fromisoformat(mark)
    return since


def _review(facts: Facts, on: date) -> Ladder:
    """FOE-14: six months after the last review talk held; a dated offer that lies ahead settles it (A-20).

    An offer that came to nothing ended an episode: the stages return as a new one.
    """
    last = max(talk_days(facts, "review", on), default=date.fromisoformat(facts["t0"]))
    offers = [a for a in facts.get("appointments", ()) if a["talk"] == "review" and by(a["offered_on"], on)]
    standing = ("offered", "confirmed", "missed")
    ahead = any(a["status"] in standing and days.berlin_day(a["start"]) >= on for a in offers)
    episode = max([last, *(day for day in (_ended(a) for a in offers) if day <= on)])
    first = (days.add_months(last, 6) - last).days
    return Ladder("FOE-14", "review", episode, last, _net(facts), not ahead, consented(facts, on), first)


def _ended(offer: Row) -> date:
    """The day on which an offer came to nothing: taken back, or the day after its own."""
    if offer["status"] == "cancelled":
        return date.fromisoformat(offer["settled_on"])
    return days.berlin_day(offer["start"]) + days.ONE


# --- Fordern ---------------------------------------------------------------------------------------------


def _no_shows(facts: Facts, on: date) -> Iterable[Ladder]:
    """MIT-01: every no-show once, if the office did its part for this appointment (A-09, A-16)."""
    for appointment in facts.get("appointments", ()):
        if appointment["status"] != "missed" or not by(appointment.get("settled_on"), on):
            continue
        subject = f"appointment/{appointment['id']}"

        def twin(day: date, appointment: Row = appointment) -> bool:
            return bool(appointment["invited_in_language"]) and understood(facts, appointment, day)

        counts = _demand(facts, subject, twin, working=True)
        speaks = _demand(facts, subject, twin)(on)
        missed = days.berlin_day(appointment["start"])
        yield Ladder(
            "MIT-01", subject, missed, missed, counts, not _explained(facts, subject, missed, on), speaks
        )


def _carried(facts: Facts, on: date) -> bool:
    return holds(facts, "course_entitlement", on) in ("duty", "claim", "admission")


def _explained(facts: Facts, subject: str, missed: date, on: date) -> bool:
    """A reason was given, accepted or not, or a talk held since: nothing is left to ask."""
    known = any(e["subject"] == subject and by(e["on"], on) for e in facts.get("excuses", ()))
    return known or any(talk >= missed for talk in talk_days(facts, None, on))


def _registration(facts: Facts, on: date) -> Iterable[Ladder]:
    """MIT-02: from the day the entitlement was explained, until a registration is known (A-32).

    An accepted reason covers its own days only: the duty itself goes on (A-37).
    """
    explained = value(facts, "entitlement_explained", on)
    if not explained or not _carried(facts, on) or holds(facts, "course_registered", on) == "yes":
        return

    def twin(day: date) -> bool:
        return childcare_settled(facts, day) and holds(facts, "course_place", day) == "exists"

    counts = _demand(facts, "entitlement", twin)
    since = date.fromisoformat(explained["valid_from"])
    yield Ladder("MIT-02", "entitlement", since, since, counts, True, counts(on))


def _own_steps(facts: Facts, on: date) -> Iterable[Ladder]:
    """MIT-08: days after the due date, moved to a working day; the office's promises go first."""
    for promise in promises(facts, "participant", on):
        subject = f"commitment/{promise['id']}"

        def twin(day: date, promise: Row = promise) -> bool:
            return not any(_goes_first(other, promise, day) for other in promises(facts, "office", day))

        counts = _demand(facts, subject, twin)
        due = date.fromisoformat(promise["due"])
        alive = not excused(facts, subject, due, on)
        yield Ladder("MIT-08", subject, due, days.next_working(due), counts, alive, counts(on))


def _goes_first(office: Row, own: Row, on: date) -> bool:
    """The paired counter-promise always; another promise for the same goal once it is overdue (A-09)."""
    paired = office.get("twin") == own["id"] or own.get("twin") == office["id"]
    return paired or (office["goal"] == own["goal"] and date.fromisoformat(office["due"]) < on)


def _contact(facts: Facts, on: date) -> Ladder:
    """MIT-10: days since the last sign of life, net of pauses (A-17); help, so no gate."""
    last = last_sign_of_life(facts, on)
    return Ladder("MIT-10", "contact", last, last, _net(facts), True, consented(facts, on))
