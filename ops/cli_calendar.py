"""`pakt calendar generate · show · posted · close · reopen`: the legal calendar, and the closure days of offices."""

import argparse
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from domain.calendar import Calendar, ClosureReason, Law, earliest_notified, fiction_days
from domain.decisions import Edition
from domain.errors import InvalidInput, NotFound, NotPermitted
from domain.permissions import Permission, may
from ops import calendar_file
from ops import settings as setting
from ops.arguments import Parser
from ops.cli_journey import actor_of
from ops.cli_rules import business_today
from ops.console import print_json, say
from store import calendars, clock, closures
from store.books import By
from store.canonical import sha256
from store.closures import Changed, Span
from store.database import Store, open_store
from store.tables import OfficeRow

_WEEKDAYS = (("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"), ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
_LEAD = "vogt"


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Make a calendar file, show a calendar, count a posting, or change the closure days of an office."""
    options = _parser().parse_args(argv)
    act: dict[str, Callable[[], int]] = {
        "generate": lambda: _generate(options, as_json=as_json),
        "show": lambda: _show(options, data_dir, as_json=as_json),
        "posted": lambda: _posted(options, as_json=as_json),
        "close": lambda: _change(options, data_dir, as_json=as_json),
        "reopen": lambda: _change(options, data_dir, as_json=as_json),
    }
    return act[options.action]()


def _parser() -> Parser:
    parser = Parser(prog="pakt calendar", description="the legal calendar and the closure days of offices")
    actions = parser.add_subparsers(dest="action", required=True)
    generate = actions.add_parser("generate", help="write a calendar file from the package `holidays`")
    generate.add_argument("--id", default=calendars.IN_FORCE)
    generate.add_argument("--first", type=int, default=calendar_file.FIRST_YEAR, metavar="YEAR")
    generate.add_argument("--last", type=int, default=calendar_file.LAST_YEAR, metavar="YEAR")
    generate.add_argument("--into", type=Path, default=calendar_file.DIRECTORY, metavar="DIRECTORY")
    show = actions.add_parser("show", help="the holidays of a year, and the closure days of an office")
    show.add_argument("--id", default=calendars.IN_FORCE)
    show.add_argument("--file", type=Path, default=None, help="a file instead, checked first")
    show.add_argument("--year", type=int, default=None)
    show.add_argument("--office", default=None)
    posted = actions.add_parser("posted", help="when a letter posted on a day counts as notified")
    posted.add_argument("day", type=_day, metavar="DATE")
    posted.add_argument("--law", choices=[str(law) for law in Law], default=None, help="default: any of them")
    for name, told in (("close", "close an office"), ("reopen", "take closure days back")):
        change = actions.add_parser(name, help=told)
        change.add_argument("--office", required=True)
        change.add_argument("--from", dest="first", type=_day, required=True, metavar="DATE")
        change.add_argument("--to", dest="last", type=_day, default=None, metavar="DATE")
        change.add_argument("--as", dest="login", default=_LEAD, help=f"in whose name (default: {_LEAD})")
    reasons = [str(reason) for reason in ClosureReason]
    actions.choices["close"].add_argument("--reason", choices=reasons, required=True)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no date; write YYYY-MM-DD") from None


def _generate(options: argparse.Namespace, *, as_json: bool) -> int:
    done = calendar_file.generate(options.id, first=options.first, last=options.last, into=options.into)
    if as_json:
        print_json({"id": options.id, "file": done.path, "sha256": done.sha256, "done": done.done})
        return 0
    german = {"written": "geschrieben", "unchanged": "unverändert"}[done.done]
    say(f"{done.path}: {german}, SHA-256 {done.sha256}", f"{done.path}: {done.done}, SHA-256 {done.sha256}")
    return 0


def _show(options: argparse.Namespace, data_dir: Path, *, as_json: bool) -> int:
    calendar, edition = _of_file(options.file) if options.file else _published(options.id)
    year = options.year if options.year is not None else business_today(data_dir).year
    if not calendar.first.year <= year <= calendar.last.year:
        remedy = f"{calendar.first.year} … {calendar.last.year}"
        raise InvalidInput("calendar_years", field="--year", value=str(year), remedy=remedy)
    found, shut = (calendar, edition), list[Span]()
    if options.office is not None:
        found, shut = _of_office(data_dir, options.office)
    if as_json:
        print_json(_as_json(calendar, edition, year) | _office_json(options.office, found, shut, year))
        return 0
    _say_year(calendar, edition, year)
    if options.office is not None:
        _say_closures(options.office, found, shut, year)
    return 0


def _published(id_: str) -> tuple[Calendar, Edition]:
    found = calendars.published(id_)
    return found.calendar, found.edition


def _of_file(path: Path) -> tuple[Calendar, Edition]:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "–"
        raise InvalidInput("calendar_unreadable", field="--file", file=str(path), reason=reason) from error
    found = calendars.read(content, path.name)
    return found, Edition(id=found.id, sha256=sha256(content))


def _of_office(data_dir: Path, office: str) -> tuple[tuple[Calendar, Edition], list[Span]]:
    with closing(_store(data_dir)) as store, store.read() as session:
        if session.get(OfficeRow, office) is None:
            raise NotFound("office", field="--office", office=office)
        found = closures.current(session, office)
        return (found.calendar, found.edition), closures.spans(session, office)


def _as_json(calendar: Calendar, edition: Edition, year: int) -> dict[str, Any]:
    return {
        "id": edition.id,
        "sha256": edition.sha256,
        "source": calendar.source,
        "first": calendar.first,
        "last": calendar.last,
        "year": year,
        "working_days": _working_days(calendar, year),
        "holidays": [{"day": day, "name": calendar.names.get(day, "")} for day in _of_year(calendar, year)],
    }


def _office_json(
    office: str | None, found: tuple[Calendar, Edition], shut: list[Span], year: int
) -> dict[str, Any]:
    if office is None:
        return {}
    told = {
        "id": office,
        "calendar": found[1].model_dump(),
        "working_days": _working_days(found[0], year, office),
        "closures": [span._asdict() for span in _in_year(shut, year)],
    }
    return {"office": told}


def _of_year(calendar: Calendar, year: int) -> list[date]:
    return [day for day in calendar.holidays if day.year == year]


def _in_year(shut: list[Span], year: int) -> list[Span]:
    return [span for span in shut if span.first.year <= year <= span.last.year]


def _working_days(calendar: Calendar, year: int, office: str | None = None) -> int:
    first, last = max(date(year, 1, 1), calendar.first), min(date(year, 12, 31), calendar.last)
    rest = calendar.working_days_between(first, last, office)
    return rest + calendar.is_working_day(first, office)


def _say_year(calendar: Calendar, edition: Edition, year: int) -> None:
    line = f"{edition.id}  SHA-256 {edition.sha256}  ({calendar.source or '–'})"
    say(line, line)
    number = _working_days(calendar, year)
    say(f"{year}: {number} Arbeitstage", f"{year}: {number} working days")
    for day in _of_year(calendar, year):
        name = calendar.names.get(day, "")
        say(f"  {_told(day, 0)}  {name}", f"  {_told(day, 1)}  {name}")


def _say_closures(office: str, found: tuple[Calendar, Edition], shut: list[Span], year: int) -> None:
    number, edition = _working_days(found[0], year, office), found[1]
    line = f"{office}  {edition.id}  SHA-256 {edition.sha256}"
    say(line, line)
    say(f"{year}: {number} Arbeitstage des Büros", f"{year}: {number} working days of the office")
    for span in _in_year(shut, year):
        end = f"{span.reason}, {span.days}"
        say(
            f"  {_told(span.first, 0)} – {_told(span.last, 0)}  {end} Arbeitstage",
            f"  {_told(span.first, 1)} – {_told(span.last, 1)}  {end} working days",
        )


def _told(day: date, lang: int) -> str:
    return f"{_WEEKDAYS[lang][day.weekday()]} {day}"


def _posted(options: argparse.Namespace, *, as_json: bool) -> int:
    """Two-sided: warn by the earliest, late only after the latest."""
    calendar = calendars.published(calendars.IN_FORCE).calendar
    laws = [Law(options.law)] if options.law else list(Law)
    days = {law: fiction_days(law, options.day) for law in laws}
    early, late = (
        earliest_notified(options.day, days.values()),
        calendar.latest_notified(options.day, days.values()),
    )
    if as_json:
        told = {str(law): number for law, number in days.items()}
        print_json({"posted": options.day, "days": told, "earliest": early, "latest": late})
        return 0
    say(
        f"zur Post am {_told(options.day, 0)}: bekannt gegeben frühestens {_told(early, 0)}, "
        f"spätestens {_told(late, 0)}",
        f"posted on {_told(options.day, 1)}: notified on {_told(early, 1)} at the earliest, "
        f"{_told(late, 1)} at the latest",
    )
    return 0


def _change(options: argparse.Namespace, data_dir: Path, *, as_json: bool) -> int:
    with closing(_store(data_dir)) as store:
        by = _by(store, options.login, options.office)
        done = _closed(store, options, by) if options.action == "close" else _opened(store, options, by)
    if as_json:
        print_json({"office": options.office, "days": done.days, "replans": done.replans})
        return 0
    number, replans = len(done.days), done.replans
    say(
        f"{options.office}: {number} Tage geändert, {replans} offene Fälle werden neu geplant",
        f"{options.office}: {number} days changed, {replans} open journeys are planned again",
    )
    return 0


def _closed(store: Store, options: argparse.Namespace, by: By) -> Changed:
    reason, last = ClosureReason(options.reason), options.last or options.first
    with store.write() as session:
        return closures.close(session, options.office, options.first, last, reason, by=by)


def _opened(store: Store, options: argparse.Namespace, by: By) -> Changed:
    with store.write() as session:
        return closures.reopen(session, options.office, options.first, options.last or options.first, by=by)


def _by(store: Store, login: str, office: str) -> By:
    actor = actor_of(store, login)
    if not may(actor, Permission.OFFICE_CLOSURE_EDIT):
        raise NotPermitted("not_permitted", permission=Permission.OFFICE_CLOSURE_EDIT)
    if not may(actor, Permission.OFFICE_CLOSURE_EDIT, office):
        # A foreign office is answered like one that does not exist.
        raise NotFound("office", field="--office", office=office)
    return By(actor.id, clock.now(store))


def _store(data_dir: Path) -> Store:
    settings = setting.load_installed(data_dir)
    return open_store(settings, settings.master_key())
