"""Closure days: who may be closed when, what is written down, and the calendars that are kept for ever."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from domain.calendar import ClosureReason
from domain.decisions import Edition
from domain.errors import InvalidInput, NotFound
from domain.ids import house_stream
from store import calendars, closures, editions, ledger
from store.books import By
from store.closures import Calendars, Changed
from store.database import Store
from store.tables import JourneyRow, OutboxRow
from store.tables_closures import CalendarRow
from tests.support.registered import OFFICE, OTHER_OFFICE, an_id, house, journey

MONDAY = date(2027, 1, 11)
NOON = datetime(2027, 1, 11, 11, 0, tzinfo=UTC)
LEAD = By(an_id("person", "lead"), NOON)
HOLIDAYS = ClosureReason.HOLIDAYS


def shut(store: Store, first: str, last: str, *, office: str = OFFICE, by: By = LEAD) -> Changed:
    with store.write() as session:
        return closures.close(
            session, office, date.fromisoformat(first), date.fromisoformat(last), HOLIDAYS, by=by
        )


def opened_again(store: Store, first: str, last: str, *, by: By = LEAD) -> Changed:
    with store.write() as session:
        return closures.reopen(session, OFFICE, date.fromisoformat(first), date.fromisoformat(last), by=by)


def entries(store: Store) -> list[ledger.Entry]:
    with store.read() as session:
        return [e for e in ledger.read(session, house_stream(OFFICE)) if e.type.startswith("closures_")]


def replans(store: Store) -> list[tuple[str, object]]:
    with store.read() as session:
        rows = session.exec(select(OutboxRow).where(col(OutboxRow.kind) == "replan")).all()
        return [(row.journey_id, row.body["reason"]) for row in rows]


def test_a_span_closes_its_working_days_and_is_written_down_with_who_and_which_calendar(store: Store) -> None:
    house(store)

    done = shut(store, "2027-02-04", "2027-02-09")

    days = [date(2027, 2, n) for n in (4, 5, 8, 9)]
    assert list(done.days) == days
    calendar, edition = Calendars(store).of(OFFICE)
    assert calendar.closures == {OFFICE: tuple(days)}
    assert [(e.type, e.actor) for e in entries(store)] == [("closures_added", LEAD.person)]
    body = entries(store)[0].body or {}
    assert body["days"] == [str(d) for d in days]
    assert (body["reason"], body["calendar"]) == ("holidays", edition.model_dump())
    with store.read() as session:
        assert closures.spans(session, OFFICE) == [(days[0], days[-1], 4, "holidays")]


def test_the_same_closure_twice_is_one_and_says_nothing_a_second_time(store: Store) -> None:
    journey(store, house(store))
    shut(store, "2027-02-04", "2027-02-05")

    again = shut(store, "2027-02-04", "2027-02-05")
    more = shut(store, "2027-02-05", "2027-02-08")

    assert again == Changed((), 0)
    assert more.days == (date(2027, 2, 8),)
    assert len(entries(store)) == len(replans(store)) == 2


def test_only_the_open_journeys_of_the_office_are_planned_again(store: Store) -> None:
    at = house(store)
    own, closed = journey(store, at), journey(store, at, "form-0002")
    journey(store, house(store, OTHER_OFFICE), "form-0003")
    with store.write() as session:
        session.get_one(JourneyRow, closed).state = "closed"

    done = shut(store, "2027-02-04", "2027-02-04")

    assert done.replans == 1
    assert replans(store) == [(own, "calendar_changed")]


def test_a_day_to_come_can_be_opened_again_and_then_the_published_calendar_counts(store: Store) -> None:
    journey(store, house(store))
    shut(store, "2027-02-04", "2027-02-05")

    done = opened_again(store, "2027-02-04", "2027-02-10")
    nothing = opened_again(store, "2027-02-04", "2027-02-10")

    assert len(done.days) == 2
    assert nothing == Changed((), 0)
    assert Calendars(store).of(OFFICE) == editions.calendar()
    assert [e.type for e in entries(store)] == ["closures_added", "closures_removed"]
    assert len(replans(store)) == 2


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2027-01-08", "2027-01-12", "closure_past"),
        ("2027-02-05", "2027-02-04", "closure_backwards"),
        ("2027-02-01", "2027-05-31", "closure_long"),
        ("2027-02-06", "2027-02-07", "closure_no_working_day"),
        ("2027-03-26", "2027-03-29", "closure_no_working_day"),
        ("2051-02-01", "2051-02-02", "calendar_range"),
    ],
)
def test_a_closure_that_cannot_be_is_refused_and_leaves_nothing(
    store: Store, first: str, last: str, code: str
) -> None:
    house(store)

    with pytest.raises(InvalidInput, match=code):
        shut(store, first, last)

    assert entries(store) == []


def test_today_can_be_closed_but_not_opened_again_nor_can_days_of_the_past(store: Store) -> None:
    house(store)
    shut(store, "2027-01-11", "2027-01-12")

    with pytest.raises(InvalidInput, match="closure_past"):
        opened_again(store, "2027-01-11", "2027-01-12")

    assert opened_again(store, "2027-01-12", "2027-01-12").days == (date(2027, 1, 12),)


def test_an_office_that_does_not_exist_cannot_be_closed(store: Store) -> None:
    with pytest.raises(NotFound, match="office"):
        shut(store, "2027-02-04", "2027-02-04", office="off_nowhere")


def test_every_calendar_that_may_have_decided_stays_loadable_by_id_and_hash(store: Store) -> None:
    house(store)
    seen: list[Edition] = []
    for first in ("2027-02-04", "2027-03-01", "2027-05-03"):
        shut(store, first, first)
        seen.append(Calendars(store).of(OFFICE)[1])
    opened_again(store, "2027-02-04", "2027-05-03")

    assert len({edition.sha256 for edition in seen}) == 3
    for number, edition in enumerate(seen, 1):
        with store.read() as session:
            text = closures.document(session, edition) or ""
        assert len(calendars.read_as(text, edition).closures[OFFICE]) == number
        assert Calendars(store).of(OFFICE, edition.id)[1] == edition, "a pinned calendar is found again"
    with store.read() as session:
        assert closures.document(session, Edition(id="bw_2026", sha256=seen[0].sha256)) is None


def test_equal_closures_are_the_same_edition_and_another_office_is_another(store: Store) -> None:
    house(store)
    house(store, OTHER_OFFICE)
    shut(store, "2027-02-04", "2027-02-04")
    shut(store, "2027-02-04", "2027-02-04", office=OTHER_OFFICE)
    mine = Calendars(store).of(OFFICE)[1]
    opened_again(store, "2027-02-04", "2027-02-04")
    shut(store, "2027-02-04", "2027-02-04")

    assert Calendars(store).of(OFFICE)[1] == mine
    assert Calendars(store).of(OTHER_OFFICE)[1] != mine


def test_a_calendar_that_nobody_kept_yet_is_kept_when_it_first_decides(store: Store) -> None:
    house(store)
    shut(store, "2027-02-04", "2027-02-04")
    edition = Calendars(store).of(OFFICE)[1]
    with store.write() as session:
        session.delete(session.get_one(CalendarRow, edition.sha256))

    assert Calendars(store).of(OFFICE)[1] == edition
    with store.read() as session:
        assert closures.document(session, edition) is not None


def test_a_stored_calendar_that_was_altered_is_not_read(store: Store) -> None:
    house(store)
    shut(store, "2027-02-04", "2027-02-04")
    edition = Calendars(store).of(OFFICE)[1]
    with store.read() as session:
        text = closures.document(session, edition) or ""

    with pytest.raises(InvalidInput, match=r"calendar_invalid.*sha256"):
        calendars.read_as(text.replace("2027-02-04", "2027-02-05"), edition)
