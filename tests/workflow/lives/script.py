"""Reads a life: a few header lines, then one line for each thing that is done or expected.

    life    A pregnancy lets the demands stand still
    row     Pregnancy, parental leave
    begin   2027-01-04
    with    language=uk interpreter=needed email=lina@example.org

    2027-01-18 10:00  consents casework,email
    2027-01-18 11:00  facts    childcare=not_needed benefit=asylblg
    2027-01-19 10:00  do       pause pause=@baby reason=pregnancy start=2027-02-01
    2027-01-20 09:00  refused  not_paused  resume on=2027-01-20
    2027-02-01        expect   task foe_03_1 case_worker
    2027-03-01        never    notice mit_08
    2027-03-01        silent   2027-02-01
    2027-03-01        has      term_months=24

A day without an hour means its evening. `@name` is an id, the same one wherever the name comes again; the kind of
id follows from the field. `;` separates what one talk settles. `as=lead` says who does it, `approved_by=head` who
agrees. `expect` wants a line of that very day that holds all these words; `never` that no line of any day up to
then holds them all; `silent` that since that day nothing was planned for the participant.
"""

import re
import shlex
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from domain.calendar import BERLIN

EVENING = time(18, 30)
HERE = Path(__file__).parent
_LINE = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s+(\d\d:\d\d))?\s+(\w+)\s*(.*)")
VERBS = ("do", "consents", "facts", "refused", "expect", "never", "silent", "has", "wait")


class ScriptError(AssertionError):
    """A line that nobody can play."""


@dataclass(frozen=True)
class Line:
    """One line of a life: when, what kind of line, and its words."""

    number: int
    at: datetime
    verb: str
    rest: str

    @property
    def day(self) -> str:
        """The day as a script writes it."""
        return self.at.date().isoformat()

    @property
    def words(self) -> list[str]:
        """Its words; quotes hold several together."""
        return shlex.split(self.rest)


@dataclass
class Script:
    """A life as it is written."""

    file: str
    title: str = ""
    row: str = ""
    begin: date = date(2027, 1, 4)
    base: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


def scripts() -> list[Script]:
    """Every life of this room, by the name of its file."""
    return [read(path) for path in sorted(HERE.glob("*.life"))]


def read(path: Path) -> Script:
    """One life; a line that nobody can play is named."""
    script = Script(path.stem)
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = raw.partition("#")[0].strip()
        if text:
            _take(script, number, text)
    if not (script.title and script.row and script.lines):
        raise ScriptError(f"{path.name}: a life needs `life`, `row` and at least one dated line")
    return script


def _take(script: Script, number: int, text: str) -> None:
    head, _, rest = text.partition(" ")
    match head:
        case "life":
            script.title = rest.strip()
        case "row":
            script.row = rest.strip()
        case "begin":
            script.begin = date.fromisoformat(rest.strip())
        case "with":
            script.base |= dict(word.split("=", 1) for word in shlex.split(rest))
        case _:
            script.lines.append(_dated(script, number, text))


def _dated(script: Script, number: int, text: str) -> Line:
    found = _LINE.fullmatch(text)
    if found is None or found[3] not in VERBS:
        raise ScriptError(f"{script.file}.life:{number}: {text!r} is no line of a life")
    hour = time.fromisoformat(found[2]) if found[2] else EVENING
    at = datetime.combine(date.fromisoformat(found[1]), hour, tzinfo=BERLIN)
    if script.lines and at < script.lines[-1].at:
        raise ScriptError(f"{script.file}.life:{number}: goes back in time")
    return Line(number, at, found[3], found[4])
