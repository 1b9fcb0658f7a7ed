"""Makes the file of a legal calendar: the public holidays of Baden-Württemberg, as the package `holidays` has them.

The same years from the same version of the package are the same bytes on every machine. A file that was published
never changes: decisions name it by its hash.
"""

from pathlib import Path
from typing import Any, Literal, NamedTuple

from domain.errors import InvalidInput
from store import calendars
from store.canonical import sha256

FIRST_YEAR, LAST_YEAR = 2015, 2050
PACKAGE = "holidays"
DIRECTORY = Path(__file__).parents[1] / "domain" / "calendars"
_EARLIEST, _LATEST = 1990, 2100
_INDENT = 1


class Written(NamedTuple):
    """The file, its hash, and whether it was written now or stood there already with these bytes."""

    path: Path
    sha256: str
    done: Literal["written", "unchanged"]


def generate(id_: str, *, first: int = FIRST_YEAR, last: int = LAST_YEAR, into: Path = DIRECTORY) -> Written:
    """Write the calendar of this id, or find that it stands there with the same bytes.

    Raises:
        InvalidInput: `calendar_id`, `calendar_years`, `generator_missing`, `calendar_published` where the id stands
            for another content, `calendar_unwritable`.
    """
    file = calendars.file_of(id_)
    if file is None:
        raise InvalidInput("calendar_id", field="--id", value=id_, remedy="bw_2027")
    path, content = into / file.name, contents(id_, first, last)
    try:
        if path.exists():
            _expect_same(path, content, id_)
            return Written(path, sha256(content), "unchanged")
        path.write_bytes(content)
    except OSError as error:
        told = error.strerror or "–"
        raise InvalidInput("calendar_unwritable", field="--into", file=str(path), reason=told) from error
    return Written(path, sha256(content), "written")


def contents(id_: str, first: int = FIRST_YEAR, last: int = LAST_YEAR) -> bytes:
    """The bytes of the file; they depend on the id, the years and the version of the package alone."""
    if not _EARLIEST <= first <= last <= _LATEST:
        remedy = f"{_EARLIEST} ≤ --first ≤ --last ≤ {_LATEST}"
        raise InvalidInput("calendar_years", field="--first, --last", value=f"{first}-{last}", remedy=remedy)
    package = _package()
    found = package.country_holidays("DE", subdiv="BW", years=range(first, last + 1), language="de")
    days = sorted(found.items())
    content = {
        "id": id_,
        "source": f"{PACKAGE} {package.__version__}",
        "first": f"{first}-01-01",
        "last": f"{last}-12-31",
        "holidays": [day.isoformat() for day, _ in days],
        "names": {day.isoformat(): name for day, name in days},
    }
    return calendars.sealed(content, indent=_INDENT)


def _package() -> Any:
    # A generator's package: no service of an installation needs it, so it may be missing.
    try:
        import holidays  # noqa: PLC0415
    except ImportError:
        remedy = "pip install -r requirements/test.txt"
        raise InvalidInput("generator_missing", field=PACKAGE, remedy=remedy) from None
    return holidays


def _expect_same(path: Path, content: bytes, id_: str) -> None:
    stands = path.read_bytes()
    if stands != content:
        told = calendars.source_of(stands)
        made = calendars.source_of(content)
        raise InvalidInput(
            "calendar_published", field="--id", file=path.name, calendar=id_, stands=told, made=made
        )
