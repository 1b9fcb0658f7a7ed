"""`pakt directory list · import · counts`: the local offers of the district."""

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from domain.calendar import berlin_day
from domain.directory import SAID, Entry, Tally, Wanted, found
from domain.directory_list import Line, read_list
from domain.directory_reading import Around, read_day, read_kind, read_level, read_place
from domain.errors import InvalidInput, NotPermitted
from domain.permissions import Permission, may
from ops import settings as setting
from ops.arguments import Parser
from ops.cli_journey import actor_of
from ops.console import language, print_json, say, sentence
from store import clock, directory, editions
from store.database import Store, open_store
from store.directory import By
from web.directory_words import FIELDS, kind_word, start_said

_STATES = {
    "new": ("neu", "new"),
    "changed": ("geändert", "changed"),
    "unchanged": ("unverändert", "unchanged"),
    "kept": ("hier neuer geprüft, bleibt", "checked later here, stays"),
    "withdrawn": ("hier zurückgezogen, bleibt", "withdrawn here, stays"),
}


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """List entries by facts, take a list in, or tell the counts."""
    options = _parser().parse_args(argv)
    settings = setting.load_installed(data_dir)
    store = open_store(settings, settings.master_key())
    try:
        if options.action == "list":
            return _list(store, options, as_json=as_json)
        if options.action == "import":
            return _import(store, options, as_json=as_json)
        return _counts(store, as_json=as_json)
    finally:
        store.close()


def _parser() -> Parser:
    parser = Parser(prog="pakt directory", description="local offers: found by facts, taken in, counted")
    actions = parser.add_subparsers(dest="action", required=True)
    listed = actions.add_parser("list", help="entries by start, then name; every filter looks at one fact")
    listed.add_argument("--kind", help="course, club, tandem, civic, mbe_jmd, daycare, internship")
    listed.add_argument("--place", help="a municipality or district, by name or key")
    listed.add_argument("--level", help="exactly this level of German, a0 to c2")
    listed.add_argument("--german", metavar="LEVEL", help="needs at most this level, or none")
    listed.add_argument("--childcare", action="store_true", help="with childcare")
    listed.add_argument("--free", action="store_true", help="with free places")
    listed.add_argument(
        "--from", dest="since", metavar="DATE", help="begins on that day or later, or at any time"
    )
    imports = actions.add_parser("import", help="take in a CSV list with a heading; refused lines are named")
    imports.add_argument("file", metavar="FILE")
    imports.add_argument("--dry-run", action="store_true", help="only say what would happen")
    imports.add_argument(
        "--as", dest="login", default="maier", help="in whose name (default: maier of the demo)"
    )
    actions.add_parser(
        "counts", help="offered, taken up and declined per office and kind; small ones left out"
    )
    return parser


def _around(store: Store) -> Around:
    return Around(editions.municipalities(), berlin_day(clock.now(store)))


def _wanted(options: argparse.Namespace, around: Around) -> Wanted:
    ags, district = read_place(options.place.strip(), around, "--place") if options.place else (None, None)
    return Wanted(
        kind=read_kind(options.kind, "--kind") if options.kind else None,
        ags=ags,
        district=district,
        level=read_level(options.level, "--level") if options.level else None,
        german=read_level(options.german, "--german") if options.german else None,
        childcare=options.childcare,
        free=options.free,
        begins_from=read_day(options.since, "--from") if options.since else None,
    )


def _list(store: Store, options: argparse.Namespace, *, as_json: bool) -> int:
    around = _around(store)
    wanted = _wanted(options, around)
    with store.read() as session:
        entries = found(directory.entries(session), wanted)
    if as_json:
        print_json([_shown(entry, around.today) for entry in entries])
        return 0
    for entry in entries:
        place = around.municipalities[entry.ags].name
        level = (entry.level or "–").upper()
        kind = kind_word(entry.kind, language())
        line = f"{start_said(entry.start, language()):<10}  {entry.name}  ({kind}, {level})"
        say(f"{line}  {entry.provider}, {place}", f"{line}  {entry.provider}, {place}")
    say(f"{len(entries)} Angebote", f"{len(entries)} offers")
    return 0


def _shown(entry: Entry, today: date) -> dict[str, Any]:
    said = {name: getattr(entry, name) for name in SAID}
    return {"id": entry.id, **said, "stale": entry.stale(today)}


def _import(store: Store, options: argparse.Namespace, *, as_json: bool) -> int:
    actor = actor_of(store, options.login)
    if not may(actor, Permission.HOUSE_DIRECTORY_EDIT):
        raise NotPermitted("not_permitted", permission=Permission.HOUSE_DIRECTORY_EDIT)
    lines = read_list(_content(options.file), _around(store))
    by = By(actor.id, actor.office, clock.now(store))
    with store.write() as session:
        became = directory.take_in(session, lines, by)
        if options.dry_run:
            session.rollback()
    refused = [line for line in lines if line.faults]
    if as_json:
        print_json(_taken(became, refused, dry_run=options.dry_run))
    else:
        _tell(became, refused, dry_run=options.dry_run)
    return 1 if refused else 0


def _content(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as missing:
        reason = missing.strerror or "?"
        raise InvalidInput("file_unreadable", field="file", file=name, reason=reason) from None


def _taken(
    became: list[tuple[int, directory.Became]], refused: list[Line], *, dry_run: bool
) -> dict[str, Any]:
    faults = [
        {"line": line.no, "field": fault.params["field"], "code": fault.code, "said": sentence(fault)}
        for line in refused
        for fault in line.faults
    ]
    taken = [{"line": no, "became": what} for no, what in became]
    return {"dry_run": dry_run, "counts": _counted(became), "lines": taken, "refused": faults}


def _counted(became: list[tuple[int, directory.Became]]) -> dict[str, int]:
    found_states = [what for _, what in became]
    return {state: found_states.count(state) for state in _STATES if state in found_states}


def _tell(became: list[tuple[int, directory.Became]], refused: list[Line], *, dry_run: bool) -> None:
    pick = language() == "en"
    for line in refused:
        for fault in line.faults:
            field = FIELDS.get(fault.params["field"], (fault.params["field"],) * 2)
            say(
                f"Zeile {line.no}, {field[0]}: {sentence(fault)}",
                f"Line {line.no}, {field[1]}: {sentence(fault)}",
            )
    told = ", ".join(f"{count} {_STATES[state][pick]}" for state, count in _counted(became).items())
    say(
        f"{told or 'nichts'}; {len(refused)} Zeilen abgelehnt",
        f"{told or 'nothing'}; {len(refused)} lines refused",
    )
    if dry_run:
        say("Probelauf: nichts wurde gespeichert.", "Dry run: nothing was stored.")


def _counts(store: Store, *, as_json: bool) -> int:
    with store.read() as session:
        tallies = directory.counts(session)
    if as_json:
        print_json([asdict(tally) for tally in tallies])
        return 0
    for tally in tallies:
        line = f"{tally.office:<24} {kind_word(tally.kind, language()):<24} {_numbers(tally)}"
        say(line, line)
    say("–: unter 5 oder daraus errechenbar", "–: below 5, or could be reckoned from it")
    return 0


def _numbers(tally: Tally) -> str:
    shown = ((tally.offered, "<5"), (tally.taken_up, "–"), (tally.declined, "–"))
    return "  ".join(f"{hidden if count is None else count:>4}" for count, hidden in shown)
