"""I1, I4, I5 for decisions and escalations: none missing, none invented, none skipped, none lost."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.oracle import days, fold, rules, states
from tests.oracle.export import Batch, Export, batches, copied

Row = dict[str, Any]
LEVEL_OF = {"lead": 1, "head": 2}
HIGHEST = 2
STRAIGHT_TO_HEAD = ("QS-01",)
"""What a lead drafted is approved by the head at once (A-43)."""


def decisions_follow_from_facts(export: Export) -> Iterator[str]:
    """I5: every decision is what the oracle finds for the facts before it, and nothing beside it."""
    for journey in export.journeys:
        for batch in batches(journey):
            made = Counter(_act(body) for body in batch.of_type("decision_made"))
            expected = rules.acts(batch.before, batch.day)
            for act in sorted(set(made) - expected):
                yield f"I5 {journey['journey']} {batch.day}: {act} does not follow from the facts"
            for act in sorted(act for act, times in made.items() if times > 1):
                yield f"I5 {journey['journey']} {batch.day}: {act} was made twice"


def no_decision_is_missing(export: Export) -> Iterator[str]:
    """I1: whatever acts by the end of a day was decided by then, or within the grace after it."""
    for journey in export.journeys:
        waiting: dict[rules.Act, date] = {}
        for day, facts in _evenings(journey, export.until):
            due = rules.acts(facts, day)
            waiting = {act: waiting.get(act, day) for act in due}
            late = [act for act, since in waiting.items() if (day - since).days == export.grace_days]
            yield from (
                f"I1 {journey['journey']} {day}: {act} is due and was not decided" for act in sorted(late)
            )


def escalations_rise_in_order(export: Export) -> Iterator[str]:
    """I4: level 1 before level 2, each level once, every escalating decision has its matter."""
    for journey in export.journeys:
        levels: dict[str, int] = {}
        for batch in batches(journey):
            for body in batch.of_type("escalation_raised"):
                before = levels.get(body["escalation"], 0)
                straight = body["rule"] in STRAIGHT_TO_HEAD and not before
                if body["level"] != before + 1 and not straight:
                    yield f"I4 {journey['journey']} {batch.day}: level {body['level']} after level {before}"
                levels[body["escalation"]] = body["level"]
            yield from _lost(journey["journey"], batch)


def unanswered_matters_rise(export: Export) -> Iterator[str]:
    """I4: a matter without an answer in time is raised, unless it is settled, silenced, paused or closed."""
    for journey in export.journeys:
        for day, facts in _evenings(journey, export.until):
            late = day - timedelta(days=export.grace_days)
            if facts.get("closed_on") or states.paused(facts, day):
                continue
            for matter in facts["matters"]:
                due = date.fromisoformat(matter["answer_by"])
                open_ = matter["closed_on"] is None and not matter.get("answered")
                if open_ and matter["level"] < HIGHEST and days.next_working(due + days.ONE) == late:
                    yield f"I4 {journey['journey']} {day}: {matter['rule']} {matter['subject']} did not rise"


def _act(body: Row) -> rules.Act:
    return (body["rule"], body["subject"], body["stage"], body["outcome"], body["addressee"])


def _lost(journey: str, batch: Batch) -> Iterator[str]:
    after = copied(batch.before)
    for event in batch.events:
        fold.add(after, event)
    for body in batch.of_type("decision_made"):
        if body["outcome"] != "escalate":
            continue
        same = [m for m in after["matters"] if (m["rule"], m["subject"]) == (body["rule"], body["subject"])]
        silent = any(m.get("silent_until") and m["silent_until"] >= body["on"] for m in same)
        if not silent and max((m["level"] for m in same), default=0) < LEVEL_OF[body["addressee"]]:
            yield f"I4 {journey} {batch.day}: the escalation of {body['rule']} {body['subject']} was lost"


def _evenings(journey: Row, until: date) -> Iterator[tuple[date, Row]]:
    """Each day of a journey with the facts at its end. An answered matter is marked until it rises."""
    facts = fold.empty(journey["journey"])
    events = list(journey["events"])
    day = days.berlin_day(events[0]["recorded_at"])
    while day <= until:
        while events and days.berlin_day(events[0]["recorded_at"]) <= day:
            event = events.pop(0)
            fold.add(facts, event)
            _mark_answer(facts, event["body"])
        yield day, facts
        day += days.ONE


def _mark_answer(facts: Row, body: Row) -> None:
    if body["type"] == "escalation_answered" and body["answer"] != "pass_up":
        for matter in facts["matters"]:
            if matter["id"] == body["escalation"]:
                matter["answered"] = True
