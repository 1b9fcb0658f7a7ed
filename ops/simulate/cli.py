"""`pakt simulate`: what it is given, and how it says what it found."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from domain.errors import PaktError
from ops import console
from ops.simulate.mix import STANDARD, read_mix
from ops.simulate.simulation import Order, simulate

MOST_JOURNEYS, MOST_MONTHS = 1000, 48
LINES_SHOWN = 40


def run(argv: Sequence[str]) -> int:
    """Simulate and print; 0: all invariants held, 1: one is broken, 2: bad input.

    The caller has configured the logs, and leaves the process through `ops.exit`: workers ran in it.
    """
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as left:
        return int(left.code or 0)
    try:
        order = _order(arguments)
    except PaktError as error:
        console.refuse(error)
        return 2
    result = asyncio.run(simulate(order))
    document = result.document
    sys.stdout.write(json.dumps(document, indent=1) + "\n" if arguments.json else _told(document))
    if not result.independent:
        console.say(
            "Der unabhängige Prüfer (tests/oracle) fehlt hier: seine Invarianten wurden NICHT geprüft.",
            "The independent checker (tests/oracle) is missing: its invariants were NOT checked.",
            to=sys.stderr if arguments.json else sys.stdout,
        )
    return int(not result.right)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="pakt simulate",
        description="synthetic people live through the programme on the real parts, from 2027-01-04 08:00",
    )
    parser.add_argument("--journeys", type=_up_to(MOST_JOURNEYS), default=3, metavar="N")
    parser.add_argument("--months", type=_up_to(MOST_MONTHS), default=6, metavar="M")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--caseload", type=_up_to(10_000), default=None, metavar="K")
    parser.add_argument("--mix", type=Path, default=STANDARD, metavar="FILE", help="who lives how")
    parser.add_argument("--export", type=Path, default=None, metavar="FILE", help="keep the rows as JSON")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser


def _up_to(most: int) -> Callable[[str], int]:
    def bounded(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() else 0
        if not 1 <= number <= most:
            raise argparse.ArgumentTypeError(f"a number from 1 to {most} is needed")
        return number

    return bounded


def _order(arguments: argparse.Namespace) -> Order:
    return Order(
        journeys=arguments.journeys,
        months=arguments.months,
        seed=arguments.seed,
        mix=read_mix(arguments.mix),
        caseload=arguments.caseload,
        keep=arguments.export,
    )


def _told(document: dict[str, Any]) -> str:
    """The same for people."""
    broken = document["broken_invariants"]
    lines = [
        f"{document['journeys']} journeys, {document['months']} months, seed {document['seed']}",
        f"ledger {document['ledger_sha256']}",
        *(f"  {name:14} {value}" for name, value in document["per_journey"].items()),
        f"longest run: {document['longest_run_events']} events, {document['wall_s']} s",
    ]
    if "caseload" in document:
        lines += [f"  {name:32} {value}" for name, value in document["caseload"].items()]
    lines.append(f"broken invariants: {len(broken)}")
    lines += [f"  {line}" for line in broken[:LINES_SHOWN]]
    return "\n".join(lines) + "\n"
