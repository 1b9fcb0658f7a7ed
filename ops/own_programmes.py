"""The administrator's own programme files: `<data_dir>/programmes`, read by every process alike."""

from collections.abc import Iterator
from pathlib import Path

from domain.codes import Addressee
from domain.errors import InvalidInput
from domain.programme import Programme
from domain.programme_reading import Fault, Place, refusal
from notices.texts import codes, languages
from store import editions
from store.yaml_reading import read_yaml

DIRECTORY = "programmes"


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
    """The programme in this file, its notices included: each names a text that the house has.

    Raises:
        InvalidInput: with file, and where something in it is wrong with line, field, problem and remedy.
    """
    try:
        content = file.read_bytes()
    except OSError as missing:
        reason = missing.strerror or "?"
        raise InvalidInput("file_unreadable", field="file", file=str(file), reason=reason) from None
    programme = editions.read_programme(content, file.name)
    faults = [_fault(place) for place, text in _texts(programme) if not languages(text)]
    if faults:
        parsed, lines = read_yaml(content.decode("utf-8"), file.name)
        raise refusal(faults, parsed, file.name, lines)
    return programme


def _fault(place: Place) -> Fault:
    return Fault(place, "unknown_text", f"name a text of the house: {', '.join(codes())}")


def _texts(programme: Programme) -> Iterator[tuple[Place, str]]:
    """Every text that goes to a participant, with its place; what a case worker reads is no letter."""
    for name in ("appointment_notices", "commitment_notices"):
        for i, notice in enumerate(getattr(programme, name)):
            yield (name, i, "text"), notice.text
    for i, step in enumerate(programme.steps):
        for j, notice in enumerate(step.notices):
            if notice.to == Addressee.PARTICIPANT:
                yield ("steps", i, "notices", j, "text"), notice.text
