"""`pakt import FILE`: running cases an office brings along, or the allocation list of the Landratsamt.

Exit 0 all lines are taken or were known, 1 some were refused or ask something, 2 the file cannot be read.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from domain.allocation_list import read_allocations
from domain.errors import InvalidInput, NotPermitted
from domain.list_cells import Columns, Table
from domain.permissions import Actor, Permission, may
from domain.take_over_reading import read_cases
from ops import settings as setting
from ops.arguments import Parser
from ops.cli_journey import actor_of
from ops.console import language, print_json, say
from ops.own_programmes import use_own_programmes
from store import allocations, take_overs
from store.database import Store, open_store
from store.reading_lists import BYTES_MAX, read_table
from store.tables import OfficeRow
from store.take_overs import Order
from web.lists import Said, around_allocations, around_cases, said

Verdict = take_overs.Verdict | allocations.Verdict
LEAD_OF_DEMO, HEAD_OF_DEMO = "vogt", "brandt"
_SAID = {
    "taken": ("übernommen", "taken"),
    "ready": ("zu übernehmen", "to be taken"),
    "known": ("schon übernommen", "known already"),
    "question": ("mit Rückfrage", "with a question"),
    "refused": ("abgelehnt", "refused"),
}
_NOT_TAKEN = ("refused", "question")


@dataclass(frozen=True)
class _File:
    """A list that was read, and the hash of its bytes."""

    table: Table
    sha256: str


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Take a list over, or say with `--dry-run` what would happen."""
    options = _parser().parse_args(argv)
    file = _read(options.file)
    settings = setting.load_installed(data_dir)
    use_own_programmes(settings.data_dir)
    store = open_store(settings, settings.master_key())
    try:
        login = options.login or (HEAD_OF_DEMO if options.allocations else LEAD_OF_DEMO)
        actor = actor_of(store, login)
        carry_out = _allocations if options.allocations else _cases
        columns, verdicts = carry_out(store, file, actor, options)
    finally:
        store.close()
    return _tell(columns, verdicts, options, as_json=as_json)


def _parser() -> Parser:
    parser = Parser(
        prog="pakt import",
        description="running cases that an office brings along, or an allocation list (docs/import.md)",
    )
    parser.add_argument("file", help="CSV (UTF-8 or Windows-1252; ; , or tab) or XLSX; - for standard input")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen; nothing is written")
    parser.add_argument("--allocations", action="store_true", help="FILE is an allocation list")
    parser.add_argument("--office", help="which office takes over (default: that of the person)")
    parser.add_argument(
        "--by", "--as", dest="login", help="in whose name (default: vogt of the demo; of allocations, brandt)"
    )
    return parser


def _read(name: str) -> _File:
    try:
        if name == "-":
            content = sys.stdin.buffer.read(BYTES_MAX + 1)
        else:
            with Path(name).open("rb") as stream:
                content = stream.read(BYTES_MAX + 1)
    except OSError as missing:
        reason = missing.strerror or "?"
        raise InvalidInput("file_unreadable", field="file", file=name, reason=reason) from None
    return _File(read_table(content), sha256(content).hexdigest())


def _cases(
    store: Store, file: _File, actor: Actor, options: argparse.Namespace
) -> tuple[Columns, Sequence[Verdict]]:
    office = options.office or actor.office
    with store.read() as session:
        if session.get(OfficeRow, office) is None:
            remedy = "name an office of this installation"
            raise InvalidInput("office_unknown", field="--office", remedy=remedy)
        if not may(actor, Permission.OFFICE_JOURNEY_TAKE_OVER, office):
            raise NotPermitted("not_permitted")
        columns, lines = _or_allocations(file.table, around_cases(session, office))
        if options.dry_run:
            return columns, take_overs.weigh(session, store, lines, office)
    return columns, take_overs.take_over(store, lines, Order(actor, office, file.sha256))


def _or_allocations(table: Table, around: Any) -> Any:
    """The lines of a list of cases; a list that looks like one of allocations is said to be one."""
    try:
        return read_cases(table, around)
    except InvalidInput as wrong:
        if wrong.code == "list_column_missing" and wrong.params["field"] == "Fachkraft":
            raise InvalidInput("allocation_columns", field="Fachkraft") from None
        raise


def _allocations(
    store: Store, file: _File, actor: Actor, options: argparse.Namespace
) -> tuple[Columns, Sequence[Verdict]]:
    if not may(actor, Permission.HOUSE_ALLOCATION_SEND):
        raise NotPermitted("not_permitted")
    with store.read() as session:
        columns, lines = read_allocations(file.table, around_allocations(session))
        if options.dry_run:
            return columns, allocations.weigh(session, store, lines)
    return columns, allocations.send(store, lines, actor=actor, sha256=file.sha256)


def _tell(
    columns: Columns, verdicts: Sequence[Verdict], options: argparse.Namespace, *, as_json: bool
) -> int:
    counts = Counter[str](verdict.kind for verdict in verdicts)
    told = {kind: list(_faults(columns, verdicts, kind)) for kind in _NOT_TAKEN}
    if as_json:
        print_json(_document(verdicts, counts, told, options))
    else:
        for verdict in verdicts:
            if isinstance(verdict, take_overs.Verdict) and verdict.first_review_on is not None:
                day = verdict.first_review_on
                say(
                    f"Zeile {verdict.no}: erstes Standortgespräch am {day:%d.%m.%Y}",
                    f"line {verdict.no}: first review on {day}",
                )
        for found in sorted((f for faults in told.values() for f in faults), key=lambda f: f.line):
            say(
                f"Zeile {found.line}, Spalte „{found.column}“: {found.text}",
                f"line {found.line}, column “{found.column}”: {found.text}",
            )
        _sum(counts, dry_run=options.dry_run)
    return 1 if any(counts[kind] for kind in _NOT_TAKEN) else 0


def _faults(columns: Columns, verdicts: Sequence[Verdict], kind: str) -> Iterable[Said]:
    for verdict in verdicts:
        if verdict.kind == kind:
            yield from (said(verdict.no, fault, columns, language()) for fault in verdict.faults)


def _sum(counts: Counter[str], *, dry_run: bool) -> None:
    parts = [(counts[kind], *words) for kind, words in _SAID.items() if counts[kind]]
    german = ", ".join(f"{n} {word}" for n, word, _ in parts)
    english = ", ".join(f"{n} {word}" for n, _, word in parts)
    if dry_run:
        say(f"Probelauf, nichts geschrieben: {german}", f"Dry run, nothing written: {english}")
    else:
        say(german, english)


def _document(
    verdicts: Sequence[Verdict],
    counts: Counter[str],
    told: dict[str, list[Said]],
    options: argparse.Namespace,
) -> dict[str, Any]:
    """What happened, by line and id; no names."""
    shown = [_line(verdict) for verdict in verdicts if verdict.kind not in _NOT_TAKEN]
    return {
        "kind": "allocations" if options.allocations else "cases",
        "dry_run": options.dry_run,
        **{kind: counts[kind] for kind in _SAID},
        "lines": shown,
        "refusals": [asdict(found) for found in told["refused"]],
        "questions": [asdict(found) for found in told["question"]],
    }


def _line(verdict: Verdict) -> dict[str, Any]:
    known = {"line": verdict.no, "kind": verdict.kind}
    if isinstance(verdict, allocations.Verdict):
        return {**known, "allocation": verdict.allocation, "office": verdict.office}
    more = {"journey": verdict.journey, "case_worker": verdict.case_worker}
    return {**known, **more, "first_review_on": verdict.first_review_on}
