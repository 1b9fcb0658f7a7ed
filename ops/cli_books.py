"""`pakt rules books · draft · examine · simulate · approve · activate · compare`: the life of a book in the shell."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from domain.calendar import berlin_day
from domain.errors import InvalidInput, NotFound, NotPermitted, Refusal
from domain.permissions import Actor, Permission, may
from ops import settings as setting
from ops.arguments import Parser
from ops.cli_journey import actor_of
from ops.console import print_json, say
from ops.what_if import PROCESSES, over_the_caseload, recomputed, simulate
from rules import drafting
from rules.binding import Book
from rules.book import SHIPPED_ID
from rules.compare import Compared, compare
from rules.documents import to_document
from rules.facts_reading import read_facts
from rules.library import OfTheRelease, find
from store import book_simulations, books, clock, editions
from store.book_simulations import Plan
from store.books import By, Library, Printed
from store.database import Store, open_store
from store.tables import BookRow

DAYS = 30
MOST_DAYS = 400
_MAKER, _SECOND = "admin", "brandt"


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Carry out one step in the name of the person given by `--as`, or show where the books stand."""
    options = _parser().parse_args(argv)
    if options.action == "compare" and not options.stored:
        return _compare(options, data_dir, as_json=as_json)
    settings = setting.load_installed(data_dir)
    store = open_store(settings, settings.master_key())
    try:
        return _ACTIONS[options.action](store, options, as_json)
    finally:
        store.close()


def _parser() -> Parser:
    parser = Parser(prog="pakt rules", description="the life of a book")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("books", help="every book with its state")
    draft = actions.add_parser("draft", help="a book of one's own, from one that was in force")
    draft.add_argument("--from", dest="base", required=True, metavar="BOOK")
    draft.add_argument("--set", dest="numbers", action="append", default=[], metavar="NAME=NUMBER")
    draft.add_argument("--reason", required=True)
    draft.add_argument("--id", default=None, help="its id; otherwise one is made from the base's")
    for name in ("examine", "simulate", "approve", "activate"):
        actions.add_parser(name).add_argument("book", metavar="BOOK")
    actions.choices["simulate"].add_argument("--days", type=int, default=DAYS)
    actions.choices["simulate"].add_argument("--processes", type=int, default=PROCESSES)
    actions.choices["approve"].add_argument(
        "--result", required=True, help="the hash that `simulate` printed"
    )
    actions.choices["activate"].add_argument("--from", dest="since", required=True, metavar="DATE")
    compares = actions.add_parser("compare", help="what two books make of the same facts otherwise")
    compares.add_argument("old", metavar="OLD")
    compares.add_argument("new", metavar="NEW")
    compares.add_argument("facts", nargs="*", metavar="FACTS", help="JSON files, or - for standard input")
    compares.add_argument("--stored", action="store_true", help="over the open journeys of this installation")
    compares.add_argument("--on", type=_day, default=None, metavar="DATE")
    compares.add_argument("--days", type=int, default=DAYS)
    for name in ("draft", "examine", "simulate", "approve", "activate"):
        known = _SECOND if name in ("approve", "activate") else _MAKER
        told = f"in whose name (default: {known} of the demo)"
        actions.choices[name].add_argument("--as", dest="login", default=known, help=told)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no date; write YYYY-MM-DD") from None


def _by(store: Store, login: str, permission: Permission) -> By:
    actor: Actor = actor_of(store, login)
    if not may(actor, permission):
        raise NotPermitted("not_permitted", permission=permission)
    return By(actor.id, clock.now(store))


def _books(store: Store, _: argparse.Namespace, as_json: bool) -> int:  # noqa: FBT001 - one shape for all actions
    with store.read() as session:
        rows = [_shown(row) for row in books.books(session)]
    if as_json:
        print_json(rows)
        return 0
    for row in rows:
        since = row["active_from"] or "–"
        line = f"{row['id']:<24} {row['state']:<11} {since:<11} {row['sha256'][:12]}"
        say(line, line)
    return 0


def _shown(row: BookRow) -> dict[str, Any]:
    fields = ("id", "sha256", "origin", "base", "state", "simulation", "approved_result")
    days = {
        name: str(day) if (day := getattr(row, name)) else None for name in ("active_from", "superseded_from")
    }
    return {**{name: getattr(row, name) for name in fields}, **days}


def _draft(store: Store, options: argparse.Namespace, as_json: bool) -> int:  # noqa: FBT001
    by = _by(store, options.login, Permission.HOUSE_BOOK_DRAFT)
    base = find(Library(store), options.base)
    new = drafting.draft(base, numbers_of(options.numbers), own_id(store, options.base, options.id))
    with store.write() as session:
        row = books.draft(
            session,
            Printed(new.id, new.sha256, to_document(new), new.valid_from),
            base=base.id,
            reason=options.reason,
            by=by,
        )
        shown = _shown(row)
    return _tell(shown, as_json)


def numbers_of(words: list[str]) -> dict[str, str]:
    """The numbers in words such as `FOE-02.task=2`."""
    pairs = [word.partition("=") for word in words]
    for name, separator, number in pairs:
        if not (name and separator and number):
            raise InvalidInput("set_malformed", field="--set", value=name, remedy="--set FOE-02.task=2")
    return {name: number for name, _, number in pairs}


def own_id(store: Store, base: str, wanted: str | None) -> str:
    """The id of a book of one's own: as wanted, or the base's with the next free number."""
    if wanted is None:
        with store.read() as session:
            return books.free_id(session, base)
    if not drafting.OWN_ID.fullmatch(wanted) or SHIPPED_ID.fullmatch(wanted):
        remedy = "2 to 40 small letters, digits or _, and not the id of a release such as b2026_1"
        raise InvalidInput("book_id", field="--id", book=wanted, remedy=remedy)
    return wanted


def _examine(store: Store, options: argparse.Namespace, as_json: bool) -> int:  # noqa: FBT001
    by = _by(store, options.login, Permission.HOUSE_BOOK_DRAFT)
    found = drafting.faults(
        find(Library(store), options.book), berlin_day(by.at), calendar=editions.calendar()[0]
    )
    with store.write() as session:
        row = books.check(session, options.book, findings=[str(one) for one in found], by=by)
        shown = _shown(row)
    return _tell(shown, as_json)


def _simulate(store: Store, options: argparse.Namespace, as_json: bool) -> int:  # noqa: FBT001
    by = _by(store, options.login, Permission.HOUSE_BOOK_DRAFT)
    plan = plan_for(store, options.book, by, options.days)
    result = simulate(store, plan, by=by, progress=_progress, processes=options.processes)
    with store.read() as session:
        row = books.book(session, options.book)
        simulation = book_simulations.simulation(session, row.simulation or "")
    document = {**json.loads(simulation.result or "{}"), "result_sha256": result}
    if as_json:
        print_json(document)
    else:
        _tell_result(document)
    return 0


def plan_for(store: Store, book_id: str, by: By, days: int) -> Plan:
    """The simulation of a book against the one in force today, over some days."""
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput("days_outside", field="--days", remedy=f"1 to {MOST_DAYS}")
    today = berlin_day(by.at)
    in_force = Library(store).active(today)
    if in_force is None:
        raise NotFound("no_book", day=str(today), remedy="pakt up")
    if in_force.id == book_id:
        raise Refusal("book_state", book=book_id, stands="active", needed="checked")
    return Plan(book_id, in_force, editions.calendar()[1], today, days)


def _progress(done: int, total: int) -> None:
    line = f"  {done} / {total}"
    say(line, line, to=sys.stderr)


def _tell_result(result: dict[str, Any]) -> None:
    counts = (result["cases"], result["affected"], len(result["worse"]))
    say(
        "{} Fälle verglichen, {} betroffen, {} schlechter gestellt".format(*counts),
        "{} cases compared, {} affected, {} worse off".format(*counts),
    )
    for row in result["rows"]:
        what = f"{row['outcome']} → {row['addressee']}" if row["outcome"] else ""
        told = f"{row['rule']}/{row['stage']} {row['what']:<8} {row['effect']:<8} {row['times']:>6}×  {what}"
        say(f"  {told}", f"  {told}")
    for one in result["worse"]:
        say(f"  ! {one['journey']}", f"  ! {one['journey']}")
    say(f"Ergebnis {result['result_sha256']}", f"Result {result['result_sha256']}")


def _approve(store: Store, options: argparse.Namespace, as_json: bool) -> int:  # noqa: FBT001
    by = _by(store, options.login, Permission.HOUSE_BOOK_APPROVE)
    with store.read() as session:
        simulation = books.book(session, options.book).simulation
    anew = recomputed(store, simulation, progress=_progress) if simulation else ""
    with store.write() as session:
        row = books.approve(session, options.book, seen=options.result, recomputed=anew, by=by)
        shown = _shown(row)
    return _tell(shown, as_json)


def _activate(store: Store, options: argparse.Namespace, as_json: bool) -> int:  # noqa: FBT001
    by = _by(store, options.login, Permission.HOUSE_BOOK_APPROVE)
    since = _since(options.since)
    with store.write() as session:
        row = books.activate(session, options.book, on=since, calendar=editions.calendar()[0], by=by)
        shown = _shown(row)
    return _tell(shown, as_json)


def _since(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("usage_day", field="--from", value=text) from None


def _tell(shown: dict[str, Any], as_json: bool) -> int:  # noqa: FBT001
    if as_json:
        print_json(shown)
        return 0
    line = f"{shown['id']}  {shown['state']}  {shown['sha256'][:12]}  {shown['active_from'] or ''}".rstrip()
    say(line, line)
    return 0


def _compare_stored(store: Store, options: argparse.Namespace, as_json: bool) -> int:  # noqa: FBT001

    library = Library(store)
    old, new = find(library, options.old), find(library, options.new)
    on = options.on or berlin_day(clock.now(store))
    until = on + timedelta(days=_days(options))
    result = over_the_caseload(store, old, new, (on, until), progress=_progress)
    if as_json:
        print_json(result)
    else:
        _tell_result(result)
    return 0


def _days(options: argparse.Namespace) -> int:
    days: int = options.days
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput("days_outside", field="--days", remedy=f"1 to {MOST_DAYS}")
    return days


def _compare(options: argparse.Namespace, data_dir: Path, *, as_json: bool) -> int:
    """Over handed-in facts; the books come from the installation where there is one, else from the release."""
    if not options.facts:
        raise InvalidInput("nothing_to_compare", field="FACTS", remedy="name files with facts, or --stored")
    old, new, today = _two_books(options, data_dir)
    on = options.on or today
    calendar = editions.calendar()[0]
    until = on + timedelta(days=_days(options))
    told = []
    for name in options.facts:
        facts = read_facts(_text(name))
        told.append((name, compare(old, new, facts, on=on, until=until, calendar=calendar)))
    if as_json:
        print_json([{"facts": name, **_compared_json(found)} for name, found in told])
        return 0
    for name, found in told:
        _tell_compared(name, found)
    return 0


def _two_books(options: argparse.Namespace, data_dir: Path) -> tuple[Book, Book, date]:
    try:
        settings = setting.load_installed(data_dir)
    except InvalidInput as refused:
        if refused.code != "not_installed":
            raise
        shelf = OfTheRelease()
        return find(shelf, options.old), find(shelf, options.new), berlin_day(clock.real())
    store = open_store(settings, settings.master_key())
    try:
        library = Library(store)
        return find(library, options.old), find(library, options.new), berlin_day(clock.now(store))
    finally:
        store.close()


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as missing:
        remedy = getattr(missing, "strerror", None) or "save the file as UTF-8"
        raise InvalidInput("unreadable", field=name, remedy=remedy) from None


def _compared_json(found: Compared) -> dict[str, Any]:
    changes = [
        {
            "rule": c.rule,
            "subject": c.subject,
            "stage": c.stage,
            "outcome": c.outcome,
            "addressee": c.addressee,
            "what": c.kind,
            "old": str(c.old) if c.old else None,
            "new": str(c.new) if c.new else None,
            "effect": c.effect,
        }
        for c in found.changes
    ]
    names = ("rule", "subject", "stage", "unit", "old", "new", "effect")
    return {"changes": changes, "shorter": [{n: getattr(s, n) for n in names} for s in found.shorter]}


def _tell_compared(name: str, found: Compared) -> None:
    say(
        f"{name}: {'kein Unterschied' if not found else ''}",
        f"{name}: {'no difference' if not found else ''}",
    )
    for c in found.changes:
        days = f"{c.old or '–'} → {c.new or '–'}"
        line = f"  {c.rule}/{c.stage} {c.kind} ({c.effect})  {days}  {c.outcome} → {c.addressee}  {c.subject}"
        say(line, line)
    for s in found.shorter:
        german = f"  {s.rule}/{s.stage} Frist kürzer ({s.effect})  {s.old} → {s.new} {s.unit}  {s.subject}"
        english = f"  {s.rule}/{s.stage} less time ({s.effect})  {s.old} → {s.new} {s.unit}  {s.subject}"
        say(german, english)


_ACTIONS: dict[str, Callable[[Store, argparse.Namespace, bool], int]] = {
    "books": _books,
    "draft": _draft,
    "examine": _examine,
    "simulate": _simulate,
    "approve": _approve,
    "activate": _activate,
    "compare": _compare_stored,
}
