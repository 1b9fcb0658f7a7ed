"""The inbox of allocations: one card for one person, sealed, seen by one office, and settled once."""

from datetime import date

import pytest

from domain.allocation_list import Allocated
from domain.allocation_list import Line as AllocationLine
from domain.errors import NotFound, Refusal
from domain.permissions import Actor, Role
from store import allocations
from store.database import Store
from store.keys import KeyDestroyed
from store.tables import OfficeRow
from store.tables_take_over import AllocationRow
from tests.store.test_take_overs import at, kinds, lead
from tests.support.registered import AGS, House, house, journey

__all__ = ["at"]
ELSEWHERE = "08115045"


def neighbour(store: Store) -> House:
    """An office of another municipality."""
    made = house(store, "off_nachbarheim")
    with store.write() as session:
        session.get_one(OfficeRow, made.office).ags = ELSEWHERE
    return made


def allocated(name: str = "Probe, Nadia", ags: str = AGS, no: int = 2) -> AllocationLine:
    person = Allocated(name, date(1990, 5, 4), "ar", ags, date(2027, 1, 11), address="Unterkunft 1")
    return AllocationLine(no, person)


def head_of(at: House) -> Actor:
    return Actor(at.head, Role.HEAD, at.office)


def sent(store: Store, at: House, *lines: AllocationLine) -> tuple[allocations.Verdict, ...]:
    return allocations.send(store, lines, actor=head_of(at), sha256="b" * 64)


def test_an_allocation_waits_sealed_in_the_inbox_of_the_office_of_the_municipality(
    store: Store, at: House
) -> None:
    (verdict,) = sent(store, at, allocated())

    with store.read() as session:
        (shown,) = allocations.inbox(session, store, at.office)
        stored = session.get_one(AllocationRow, verdict.allocation or "")
    assert shown.card is not None
    assert (shown.card.name, shown.row.t0) == ("Probe, Nadia", date(2027, 1, 11))
    assert b"Nadia" not in (stored.card or b"")
    assert "Nadia" not in repr(shown)


def test_a_municipality_without_an_office_is_refused(store: Store, at: House) -> None:
    (verdict,) = sent(store, at, allocated(ags=ELSEWHERE))
    assert [(f.code, f.params["known"]) for f in verdict.faults] == [("no_office_for_ags", AGS)]


def test_the_same_allocation_twice_makes_no_second_card(store: Store, at: House) -> None:
    first, second = sent(store, at, allocated()), sent(store, at, allocated("nadia PROBE"))
    assert (kinds(first), kinds(second)) == (["taken"], ["known"])
    assert first[0].allocation == second[0].allocation


def test_a_card_that_came_back_may_go_to_another_municipality_and_an_open_one_may_not(
    store: Store, at: House
) -> None:
    other = neighbour(store)
    (first,) = sent(store, at, allocated())

    (elsewhere,) = sent(store, at, allocated(ags=ELSEWHERE))
    with store.write() as session:
        allocations.decline(session, first.allocation or "", actor=lead(at), reason="wrong_municipality")
    (moved,) = sent(store, at, allocated(ags=ELSEWHERE))

    assert [f.code for f in elsewhere.faults] == ["allocated_elsewhere"]
    assert (moved.kind, moved.office) == ("taken", other.office)


def test_an_accepted_card_keeps_nothing_of_the_person(store: Store, at: House) -> None:
    (verdict,) = sent(store, at, allocated())
    id_ = verdict.allocation or ""
    started = journey(store, at, form_id=id_.partition("_")[2])

    with store.write() as session:
        allocations.accepted(session, store, id_, actor=lead(at), journey=started)

    with store.read() as session:
        stored = session.get_one(AllocationRow, id_)
        assert allocations.inbox(session, store, at.office) == []
    assert (stored.state, stored.journey_id, stored.card) == ("accepted", started, None)
    with pytest.raises(KeyDestroyed):
        store.keys.key_of(id_)


def test_a_declined_card_goes_back_to_its_sender_with_name_and_reason_until_it_is_noted(
    store: Store, at: House
) -> None:
    (verdict,) = sent(store, at, allocated())
    id_ = verdict.allocation or ""
    with store.read() as session:
        (waiting,) = allocations.sent_by(session, store, at.office)
    with store.write() as session:
        allocations.decline(session, id_, actor=lead(at), reason="not_here")
    with store.read() as session:
        (back,) = allocations.sent_by(session, store, at.office)
    with store.write() as session:
        allocations.put_away(session, store, id_, actor=head_of(at))

    assert waiting.card is None
    assert back.card is not None
    assert (back.row.reason, back.card.name) == ("not_here", "Probe, Nadia")
    with store.read() as session:
        assert allocations.sent_by(session, store, at.office) == []
        assert session.get_one(AllocationRow, id_).card is None


def test_a_card_is_settled_once(store: Store, at: House) -> None:
    (verdict,) = sent(store, at, allocated())
    id_ = verdict.allocation or ""
    with store.write() as session:
        allocations.decline(session, id_, actor=lead(at), reason="other")
    with pytest.raises(Refusal), store.write() as session:
        allocations.decline(session, id_, actor=lead(at), reason="not_here")
    with pytest.raises(Refusal), store.read() as session:
        allocations.card(session, store, id_, at.office)


def test_a_card_of_another_office_does_not_exist(store: Store, at: House) -> None:
    other = neighbour(store)
    (verdict,) = sent(store, at, allocated())
    with pytest.raises(NotFound), store.read() as session:
        allocations.card(session, store, verdict.allocation or "", other.office)
    with pytest.raises(NotFound), store.write() as session:
        allocations.decline(session, verdict.allocation or "", actor=lead(other), reason="other")
