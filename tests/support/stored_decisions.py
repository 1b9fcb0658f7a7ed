"""The decisions of a frozen book, kept as a file: `python -m tests.support.stored_decisions` writes what is lacking.

A file is written once, with the release of its book, and never again: it is what the book decided then.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from domain.decisions import Decision
from rules.binding import Book
from rules.book import book, frozen
from rules.check_cases import facts_of
from rules.facts_reading import read_facts
from rules.foresight import foresee
from rules.judge import decide
from store.editions import CALENDAR, calendar
from tests.oracle import lives

PLACE = Path(__file__).parents[1] / "unit" / "stored_decisions"
COMMAND = "python -m tests.support.stored_decisions"
LIVES = 240
OFFICES = 60
AHEAD = timedelta(days=60)
Row = dict[str, Any]


def file_of(book_id: str) -> Path:
    """Where the decisions of a book are kept."""
    return PLACE / f"{book_id}.json.gz"


def questions(of: Book) -> Iterator[Row]:
    """What a book is asked: every case of the catalogue on its day, and made-up lives from a day on."""
    for rule in of.rules:
        for case in rule.cases:
            facts = facts_of(case).model_dump(mode="json", exclude_defaults=True)
            yield {"facts": facts, "on": case.on.isoformat()}
    for number in range(LIVES):
        seed = f"stored/{number}"
        whole = lives.life(seed)
        visits = lives.visits(seed, whole)
        yield _life(lives.known_by(whole, visits[number % 3]), visits[number % 3])
    for number in range(OFFICES):
        years = lives.office_life(f"stored/{number}")
        on = lives.office_visits(f"stored/{number}", years)[number % 3]
        yield _life(lives.office_known_by(years, on), on)


def _life(facts: Row, on: date) -> Row:
    return {"facts": facts, "on": on.isoformat(), "until": (on + AHEAD).isoformat()}


def answered(question: Row, of: Book, calendar_id: str) -> Row:
    """A question with its answer: what acts and what is over on the day, and what acts until the last day."""
    facts, on = read_facts(json.dumps(question["facts"])), date.fromisoformat(question["on"])
    made_by = calendar(calendar_id)[0]
    ruling = decide(facts, on, calendar=made_by, book=of)
    answer: Row = {
        "decisions": [_plain(decision) for decision in ruling.decisions],
        "lifted": [gone.model_dump(mode="json") for gone in ruling.lifted],
    }
    if "until" in question:
        ahead = foresee(facts, date.fromisoformat(question["until"]), on=on, calendar=made_by, book=of)
        answer["ahead"] = [[day.isoformat(), _plain(decision)] for day, decision in ahead]
    return {**{name: question[name] for name in ("facts", "on", "until") if name in question}, **answer}


def _plain(decision: Decision) -> Row:
    return decision.model_dump(mode="json")


def line(row: Row) -> str:
    """One row as it is kept."""
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def head(of: Book) -> Row:
    """The first row: which book and which calendar answered."""
    return {"book": of.id, "sha256": of.sha256, "calendar": CALENDAR}


def write(of: Book) -> int:
    """Ask the book everything and keep it; gives how many rows were written."""
    rows = [line(head(of)), *(line(answered(asked, of, CALENDAR)) for asked in questions(of))]
    content = "".join(f"{row}\n" for row in rows).encode()
    file_of(of.id).write_bytes(gzip.compress(content, mtime=0))
    return len(rows) - 1


def read(book_id: str) -> list[str]:
    """The rows of a book as they were kept."""
    return gzip.decompress(file_of(book_id).read_bytes()).decode().splitlines()


def main() -> int:
    """Write the decisions of every frozen book that has none; an old file stays as it is."""
    for released in frozen():
        if not file_of(released.id).exists():
            # The catalogue's own copy of the newest book knows the cases; its decisions are the same.
            print(f"{released.id}: {write(book(released.id))} rows")  # noqa: T201 - a command of developers
    return 0


if __name__ == "__main__":
    sys.exit(main())
