"""Bugs as somebody might write them, planted one at a time in the readers of subjects, for the oracle to find.

`python -m tests.support.planted_bugs NUMBER` starts with one of them in place of the module's own text, lives made-up
lives beside the oracle, and says in how many of them the first difference came. Nothing on the disk is changed.
"""

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Literal

TABLE = Path(__file__).with_suffix(".toml")
SUBJECTS = Path(__file__).parents[2] / "rules" / "subjects"
MOST_LIVES = 3000
SURVIVED = 3


@dataclass(frozen=True)
class Bug:
    """One wrong turn: the module, its text, what stands there instead, and what goes wrong with it."""

    module: str
    text: str
    instead: str
    what: str
    world: Literal["journeys", "offices"] = "journeys"

    @property
    def file(self) -> Path:
        """Where the text stands."""
        return SUBJECTS / f"{self.module}.py"

    @property
    def planted(self) -> str:
        """The module with the bug in it; a text that is not there exactly once is a mistake of the table."""
        source = self.file.read_text("utf-8")
        if source.count(self.text) != 1:
            raise LookupError(f"{self.module}: {self.text!r} stands there {source.count(self.text)} times")
        return source.replace(self.text, self.instead)


BUGS = tuple(Bug(**row) for row in tomllib.loads(TABLE.read_text("utf-8"))["bug"])


class _Planted(SourceFileLoader):
    """Loads a module from a text with a bug in it."""

    def __init__(self, name: str, bug: Bug) -> None:
        super().__init__(name, str(bug.file))
        self._bug = bug

    def get_code(self, fullname: str) -> CodeType:
        """The code of the text; nothing compiled earlier is read or written."""
        del fullname
        return compile(self._bug.planted, str(self._bug.file), "exec", dont_inherit=True)


class Planter(MetaPathFinder):
    """Finds the module of one bug before anybody else does."""

    def __init__(self, bug: Bug) -> None:
        self._bug = bug

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """The planted module for its own name, and nothing for any other."""
        del path, target
        if fullname != f"rules.subjects.{self._bug.module}":
            return None
        return spec_from_file_location(fullname, self._bug.file, loader=_Planted(fullname, self._bug))


def lives_until_found(bug: Bug | None) -> int | None:
    """In which life the oracle first disagrees with the rules, this bug in place; None if in none of them."""
    if bug is not None:
        if any(name.startswith("rules") for name in sys.modules):
            raise RuntimeError("the rules are loaded already: plant a bug in a process of its own")
        sys.meta_path.insert(0, Planter(bug))
    return next((number for number, found in enumerate(_differences(bug), 1) if found), None)


def _differences(bug: Bug | None) -> Iterator[list[str]]:
    from tests.unit.test_oracle_agrees import JOURNEYS, OFFICES, differences  # noqa: PLC0415  the bug comes first

    world = OFFICES if bug is not None and bug.world == "offices" else JOURNEYS
    most = MOST_LIVES if bug is not None else 5
    return (differences(f"agree/{number}", world) for number in range(most))


def main(number: int) -> int:
    """Plant one bug of the table, numbered from 1, or none (0), and say when it was found."""
    found = lives_until_found(BUGS[number - 1] if number else None)
    sys.stdout.write(f"{found}\n")
    return SURVIVED if found is None else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
