"""The figures of a run: averages for one journey, and what a caseload means for the people at their desks."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from domain.calendar import Calendar, add_months
from ops.simulate.measure import Cost

Row = dict[str, Any]
Counts = dict[str, Any]
LEVELS = ("1", "2")
P95 = 0.95


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

    The journeys of a run all begin on one day, those of a caseload do not: each journey's days are moved
    along the span, evenly, so that some are at their beginning while others end.
    """
    span = [begin + timedelta(days=n) for n in range((add_months(begin, months) - begin).days)]
    working = [day for day in span if calendar.is_working_day(day)]
    n = len(exported["journeys"])
    items: Counter[date] = Counter()
    raised: Counter[date] = Counter()
    for number, journey in enumerate(exported["journeys"]):
        by = number * len(working) // n
        for event in journey["events"]:
            body = event["body"]
            if body["type"] == "task_opened" and body["addressee"] == "case_worker":
                items[_moved(body["on"], by, working)] += 1
            elif body["type"] == "escalation_raised" and body["level"] == 1:
                raised[_moved(body["on"], by, working)] += 1
    scale = size / n
    return {
        "caseload": size,
        "due_items_per_case_worker_day": _spread(items, working, scale),
        "escalations_per_lead_day": _spread(raised, working, scale),
    }


def _moved(text: str, by: int, working: list[date]) -> date:
    """The working day on which somebody finds what came up that day, moved along the span."""
    day = date.fromisoformat(text)
    place = next((i for i, one in enumerate(working) if one >= day), len(working) - 1)
    return working[(place + by) % len(working)]


def _spread(found: Counter[date], working: list[date], scale: float) -> Counts:
    days = sorted(found[day] * scale for day in working)
    return {
        "mean": round(sum(days) / len(days), 2),
        "p95": round(days[int(len(days) * P95)], 2),
        "most": round(days[-1], 2),
    }
