"""The invariants of a run, checked over exported rows: every sentence of the answer names one that is broken.

I1 nothing due is missing · I2 nothing twice · I3 nothing after its cause has gone · I4 escalations rise in
order · I5 decisions follow from facts · I8 acknowledged commands once, the ledger without gaps.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.oracle import days, judgements, rules, states
from tests.oracle.export import Batch, Export, batches, facts_at

Row = dict[str, Any]
OPENS, CLOSES = 8.0, 18.0
WINDOWS = ((1, 1), (7, 2), (30, 6))
"""Days of a window, both ends counted, and how many notices fit into it."""
PER_MATTER = 4
LEFT = ("sent", "unknown", "to_print")
WAITING = ("planned", "deferred", "handing_over")


def check(export: Export) -> list[str]:
    """Every broken invariant as one line; an empty list means that the run was right."""
    checks = (
        reminders_have_one_intent,
        intents_have_one_row,
        notices_leave_once,
        notices_leave_by_day,
        budget_is_kept,
        demands_are_still_meant,
        judgements.decisions_follow_from_facts,
        judgements.no_decision_is_missing,
        judgements.escalations_rise_in_order,
        judgements.unanswered_matters_rise,
        commands_happen_once,
        ledger_has_no_gaps,
    )
    return [line for one in checks for line in one(export)]


def reminders_have_one_intent(export: Export) -> Iterator[str]:
    """I1, I2: a reminding decision becomes one notice, or a task where a notice cannot go."""
    for journey in export.journeys:
        for batch in batches(journey):
            for body in batch.of_type("decision_made"):
                if body["outcome"] != "remind":
                    continue
                intents = sum(_meant(notice, body) for notice in batch.of_type("notice_planned"))
                instead = any(_instead(task, body) for task in batch.of_type("task_opened"))
                if intents > 1 or (not intents and not instead):
                    yield f"I1 {journey['journey']} {batch.day}: {_name(body)} has {intents} intents"


def intents_have_one_row(export: Export) -> Iterator[str]:
    """I1, I2: each planned notice is one row, each row was planned, and each has its own Message-ID."""
    planned = Counter(
        event["body"]["notice"]
        for journey in export.journeys
        for event in journey["events"]
        if event["body"]["type"] == "notice_planned"
    )
    rows = Counter(row["id"] for row in export.notices)
    for notice in sorted(set(planned) | set(rows)):
        if (planned[notice], rows[notice]) != (1, 1):
            yield f"I2 {notice}: planned {planned[notice]} times, {rows[notice]} rows"
    ids = Counter(row["message_id"] for row in export.notices)
    yield from (f"I2 {one}: {times} notices share it" for one, times in sorted(ids.items()) if times > 1)


def notices_leave_once(export: Export) -> Iterator[str]:
    """I1, I2: one message for each that was sent; more than one only where the row says so."""
    if export.mails is None:
        return
    mails = Counter(mail["message_id"] for mail in export.mails)
    rows = {row["message_id"]: row for row in export.notices if row["channel"] == "email"}
    yield from (f"I2 {one}: a message without a row" for one in sorted(set(mails) - set(rows)))
    for message_id, row in sorted(rows.items()):
        if row["state"] == "sent" and not mails[message_id]:
            yield f"I1 {row['id']}: sent, but no message arrived"
        if mails[message_id] > 1 and not row["possible_duplicate"]:
            yield f"I2 {row['id']}: {mails[message_id]} messages and no word of a duplicate"
        if mails[message_id] and row["state"] not in LEFT:
            yield f"I3 {row['id']}: a message arrived, but the row is {row['state']}"


def notices_leave_by_day(export: Export) -> Iterator[str]:
    """I1, A-13: none lies about, and none is meant for or leaves at night, on a Sunday or a holiday."""
    for row in export.notices:
        overdue = (export.until - days.berlin_day(row["send_at"])).days > export.grace_days
        if row["state"] in WAITING and overdue:
            yield f"I1 {row['id']}: due at {row['send_at']} and still {row['state']}"
        for key in ("send_at", "settled_at"):
            if row.get(key) and (key == "send_at" or _mail_left(row)) and not _by_day(row[key]):
                yield f"A-13 {row['id']}: {key} {row[key]} is no time to write to somebody"


def budget_is_kept(export: Export) -> Iterator[str]:
    """At most 1 a day, 2 in 7 days, 6 in 30 days for a person, and 4 for a matter."""
    left: dict[str, list[Row]] = defaultdict(list)
    for row in export.notices:
        if row["state"] in LEFT:
            left[row["journey_id"]].append(row)
    for journey, rows in sorted(left.items()):
        told = sorted(_left_on(row) for row in rows)
        for span, limit in WINDOWS:
            yield from (
                f"budget {journey}: {seen} notices in {span} days from {first}"
                for first, seen in _crowds(told, span, limit)
            )
        matters = Counter(row["matter"] for row in rows)
        yield from (
            f"budget {journey}: {seen} notices for {matter}"
            for matter, seen in sorted(matters.items())
            if seen > PER_MATTER
        )


def demands_are_still_meant(export: Export) -> Iterator[str]:
    """I3, A-10: at the moment of leaving the journey is open, consented, and the demand may still be made."""
    journeys = {journey["journey"]: journey for journey in export.journeys}
    for row in export.notices:
        if row["state"] not in LEFT or row["journey_id"] not in journeys:
            continue
        at = days.instant(row.get("settled_at") or row["send_at"])
        facts = facts_at(journeys[row["journey_id"]], at)
        reason = _why_not(facts, row, at.astimezone(days.BERLIN).date())
        if reason:
            yield f"I3 {row['id']} ({row['rule'] or row.get('text')}): {reason}"


def commands_happen_once(export: Export) -> Iterator[str]:
    """I8: an acknowledged command is in its journey's stream, in one piece, with nothing in it twice."""
    for journey in export.journeys:
        blocks: dict[str, int] = Counter()
        last = None
        for event in journey["events"]:
            command = event.get("command")
            if command and command != last:
                blocks[command] += 1
            last = command
        yield from (f"I8 {one}: happened {n} times" for one, n in sorted(blocks.items()) if n > 1)
        yield from _doubled(journey)
        wanted = {c["command_id"] for c in export.commands if c["journey"] == journey["journey"]}
        yield from (f"I8 {one}: acknowledged, but nothing happened" for one in sorted(wanted - set(blocks)))


def ledger_has_no_gaps(export: Export) -> Iterator[str]:
    """I8: each stream counts 1, 2, 3 … and a journey's stream is as long as its events."""
    streams: dict[str, list[int]] = defaultdict(list)
    for row in export.ledger:
        streams[row["stream"]].append(row["seq"])
    for stream, found in sorted(streams.items()):
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"I8 {stream}: the sequence has a gap or a double"
    for journey in export.journeys:
        seqs = [event["seq"] for event in journey["events"]]
        if seqs != list(range(1, len(seqs) + 1)):
            yield f"I8 {journey['journey']}: the events have a gap or a double"
        stream = f"journey/{journey['journey']}"
        if export.ledger and sorted(streams.get(stream, ())) != seqs:
            yield f"I8 {stream}: ledger and events differ"


def _meant(notice: Row, decision: Row) -> bool:
    keys = (("rule", "rule"), ("matter", "subject"), ("stage", "stage"))
    return all(notice.get(mine) == decision[theirs] for mine, theirs in keys)


def _instead(task: Row, decision: Row) -> bool:
    return task.get("rule") in (None, decision["rule"]) and bool(task["subject"] == decision["subject"])


def _name(decision: Row) -> str:
    return f"{decision['rule']} stage {decision['stage']} {decision['subject']}"


def _by_day(text: str) -> bool:
    return days.may_leave(days.berlin_day(text)) and OPENS <= days.berlin_hour(text) <= CLOSES


def _mail_left(row: Row) -> bool:
    return row["state"] in LEFT and row["channel"] == "email"


def _left_on(row: Row) -> date:
    return days.berlin_day(row.get("settled_at") or row["send_at"])


def _crowds(told: list[date], span: int, limit: int) -> Iterator[tuple[date, int]]:
    for position, first in enumerate(told):
        seen = sum(day <= first + timedelta(days=span - 1) for day in told[position:])
        if seen > limit:
            yield first, seen


def _why_not(facts: Row, row: Row, on: date) -> str:
    """Why this notice should not have left, or nothing."""
    if facts["closed_on"]:
        return "the journey was closed"
    if facts.get("address_blocked_on") and row["channel"] != "in_person":
        return "the address was blocked"
    if row["channel"] == "email" and not states.allowed(facts, "email", on):
        return "no consent to mail"
    if not (row["rule"] or "").startswith("MIT"):
        return ""
    ladders = [
        one for one in rules.ladders(facts, on) if (one.rule, one.subject) == (row["rule"], row["matter"])
    ]
    if not any(one.alive for one in ladders):
        return "its cause had gone"
    return "" if any(one.speaks(row["stage"]) for one in ladders) else "the gate was shut"


def _doubled(journey: Row) -> Iterator[str]:
    seen = Counter(
        (event["command"], repr(sorted(event["body"].items(), key=str)))
        for event in journey["events"]
        if event.get("command")
    )
    yield from (
        f"I8 {command}: an event of it happened {n} times" for (command, _), n in seen.items() if n > 1
    )


__all__ = ["Batch", "Export", "check"]
