"""The directory in the database: every step once, in the ledger, and counted without persons."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.codes import OfferOutcome
from domain.directory import Entry, OfferKind, Tally
from domain.directory_list import Line
from domain.errors import NotFound, Refusal
from domain.facts import OfferFact
from store import directory, ids, ledger
from store.database import Store
from store.directory import By
from tests.support.registered import OFFICE, House, house, journey

AT = datetime(2027, 1, 11, 9, tzinfo=UTC)


def an_entry(name: str = "Deutsch am Abend", **more: object) -> Entry:
    fixed = Entry(
        id=ids.new("offer"),
        kind=OfferKind.COURSE,
        name=name,
        provider="VHS",
        ags="08115003",
        checked_on=date(2027, 1, 4),
        start=date(2027, 2, 1),
        level="a2",
        childcare=True,
        free_places=4,
    )
    return replace(fixed, **more)  # type: ignore[arg-type]


def by(store: Store) -> By:
    return By(house(store).case_worker, OFFICE, AT)


def entered(store: Store, who: By, *entries: Entry) -> None:
    with store.write() as session:
        for one in entries:
            assert directory.enter(session, one, who)


def test_an_entry_comes_back_as_it_was_said(store: Store) -> None:
    new, who = an_entry(phone="07031 000", venue="Bücherei", carrier="Stadt"), by(store)

    entered(store, who, new)

    with store.read() as session:
        assert directory.entry(session, new.id) == new
        assert directory.entries(session) == (new,)
        with pytest.raises(NotFound):
            directory.entry(session, ids.new("offer"))


def test_the_same_form_enters_once_and_the_same_offer_is_refused_twice(store: Store) -> None:
    new, who = an_entry(), by(store)
    entered(store, who, new)

    with store.write() as session:
        assert not directory.enter(session, new, who)
        with pytest.raises(Refusal, match="offer_exists"):
            directory.enter(session, an_entry("deutsch AM abend"), who)

    with store.read() as session:
        assert [one.type for one in directory.history(session, new.id)] == ["offer_entered"]


def test_every_step_is_in_the_ledger_of_the_district_with_what_changed(store: Store) -> None:
    new, other, who = an_entry(), an_entry("Chor"), by(store)
    entered(store, who, new, other)

    with store.write() as session:
        assert directory.change(session, replace(new, free_places=2), who)
        assert not directory.change(session, replace(new, free_places=2, rev=2), who)
        directory.look_again(session, new.id, who, seen=2)
        directory.withdraw(session, new.id, who, seen=3)

    with store.read() as session:
        told = directory.history(session, new.id)
        assert [one.type for one in told] == [
            "offer_entered",
            "offer_changed",
            "offer_checked",
            "offer_withdrawn",
        ]
        assert (told[1].body or {})["changed"] == {"free_places": [4, 2]}
        assert {one.actor for one in told} == {who.person}
        assert directory.entry(session, new.id).checked_on == date(2027, 1, 11)
        assert directory.entry(session, new.id).withdrawn_on == date(2027, 1, 11)
        assert ledger.verify(session, directory.STREAM) is None


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    new, who = an_entry(), by(store)
    entered(store, who, new)
    with store.write() as session:
        directory.change(session, replace(new, level="b1"), who)

    for step in (
        lambda session: directory.change(session, replace(new, level="a1"), who),
        lambda session: directory.look_again(session, new.id, who, seen=1),
        lambda session: directory.withdraw(session, new.id, who, seen=1),
    ):
        with store.write() as session, pytest.raises(Refusal, match="offer_stale"):
            step(session)


def test_a_withdrawn_entry_changes_no_more_and_frees_its_place(store: Store) -> None:
    new, who = an_entry(), by(store)
    entered(store, who, new)
    with store.write() as session:
        directory.withdraw(session, new.id, who, seen=1)

    with store.write() as session:
        with pytest.raises(Refusal, match="offer_withdrawn"):
            directory.change(session, replace(new, level="b1", rev=2), who)
        assert directory.enter(session, an_entry(), who)


def take_in(store: Store, who: By, *entries: Entry) -> list[str]:
    lines = [Line(no, replace(one, id="")) for no, one in enumerate(entries, 2)]
    with store.write() as session:
        return [became for _, became in directory.take_in(session, lines, who)]


def test_a_list_taken_in_twice_is_there_once(store: Store) -> None:
    who, listed = by(store), (an_entry(), an_entry("Chor", kind=OfferKind.CLUB))

    assert take_in(store, who, *listed) == ["new", "new"]
    assert take_in(store, who, *listed) == ["unchanged", "unchanged"]

    with store.read() as session:
        assert len(directory.entries(session)) == 2


def test_a_list_changes_what_it_knows_better_and_nothing_that_was_checked_later(store: Store) -> None:
    who, one = by(store), an_entry()
    take_in(store, who, one)
    newer = replace(one, free_places=0, checked_on=date(2027, 1, 10))

    assert take_in(store, who, newer) == ["changed"]
    assert take_in(store, who, one) == ["kept"]

    with store.read() as session:
        (now,) = directory.entries(session)
    assert (now.free_places, now.checked_on, now.rev) == (0, date(2027, 1, 10), 2)


def test_a_list_brings_nothing_back_that_was_withdrawn(store: Store) -> None:
    who, one = by(store), an_entry()
    take_in(store, who, one)
    with store.write() as session:
        (there,) = directory.entries(session)
        directory.withdraw(session, there.id, who, seen=1)

    assert take_in(store, who, one) == ["withdrawn"]


def test_a_renamed_entry_stays_the_one_that_the_list_brought(store: Store) -> None:
    who, one = by(store), an_entry()
    take_in(store, who, one)
    with store.write() as session:
        (there,) = directory.entries(session)
        directory.change(session, replace(there, name="Abendkurs", checked_on=date(2027, 1, 11)), who)

    assert take_in(store, who, one) == ["kept"]

    with store.read() as session:
        assert [now.name for now in directory.entries(session)] == ["Abendkurs"]


def test_offers_are_counted_per_office_and_kind_and_follow_the_facts(store: Store) -> None:
    who = by(store)
    at = House(OFFICE, who.person, who.person, who.person)
    journeys = [journey(store, at, f"form-000{n}") for n in range(6)]
    offered = OfferFact(id=ids.new("offer"), kind="club", offered_on=date(2027, 1, 11))
    taken = offered.model_copy(update={"outcome": OfferOutcome.TAKEN_UP, "settled_on": date(2027, 1, 12)})

    with store.write() as session:
        for one in journeys:
            directory.bring_up(session, one, who.office, (offered,))
    with store.read() as session:
        before = directory.counts(session)
    with store.write() as session:
        for one in journeys:
            directory.bring_up(session, one, who.office, (taken,))

    with store.read() as session:
        assert before == (Tally(OFFICE, "club", 6, 0, 0),)
        assert directory.counts(session) == (Tally(OFFICE, "club", 6, 6, 0),)
        assert directory.counts(session, ["off_elsewhere"]) == ()
