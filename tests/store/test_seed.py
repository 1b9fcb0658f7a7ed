"""The demo: enough to see everything, the same after a second start, and nobody real."""

from collections import Counter

from store import clock, ledger, outbox, participants, people, queries
from store.database import Store
from store.seed import DEMO_PARTICIPANTS, DEMO_PEOPLE, FIRST_OFFICE, SECOND_OFFICE, seed_demo


def test_the_demo_has_one_person_per_role_and_twelve_waiting_journeys(sqlite_store: Store) -> None:
    seeded = seed_demo(sqlite_store, clock.now(sqlite_store))

    assert seeded.password is not None
    with sqlite_store.read() as session:
        assert all(people.verify_password(session, who.login, seeded.password) for who in DEMO_PEOPLE[:2])
        lines = queries.journey_list(session, sqlite_store)
        assert people.holder(session, FIRST_OFFICE, 1) == people.by_login(session, "vogt")
        assert people.holder(session, SECOND_OFFICE, 2) == people.by_login(session, "brandt")
        assert len(outbox.pending(session)) == 12
        mails = [participants.identity(sqlite_store, line.row.id, session=session).email for line in lines]
        assert ledger.verify(session, f"house/{FIRST_OFFICE}") is None
    assert {line.name for line in lines} == {who.name for who in DEMO_PARTICIPANTS}
    assert {line.row.state for line in lines} == {"waiting"}
    assert None in mails
    assert all(mail.endswith("@example.org") for mail in mails if mail)
    assert {"de", "en", "uk", "ar", "tr", "fa", "ti"} <= {who.language for who in DEMO_PARTICIPANTS}
    assert set(Counter(who.role for who in DEMO_PEOPLE)) == {
        "case_worker",
        "lead",
        "head",
        "auditor",
        "dpo",
        "administrator",
    }


def test_everybody_has_a_substitute_but_the_people_of_one_case_worker(sqlite_store: Store) -> None:
    seed_demo(sqlite_store, clock.now(sqlite_store), password="three plain words")

    with sqlite_store.read() as session:
        bodies = [order.body["started"]["body"] for order in outbox.pending(session)]
        keller = people.by_login(session, "keller")
    assert keller is not None
    alone = {body["case_worker"] for body in bodies if body["substitute"] is None}
    assert alone == {keller.id}
    assert len({body["case_worker"] for body in bodies} - alone) == 1


def test_a_second_start_changes_nothing(sqlite_store: Store) -> None:
    first = seed_demo(sqlite_store, clock.now(sqlite_store), password="three plain words")

    second = seed_demo(sqlite_store, clock.now(sqlite_store))

    assert second.journeys == first.journeys
    assert second.password is None
    with sqlite_store.read() as session:
        assert len(outbox.pending(session)) == 12
