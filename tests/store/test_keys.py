"""Keys: one per owner, useless without the master key, and gone for good once destroyed."""

from contextlib import suppress

import pytest
from sqlmodel import select

from domain.errors import InvalidInput, Permanent, Transient
from store.database import Store, open_store
from store.keys import KeyDestroyed, KeyRing, KeyUnknown
from store.tables import KeyRow
from tests.support.registered import an_id
from tests.support.stores import MASTER_KEY

ONE, OTHER = an_id("journey", "one"), an_id("journey", "other")


def with_keys(store: Store, *owners: str) -> Store:
    with store.write() as session:
        for owner in owners:
            store.keys.create(session, owner)
    return store


def test_what_is_sealed_opens_for_its_owner_only(store: Store) -> None:
    keys = with_keys(store, ONE, OTHER).keys
    blob = keys.seal(ONE, b"plain", aad_extra=b"place")

    assert keys.open(ONE, blob, aad_extra=b"place") == b"plain"
    for owner, place in ((OTHER, b"place"), (ONE, b"elsewhere")):
        with pytest.raises(Permanent, match="sealed_broken"):
            keys.open(owner, blob, aad_extra=place)


def test_one_flipped_bit_anywhere_is_noticed(sqlite_store: Store) -> None:
    keys = with_keys(sqlite_store, ONE).keys
    blob = keys.seal(ONE, b"plain")

    for position in range(len(blob)):
        altered = bytearray(blob)
        altered[position] ^= 1
        with pytest.raises((Permanent, KeyUnknown)):
            keys.open(ONE, bytes(altered))


def test_the_table_never_holds_a_key_in_the_clear(store: Store) -> None:
    _, secret = with_keys(store, ONE).keys.for_owner(ONE)

    with store.read() as session:
        wrapped = session.exec(select(KeyRow.wrapped)).one()

    assert wrapped is not None
    assert secret not in wrapped


def test_another_master_key_opens_nothing(store: Store) -> None:
    with_keys(store, ONE)
    stranger = KeyRing(store.engine, bytes(range(100, 132)))

    with pytest.raises(Permanent, match="wrong_master_key"):
        stranger.for_owner(ONE)


def test_a_destroyed_key_opens_nothing_and_never_comes_back(store: Store) -> None:
    keys = with_keys(store, ONE, OTHER).keys
    blob, other = keys.seal(ONE, b"plain"), keys.seal(OTHER, b"plain")

    with store.write() as session:
        keys.destroy(session, ONE)

    for attempt in (lambda: keys.open(ONE, blob), lambda: keys.seal(ONE, b"new")):
        with pytest.raises(KeyDestroyed):
            attempt()
    assert keys.open(OTHER, other) == b"plain"
    with store.read() as session:
        gone = session.exec(select(KeyRow).where(KeyRow.owner == ONE)).one()
    assert gone.wrapped is None
    assert gone.destroyed_at is not None


def test_a_key_of_a_transaction_that_failed_is_never_used(store: Store) -> None:
    with suppress(RuntimeError), store.write() as session:
        store.keys.create(session, ONE)
        store.keys.seal(ONE, b"plain", session=session)
        raise RuntimeError

    with pytest.raises(KeyUnknown) as caught:
        store.keys.seal(ONE, b"plain")
    assert caught.value.retryable


def test_a_key_is_found_by_another_process(store: Store) -> None:
    blob = with_keys(store, ONE).keys.seal(ONE, b"plain")
    other = open_store(store.url, MASTER_KEY)

    assert other.keys.open(ONE, blob) == b"plain"
    other.close()


def test_keys_at_hand_need_no_database(sqlite_store: Store) -> None:
    keys = with_keys(sqlite_store, ONE).keys
    keys.for_owner(ONE)
    with sqlite_store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE journey_keys")

    assert keys.for_owner(ONE)

    keys.forget()
    with pytest.raises(Transient, match="key_service_away"):
        keys.for_owner(ONE)


def test_tokens_are_equal_for_equal_words_and_differ_by_master_key(store: Store) -> None:
    stranger = KeyRing(store.engine, bytes(range(100, 132)))

    assert store.keys.token("ozturk") == store.keys.token("ozturk")
    assert store.keys.token("ozturk") != store.keys.token("oztürk")
    assert store.keys.token("ozturk") != stranger.token("ozturk")


@pytest.mark.parametrize("weak", [b"", b"short", bytes(32), b"a" * 32, b"ab" * 16, bytes(range(31))])
def test_a_weak_master_key_is_refused(sqlite_store: Store, weak: bytes) -> None:
    with pytest.raises(InvalidInput, match="weak_master_key"):
        KeyRing(sqlite_store.engine, weak)


def test_a_key_shows_its_id_only(sqlite_store: Store) -> None:
    key = with_keys(sqlite_store, ONE).keys.key_of(ONE)

    assert repr(key) == f"Key({key.kid})"


def test_after_a_rotation_the_newest_key_seals_and_every_older_one_still_opens(store: Store) -> None:
    blobs = []
    for _ in range(3):
        blobs.append(with_keys(store, ONE).keys.seal(ONE, b"plain"))
        store.keys.forget()

    assert len({blob[1:37] for blob in blobs}) == 3
    assert [store.keys.open(ONE, blob) for blob in blobs] == [b"plain"] * 3
