"""What got lost between two parts is found, put back on its way, and written down."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from activities.sweep import Sweeping
from domain.calls import SweepRequest
from domain.events import SYSTEM
from domain.ids import derived_id, house_stream, journey_stream
from domain.policies import POLICIES
from store import clock, findings, ledger, outbox, people, replans
from store.database import Store
from store.office_tables import OfficeWatchRow
from store.participants import START
from store.tables import JourneyRow, NoticeRow, OutboxRow
from tests.support.registered import House, house, journey

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=3)


@pytest.fixture
def at(sqlite_store: Store) -> House:
    """An office on a first of March; nothing of the demo is left to be done."""
    with sqlite_store.write() as session:
        clock.set_to(session, NOW)
        for row in session.exec(select(JourneyRow)).all():
            row.state = "ended"
            session.add(row)
        for order in outbox.pending(session, 1000):
            outbox.done(session, order.id or 0)
    return house(sqlite_store)


def running(store: Store, at: House, number: int = 1, **changes: object) -> str:
    """A case that has decided something, and would wake tomorrow."""
    made = journey(store, at, f"form-000{number}", programme="p2026_0")
    with store.write() as session:
        row = session.get_one(JourneyRow, made)
        row.state, row.call, row.next_wake = "open", 3, NOW + timedelta(days=1)
        for name, value in changes.items():
            setattr(row, name, value)
        session.add(row)
        for order in outbox.pending(session):
            outbox.done(session, order.id or 0)
    return made


def sweep(store: Store) -> dict[str, int]:
    return Sweeping(store).sweep(SweepRequest(now=NOW)).healed


def orders(store: Store) -> list[tuple[str, str, str]]:
    """Every open order: its kind, its case, and why."""
    with store.read() as session:
        rows = outbox.pending(session)
    return [(row.kind, row.journey_id, str(row.body.get("reason", ""))) for row in rows]


def written(store: Store, at: House) -> list[tuple[str, str, str | None, str]]:
    """What the ledger of the house says of findings: type, what was found, where, and what was done."""
    with store.read() as session:
        entries = ledger.read(session, house_stream(at.office))
    said = [(one.type, one.body or {}) for one in entries if one.type.startswith("sweep_")]
    return [(kind, body["found"], body["journey"], body["done"]) for kind, body in said]


def test_a_house_in_order_is_left_alone(sqlite_store: Store, at: House) -> None:
    running(sqlite_store, at)

    assert sweep(sqlite_store) == {}
    assert orders(sqlite_store) == []
    assert written(sqlite_store, at) == []


def test_a_timer_that_lapsed_is_ordered_anew_once_a_day(sqlite_store: Store, at: House) -> None:
    lost = running(sqlite_store, at, next_wake=LONG_AGO)
    running(sqlite_store, at, 2, next_wake=NOW - timedelta(hours=1))

    first, second = sweep(sqlite_store), sweep(sqlite_store)

    assert (first, second) == ({"lapsed_timer": 1}, {})
    assert orders(sqlite_store) == [("replan", lost, "lapsed_timer")]
    assert written(sqlite_store, at) == [("sweep_healed", "lapsed_timer", lost, "replan")]


def test_a_timer_of_a_case_that_has_ended_is_no_loss(sqlite_store: Store, at: House) -> None:
    running(sqlite_store, at, next_wake=LONG_AGO, state="closed")

    assert sweep(sqlite_store) == {}


def test_a_notice_that_should_have_left_is_ordered_anew_and_the_order_is_not_doubled(
    sqlite_store: Store, at: House
) -> None:
    late = running(sqlite_store, at, next_wake=LONG_AGO)
    with sqlite_store.write() as session:
        session.add(
            NoticeRow(
                id=derived_id("notice", "late"),
                journey_id=late,
                office_id=at.office,
                text="invitation",
                matter="offers",
                channel="email",
                language="de",
                planned_on=date(2027, 2, 26),
                send_at=LONG_AGO,
                message_id="late@pakt.invalid",
            )
        )

    healed = sweep(sqlite_store)

    assert healed == {"late_notice": 1, "lapsed_timer": 1}
    assert orders(sqlite_store) == [("replan", late, "late_notice")]
    assert [found for _, found, _, _ in written(sqlite_store, at)] == ["late_notice", "lapsed_timer"]


def test_a_case_that_was_registered_and_never_began_is_started_again(sqlite_store: Store, at: House) -> None:
    lost = running(sqlite_store, at, state="waiting", call=-1, updated_at=LONG_AGO)
    with sqlite_store.write() as session:
        order = session.exec(select(OutboxRow).where(OutboxRow.journey_id == lost)).one()
        order.done_at = clock.real() - timedelta(hours=3)
        session.add(order)
        before = dict(order.body)

    healed = sweep(sqlite_store)

    assert healed == {"not_started": 1}
    assert orders(sqlite_store) == [(START, lost, "")]
    with sqlite_store.read() as session:
        assert outbox.pending(session)[0].body == before
    assert written(sqlite_store, at) == [("sweep_healed", "not_started", lost, "start_again")]


@pytest.mark.parametrize(("told", "done"), [(False, "relay_tries"), (None, "no_order")])
def test_what_the_sweeper_cannot_start_it_names(
    sqlite_store: Store, at: House, told: bool | None, done: str
) -> None:
    lost = running(sqlite_store, at, state="waiting", call=-1, updated_at=LONG_AGO)
    with sqlite_store.write() as session:
        order = session.exec(select(OutboxRow).where(OutboxRow.journey_id == lost)).one()
        if told is None:
            session.delete(order)
        else:
            order.done_at = None
            session.add(order)

    sweep(sqlite_store)

    assert written(sqlite_store, at) == [("sweep_found", "not_started", lost, done)]


@pytest.mark.parametrize(
    ("offered", "ended", "found"),
    [
        (date(2027, 2, 12), None, True),
        (date(2027, 2, 15), None, False),
        (date(2027, 2, 12), "hand_over_answered", False),
        (date(2027, 2, 12), "hand_over_lapsed", False),
    ],
)
def test_an_offer_to_another_office_that_nobody_answered_in_ten_working_days_is_found(
    sqlite_store: Store, at: House, *, offered: date, ended: str | None, found: bool
) -> None:
    asked = running(sqlite_store, at)
    with sqlite_store.write() as session:
        for kind in filter(None, ("hand_over_offered", ended)):
            ledger.append(
                session,
                journey_stream(asked),
                office=at.office,
                at=datetime(offered.year, offered.month, offered.day, 9, tzinfo=UTC),
                actor=SYSTEM,
                type=kind,
                body={},
            )

    assert sweep(sqlite_store) == ({"hand_over_open": 1} if found else {})
    assert orders(sqlite_store) == ([("replan", asked, "hand_over_open")] if found else [])


def test_an_office_whose_look_did_not_happen_is_nudged(sqlite_store: Store, at: House) -> None:
    with sqlite_store.write() as session:
        session.add(OfficeWatchRow(office_id=at.office, since=date(2027, 1, 4), next_wake=LONG_AGO, call=1))

    assert sweep(sqlite_store) == {"lapsed_office": 1}
    assert orders(sqlite_store) == [(replans.NUDGE, "", "lapsed_office")]


def test_while_the_clock_moves_nothing_is_late(sqlite_store: Store, at: House) -> None:
    running(sqlite_store, at, next_wake=LONG_AGO)
    with sqlite_store.write() as session:
        clock.begin_move(session, NOW + timedelta(days=30))

    assert sweep(sqlite_store) == {}


def test_what_was_found_can_be_read_by_office_and_day(sqlite_store: Store, at: House) -> None:
    running(sqlite_store, at, next_wake=LONG_AGO)
    sweep(sqlite_store)

    with sqlite_store.read() as session:
        rows = findings.of_office(session, at.office, first=NOW.date(), last=NOW.date())
        before = findings.of_office(session, at.office, last=NOW.date() - timedelta(days=1))
        assert people.office(session, at.office).id == at.office

    assert [(row.kind, row.done, row.found_on) for row in rows] == [("lapsed_timer", "replan", NOW.date())]
    assert before == []


def test_the_sweep_gives_up_and_comes_again_but_an_office_is_never_given_up() -> None:
    assert POLICIES["sweep"].attempts == 3
    assert POLICIES["office_day"].attempts == 0
