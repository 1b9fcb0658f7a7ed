"""`pakt rules show`, `near-misses` and `schema`: what a person reads about a rule, and about a case."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from domain.calendar import Calendar
from domain.errors import InvalidInput
from domain.facts import CaseFacts
from domain.office_facts import OfficeFacts
from rules.book import Book, books, listing
from rules.handbook import Chapter, Step, chapter
from rules.near import as_json, near_misses
from rules.subjects import AnyFacts
from rules.words import pick_of

DONE = 0
WriteHandbook = Callable[[Book, tuple[Book, ...], Path], list[str]]


class Asked(Protocol):
    """What was asked, as `rules/cli.py` hands it over."""

    words: Any
    json: bool
    language: str
    write_handbook: WriteHandbook | None

    @property
    def book(self) -> Book:
        """The book that was named, else the newest."""
        ...

    @property
    def calendar(self) -> Calendar:
        """The calendar of this release."""
        ...

    @property
    def facts(self) -> AnyFacts:
        """The facts that were handed in, possible on the day."""
        ...

    @property
    def on(self) -> date:
        """The day that is asked about."""
        ...


def earlier_than(book: Book) -> tuple[Book, ...]:
    """The released books before this one, oldest first."""
    released = books()
    ids = [one.id for one in released]
    return released[: ids.index(book.id)] if book.id in ids else released


def add_parsers(commands: Any, shared: ArgumentParser, day: Callable[[str], date]) -> None:
    """The words of the commands that stand here."""
    commands.add_parser("show", parents=[shared]).add_argument("rule")
    schema = commands.add_parser("schema", parents=[shared])
    schema.add_argument("--office", action="store_true", help="of an office instead of a journey")
    near = commands.add_parser("near-misses", parents=[shared])
    near.add_argument("facts", metavar="FACTS", help="a JSON file, or - for standard input")
    near.add_argument("--on", type=day, default=None, metavar="DATE")
    written = commands.add_parser("handbook", parents=[shared])
    written.add_argument("-o", "--output", required=True, metavar="DIR")


def show(asked: Asked) -> int:
    """One rule, complete: in words, or as a row of the list."""
    of = asked.book
    rule = of.rule(asked.words.rule)
    if asked.json:
        _print(next(row for row in listing(of) if row["id"] == rule.id))
        return DONE
    other = (rule.title_en, rule.title_de)[pick_of(asked.language)]
    found = chapter(of, rule.id, asked.language, earlier=earlier_than(of))
    sys.stdout.write("".join(f"{line}\n" for line in told(found, other, asked.language)))
    return DONE


def told(of: Chapter, other_title: str, language: str) -> Iterator[str]:
    """A rule as lines of text; its statement stands in both languages."""
    pick = pick_of(language)
    yield f"{of.id}  {of.title}"
    yield f"        {other_title}"
    yield f"  {of.side_said} · {('Fassung', 'version')[pick]} {of.version}, {of.validity}"
    parts: tuple[tuple[str, list[str]], ...] = (
        (("Recht", "Law")[pick], [line for law in of.laws for line in _law_lines(law)]),
        (("Anlass", "Cause")[pick], list(of.cause)),
        (("Nur wenn", "Only if")[pick], list(of.silent_unless)),
        (("Zuerst die Stelle", "The office first")[pick], list(of.twins)),
        (("Stufen", "Stages")[pick], [line for step in of.steps for line in _step_lines(step)]),
        (
            ("Zahlen (Spielraum, Quelle)", "Numbers (range, source)")[pick],
            [f"{f.name} = {f.value} ({f.limits}; {f.validity}) – {f.source}" for f in of.figures],
        ),
        (("Nie von selbst", "Never by itself")[pick], list(of.never)),
        (
            ("Fassungen", "Versions")[pick],
            [f"{e.version}: {e.validity} – {', '.join(e.basis)}" for e in of.editions] + list(of.changes),
        ),
    )
    for heading, lines in parts:
        if lines:
            yield f"  {heading}"
            yield from (f"    {line}" for line in lines)


def _law_lines(law: Any) -> Iterator[str]:
    yield f"{law.provision} ({law.validity}; {law.checked}; {law.recheck})"
    yield f"  {law.source}"
    if law.note:
        yield f"  {law.note}"


def _step_lines(step: Step) -> Iterator[str]:
    acts = ", ".join(f"{outcome} → {whom}" for outcome, whom in step.effects)
    counted = f" ({step.counted})" if step.counted else ""
    yield f"{step.no}. {step.when}{counted}: {acts}"
    yield from (f"   {line}" for line in step.also)


def schema(asked: Asked) -> int:
    """The JSON Schema of the facts of a journey, or of an office."""
    model = OfficeFacts if asked.words.office else CaseFacts
    _print(model.model_json_schema())
    return DONE


def near(asked: Asked) -> int:
    """What is one step away on the day, and what would lift what has spoken."""
    on, facts = asked.on, asked.facts
    found = as_json(near_misses(facts, on, calendar=asked.calendar, book=asked.book), asked.language)
    if asked.json:
        _print({"book": asked.book.id, **found})
        return DONE
    lines = [f"{row['text']} [{row['subject']}]" for row in found["near_misses"]]
    for row in found["lifted_by"]:
        lines += [f"{row['rule']} ↓ {text} [{row['subject']}]" for text in row["text"]]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return DONE


def handbook(asked: Asked) -> int:
    """Write the handbook in both languages, as pages and as PDF."""
    if asked.write_handbook is None:
        remedy = "call it as `pakt rules handbook`"
        raise InvalidInput("handbook_not_here", field="handbook", remedy=remedy)
    of = asked.book
    written = asked.write_handbook(of, earlier_than(of), Path(asked.words.output))
    if asked.json:
        _print({"book": of.id, "sha256": of.sha256, "files": written})
    else:
        sys.stdout.write("".join(f"{name}\n" for name in written))
    return DONE


def _print(document: Any) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


COMMANDS: dict[str, Callable[[Any], int]] = {
    "show": show,
    "schema": schema,
    "near-misses": near,
    "handbook": handbook,
}
