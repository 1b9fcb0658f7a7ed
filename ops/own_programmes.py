"""The administrator's own programme files: `<data_dir>/programmes`, read by every process alike."""

import re
from collections.abc import Iterator
from pathlib import Path

from domain.codes import Addressee
from domain.errors import InvalidInput
from domain.programme import Programme
from domain.programme_reading import Fault, Place, refusal
from notices.texts import codes, languages
from rules import book as books
from store import editions
from store.yaml_reading import read_yaml

DIRECTORY = "programmes"
BOTH = ("de", "en")
_YEAR_AND_NUMBER = re.compile(r"p?(\d{4})[-_](\d+)")


def use_own_programmes(data_dir: Path) -> None:
    """Read them beside the packaged ones; a broken file raises `InvalidInput` with line and remedy."""
    own = data_dir / DIRECTORY
    if not own.is_dir():
        editions.use_directory(None)
        return
    for file in sorted((*own.glob("*.yaml"), *own.glob("*.yml"))):
        read_checked(file)
    editions.use_directory(own)


def read_checked(file: Path) -> Programme:
    """The programme in this file with what it names: texts and rules that the house has.

    Raises:
        InvalidInput: with file, and where something in it is wrong with line, field, problem and remedy.
    """
    try:
        content = file.read_bytes()
    except OSError as missing:
        reason = missing.strerror or "?"
        raise InvalidInput("file_unreadable", field="file", file=str(file), reason=reason) from None
    programme = editions.read_programme(content, file.name)
    faults = [*_of_texts(programme), *_of_rules(programme)]
    if faults:
        parsed, lines = read_yaml(content.decode("utf-8"), file.name)
        raise refusal(faults, parsed, file.name, lines)
    return programme


def programme_id(written: str) -> str:
    """The id of a programme as people write it: `2026-1` and `p2026_1` are the same."""
    found = _YEAR_AND_NUMBER.fullmatch(written)
    return f"p{found[1]}_{found[2]}" if found else written


def _of_texts(programme: Programme) -> Iterator[Fault]:
    for place, text in _texts(programme):
        known = languages(text)
        if not known:
            yield Fault(place, "unknown_text", f"name a text of the house: {', '.join(codes())}")
        elif lacking := [one for one in BOTH if one not in known]:
            yield Fault(place, "text_in_one_language", f"write the text in {', '.join(lacking)} too")


def _of_rules(programme: Programme) -> Iterator[Fault]:
    """A rule that a step names is one of the newest book."""
    known = sorted({rule.id for rule in books.book().rules})
    for i, step in enumerate(programme.steps):
        for j, rule in enumerate(step.rules):
            if rule not in known:
                yield Fault(("steps", i, "rules", j), "unknown_rule", f"use one of {', '.join(known)}")


def _texts(programme: Programme) -> Iterator[tuple[Place, str]]:
    """Every text that goes to a participant, with its place; what a case worker reads is no letter."""
    for name in ("appointment_notices", "commitment_notices"):
        for i, notice in enumerate(getattr(programme, name)):
            yield (name, i, "text"), notice.text
    for i, step in enumerate(programme.steps):
        for j, notice in enumerate(step.notices):
            if notice.to == Addressee.PARTICIPANT:
                yield ("steps", i, "notices", j, "text"), notice.text
