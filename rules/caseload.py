"""What a new book changes over many journeys: part by part, added up into one result that is the same each time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple
from datetime import date
from typing import Any

from domain.calendar import Calendar
from domain.facts import CaseFacts
from rules.compare import Compared, Pair, Row, added, tally

Part = dict[str, Any]


def part_of(books: Pair, texts: Iterable[str], *, on: date, until: date, calendar: Calendar) -> Part:
    """Some journeys, given as JSON, compared: how many, what differs, and who is worse off by what."""
    compared, worse, cases = list[Compared](), list[Part](), 0
    for text in texts:
        facts = CaseFacts.model_validate_json(text)
        cases += 1
        one = books.compare(facts, on=on, until=until, calendar=calendar)
        if not one:
            continue
        compared.append(one)
        if one.worse:
            worse.append(_worse(facts.journey, one))
    return {
        "cases": cases,
        "affected": len(compared),
        "rows": [list(astuple(row)) for row in tally(compared)],
        "worse": worse,
    }


def _worse(journey: str, one: Compared) -> Part:
    """A journey with what is worse for its person: what it loses or is asked sooner, and where time gets shorter."""
    changes = [
        {
            "rule": c.rule,
            "stage": c.stage,
            "outcome": c.outcome,
            "what": c.kind,
            "old": c.old and c.old.isoformat(),
            "new": c.new and c.new.isoformat(),
        }
        for c in one.changes
        if c.effect == "worse"
    ]
    shorter = [
        {"rule": s.rule, "stage": s.stage, "unit": s.unit, "old": s.old, "new": s.new}
        for s in one.shorter
        if s.effect == "worse"
    ]
    return {"journey": journey, "changes": changes, "shorter": shorter}


def result_of(head: Mapping[str, Any], parts: Sequence[Part]) -> Part:
    """The result over all parts; their order makes no difference."""
    rows = added([[Row(*row) for row in part["rows"]] for part in parts])
    return {
        **head,
        "cases": sum(part["cases"] for part in parts),
        "affected": sum(part["affected"] for part in parts),
        "rows": [asdict(row) for row in rows],
        "worse": sorted(
            (one for part in parts for one in part["worse"]), key=lambda one: str(one["journey"])
        ),
    }
