"""The figures of a run: averages for one journey, and what a caseload means for the people at their desks."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from domain.calendar import Calendar, add_months
from ops.simulate.measure import Cost

Row = dict[str, Any]
Counts = dict[str, Any]
LEVELS = ("1", "2")
P95 = 0.95
AT_MOST = {"due_items_per_case_worker_day": 4, "escalations_per_lead_day": 2, "notices_silent_most": 20}
"""The budget of attention: the means of the two days, and the most that a silent person is written to in two years."""
NEVER_LEFT = ("lapsed", "planned", "deferred", "failed")


def per_journey(costs: list[Cost], exported: Row, commands: int, refused: int) -> Counts:
    """Averages over all journeys."""
    n = len(costs)
    bodies = [event["body"] for journey in exported["journeys"] for event in journey["events"]]
    kinds = Counter(body["type"] for body in bodies)
    raised = Counter(str(body["level"]) for body in bodies if body["type"] == "escalation_raised")
    reminders = sum(body["type"] == "decision_made" and body["outcome"] == "remind" for body in bodies)
    totals = {
        "events": sum(cost.events for cost in costs),
        "actions": sum(cost.actions for cost in costs) + refused,
        "history_bytes": sum(cost.history_bytes for cost in costs),
        "payload_bytes": sum(cost.payload_bytes for cost in costs),
        "wakes": sum(cost.wakes for cost in costs),
        "commands": commands,
        "notices": len(exported["notices"]),
        "rollovers": sum(cost.rollovers for cost in costs),
        "reminders": reminders,
        "tasks": kinds["task_opened"],
    }
    averages: Counts = {name: round(total / n, 2) for name, total in totals.items()}
    return {**averages, "escalations": {level: round(raised[level] / n, 2) for level in LEVELS}}


def caseload(exported: Row, size: int, *, begin: date, months: int, calendar: Calendar) -> Counts:
    """New due items of a case worker and new escalations of a lead on a working day, with `size` journeys.

    The journeys of a run all begin on one day, those of a caseload do not: the lives of the run are lived
    again and again until there are enough, each moved along the span a little further than the one before.
    """
    span = (begin + timedelta(days=n) for n in range((add_months(begin, months) - begin).days))
    working = [day for day in span if calendar.is_working_day(day)]
    lives = [[_found_on(body, working) for body in _new(journey)] for journey in exported["journeys"]]
    found: dict[str, Counter[int]] = {"task_opened": Counter(), "escalation_raised": Counter()}
    for number in range(size):
        moved = number * len(working) // size
        for kind, place in lives[number % len(lives)]:
            found[kind][(place + moved) % len(working)] += 1
    return {
        "caseload": size,
        "due_items_per_case_worker_day": _spread(found["task_opened"], len(working)),
        "escalations_per_lead_day": _spread(found["escalation_raised"], len(working)),
    }


def notices_by_life(exported: Row, lives: Mapping[str, str]) -> Counts:
    """For each kind of life, how many notices left the house for one person: the mean, and the most."""
    left = Counter(row["journey_id"] for row in exported["notices"] if row["state"] not in NEVER_LEFT)
    kinds = sorted(set(lives.values()))
    each = {kind: [left[one] for one, name in lives.items() if name == kind] for kind in kinds}
    return {kind: {"mean": round(sum(n) / len(n), 2), "most": max(n)} for kind, n in each.items()}


def judged(counts: Counts) -> dict[str, str]:
    """Each limit of the budget of attention that these figures speak of: met, or missed."""
    measured = {name: counts.get(name) for name in AT_MOST}
    sizes = {name: one["mean"] if isinstance(one, dict) else one for name, one in measured.items()}
    return {
        name: "met" if size <= AT_MOST[name] else "missed" for name, size in sizes.items() if size is not None
    }


def _new(journey: Row) -> Iterator[Row]:
    """What lands on a case worker's or a lead's desk."""
    for event in journey["events"]:
        body = event["body"]
        task = body["type"] == "task_opened" and body["addressee"] == "case_worker"
        if task or (body["type"] == "escalation_raised" and body["level"] == 1):
            yield body


def _found_on(body: Row, working: list[date]) -> tuple[str, int]:
    """The working day, by its number, on which somebody finds what came up."""
    return body["type"], min(bisect_left(working, date.fromisoformat(body["on"])), len(working) - 1)


def _spread(found: Counter[int], length: int) -> Counts:
    days = sorted(found[place] for place in range(length))
    return {"mean": round(sum(days) / length, 2), "p95": days[int(length * P95)], "most": days[-1]}
