"""The directory: entries are found by facts, stand in one order for everybody, and are counted without persons."""

from contextlib import suppress
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.directory import (
    CIVIC_KINDS,
    LEVELS,
    Entry,
    Made,
    OfferKind,
    Tally,
    Wanted,
    fitting,
    found,
    tallies,
)
from domain.directory_list import read_list
from domain.directory_reading import Around, Faults, read_entry, read_place
from domain.errors import InvalidInput
from domain.facts import CaseFacts
from tests.support.facts import person

TODAY = date(2027, 1, 11)
MUNICIPALITIES = {
    ags: SimpleNamespace(ags=ags, name=name, district=district)
    for ags, name, district in (
        ("08115003", "Böblingen", "Landkreis Böblingen"),
        ("08115045", "Sindelfingen", "Landkreis Böblingen"),
        ("08116019", "Esslingen am Neckar", "Landkreis Esslingen"),
        ("08125001", "Aspach", "Landkreis Heilbronn"),
        ("08119087", "Aspach", "Rems-Murr-Kreis"),
    )
}
AROUND = Around(MUNICIPALITIES, TODAY)
GOOD = {
    "kind": "Kurs",
    "name": "Deutsch am Abend",
    "provider": "Volkshochschule",
    "ags": "Böblingen",
    "start": "01.02.2027",
    "level": "A2",
    "childcare": "ja",
    "free_places": "4",
    "checked_on": "04.01.2027",
}


def an(name: str = "Deutsch", **more: Any) -> Entry:
    fixed = {"kind": OfferKind.COURSE, "provider": "VHS", "ags": "08115003", "checked_on": TODAY}
    return Entry(id="ofr_" + name.encode().hex()[:32].ljust(32, "0"), name=name, **{**fixed, **more})


def names(entries: list[Entry], **wanted: Any) -> list[str]:
    return [one.name for one in found(entries, Wanted(**wanted))]


def faults(**typed: str) -> dict[str, str]:
    with pytest.raises(Faults) as refused:
        read_entry("ofr_1", {**GOOD, **typed}, AROUND)
    return {field: wrong.code for field, wrong in refused.value.by_field.items()}


def test_the_order_is_by_start_then_name_and_what_begins_at_any_time_stands_last() -> None:
    entries = [
        an("Zumba", start=None),
        an("chor", start=date(2027, 3, 1)),
        an("Basteln", start=date(2027, 3, 1)),
        an("Spät", start=date(2027, 4, 1)),
    ]

    assert names(entries) == ["Basteln", "chor", "Spät", "Zumba"]
    assert names(entries[::-1]) == names(entries)


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({"kind": OfferKind.CLUB}, ["Fußball"]),
        ({"ags": "08115045"}, ["Fußball"]),
        ({"district": "08116"}, ["Kita"]),
        ({"level": "b1"}, ["Deutsch B1"]),
        ({"german": "a2"}, ["Fußball", "Kita"]),
        ({"childcare": True}, ["Fußball"]),
        ({"free": True}, ["Deutsch B1"]),
        ({"begins_from": date(2027, 3, 1)}, ["Fußball", "Kita"]),
        ({"district": "08115", "free": True}, ["Deutsch B1"]),
    ],
)
def test_each_filter_looks_at_one_fact_and_all_of_them_must_hold(
    wanted: dict[str, Any], left: list[str]
) -> None:
    entries = [
        an("Deutsch B1", level="b1", free_places=3, start=date(2027, 2, 1), childcare=False),
        an("Fußball", kind=OfferKind.CLUB, ags="08115045", childcare=True, free_places=0),
        an("Kita", kind=OfferKind.DAYCARE, ags="08116019"),
    ]

    assert names(entries, **wanted) == left


def test_a_withdrawn_entry_is_in_no_list() -> None:
    assert names([an(withdrawn_on=TODAY)]) == []


def test_an_entry_is_old_once_nobody_has_looked_for_more_than_six_months() -> None:
    entry = an(checked_on=date(2027, 1, 11))

    assert not entry.stale(date(2027, 7, 11))
    assert entry.stale(date(2027, 7, 12))


def test_a_journey_suggests_filters_from_its_own_facts_and_each_can_be_taken_away() -> None:
    values = [
        {"seq": n, "code": code, "value": value, "valid_from": "2027-01-05", "recorded_on": "2027-01-05"}
        | {"source": "person"}
        for n, (code, value) in enumerate({"language_level": "a2", "childcare": "open"}.items(), 1)
    ]
    facts = CaseFacts.model_validate(person(values=values))

    wanted = fitting(facts, TODAY)

    assert wanted == Wanted(district=facts.ags[:5], german="a2", childcare=True, free=True, begins_from=TODAY)
    assert wanted.without("german").german is None
    assert wanted.without("free") == Wanted(
        district=facts.ags[:5], german="a2", childcare=True, begins_from=TODAY
    )


def test_a_journey_of_which_little_is_known_filters_little() -> None:
    facts = CaseFacts.model_validate(person())

    assert fitting(facts, TODAY) == Wanted(district=facts.ags[:5], free=True, begins_from=TODAY)


def test_a_good_line_says_every_fact() -> None:
    entry = read_entry("ofr_1", GOOD, AROUND)

    assert entry == Entry(
        id="ofr_1",
        kind=OfferKind.COURSE,
        name="Deutsch am Abend",
        provider="Volkshochschule",
        ags="08115003",
        start=date(2027, 2, 1),
        level="a2",
        childcare=True,
        free_places=4,
        checked_on=date(2027, 1, 4),
    )


def test_what_is_left_open_is_unknown_and_never_guessed() -> None:
    left_open = {"start": "laufend", "level": "", "childcare": "unbekannt", "free_places": ""}

    entry = read_entry("ofr_1", {**GOOD, **left_open}, AROUND)

    assert (entry.start, entry.level, entry.childcare, entry.free_places) == (None, None, None, None)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("kind", "Tanz", "offer_kind_unknown"),
        ("kind", "", "required"),
        ("name", " ", "required"),
        ("name", "x" * 121, "too_long"),
        ("name", "Kurs\x00", "offer_text_unprintable"),
        ("provider", "VHS, Frau Maier", "offer_names_a_person"),
        ("carrier", "info@example.org", "offer_names_a_person"),
        ("ags", "99999999", "unknown_ags"),
        ("ags", "Aspach", "ambiguous_municipality"),
        ("ags", "Nirgendwo", "unknown_ags"),
        ("start", "31.02.2027", "not_a_day"),
        ("start", "01.02.2072", "offer_start_far"),
        ("level", "D1", "offer_level_unknown"),
        ("childcare", "vielleicht", "offer_childcare_unclear"),
        ("free_places", "-1", "offer_places_unclear"),
        ("free_places", "²", "offer_places_unclear"),
        ("phone", "Maier", "offer_phone_unclear"),
        ("checked_on", "", "required"),
        ("checked_on", "12.01.2027", "future_day"),
    ],
)
def test_a_mistake_is_named_by_its_field(field: str, text: str, code: str) -> None:
    assert faults(**{field: text}) == {field: code}


def test_every_mistake_of_a_line_is_named_at_once() -> None:
    assert faults(kind="Tanz", level="D1", checked_on="") == {
        "kind": "offer_kind_unknown",
        "level": "offer_level_unknown",
        "checked_on": "required",
    }


def test_an_office_that_has_frau_in_its_name_is_no_person() -> None:
    assert read_entry("ofr_1", {**GOOD, "provider": "Frau und Beruf"}, AROUND).provider == "Frau und Beruf"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("08115003", ("08115003", None)),
        ("sindelfingen", ("08115045", None)),
        ("08115", (None, "08115")),
        ("Landkreis Esslingen", (None, "08116")),
    ],
)
def test_a_place_is_a_municipality_or_a_district(text: str, place: tuple[str | None, str | None]) -> None:
    assert read_place(text, AROUND) == place


def test_an_unknown_place_is_refused_and_one_of_two_names_them() -> None:
    with pytest.raises(InvalidInput, match="offer_place_unknown"):
        read_place("Nirgendwo", AROUND)
    with pytest.raises(InvalidInput, match=r"08125001.*08119087"):
        read_place("Aspach", AROUND)


HEADING = "Art;Angebot;Anbieter;Gemeinde;Beginn;Zuletzt geprüft"
ROW = "Kurs;Deutsch für Mütter;VHS;Böblingen;01.02.2027;04.01.2027"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_list_is_read_in_each_encoding_and_with_each_separator(
    encoding: str, separator: str, ending: str
) -> None:
    text = ending.join((HEADING, ROW, "")).replace(";", separator)

    (line,) = read_list(text.encode(encoding), AROUND)

    assert line.entry is not None
    assert (line.no, line.entry.name) == (2, "Deutsch für Mütter")


def test_lines_are_counted_as_a_person_counts_them() -> None:
    text = f'sep=;\n{HEADING}\nKurs;"Deutsch\nam Abend";VHS;Böblingen;;04.01.2027\n\nTanz;x;y;Böblingen;;04.01.2027\n'

    good, bad = read_list(text.encode(), AROUND)

    assert good.entry is not None
    assert (good.no, good.entry.name) == (3, "Deutsch am Abend")
    assert (bad.no, [fault.code for fault in bad.faults]) == (6, ["offer_kind_unknown"])


def test_the_same_offer_twice_in_a_list_is_refused_with_the_line_before() -> None:
    _, second = read_list(f"{HEADING}\n{ROW}\n{ROW.replace('VHS', 'vhs')}".encode(), AROUND)

    assert second.faults[0].code == "list_line_twice"
    assert second.faults[0].params["line"] == "2"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "list_empty"),
        (b"\n\n", "list_empty"),
        (b"Art;Angebot\n", "list_column_missing"),
        (f"{HEADING};Lieblingsfarbe\n".encode(), "list_column_unknown"),
        (f"{HEADING};Art\n".encode(), "list_column_twice"),
        (f'{HEADING}\nKurs;"offen'.encode(), "list_broken"),
        (b"\x81\x8d\x8f", "list_encoding"),
        (b"x" * 4_000_001, "list_too_large"),
    ],
)
def test_what_is_no_list_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(InvalidInput, match=code):
        read_list(content, AROUND)


def test_cells_without_a_column_are_a_mistake_of_their_line_alone() -> None:
    over, good = read_list(f"{HEADING}\n{ROW};mehr\n{ROW}".encode(), AROUND)

    assert [fault.code for fault in over.faults] == ["list_cells_over"]
    assert good.entry is not None


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for heading in (b"", HEADING.encode() + b"\n"):
        with suppress(InvalidInput):
            assert all(line.faults or line.entry for line in read_list(heading + content, AROUND))


def made(offered: int = 0, taken_up: int = 0, declined: int = 0) -> list[Made]:
    counts = {None: offered, "taken_up": taken_up, "declined": declined}
    return [Made("off_a", "club", outcome) for outcome, n in counts.items() for _ in range(n)]


def told(**parts: int) -> tuple[int | None, int | None, int | None]:
    (tally,) = tallies(made(**parts))
    return tally.offered, tally.taken_up, tally.declined


def test_a_count_below_five_is_not_told() -> None:
    assert told(taken_up=4) == (None, None, None)
    assert told(taken_up=5) == (5, 5, 0)
    assert told(offered=5, taken_up=5, declined=5) == (15, 5, 5)


def test_a_single_small_number_cannot_be_reckoned_back_from_the_sum() -> None:
    assert told(taken_up=9, declined=1) == (10, None, None)
    assert told(taken_up=9, declined=6, offered=2) == (17, None, None)
    assert told(taken_up=9, declined=1, offered=1) == (11, None, None)
    assert told(taken_up=3, declined=4) == (7, None, None)


@settings(deadline=None)
@given(*(st.integers(0, 12) for _ in range(3)))
def test_no_small_part_follows_from_what_is_told(offered: int, taken_up: int, declined: int) -> None:
    """Whoever knows the rule and the numbers told finds at least two counts behind every part of fewer than five."""
    if not offered + taken_up + declined:
        return
    shown = told(offered=offered, taken_up=taken_up, declined=declined)
    span = range(sum((offered, taken_up, declined)) + 1)
    behind = [
        (rest, up, down)
        for up in span
        for down in span
        if (rest := len(span) - 1 - up - down) >= 0
        and told(offered=rest, taken_up=up, declined=down) == shown
    ]
    for place, count in enumerate((offered, taken_up, declined)):
        if 0 < count < 5:
            assert len({parts[place] for parts in behind}) > 1


def test_offices_and_kinds_are_counted_each_by_itself_and_nothing_else_is() -> None:
    both = [*made(taken_up=5), *(Made("off_b", "course", None) for _ in range(6))]

    assert tallies(both) == (Tally("off_a", "club", 5, 5, 0), Tally("off_b", "course", 6, 0, 0))
    assert set(Made.__dataclass_fields__) == {"office", "kind", "outcome"}


def test_the_civic_kinds_are_kinds_and_the_levels_rise() -> None:
    assert set(OfferKind) > CIVIC_KINDS
    assert list(LEVELS) == sorted(LEVELS)


def test_a_day_of_the_far_past_is_no_start() -> None:
    far = (TODAY - timedelta(days=2000)).isoformat()
    assert faults(start=far) == {"start": "offer_start_far"}
