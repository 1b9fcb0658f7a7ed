"""Calendar files: one command makes them byte for byte, nothing published changes, nothing broken is read."""

import builtins
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import holidays
import pytest

from domain.errors import InvalidInput, NotFound
from ops.calendar_file import DIRECTORY, contents, generate
from store import calendars, editions
from store.canonical import sha256

PUBLISHED = DIRECTORY / "bw-2026.json"


def test_the_published_calendar_is_what_its_command_generates() -> None:
    assert PUBLISHED.read_bytes() == contents("bw_2026")


def test_the_file_names_its_package_and_version_and_carries_2015_to_2050() -> None:
    calendar, edition = editions.calendar("bw_2026")
    assert calendar.source == f"holidays {holidays.__version__}"
    assert (str(calendar.first), str(calendar.last)) == ("2015-01-01", "2050-12-31")
    assert edition.sha256 == sha256(PUBLISHED.read_bytes())


def test_generating_again_writes_the_same_bytes(tmp_path: Path) -> None:
    first = generate("bw_2026", into=tmp_path)
    again = generate("bw_2026", into=tmp_path)

    assert (first.done, again.done) == ("written", "unchanged")
    assert first.sha256 == again.sha256
    assert first.path.read_bytes() == PUBLISHED.read_bytes()


def test_a_published_id_is_never_given_to_another_content(tmp_path: Path) -> None:
    file = generate("bw_2026", last=2049, into=tmp_path).path
    before = file.read_bytes()

    with pytest.raises(InvalidInput, match=r"calendar_published.*field=--id, file=bw-2026\.json"):
        generate("bw_2026", into=tmp_path)

    assert file.read_bytes() == before


def test_a_newer_calendar_stands_beside_the_older_one(tmp_path: Path) -> None:
    newer = generate("bw_2027", last=2055, into=tmp_path).path
    read = calendars.read(newer.read_bytes(), newer.name)

    assert (read.id, str(read.last)) == ("bw_2027", "2055-12-31")
    assert set(editions.calendar("bw_2026")[0].holidays) < set(read.holidays)


@pytest.mark.parametrize("years", [(1900, 2050), (2050, 2015), (2015, 2200)])
def test_years_that_nobody_can_know_are_refused(tmp_path: Path, years: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput, match="calendar_years"):
        generate("bw_2027", first=years[0], last=years[1], into=tmp_path)


@pytest.mark.parametrize("id_", ["", "BW", "../x", "bw-2027", "b" * 60])
def test_an_id_that_is_none_is_refused(tmp_path: Path, id_: str) -> None:
    with pytest.raises(InvalidInput, match="calendar_id"):
        generate(id_, into=tmp_path)


def test_a_directory_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"calendar_unwritable.*field=--into"):
        generate("bw_2027", into=tmp_path / "none")


def test_without_its_package_the_command_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - the builtin's own words
        locals: Mapping[str, object] | None = None,  # noqa: A002
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        if name == "holidays":
            raise ModuleNotFoundError(name)
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InvalidInput, match=r"generator_missing.*field=holidays.*requirements/test\.txt"):
        generate("bw_2027", into=tmp_path)


def altered(change: Callable[[dict[str, Any]], object]) -> bytes:
    whole = json.loads(PUBLISHED.read_bytes())
    change(whole)
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda whole: whole["holidays"].remove("2027-05-27"), "content_sha256"),
        (lambda whole: whole.pop("content_sha256"), "content_sha256"),
        (lambda whole: whole.update(source="holidays 9.9"), "content_sha256"),
        (lambda whole: whole["holidays"].append("2027-12-24"), "holidays"),
        (lambda whole: whole["holidays"].append("2051-01-01"), "holidays"),
        (lambda whole: whole["holidays"].append("someday"), "holidays.433"),
        (lambda whole: whole.pop("holidays"), "holidays"),
        (lambda whole: whole.update(last="2014-12-31"), "last"),
        (lambda whole: whole.update(first="soon"), "first"),
        (lambda whole: whole.update(more=float("nan")), "content_sha256"),
        (lambda whole: whole.update(id="BW 2026"), "id"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused_by_file_and_field_with_a_remedy(
    change: Callable[[dict[str, Any]], object], field: str
) -> None:
    with pytest.raises(InvalidInput, match="calendar_invalid") as refused:
        calendars.read(altered(change), "bw-2026.json")

    assert refused.value.params["file"] == "bw-2026.json"
    assert refused.value.params["field"] == field
    assert refused.value.params["remedy"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1]", b'"bw"'])
def test_what_is_no_calendar_at_all_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"calendar_(broken|invalid)") as refused:
        calendars.read(content, "x.json")

    assert {"file", "field", "remedy"} <= refused.value.params.keys()


def test_an_unknown_calendar_is_not_found_and_the_known_ones_are_named() -> None:
    for id_ in ("bw_1999", "../bw", "BW"):
        with pytest.raises(NotFound, match="bw_2026"):
            editions.calendar(id_)
