"""`pakt`: one command line over all rooms. Exit 0 is done, 1 the answer no, 2 bad input, said in one line."""

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from domain.errors import InvalidInput, InvariantViolation, NotFound, PaktError
from ops import console, logging
from ops import exit as leaving

Run = Callable[..., int]
BAD_INPUT, NO = 2, 1


@dataclass(frozen=True)
class Room:
    """A command: the module that carries it out, and what it does in one line of each language."""

    module: str
    german: str
    english: str


ROOMS = {
    "up": Room("ops.cli_up", "alles auf diesem Rechner starten", "start everything on this machine"),
    "rules": Room("ops.cli_rules", "die Regeln ansehen, prüfen, anwenden", "show, check and apply the rules"),
    "programme": Room("ops.cli_programme", "das Programm der Schritte", "the programme of steps"),
    "calendar": Room(
        "ops.cli_calendar", "Feiertage, Fristen, Schließtage", "holidays, posting, closure days"
    ),
    "journey": Room("ops.cli_journey", "Fälle beginnen, ansehen, führen", "start, show and run journeys"),
    "import": Room(
        "ops.cli_import", "laufende Fälle und Zuteilungen einlesen", "take in running cases and allocations"
    ),
    "office": Room("ops.cli_office", "Abwesenheiten, Stellen, Befunde", "absences, posts, findings"),
    "directory": Room("ops.cli_directory", "die Angebote vor Ort", "the local offers"),
    "simulate": Room(
        "ops.cli_simulate", "erfundene Personen durchlaufen das Programm", "synthetic people live through"
    ),
    "audit": Room(
        "ops.cli_audit", "Nachweise ausgeben, prüfen, nachspielen", "export, verify, replay evidence"
    ),
    "clock": Room("ops.cli_clock", "die Uhr der Demo vorstellen", "move the demo's clock"),
    "check": Room("ops.cli_check", "diese Installation prüfen", "examine this installation"),
    "reconcile": Room("ops.cli_reconcile", "Abweichungen finden und heilen", "find drift and heal it"),
    "bench": Room("ops.cli_bench", "eine Reihe von Messwerten", "one measured set of figures"),
}


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run one command and leave the process with its exit code."""
    leaving.leave(run(list(sys.argv[1:] if argv is None else argv)))


def run(argv: list[str]) -> int:
    """The exit code of one command; every refusal becomes one line on stderr."""
    try:
        data_dir, as_json, words = _common(argv)
        name, rest = (words[0], words[1:]) if words else ("", [])
        if name in {"", "-h", "--help", "help"}:
            return _help(0 if name else BAD_INPUT)
        if name not in rooms():
            raise InvalidInput("command_unknown", field="command", value=name, remedy="pakt --help")
        room = importlib.import_module(ROOMS[name].module)
        return _quietly(room.run, rest, data_dir=data_dir, as_json=as_json)
    except PaktError as refused:
        console.refuse(refused)
        return exit_code(refused)
    except SystemExit as ended:  # argparse of a room has said its line
        return ended.code if isinstance(ended.code, int) else BAD_INPUT
    except KeyboardInterrupt:
        return NO
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO


def rooms() -> dict[str, Room]:
    """The commands that exist in this build."""
    return {name: room for name, room in ROOMS.items() if _exists(room.module)}


def exit_code(refused: PaktError) -> int:
    """2 where the input is at fault, 1 where the answer is no."""
    return BAD_INPUT if isinstance(refused, InvalidInput | NotFound) else NO


def _quietly(room_run: Run, words: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Run a room; a defect is logged by kind and place, and said without a trace."""
    logging.configure("pakt", screen=bool(os.environ.get("PAKT_LOG")), temporal=False)
    try:
        return room_run(words, data_dir=data_dir, as_json=as_json)
    except (PaktError, BrokenPipeError):
        raise
    except Exception as defect:  # noqa: BLE001 - the mapper at the edge: nobody at a terminal reads a trace
        logging.configure("pakt", temporal=False)
        logging.logger("pakt").critical("command_crashed", exc_info=defect)
        raise InvariantViolation("defect", error=type(defect).__name__) from None


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _common(argv: list[str]) -> tuple[Path, bool, list[str]]:
    """Take `--data-dir D` and `--json` out of the words, wherever they stand before a `--`."""
    data_dir, as_json, words = Path(os.environ.get("PAKT_DATA_DIR", "var")), False, list[str]()
    rest = iter(argv)
    for word in rest:
        if word == "--":
            words.extend((word, *rest))
        elif word == "--json":
            as_json = True
        elif word == "--data-dir":
            data_dir = Path(_value(next(rest, "")))
        elif word.startswith("--data-dir="):
            data_dir = Path(_value(word.partition("=")[2]))
        else:
            words.append(word)
    return data_dir, as_json, words


def _value(word: str) -> str:
    if not word or word.startswith("-"):
        raise InvalidInput("option_needs_value", field="--data-dir", remedy="--data-dir DIRECTORY")
    return word


def _help(code: int) -> int:
    stream = sys.stdout if code == 0 else sys.stderr
    console.say("pakt [--data-dir D] [--json] BEFEHL …", "pakt [--data-dir D] [--json] COMMAND …", to=stream)
    for name, room in rooms().items():
        console.say(f"  {name:<10} {room.german}", f"  {name:<10} {room.english}", to=stream)
    console.say("Mehr: pakt BEFEHL --help", "More: pakt COMMAND --help", to=stream)
    return code


if __name__ == "__main__":
    main()
