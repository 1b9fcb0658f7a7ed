"""`pakt programme show · check · compare`: the programme as data, as a picture, and against another version."""

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from domain.errors import InvalidInput
from domain.facts import CaseFacts
from domain.programme import Programme
from domain.programme_difference import Change, difference
from domain.programme_picture import picture
from ops.arguments import Parser
from ops.console import language, print_json, say
from ops.own_programmes import programme_id, read_checked, use_own_programmes
from ops.programme_drawn import drawn, told
from rules.facts_reading import read_facts
from store import editions

SOME_MONDAY = date(2027, 1, 4)
_SIGNS = {
    "appears": ("kommt", "appears"),
    "vanishes": ("entfällt", "vanishes"),
    "shifts": ("rückt", "shifts"),
}


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Show a programme, check a file, or compare two; a fault names file, line, field and remedy."""
    options = _parser().parse_args(argv)
    if options.action == "check" and options.file is not None:
        return _tell([read_checked(options.file)], as_json=as_json)
    use_own_programmes(data_dir)
    match options.action:
        case "show":
            return _show(options.id, options.months, as_json=as_json)
        case "compare":
            return _compare(options, as_json=as_json)
        case _:
            return _tell([programme for programme, _ in editions.programmes()], as_json=as_json)


def _parser() -> Parser:
    parser = Parser(prog="pakt programme", description="the programme of steps")
    actions = parser.add_subparsers(dest="action", required=True)
    show = actions.add_parser("show", help="a published programme, or the newest, as a picture")
    show.add_argument("id", nargs="?")
    show.add_argument("--months", type=int, default=None, help="over an extended term: 36 or 48")
    actions.add_parser("check", help="check FILE, or all published").add_argument(
        "file", nargs="?", type=Path
    )
    compare = actions.add_parser("compare", help="what NEW would change for a journey that follows OLD")
    compare.add_argument("old")
    compare.add_argument("new")
    compare.add_argument("--facts", metavar="FACTS", help="the facts of a journey, or -; else a fresh one")
    compare.add_argument("--t0", type=date.fromisoformat, default=SOME_MONDAY, help="its day of allocation")
    return parser


def _show(wanted: str | None, months: int | None, *, as_json: bool) -> int:
    found = editions.programme(programme_id(wanted)) if wanted else editions.newest_programme()
    programme, edition = found
    if as_json:
        print_json({**programme.model_dump(mode="json"), "sha256": edition.sha256})
        return 0
    _expect_term(programme, months)
    seen, lang = picture(programme, months), language()
    title = programme.title.en if lang == "en" else programme.title.de
    say(
        f"{edition.id}  {title}, {seen.months} Monate  SHA-256 {edition.sha256}",
        f"{edition.id}  {title}, {seen.months} months  SHA-256 {edition.sha256}",
    )
    lines = [*drawn(seen, lang)]
    for step in programme.steps:
        lines += ["", *told(step, seen, lang)]
    for line in lines:
        say(line, line)
    return 0


def _expect_term(programme: Programme, months: int | None) -> None:
    known = (programme.term_months, *programme.extensions)
    if months is not None and months not in known:
        remedy = ", ".join(map(str, known))
        raise InvalidInput("programme_months", field="--months", value=str(months), remedy=remedy)


def _compare(options: Namespace, *, as_json: bool) -> int:
    old, new = (editions.programme(programme_id(one))[0] for one in (options.old, options.new))
    facts = _fresh(options.t0, old) if options.facts is None else _facts(options.facts)
    changes = difference(old, new, facts, editions.calendar()[0])
    if as_json:
        rows = [
            {
                "step": c.step,
                "change": c.kind,
                "before": c.before,
                "after": c.after,
                "core": _core(c, old, new),
            }
            for c in changes
        ]
        print_json({"old": old.id, "new": new.id, "changes": rows})
        return 0
    for change in changes:
        line = _line(change, old if change.kind == "vanishes" else new)
        say(line, line)
    say(f"{len(changes)} Unterschiede", f"{len(changes)} differences")
    return 0


def _core(change: Change, old: Programme, new: Programme) -> bool:
    step = (old if change.kind == "vanishes" else new).step(change.step)
    return step is not None and step.core


def _line(change: Change, programme: Programme) -> str:
    pick = language() == "en"
    name = programme.name_of(change.step)
    title = (name.en if pick else name.de) if name else change.step
    days = " → ".join(str(day) for day in (change.before, change.after) if day)
    return f"{_SIGNS[change.kind][pick]:<10} {days:<24} {change.step:<22} {title}"


def _fresh(t0: date, programme: Programme) -> CaseFacts:
    """A journey of which nothing is known yet."""
    return CaseFacts(
        journey=f"jrn_{0:032}",
        office="off_example",
        ags="08111000",
        t0=t0,
        opened_on=t0,
        programme=programme.id,
        term_months=programme.term_months,
    )


def _facts(file: str) -> CaseFacts:
    """The facts of a journey in a file, or on standard input for `-`; a mistake is named with its file."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as missing:
        reason = missing.strerror or "?"
        raise InvalidInput("file_unreadable", field="--facts", file=file, reason=reason) from None
    except UnicodeDecodeError:
        raise InvalidInput("file_not_utf8", field="--facts", file=file) from None
    try:
        found = read_facts(text)
    except InvalidInput as wrong:
        raise InvalidInput(wrong.code, **{"file": file, **wrong.params}) from None
    if not isinstance(found, CaseFacts):
        raise InvalidInput("file_no_journey", field="journey", file=file)
    return found


def _tell(checked: list[Programme], *, as_json: bool) -> int:
    if as_json:
        rows = [{"id": programme.id, "steps": len(programme.steps)} for programme in checked]
        print_json({"ok": True, "programmes": rows})
        return 0
    for programme in checked:
        steps = len(programme.steps)
        say(f"{programme.id}: in Ordnung, {steps} Schritte", f"{programme.id}: good, {steps} steps")
    return 0
