"""The checker of a run: silent about a right run, and loud about every way in which one can be wrong."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import days, fold, rules
from tests.oracle.export import Export
from tests.oracle.notices import check

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
JOURNEY = "jrn_" + "1" * 32
APPOINTMENT = "apt_" + "2" * 32
START = date(2027, 1, 4)
LAST = date(2027, 6, 30)


def _event(events: list[Row], day: date, body: Row, **rest: Any) -> None:
    at = f"{day.isoformat()}T{rest.pop('at', '09:00')}:00Z"
    events.append({"seq": len(events) + 1, "recorded_at": at, "body": body, **rest})


def _by_people() -> list[tuple[date, Row]]:
    """A life with a missed first talk, consent by talk, a pause and nothing else: enough to make noise."""
    start = {
        "type": "journey_started",
        "ags": "08111000",
        "t0": START.isoformat(),
        "opened_on": START.isoformat(),
    }
    start |= {"programme": "standard", "term_months": 24, "language": "de", "case_worker": "usr_" + "3" * 32}
    start |= {"substitute": "usr_" + "5" * 32}
    start |= {"interpreter": "not_needed", "email_address": "known", "reading": "reads"}
    offer = {
        "type": "appointment_offered",
        "appointment": APPOINTMENT,
        "talk": "first_talk",
        "place": "office",
    }
    offer |= {"start": "2027-01-14T09:00:00Z", "offered_on": "2027-01-05", "interpreter": "not_needed"}
    offer |= {"invited_in_language": True}
    consents = [
        {"type": "consent_taken", "purpose": p, "outcome": "given", "fields": []}
        for p in ("casework", "email")
    ]
    missed = {"type": "appointment_missed", "appointment": APPOINTMENT, "on": "2027-01-14"}
    pause = {
        "type": "paused",
        "pause": "pau_" + "4" * 32,
        "reason": "illness",
        "start": "2027-05-03",
        "until": None,
    }
    return [
        (START, start),
        (date(2027, 1, 5), offer),
        (date(2027, 1, 6), consents[0]),
        (date(2027, 1, 6), consents[1]),
        (date(2027, 1, 14), missed),
        (date(2027, 5, 3), pause),
    ]


def right_run() -> Export:
    """Six months as the texts want them, driven by the oracle day by day."""
    events: list[Row] = []
    facts = fold.empty(JOURNEY)
    notices: list[Row] = []
    by_people = _by_people()
    day = START
    while day <= LAST:
        for number, (on, body) in enumerate(by_people):
            if on == day:
                rest = {"command": f"cmd_{number}", "valid_from": on.isoformat(), "at": "07:00"}
                _event(events, day, body, **rest)
                fold.add(facts, events[-1])
        _a_wake(events, facts, notices, day)
        day += days.ONE
    mails = [{"message_id": row["message_id"]} for row in notices]
    ledger = [{"stream": f"journey/{JOURNEY}", "seq": event["seq"]} for event in events]
    commands = [{"journey": JOURNEY, "command_id": f"cmd_{n}"} for n in range(len(by_people))]
    return Export(LAST, [{"journey": JOURNEY, "events": events}], notices, mails, ledger, commands)


def _a_wake(events: list[Row], facts: Row, notices: list[Row], day: date) -> None:
    first = len(events)
    for (rule, subject, stage, outcome, addressee), episode in sorted(rules.acts_with_episode(facts, day)):
        body = {"type": "decision_made", "rule": rule, "subject": subject, "stage": stage, "outcome": outcome}
        body |= {"addressee": addressee, "episode": episode.isoformat(), "on": day.isoformat()}
        _event(events, day, body)
        effect = _effect(body, day)
        _event(events, day, effect)
        if effect["type"] == "notice_planned":
            notices.append(_row(effect))
    for matter in facts["matters"]:
        if (
            matter["level"] == 1
            and days.next_working(date.fromisoformat(matter["answer_by"]) + days.ONE) == day
        ):
            _event(events, day, _raise(matter, 2, day, matter["id"]))
    for event in events[first:]:
        fold.add(facts, event)


def _effect(body: Row, day: date) -> Row:
    key = f"{body['rule']}/{body['subject']}"
    if body["outcome"] == "remind":
        sent = day
        while not days.may_leave(sent):
            sent += days.ONE
        planned = {"type": "notice_planned", "notice": f"not_{key}", "text": "ask", "matter": body["subject"]}
        planned |= {"rule": body["rule"], "stage": body["stage"], "channel": "email", "on": day.isoformat()}
        return {**planned, "language": "de", "send_at": f"{sent.isoformat()}T10:00:00Z"}
    if body["outcome"] == "escalate":
        return _raise(body, {"lead": 1, "head": 2}[body["addressee"]], day, f"esc_{key}")
    task = {
        "type": "task_opened",
        "task": f"tsk_{key}/{body['stage']}",
        "what": "look",
        "subject": body["subject"],
    }
    return {**task, "rule": body["rule"], "on": day.isoformat(), "answer_by": day.isoformat()}


def _raise(matter: Row, level: int, day: date, id_: str) -> Row:
    keep = {key: matter[key] for key in ("rule", "subject", "episode")}
    by = days.working_days_after(day, 100).isoformat()
    return {
        "type": "escalation_raised",
        "escalation": id_,
        **keep,
        "level": level,
        "on": day.isoformat(),
        "answer_by": by,
    }


def _row(planned: Row) -> Row:
    row = {key: planned[key] for key in ("matter", "rule", "stage", "channel", "send_at", "text")}
    rest = {"id": planned["notice"], "journey_id": JOURNEY, "state": "sent", "possible_duplicate": False}
    return {**row, **rest, "message_id": f"<{planned['notice']}>", "settled_at": planned["send_at"]}


def _first(run: Export, kind: str, **match: Any) -> Row:
    bodies = (event["body"] for event in run.journeys[0]["events"])
    return next(b for b in bodies if b["type"] == kind and all(b[key] == match[key] for key in match))


def _without(run: Export, kind: str) -> None:
    events = run.journeys[0]["events"]
    events.remove(next(event for event in events if event["body"]["type"] == kind))


def _twice(run: Export, kind: str) -> None:
    events = run.journeys[0]["events"]
    at = next(n for n, event in enumerate(events) if event["body"]["type"] == kind)
    events.insert(at + 1, copy.deepcopy(events[at]))


def test_a_right_run_breaks_no_invariant() -> None:
    run = right_run()

    kinds = {event["body"]["type"] for event in run.journeys[0]["events"]}
    assert check(run) == []
    assert {"notice_planned", "task_opened", "escalation_raised", "decision_made"} <= kinds


WRONGS: dict[str, tuple[str, Callable[[Export], Any]]] = {
    "a decision is missing": ("I1", lambda run: _without(run, "decision_made")),
    "a decision is made twice": ("I5", lambda run: _twice(run, "decision_made")),
    "a decision follows from nothing": ("I5", lambda run: _first(run, "decision_made").update(stage=2)),
    "a reminder has no intent": ("I1", lambda run: _without(run, "notice_planned")),
    "a reminder has two intents": ("I1", lambda run: _twice(run, "notice_planned")),
    "a notice has no row": ("I2", lambda run: run.notices.clear()),
    "a row has a sister with the same Message-ID": (
        "I2",
        lambda run: run.notices.append({**run.notices[0], "id": "not_other"}),
    ),
    "a mail never arrived": ("I1", lambda run: (run.mails or []).clear()),
    "a mail arrived twice and nothing says so": (
        "I2",
        lambda run: (run.mails or []).append((run.mails or [])[0]),
    ),
    "a mail has no row": ("I2", lambda run: (run.mails or []).append({"message_id": "<stray>"})),
    "a lapsed notice left all the same": ("I3", lambda run: run.notices[0].update(state="lapsed")),
    "a notice lies about": ("I1", lambda run: run.notices[0].update(state="planned")),
    "a notice leaves at night": (
        "A-13",
        lambda run: run.notices[0].update(settled_at="2027-01-18T21:00:00Z"),
    ),
    "a notice leaves on a Sunday": (
        "A-13",
        lambda run: run.notices[0].update(settled_at="2027-01-24T10:00:00Z"),
    ),
    "a notice leaves on a holiday": (
        "A-13",
        lambda run: run.notices[0].update(send_at="2027-01-06T10:00:00Z"),
    ),
    "two notices on one day": ("budget", lambda run: run.notices.append({**run.notices[0], "id": "not_b"})),
    "a demand leaves in a pause": (
        "I3",
        lambda run: run.notices[0].update(settled_at="2027-05-04T09:00:00Z"),
    ),
    "a demand leaves before consent": (
        "I3",
        lambda run: run.notices[0].update(settled_at="2027-01-05T09:00:00Z"),
    ),
    "an escalation is lost": ("I4", lambda run: _without(run, "escalation_raised")),
    "an escalation skips a level": ("I4", lambda run: _first(run, "escalation_raised").update(level=2)),
    "an unanswered escalation sleeps": (
        "I4",
        lambda run: _first(run, "escalation_raised", level=1).update(answer_by="2027-02-15"),
    ),
    "a command happens twice": ("I8", lambda run: run.journeys[0]["events"][-1].update(command="cmd_0")),
    "an event of a command happens twice": ("I8", lambda run: _twice(run, "consent_taken")),
    "an acknowledged command is not there": (
        "I8",
        lambda run: run.commands.append({"journey": JOURNEY, "command_id": "cmd_lost"}),
    ),
    "the ledger has a gap": ("I8", lambda run: run.ledger.pop(3)),
    "the ledger is shorter than the journey": ("I8", lambda run: run.ledger.pop()),
}


@pytest.mark.parametrize("wrong", WRONGS)
def test_the_checker_sees_that(wrong: str) -> None:
    invariant, spoil = WRONGS[wrong]
    run = right_run()

    spoil(run)

    assert any(line.startswith(invariant) for line in check(run))


def test_a_copy_that_the_row_calls_possible_is_no_fault() -> None:
    run = right_run()
    assert run.mails

    run.mails.append(run.mails[0])
    run.notices[0]["possible_duplicate"] = True

    assert check(run) == []


def test_three_notices_within_seven_days_are_too_many() -> None:
    run = right_run()
    sent = date(2027, 1, 18)

    for n in (2, 4):
        at = f"{(sent + timedelta(days=n)).isoformat()}T10:00:00Z"
        run.notices.append({**run.notices[0], "id": f"not_{n}", "message_id": f"<{n}>", "settled_at": at})

    assert any(line.startswith("budget") and "in 7 days" in line for line in check(run))


def test_the_checker_is_a_program_that_knows_nothing_of_the_product(tmp_path: Path) -> None:
    run = right_run()
    good, bad, none = (tmp_path / name for name in ("good.json", "bad.json", "none.json"))
    good.write_text(json.dumps({**vars(run), "until": run.until.isoformat()}), "utf-8")
    run.ledger.pop(3)
    bad.write_text(json.dumps({**vars(run), "until": run.until.isoformat()}), "utf-8")
    none.write_text("[]", "utf-8")

    answers = [_checked(file) for file in (good, bad, none)]

    assert [answer.returncode for answer in answers] == [0, 1, 2]
    assert json.loads(answers[0].stdout) == []
    assert all(line.startswith("I8") for line in json.loads(answers[1].stdout))


def _checked(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.oracle.check", str(file)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
