"""What the office owes, beside the courses: staffing, consent, plan, promises, talks, family, term."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from tests.oracle import days
from tests.oracle.ladder import (
    Clock,
    Ladder,
    Stage,
    calendar_days,
    counting,
    dated,
    half_months,
    months,
    rising,
    when,
    working_days,
)
from tests.oracle.states import (
    by,
    consented,
    day_held,
    entries,
    holds,
    numbered,
    paused,
    promises,
    since,
    talk_days,
    understood,
)
from tests.oracle.table import MARKS

Facts = dict[str, Any]
Row = dict[str, Any]


def ladders(facts: Facts, on: date) -> Iterator[Ladder]:
    """The office's duties in a journey, those of the courses excepted."""
    yield _staffing(facts, on)
    yield _offers(facts, on)
    yield _consent(facts, on)
    yield _plan(facts, on)
    yield from _promises(facts, on)
    yield from _children(facts, on)
    yield _review(facts, on)
    yield _term(facts, on)
    yield _handover(facts, on)
    yield _civic(facts, on)
    yield from _transition(facts, on)
    yield _housing(facts, on)
    yield from _referrals(facts, on)


def _t0(facts: Facts) -> date:
    return date.fromisoformat(facts["t0"])


def _runs(facts: Facts) -> Callable[[date], bool]:
    return lambda day: not paused(facts, day)


def _net(facts: Facts) -> Clock:
    """Days that no pause covers (A-11)."""
    return counting(_runs(facts))


def _net_months(facts: Facts) -> Clock:
    """Months, of whose days none is counted that a pause covers."""
    net = _net(facts)
    return lambda begun, on, number: net(begun, on, (days.add_months(begun, number) - begun).days)


def _length(begun: date, number: int) -> int:
    """So many months from a day, in days."""
    return (days.add_months(begun, number) - begun).days


def _staffing(facts: Facts, on: date) -> Ladder:
    """FOE-01: a case worker and a substitute, for every journey at any time; works before consent."""
    begun = date.fromisoformat(facts.get("assigned_on") or facts["opened_on"])
    missing = facts.get("case_worker") is None or facts.get("substitute") is None
    return Ladder("FOE-01", "staffing", begun, missing, rising(working_days, begun, on, MARKS["FOE-01"]))


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
    t0 = _t0(facts)
    return Ladder("FOE-02", "offers", t0, open_, rising(_net(facts), t0, on, MARKS["FOE-02"]))


def _consent(facts: Facts, on: date) -> Ladder:
    """FOE-03: nobody has answered; one task, at the first talk or after four weeks (A-30)."""
    answered = any(c["purpose"] == "casework" and by(c["on"], on) for c in facts.get("consents", ()))
    t0 = _t0(facts)

    def reached() -> bool:
        return bool(talk_days(facts, "first_talk", on)) or calendar_days(t0, on, MARKS["FOE-03"][0])

    return Ladder("FOE-03", "consent", t0, not answered, (Stage(reached),))


def _plan(facts: Facts, on: date) -> Ladder:
    """FOE-04: 70, 84, 98 days after T0; only the plan itself settles it (A-22)."""
    done = any(s["step"] == "integration_plan" and by(s["on"], on) for s in facts.get("steps", ()))
    t0 = _t0(facts)
    stages = rising(_net(facts), t0, on, MARKS["FOE-04"], speaks=consented(facts, on))
    return Ladder("FOE-04", "plan", t0, not done, stages)


def _promises(facts: Facts, on: date) -> Iterator[Ladder]:
    """FOE-05: working days after the raw date; a pause does not stop it (A-11, A-12)."""
    for promise in promises(facts, "office", on):
        due = date.fromisoformat(promise["due"])
        stages = rising(working_days, due, on, MARKS["FOE-05"], speaks=consented(facts, on))
        yield Ladder("FOE-05", f"commitment/{promise['id']}", due, True, stages)


def _children(facts: Facts, on: date) -> Iterator[Ladder]:
    """FOE-13: a place at school or in day care, counted from arrival or from the first birthday (A-36)."""
    for child in numbered(facts, "child"):
        begun = day_held(facts, "child_clock_from", on, child)
        if begun is None or holds(facts, "child_group", on, child) is None:
            continue
        missing = holds(facts, "child_place", on, child) != "yes"
        stages = rising(months, begun, on, MARKS["FOE-13"], speaks=consented(facts, on))
        yield Ladder("FOE-13", child, begun, missing, stages)


def _review(facts: Facts, on: date) -> Ladder:
    """FOE-14: six months after the last review talk held; a dated offer that lies ahead settles it (A-20).

    An offer that came to nothing ended an episode: the stages return as a new one.
    """
    last = max(talk_days(facts, "review", on), default=_t0(facts))
    offers = [a for a in facts.get("appointments", ()) if a["talk"] == "review" and by(a["offered_on"], on)]
    standing = ("offered", "confirmed", "missed")
    ahead = any(a["status"] in standing and days.berlin_day(a["start"]) >= on for a in offers)
    episode = max([last, *(day for day in (_ended(a) for a in offers) if day <= on)])
    marks = [_length(last, 6) + mark for mark in MARKS["FOE-14"]]
    stages = rising(_net(facts), last, on, marks, speaks=consented(facts, on))
    return Ladder("FOE-14", "review", episode, not ahead, stages)


def _ended(offer: Row) -> date:
    """The day on which an offer came to nothing: taken back, or the day after its own."""
    if offer["status"] == "cancelled":
        return date.fromisoformat(offer["settled_on"])
    return days.berlin_day(offer["start"]) + days.ONE


def _term(facts: Facts, on: date) -> Ladder:
    """FOE-15: the decision on the term, counted forward from T0 (A-03, A-04, A-21); works before consent."""
    t0, length = _t0(facts), facts.get("term_months", 24)
    decided = holds(facts, "term_decision", on, f"term/{length}") is not None
    marks = [2 * length - before for before in MARKS["FOE-15"]]
    end = days.add_months(t0, length)
    return Ladder("FOE-15", f"term/{length}", end, not decided, rising(half_months, t0, on, marks))


def _handover(facts: Facts, on: date) -> Ladder:
    """FOE-16: a handover talk before the end of the term, net of pauses."""
    t0, length = _t0(facts), facts.get("term_months", 24)
    steps = any(s["step"] == "handover" and by(s["on"], on) for s in facts.get("steps", ()))
    kept = any(
        a["talk"] == "handover" and a["status"] == "kept" and by(a["settled_on"], on)
        for a in facts.get("appointments", ())
    )
    open_ = not (steps or kept or talk_days(facts, "handover", on))
    marks = [length - before for before in MARKS["FOE-16"]]
    stages = rising(_net_months(facts), t0, on, marks, speaks=consented(facts, on))
    return Ladder("FOE-16", "handover", days.add_months(t0, length), open_, stages)


def _civic(facts: Facts, on: date) -> Ladder:
    """FOE-19: a civic contact offered on two days; after the first offer the year's stages remain."""
    t0, heard = _t0(facts), consented(facts, on)
    offered = {entry["valid_from"] for entry in entries(facts, "civic_offer", on)}
    first, second, third, fourth = MARKS["FOE-19"]
    half, year = _length(t0, 6), _length(t0, 12)
    early = rising(_net(facts), t0, on, (half + first, half + second), speaks=heard and not offered)
    late = rising(_net(facts), t0, on, (year + third, year + fourth), speaks=heard)
    return Ladder("FOE-19", "civic", t0, len(offered) < 2, (*early, *late))


def _transition(facts: Facts, on: date) -> Iterator[Ladder]:
    """FOE-20: a talk before school ends, counted back from its last day."""
    end = day_held(facts, "school_ends", on)
    if end is None or end < on or holds(facts, "transition_talk", on) is not None:
        return
    marks = [days.add_months(end, -before) for before in MARKS["FOE-20"]]
    gaps = [early - late for early, late in pairwise(MARKS["FOE-20"])]
    speaks = consented(facts, on) and not paused(facts, on)
    yield Ladder("FOE-20", "transition", end, True, dated(months, on, marks, gaps, speaks=speaks))


def _housing(facts: Facts, on: date) -> Ladder:
    """FOE-21: the way out of follow-up housing; nothing recorded means that the person lives there."""
    t0 = _t0(facts)
    there = holds(facts, "housing", on) in (None, "follow_up")
    open_ = there and holds(facts, "housing_talk", on) is None
    marks = [_length(t0, 6) + mark for mark in MARKS["FOE-21"]]
    stages = rising(_net(facts), t0, on, marks, speaks=consented(facts, on))
    return Ladder("FOE-21", "housing", t0, open_, stages)


def _referrals(facts: Facts, on: date) -> Iterator[Ladder]:
    """QS-01: a second person approves a disclosure: the lead, or the head where the lead drafted (A-43)."""
    for referral in numbered(facts, "referral"):
        drafted = since(facts, "referral", on, "drafted", referral)
        if drafted is None:
            continue
        by_lead = holds(facts, "referral_by", on, referral) == "lead"
        speaks = consented(facts, on)
        worker = when(reached=not by_lead, speaks=speaks)
        lead = when(reached=by_lead, speaks=speaks)
        yield Ladder("QS-01", referral, drafted, True, (worker, lead))
