"""Released books never change; the catalogue is the newest of them, or a book of its own."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from rules import book as shelf
from rules.book import FIRST_BOOK, bind, book, next_id, thawed, with_catalogue
from rules.documents import to_document
from rules.drafting import draft
from rules.freeze import chosen, freeze
from rules.shape import FIRST_DAY

OWN = bind(FIRST_BOOK, FIRST_DAY)
OTHER = draft(OWN, {"FOE-02.task": "2"}, FIRST_BOOK)


def test_before_the_first_release_the_catalogue_is_the_first_book() -> None:
    (only,) = with_catalogue(())

    assert (only.id, only.valid_from) == (FIRST_BOOK, FIRST_DAY)


def test_a_catalogue_that_says_the_same_is_the_newest_book_and_knows_its_cases() -> None:
    (only,) = with_catalogue((thawed(to_document(OWN), FIRST_BOOK),))

    assert (only.id, only.sha256) == (OWN.id, OWN.sha256)
    assert all(rule.cases for rule in only.rules)


def test_a_catalogue_that_says_something_else_is_seen_as_the_next_book_and_the_released_one_stays() -> None:
    released, standing = with_catalogue((OTHER,))

    assert released is OTHER
    assert (standing.id, standing.valid_from) == ("b2026_2", FIRST_DAY + timedelta(days=1))
    assert [rule.id for rule in standing.rules] == [rule.id for rule in book().rules]


def test_ids_are_counted_as_numbers() -> None:
    assert next_id("b2026_9") == "b2026_10"
    with pytest.raises(InvalidInput, match="book_id"):
        next_id("mine")


def test_a_frozen_book_is_written_once_and_never_overwritten(tmp_path: Path) -> None:
    assert freeze(tmp_path, OWN)
    assert not freeze(tmp_path, OWN)
    with pytest.raises(InvalidInput, match="book_frozen"):
        freeze(tmp_path, OTHER)

    assert (tmp_path / "b2026_1.json").read_text(encoding="utf-8") == to_document(OWN)
    assert freeze(tmp_path, OTHER, unreleased=True)


def test_the_next_book_never_begins_before_the_one_it_follows() -> None:
    following = chosen((OTHER,), following=True, book_id=None, since=None)

    assert (following.id, following.valid_from) == ("b2026_2", FIRST_DAY + timedelta(days=1))
    assert chosen((OTHER,), following=False, book_id=None, since=None).id == FIRST_BOOK
    with pytest.raises(InvalidInput, match="book_reaches_back"):
        chosen((OTHER,), following=True, book_id=None, since=date(2026, 1, 1))
    with pytest.raises(InvalidInput, match="book_id"):
        chosen((OTHER,), following=True, book_id="b2025_7", since=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "document"),
        ("{}", "field_missing"),
        (to_document(OWN).replace(",", ", ", 1), "not canonical"),
        (to_document(OWN).replace("b2026_1", "b2026_7", 1), "b2026_7"),
        (to_document(OWN)[:-2], "document"),
    ],
    ids=["no JSON", "nothing", "other bytes", "other id", "cut off"],
)
def test_a_broken_frozen_book_is_refused_with_its_file_and_the_reason(text: str, told: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        thawed(text, FIRST_BOOK)

    assert caught.value.code == "broken_book"
    assert caught.value.params["file"] == "b2026_1.json"
    assert told in str(caught.value)


def test_every_frozen_file_of_this_release_is_read() -> None:
    assert [b.id for b in shelf.frozen()] == sorted(
        (file.stem for file in shelf.FROZEN.glob("*.json")), key=lambda name: int(name.partition("_")[2])
    )
