"""`pakt audit export · verify · replay`: one clear line for people, one JSON document with `--json`."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TextIO

from temporalio.client import Client
from temporalio.converter import DataConverter

from audit.bundle import export
from audit.format import Bundle, read
from audit.replay import ReplayReport
from audit.shipped import replay_bytes
from audit.verify import VerifyReport, verify
from domain.errors import InvalidInput, NotFound, PaktError
from store.database import Store

DONE, NO, BAD_INPUT = 0, 1, 2
LONGEST = 120


@dataclass(frozen=True)
class Services:
    """What an export needs; `client` is None while the services are stopped."""

    store: Store
    converter: DataConverter
    client: Client | None = None


OpenServices = Callable[[], AbstractAsyncContextManager[Services]]
Sentence = Callable[[PaktError], str]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InvalidInput("bad_arguments", field="arguments", remedy=f"{message}; see `pakt audit --help`")


def run(
    argv: Sequence[str],
    *,
    open_services: OpenServices,
    out: TextIO | None = None,
    sentence: Sentence | None = None,
) -> int:
    """Carry out `pakt audit …`; the exit code is 0 for done, 1 for no, 2 for bad input.

    Only `export` opens services. The caller leaves the process through `ops/exit.py`. `sentence` says a
    refusal in the reader's language; without it code, place and remedy are told.
    """
    stream = out or sys.stdout
    try:
        arguments = _parser().parse_args(list(argv))
        if arguments.task == "export":
            return asyncio.run(_export(arguments, open_services, stream))
        raw = read(arguments.bundle, _passphrase(arguments))
        return (
            _verify(raw, arguments, stream) if arguments.task == "verify" else _replay(raw, arguments, stream)
        )
    except PaktError as error:
        sys.stderr.write(f"pakt audit: {(sentence or _sentence)(error)}\n")
        # What a person handed in is wrong, or something that was asked for does not hold or is not there now.
        return BAD_INPUT if isinstance(error, InvalidInput | NotFound) else NO


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="pakt audit", description="Bundles for auditors: export, verify, replay.")
    tasks = parser.add_subparsers(dest="task", required=True, parser_class=_Parser)
    exporting = tasks.add_parser("export", help="write all that an auditor needs of one journey")
    exporting.add_argument("journey", help="the id of the journey, jrn_…")
    exporting.add_argument("-o", "--out", type=Path, required=True, help="the file to write")
    verifying = tasks.add_parser("verify", help="check every byte and hash of a bundle")
    replaying = tasks.add_parser("replay", help="replay a bundle strictly and decide again")
    for one in (verifying, replaying):
        one.add_argument("bundle", type=Path, help="a file that export wrote")
    for one in (exporting, verifying, replaying):
        one.add_argument("--passphrase-file", type=Path, help="a file with the passphrase of the bundle")
        one.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _passphrase(arguments: argparse.Namespace) -> bytes | None:
    path: Path | None = arguments.passphrase_file
    if path is None:
        return None
    try:
        return path.read_bytes().strip()
    except OSError as error:
        remedy = error.strerror or "give a readable file"
        raise InvalidInput(
            "passphrase_unreadable", field="passphrase-file", file=str(path), remedy=remedy
        ) from error


async def _export(arguments: argparse.Namespace, open_services: OpenServices, stream: TextIO) -> int:
    passphrase = _passphrase(arguments)
    async with open_services() as services:
        bundle = await export(
            services.store,
            services.client,
            arguments.journey,
            arguments.out,
            converter=services.converter,
            passphrase=passphrase,
        )
    told = {"bundle": str(arguments.out), "sha256": bundle.sha256, **bundle.manifest.model_dump()}
    _say(stream, arguments, told, _exported(bundle, arguments.out))
    return DONE


def _exported(bundle: Bundle, out: Path) -> str:
    counted = bundle.manifest
    return f"{out}: {counted.runs} runs, {counted.events} events, {counted.entries} ledger entries"


def _verify(raw: bytes, arguments: argparse.Namespace, stream: TextIO) -> int:
    report = verify(raw)
    _say(stream, arguments, report.model_dump(mode="json"), _verified(report))
    return DONE if report.ok else NO


def _verified(report: VerifyReport) -> str:
    bad = report.first_bad
    if bad is None:
        return f"good: {report.entries} ledger entries, every byte as it was written"
    place = f"{bad.stream} entry {bad.seq}, {bad.field}" if bad.stream and bad.seq else bad.field
    return f"ALTERED: {place}: {bad.reason}"


def _replay(raw: bytes, arguments: argparse.Namespace, stream: TextIO) -> int:
    report = asyncio.run(replay_bytes(raw))
    _say(stream, arguments, report.model_dump(mode="json"), _replayed(report))
    return DONE if report.ok else NO


def _replayed(report: ReplayReport) -> str:
    made = f"{report.runs} runs, {report.commands_compared} commands compared, "
    made += f"{report.decisions_reevaluated} decisions made again"
    lines = [f"{'good' if report.ok else 'DIFFERENT'}: {made}"]
    for entry in report.differences:
        where = f"  run {entry.run} event {entry.event}: {entry.what} {entry.path}".rstrip()
        lines.append(f"{where}: expected {_short(entry.expected)}, found {_short(entry.found)}")
    return "\n".join(lines)


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _say(stream: TextIO, arguments: argparse.Namespace, document: object, line: str) -> None:
    stream.write((json.dumps(document, ensure_ascii=False) if arguments.json else line) + "\n")


def _sentence(error: PaktError) -> str:
    """Code, place and remedy in one line."""
    named = {key: value for key, value in error.params.items() if key != "remedy" and value}
    place = ", ".join(f"{key} {value}" for key, value in named.items())
    remedy = error.params.get("remedy")
    return " – ".join(part for part in (error.code.replace("_", " "), place, remedy) if part)
