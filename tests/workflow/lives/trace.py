"""What happened in a journey, one readable line for each entry of its ledger."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from domain.calendar import berlin_day
from store.ledger import Entry

Body = dict[str, Any]
Say = Callable[[Body, Mapping[str, str]], str]
_QUIET = ("type", "on", "values", "basis", "version")


def trace(entries: list[Entry], names: Mapping[str, str]) -> list[str]:
    """The lines, in order; ids are written with the names that the script gave them."""
    told: dict[str, str] = {}
    return [_named(line, names) for entry in entries for line in _told(entry, told)]


def _named(line: str, names: Mapping[str, str]) -> str:
    for id_, name in names.items():
        line = line.replace(id_, f"@{name}")
    return line


def _told(entry: Entry, told: dict[str, str]) -> Iterator[str]:
    body = entry.body["body"]
    day = berlin_day(entry.at).isoformat()
    what = body["type"]
    if what in ("task_opened", "notice_planned", "escalation_raised"):
        told[_own_id(body)] = str(body.get("what") or body.get("text") or body["rule"])
    yield f"{day} {_LINES[what](body, told) if what in _LINES else _plain(body)} {_by(entry)}"


def _own_id(body: Body) -> str:
    return str(body.get("task") or body.get("notice") or body["escalation"])


def _by(entry: Entry) -> str:
    role = entry.body.get("role", "")
    return "" if role == "system" else f"by={role}"


def _plain(body: Body) -> str:
    pairs = (f"{key}={value}" for key, value in body.items() if key not in _QUIET and value is not None)
    return " ".join((body["type"], *pairs))


_LINES: dict[str, Say] = {
    "task_opened": lambda b, _: f"task {b['what']} {b['addressee']} {b['subject']}",
    "task_closed": lambda b, told: f"task_closed {told.get(b['task'], '?')} {b['reason']}",
    "task_completed": lambda b, told: f"task_completed {told.get(b['task'], '?')}",
    "notice_planned": lambda b, _: f"notice {b['text']} {b['channel']} {b['language']} {b['matter']}",
    "notice_lapsed": lambda b, told: f"lapsed {told.get(b['notice'], '?')} {b['reason']}",
    "notice_settled": lambda b, told: f"{b['outcome']} {told.get(b['notice'], '?')} {b['reason']}",
    "escalation_raised": lambda b, _: (
        f"escalation {b['rule']} level={b['level']} {b['because']} {b['subject']}"
    ),
    "escalation_closed": lambda b, told: f"escalation_closed {told.get(b['escalation'], '?')} {b['reason']}",
    "decision_made": lambda b, _: (
        f"decided {b['rule']} stage={b['stage']} {b['outcome']} {b['addressee']} {b['subject']}"
    ),
    "outcome_withdrawn": lambda b, _: f"outcome_withdrawn {b['rule']} stage={b['stage']} {b['subject']}",
}
