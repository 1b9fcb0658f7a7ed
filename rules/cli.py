"""`pakt rules …`: the rule base in the shell. Exit codes: 0 done, 1 the answer is no, 2 bad input."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from domain.calendar import Calendar
from domain.decisions import Decision, Edition, Ruling
from domain.errors import EngineDisagreement, InvalidInput, NotFound, PaktError
from rules import cli_shown
from rules.book import Book, book, listing
from rules.check import check, draft_of
from rules.child import EngineChild, Quarantined
from rules.cli_shown import WriteHandbook
from rules.facts_possible import refuse_impossible
from rules.facts_reading import read_facts
from rules.findings_said import finding_said
from rules.foresight import foresee, watch
from rules.judge import decide
from rules.sentences import explain
from rules.subjects import AnyFacts
from rules.why import sentences, why
from rules.words import pick_of

LoadCalendar = Callable[[], tuple[Calendar, Edition]]
Today = Callable[[], date]
Sentence = Callable[[PaktError], str]
DONE, ANSWER_IS_NO, BAD_INPUT = 0, 1, 2


def run(
    argv: list[str],
    *,
    load_calendar: LoadCalendar,
    today: Today | None = None,
    sentence: Sentence | None = None,
    write_handbook: WriteHandbook | None = None,
) -> int:
    """Carry out one command; whatever is wrong with the input is told in one line on stderr.

    `sentence` says a refusal in the reader's language; without it code, place and remedy are told.
    `write_handbook` puts the handbook into a directory and names its files.
    """
    say = sentence or _bare
    try:
        asked = _parser().parse_args(argv)
        return _COMMANDS[asked.command](_Asked(asked, load_calendar, today, write_handbook))
    except (InvalidInput, NotFound) as wrong:
        return _complain(_in_file(wrong, say(wrong)), BAD_INPUT)
    except (EngineDisagreement, Quarantined) as undecided:
        return _complain(say(undecided), ANSWER_IS_NO)


def _complain(line: str, code: int) -> int:
    sys.stderr.write(" ".join(f"pakt rules: {line}".split()) + "\n")
    return code


def _in_file(error: PaktError, line: str) -> str:
    """The line with the file in front, where the mistake stands in one and the line does not name it."""
    file = error.params.get("file", "")
    return line if file in line else f"{file}: {line}"


def _bare(error: PaktError) -> str:
    what = [f"{key} {value}" for key, value in error.params.items() if key not in ("file", "remedy")]
    remedy = error.params.get("remedy", "")
    return f"{error.code}: {', '.join(what)}" + (f"; {remedy}" if remedy else "")


class _OneLineParser(argparse.ArgumentParser):
    """argparse without its usage page: the mistake is an error like any other."""

    def error(self, message: str) -> NoReturn:
        raise InvalidInput("usage", field=self.prog, remedy=message)


def _parser() -> argparse.ArgumentParser:
    shared = _OneLineParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="print one JSON document")
    shared.add_argument("--book", default=None, help="the book, else the newest")
    shared.add_argument("--language", choices=("de", "en"), default="de")
    parser = _OneLineParser(prog="pakt rules")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_OneLineParser)
    for name in ("list", "check"):
        commands.add_parser(name, parents=[shared])
    commands.choices["check"].add_argument("--on", type=_day, default=None)
    cli_shown.add_parsers(commands, shared, _day)
    for name in ("decide", "foresee", "why"):
        asks = commands.add_parser(name, parents=[shared])
        asks.add_argument("facts", metavar="FACTS", help="a JSON file, or - for standard input")
        asks.add_argument("--on", type=_day, default=None, metavar="DATE")
    commands.choices["foresee"].add_argument("--until", type=_day, required=True, metavar="DATE")
    commands.choices["why"].add_argument("--rule", required=True, metavar="ID")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no date; write YYYY-MM-DD") from None


class _Asked:
    """What was asked, with the things that an answer needs, each fetched when it is needed."""

    def __init__(
        self,
        words: argparse.Namespace,
        load_calendar: LoadCalendar,
        today: Today | None,
        write_handbook: WriteHandbook | None,
    ) -> None:
        self.words = words
        self.write_handbook = write_handbook
        self.json: bool = words.json
        self.language: str = words.language
        self._load_calendar = load_calendar
        self._today = today

    @property
    def book(self) -> Book:
        return book(self.words.book)

    @property
    def calendar(self) -> Calendar:
        return self._load_calendar()[0]

    @property
    def facts(self) -> AnyFacts:
        """The facts that were handed in; a mistake in them is named with its file."""
        name = "FACTS" if self.words.facts == "-" else self.words.facts
        try:
            found = read_facts(self._text_of_facts)
        except InvalidInput as wrong:
            raise InvalidInput(wrong.code, **{"file": name, **wrong.params}) from None
        refuse_impossible(found, self.on, file=name)
        return found

    @property
    def _text_of_facts(self) -> str:
        name: str = self.words.facts
        if name == "-":
            return sys.stdin.read()
        try:
            return Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as missing:
            remedy = getattr(missing, "strerror", None) or "save the file as UTF-8"
            raise InvalidInput("unreadable", field=name, remedy=remedy) from None

    @property
    def knows_a_day(self) -> bool:
        return self.words.on is not None or self._today is not None

    @property
    def on(self) -> date:
        if self.words.on is None and self._today is None:
            raise InvalidInput("no_day", field="--on", remedy="name the day with --on YYYY-MM-DD")
        day: date = self.words.on if self.words.on is not None else self._today()  # type: ignore[misc]
        first, last = self.calendar.first, self.calendar.last
        if not first <= day <= last:
            raise InvalidInput("day_outside", field="--on", remedy=f"a day from {first} to {last}")
        return day


def _print(document: Any) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _lines(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _list(asked: _Asked) -> int:
    rows = listing(asked.book)
    if asked.json:
        _print(rows)
    else:
        _lines(*(f"{row['id']}  {row[f'title_{asked.language}']}" for row in rows))
    return DONE


def _decide(asked: _Asked) -> int:
    facts, on = asked.facts, asked.on
    with EngineChild() as engine:
        ruling = decide(facts, on, calendar=asked.calendar, book=asked.book, judge=engine)
    answer = _answer(ruling, watch(facts, on=on, calendar=asked.calendar, book=asked.book), asked.book)
    if asked.json:
        _print(answer)
    else:
        _lines(*(_decision_line(row, asked.language) for row in answer["decisions"]))
        _lines(f"→ {answer['watch'] or '–'}")
    return DONE


def _answer(ruling: Ruling, following: date | None, book: Book) -> dict[str, Any]:
    return {
        "as_of": ruling.as_of.isoformat(),
        "book": ruling.book,
        "book_sha256": ruling.book_sha256,
        "agreement": ruling.agreement,
        "decisions": [_explained(made, book) for made in ruling.decisions],
        "lifted": [gone.model_dump(mode="json") for gone in ruling.lifted],
        "watch": following.isoformat() if following else None,
    }


def _explained(made: Decision, book: Book) -> dict[str, Any]:
    """A decision with its explanation in both languages."""
    said = {f"explanation_{language}": explain(made, language, book=book) for language in ("de", "en")}
    return {**made.model_dump(mode="json"), **said}


def _decision_line(row: dict[str, Any], language: str) -> str:
    told = f"{row['rule']}/{row['stage']} {row['outcome']} → {row['addressee']} ({row['subject']})"
    return f"{told}: {row[f'explanation_{language}']}"


def _foresee(asked: _Asked) -> int:
    facts, on, until = asked.facts, asked.on, asked.words.until
    calendar = asked.calendar
    if not on <= until <= calendar.last:
        raise InvalidInput("until", field="--until", remedy=f"a day from {on} to {calendar.last}")
    ahead = foresee(facts, until, on=on, calendar=calendar, book=asked.book)
    rows = [{"on": day.isoformat(), **_explained(made, asked.book)} for day, made in ahead]
    if asked.json:
        _print(
            {"as_of": on.isoformat(), "until": until.isoformat(), "book": asked.book.id, "decisions": rows}
        )
    else:
        _lines(*(f"{row['on']}  {_decision_line(row, asked.language)}" for row in rows))
    return DONE


def _why(asked: _Asked) -> int:
    answer = why(asked.facts, asked.words.rule, asked.on, calendar=asked.calendar, book=asked.book)
    if asked.json:
        _print({**answer.as_json(), "text": list(sentences(answer, asked.language))})
    else:
        _lines(*sentences(answer, asked.language))
    return DONE


def _check(asked: _Asked) -> int:
    known = asked.book
    on = asked.on if asked.knows_a_day else known.valid_from
    found = check(draft_of(known), on, calendar=asked.calendar)
    if asked.json:
        _print(
            {"ok": not found, "book": known.id, "sha256": known.sha256, "findings": [_row(f) for f in found]}
        )
    else:
        counted = len({rule.id for rule in known.rules})
        sound = (
            f"{known.id}: {counted} Regeln, nichts gefunden",
            f"{known.id}: {counted} rules, nothing found",
        )
        said = [finding_said(f, asked.language) for f in found]
        _lines(*said or [sound[pick_of(asked.language)]])
    return ANSWER_IS_NO if found else DONE


def _row(finding: Any) -> dict[str, str]:
    return {name: getattr(finding, name) for name in ("file", "field", "reason", "remedy")}


_COMMANDS: dict[str, Callable[[_Asked], int]] = {
    "list": _list,
    **cli_shown.COMMANDS,
    "decide": _decide,
    "foresee": _foresee,
    "why": _why,
    "check": _check,
}
