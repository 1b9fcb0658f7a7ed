"""`pakt office list · absence · post · report · found · matters`: what is recorded of an office, and what was found."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from domain.calendar import berlin_day
from domain.errors import InvalidInput, NotPermitted
from domain.ids import house_stream
from domain.permissions import Actor, Permission, may
from ops import settings as setting
from ops.arguments import Parser
from ops.cli_journey import actor_of
from ops.console import print_json, say
from store import absences, clock, findings, ledger, office_rows, people
from store.database import Store, open_store
from store.office_tables import OfficeReportRow, OfficeWatchRow
from store.tables import PersonRow

FIRST_YEAR, LAST_YEAR = 2017, 2100


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Carry out one action in the name of the person given by `--as`."""
    options = _parser().parse_args(argv)
    settings = setting.load_installed(data_dir)
    store = open_store(settings, settings.master_key())
    act: dict[str, Callable[[Store, argparse.Namespace], list[dict[str, Any]]]] = {
        "list": _list,
        "absence": _absence,
        "post": _post,
        "report": _report,
        "found": _found,
        "matters": _matters,
    }
    try:
        rows = act[options.action](store, options)
    finally:
        store.close()
    if as_json:
        print_json(rows)
        return 0
    for row in rows:
        line = "  ".join("–" if value is None else str(value) for value in row.values())
        say(line, line)
    return 0


def _parser() -> Parser:
    parser = Parser(prog="pakt office", description="absences, posts, yearly figures; what was found")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="each office: last look, next look")
    absence = actions.add_parser("absence", help="add LOGIN --from DAY [--until DAY], end NUMBER --until DAY")
    absence.add_argument("what", choices=("add", "end", "list"), type=str.lower)
    absence.add_argument("who", nargs="?", help="a login for add, the number of an entry for end")
    absence.add_argument("--from", dest="first", metavar="DAY")
    absence.add_argument("--until", dest="last", metavar="DAY")
    post = actions.add_parser("post", help="the share of a full post that somebody holds from a day on")
    post.add_argument("who", metavar="LOGIN")
    post.add_argument("--share", required=True, help="in hundredths: 100 is a full post")
    post.add_argument("--from", dest="first", metavar="DAY", required=True)
    report = actions.add_parser("report", help="the yearly figures were sent")
    report.add_argument("year")
    report.add_argument("--sent", metavar="DAY", required=True)
    found = actions.add_parser("found", help="what was found and what was done, the latest first")
    found.add_argument("--since", metavar="DAY")
    matters = actions.add_parser("matters", help="the open tasks and matters of the office itself")
    for action in (absence, post, report, found, matters):
        action.add_argument(
            "--as", dest="login", default="vogt", help="in whose name (default: vogt of the demo)"
        )
    return parser


def _list(store: Store, _: argparse.Namespace) -> list[dict[str, Any]]:
    with store.read() as session:
        found = [(row.id, session.get(OfficeWatchRow, row.id)) for row in people.offices(session)]
    return [
        {
            "office": office,
            "looked_on": watch.looked_on if watch else None,
            "next_look": watch.next_wake if watch else None,
        }
        for office, watch in found
    ]


def _absence(store: Store, options: argparse.Namespace) -> list[dict[str, Any]]:
    actor = _allowed(store, options.login)
    if options.what == "add":
        first = _day(options.first, "--from")
        last = _day(options.last, "--until") if options.last else None
        person = _person(store, actor, options.who)
        with store.write() as session:
            at = clock.now(session)
            absences.add(session, person=person.id, first=first, last=last, actor=actor.id, at=at)
    if options.what == "end":
        _end(store, actor, options)
    with store.read() as session:
        rows = absences.of_office(session, actor.office)
    return [{"number": r.id, "person": r.person_id, "first": r.first, "last": r.last} for r in rows]


def _end(store: Store, actor: Actor, options: argparse.Namespace) -> None:
    number = _number(options.who, "NUMBER")
    with store.write() as session:
        row = absences.get(session, number)
        if not may(actor, Permission.OFFICE_ABSENCE_EDIT, row.office_id):
            raise NotPermitted("not_permitted", permission=Permission.OFFICE_ABSENCE_EDIT)
        last = _day(options.last, "--until")
        absences.end(session, number, last=last, actor=actor.id, at=clock.now(session))


def _post(store: Store, options: argparse.Namespace) -> list[dict[str, Any]]:
    actor = _allowed(store, options.login)
    person, since = _person(store, actor, options.who), _day(options.first, "--from")
    share = _number(options.share, "--share")
    with store.write() as session:
        at = clock.now(session)
        absences.set_post(session, person=person.id, since=since, share=share, actor=actor.id, at=at)
    return [{"person": person.id, "since": since, "share": share}]


def _report(store: Store, options: argparse.Namespace) -> list[dict[str, Any]]:
    actor = _allowed(store, options.login)
    year, sent = _number(options.year, "YEAR"), _day(options.sent, "--sent")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput("year_out_of_range", field="YEAR", low=str(FIRST_YEAR), high=str(LAST_YEAR))
    with store.write() as session:
        at = clock.now(session)
        if sent > berlin_day(at):
            raise InvalidInput("future_day", field="--sent", day=str(sent), today=str(berlin_day(at)))
        session.merge(OfficeReportRow(office_id=actor.office, year=year, sent_on=sent, recorded_by=actor.id))
        ledger.append(
            session,
            house_stream(actor.office),
            office=actor.office,
            at=at,
            actor=actor.id,
            type="report_sent",
            body={"year": year, "sent_on": sent.isoformat()},
        )
    return [{"office": actor.office, "year": year, "sent_on": sent}]


def _found(store: Store, options: argparse.Namespace) -> list[dict[str, Any]]:
    actor = _allowed(store, options.login)
    first = _day(options.since, "--since") if options.since else None
    with store.read() as session:
        rows = findings.of_office(session, actor.office, first=first)
    return [
        {"on": r.found_on, "found": r.kind, "subject": r.subject, "journey": r.journey_id, "done": r.done}
        for r in rows
    ]


def _matters(store: Store, options: argparse.Namespace) -> list[dict[str, Any]]:
    actor = _allowed(store, options.login)
    with store.read() as session:
        tasks = office_rows.open_tasks(session, [actor.office])
        matters = office_rows.open_matters(session, [actor.office])
    return [
        {"id": t.id, "what": t.what, "subject": t.subject, "addressee": t.addressee, "answer_by": t.answer_by}
        for t in tasks
    ] + [
        {
            "id": m.id,
            "what": m.rule,
            "subject": m.subject,
            "addressee": "lead" if m.level <= 1 else "head",
            "answer_by": m.answer_by,
        }
        for m in matters
    ]


def _allowed(store: Store, login: str) -> Actor:
    actor = actor_of(store, login)
    if not may(actor, Permission.OFFICE_ABSENCE_EDIT, actor.office):
        raise NotPermitted("not_permitted", permission=Permission.OFFICE_ABSENCE_EDIT)
    return actor


def _person(store: Store, actor: Actor, login: str | None) -> PersonRow:
    with store.read() as session:
        row = people.by_login(session, login or "")
    if row is None or not may(actor, Permission.OFFICE_ABSENCE_EDIT, row.office_id):
        raise InvalidInput("not_of_the_office", field="LOGIN")
    return row


def _day(text: str | None, field: str) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        raise InvalidInput("date_malformed", field=field, remedy="YYYY-MM-DD") from None


def _number(text: str | None, field: str) -> int:
    if text is None or not text.isdigit():
        raise InvalidInput("number_malformed", field=field, remedy="0–9")
    return int(text)
