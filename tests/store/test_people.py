"""People, sign-ins and who holds a level of an office's chain."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from domain.errors import InvalidInput, NotFound
from store import people
from store.database import Store
from store.tables import PersonRow, SessionRow
from tests.support.registered import OFFICE, OTHER_OFFICE, House, house

PASSWORD = "three plain words"
NOW = datetime(2027, 1, 4, 8, tzinfo=UTC)


def worker(store: Store) -> PersonRow:
    house(store)
    with store.write() as session:
        return people.add_person(
            session, login="Maier", name="M", password=PASSWORD, role="case_worker", office=OFFICE
        )


def change(store: Store, person: str, **fields: object) -> None:
    with store.write() as session:
        row = people.person(session, person)
        for name, value in fields.items():
            setattr(row, name, value)
        session.add(row)


def holder(store: Store, level: int) -> str | None:
    with store.read() as session:
        found = people.holder(session, OFFICE, level)
    return found.id if found else None


def test_only_the_right_password_of_an_active_person_opens(store: Store) -> None:
    someone = worker(store)

    with store.read() as session:
        right = people.verify_password(session, " maier", PASSWORD)
        wrong = [
            people.verify_password(session, "maier", "three other words"),
            people.verify_password(session, "nobody", PASSWORD),
        ]

    assert right is not None
    assert right.id == someone.id
    assert wrong == [None, None]
    assert someone.password_hash.startswith("$argon2id$")


def test_an_inactive_person_is_out_at_once(store: Store) -> None:
    someone = worker(store)
    with store.write() as session:
        secret = people.open_session(session, someone.id, now=NOW)

    change(store, someone.id, active=False)

    with store.read() as session:
        assert people.verify_password(session, "maier", PASSWORD) is None
        assert people.session_person(session, secret, now=NOW) is None


def test_a_short_password_is_refused(sqlite_store: Store) -> None:
    house(sqlite_store)
    with pytest.raises(InvalidInput, match="password_short"), sqlite_store.write() as session:
        people.add_person(session, login="x", name="X", password="short", role="lead", office=OFFICE)


def test_a_sign_in_lasts_thirty_idle_minutes_and_twelve_hours(store: Store) -> None:
    someone = house(store).case_worker
    with store.write() as session:
        secret = people.open_session(session, someone, now=NOW)

    def seen(after: timedelta) -> bool:
        with store.read() as session:
            return people.session_person(session, secret, now=NOW + after) is not None

    assert seen(timedelta(minutes=30))
    assert not seen(timedelta(minutes=30, seconds=1))
    with store.write() as session:
        people.touch_session(session, secret, now=NOW + timedelta(hours=9, minutes=50))
    assert seen(timedelta(hours=9, minutes=59))
    assert not seen(timedelta(hours=10))


def test_the_table_knows_no_secret_of_a_sign_in(store: Store) -> None:
    someone = house(store).case_worker
    with store.write() as session:
        secret = people.open_session(session, someone, now=NOW)

    with store.read() as session:
        assert session.exec(select(SessionRow.id_hash)).one() != secret
        assert people.session_person(session, secret + "x", now=NOW) is None


def test_signing_out_ends_the_sign_in(store: Store) -> None:
    someone = house(store).case_worker
    with store.write() as session:
        secret = people.open_session(session, someone, now=NOW)
        people.close_session(session, secret)
        people.close_session(session, "unknown")

        assert people.session_person(session, secret, now=NOW) is None


def test_a_chain_names_the_offices_of_a_lead_a_head_and_their_deputies(store: Store) -> None:
    at, other = house(store), house(store, OTHER_OFFICE)
    change(store, at.lead, deputy_id=at.case_worker)

    def chain(person: str) -> frozenset[str]:
        with store.read() as session:
            return people.chain_of(session, person)

    assert chain(at.lead) == {OFFICE}
    assert chain(at.case_worker) == {OFFICE}
    assert chain(other.case_worker) == frozenset()


def test_a_level_is_held_by_its_person_or_their_deputy_and_never_by_an_empty_chair(store: Store) -> None:
    at: House = house(store)
    assert (holder(store, 1), holder(store, 2)) == (at.lead, at.head)

    change(store, at.lead, active=False, deputy_id=at.head)
    assert holder(store, 1) == at.head

    change(store, at.head, active=False, deputy_id=at.lead)
    assert holder(store, 1) is None


def test_colleagues_are_the_active_people_of_one_office(store: Store) -> None:
    at = house(store)
    house(store, OTHER_OFFICE)
    change(store, at.head, active=False)

    with store.read() as session:
        assert {row.id for row in people.colleagues(session, OFFICE)} == {at.case_worker, at.lead}
        assert [row.id for row in people.case_workers(session, OFFICE)] == [at.case_worker]
        assert len(people.offices(session)) == 2
        with pytest.raises(NotFound):
            people.office(session, "off_nowhere")
