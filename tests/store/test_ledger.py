"""The ledger: a chain per stream that nobody can change, break unseen, or fork."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session, select

from domain.errors import InvariantViolation
from domain.ids import desk_stream, house_stream
from store import ledger
from store.database import Store
from store.tables import LedgerRow
from tests.support.registered import OFFICE, house, journey

AT = datetime(2027, 1, 4, 8, 0, 0, 123456, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def append(session: Session, stream: str, **changes: object) -> LedgerRow:
    fields = {"office": OFFICE, "at": AT, "actor": "usr_" + "0" * 32, "type": "seen", "body": {"page": "x"}}
    return ledger.append(session, stream, **{**fields, **changes})


def filled(store: Store, stream: str = house_stream(OFFICE), count: int = 5) -> str:
    with store.write() as session:
        for number in range(count):
            append(session, stream, body={"number": number})
    return stream


def alter(store: Store, statement: str) -> None:
    """What somebody with the rights of the database's owner could do."""
    sqlite = store.engine.dialect.name == "sqlite"
    with store.engine.begin() as connection:
        if sqlite:
            connection.execute(text("DROP TRIGGER IF EXISTS ledger_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS ledger_no_delete"))
        else:
            connection.execute(text("ALTER TABLE ledger DISABLE TRIGGER USER"))
        connection.execute(text(statement))


def first_bad(store: Store, stream: str) -> ledger.Bad | None:
    with store.read() as session:
        return ledger.verify(session, stream)


def test_an_entry_comes_back_as_it_was_written(store: Store) -> None:
    stream = filled(store, count=3)

    with store.read() as session:
        entries = ledger.read(session, stream)
        bad = ledger.verify(session, stream)

    assert [(entry.seq, entry.body) for entry in entries] == [(n + 1, {"number": n}) for n in range(3)]
    assert {entry.at for entry in entries} == {AT}
    assert entries[1].prev == entries[0].hash
    assert bad is None


def test_the_body_is_not_readable_in_the_table(store: Store) -> None:
    with store.write() as session:
        row = append(session, house_stream(OFFICE), body={"code": "needle-4711"})

    assert b"needle" not in row.body
    assert "needle" not in row.model_dump_json(exclude={"body"})


def test_equal_bodies_have_different_hashes(store: Store) -> None:
    with store.write() as session:
        hashes = {append(session, house_stream(OFFICE), body={"answer": "yes"}).body_hash for _ in range(3)}

    assert len(hashes) == 3


@pytest.mark.parametrize("statement", ["UPDATE ledger SET actor = 'x'", "DELETE FROM ledger"])
def test_the_database_refuses_to_change_or_remove_an_entry(store: Store, statement: str) -> None:
    stream = filled(store)

    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(statement))

    assert first_bad(store, stream) is None
    with store.read() as session:
        assert len(ledger.read(session, stream)) == 5


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE ledger SET actor = 'usr_x' WHERE seq = 3", "hash"),
        ("UPDATE ledger SET type = 'unseen' WHERE seq = 3", "hash"),
        ("UPDATE ledger SET at = recorded_at WHERE seq = 3", "hash"),
        ("UPDATE ledger SET link = 'run' WHERE seq = 3", "hash"),
        ("UPDATE ledger SET body_hash = prev WHERE seq = 3", "hash"),
        ("UPDATE ledger SET prev = hash WHERE seq = 3", "chain"),
        ("DELETE FROM ledger WHERE seq = 3", "sequence"),
        ("DELETE FROM ledger WHERE seq > 2", "missing"),
    ],
)
def test_the_first_altered_entry_is_named(store: Store, change: str, reason: str) -> None:
    stream = filled(store)

    alter(store, change)

    assert first_bad(store, stream) == ledger.Bad(stream, 3, reason)


def test_bodies_exchanged_between_entries_are_named(store: Store) -> None:
    stream = filled(store)

    alter(
        store,
        "UPDATE ledger SET body = (SELECT body FROM ledger AS other WHERE other.seq = 5) WHERE seq = 4",
    )

    assert first_bad(store, stream) == ledger.Bad(stream, 4, "body")


def test_reordered_entries_are_named(store: Store) -> None:
    stream = filled(store)
    with store.read() as session:
        rows = list(ledger.rows(session, stream))

    rows[1], rows[2] = rows[2], rows[1]

    assert ledger.verify_stream(rows) == ledger.Bad(stream, 2, "sequence")


def test_a_given_number_must_be_the_next_one(store: Store) -> None:
    stream = filled(store, count=2)

    with pytest.raises(InvariantViolation, match="ledger_gap"), store.write() as session:
        append(session, stream, seq=4)

    with store.write() as session:
        assert append(session, stream, seq=3).seq == 3


def test_a_stream_of_an_unknown_kind_is_refused(store: Store) -> None:
    with pytest.raises(InvariantViolation, match="unknown_stream"), store.write() as session:
        append(session, "elsewhere/1")


def test_an_entry_that_is_rolled_back_leaves_no_trace(store: Store) -> None:
    stream = house_stream(OFFICE)

    with suppress(RuntimeError), store.write() as session:
        append(session, stream)
        raise RuntimeError

    with store.write() as session:
        row = append(session, stream)
    assert row.seq == 1
    with store.read() as session:
        assert ledger.read(session, stream)[0].body == {"page": "x"}


def test_after_the_key_is_destroyed_nothing_is_readable_and_the_chain_still_verifies(store: Store) -> None:
    subject = journey(store, house(store))
    stream = filled(store, desk_stream(subject))

    with store.write() as session:
        store.keys.destroy(session, subject)

    with store.read() as session:
        assert [entry.body for entry in ledger.read(session, stream)] == [None] * 5
        assert ledger.verify(session, stream) is None


def test_after_the_key_is_destroyed_an_altered_entry_is_still_named(store: Store) -> None:
    subject = journey(store, house(store))
    stream = filled(store, desk_stream(subject))
    with store.write() as session:
        store.keys.destroy(session, subject)

    alter(store, "UPDATE ledger SET type = 'unseen' WHERE seq = 2 AND stream LIKE 'desk/%'")

    assert first_bad(store, stream) == ledger.Bad(stream, 2, "hash")


def test_equal_content_has_an_equal_digest_whatever_the_salts(store: Store) -> None:
    first, second = filled(store, house_stream("off_one")), filled(store, house_stream("off_two"))

    with store.read() as session:
        one, two = ledger.read(session, first), ledger.read(session, second)

    same = [type(entry)(**{**vars(entry), "stream": first}) for entry in two]
    assert ledger.content_digest(one) == ledger.content_digest(same)
    assert ledger.content_digest(one[:-1]) != ledger.content_digest(same)


@pytest.mark.timeout(110)
def test_eight_processes_appending_at_once_make_one_chain(store: Store) -> None:
    stream, processes, appends = house_stream(OFFICE), 8, 200
    filled(store, stream, count=1)
    command = [sys.executable, "-m", "tests.store.appending", store.url, stream, str(appends)]

    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(processes)]

    assert [process.wait(timeout=100) for process in running] == [0] * processes
    with store.read() as session:
        rows = session.exec(select(LedgerRow).where(LedgerRow.stream == stream)).all()
        assert len(rows) == processes * appends + 1
        assert Counter(row.seq for row in rows).most_common(1)[0][1] == 1
        assert ledger.verify(session, stream) is None


def test_a_session_that_commits_in_between_locks_the_stream_anew(store: Store) -> None:
    stream = house_stream(OFFICE)
    with store.write() as session:
        append(session, stream)
        session.commit()
        filled(store, stream, count=2)
        assert append(session, stream).seq == 4

    assert first_bad(store, stream) is None


def look_then_append(store: Store, session: Session) -> LedgerRow:
    """Another connection writes between this transaction's look and its own entry, or waits for its end."""
    session.exec(select(LedgerRow)).all()
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(filled, store, house_stream(OFFICE), 1)
        wait([other], timeout=0.3)
        row = append(session, house_stream(OFFICE))
        session.commit()
        other.result()
    return row


def test_a_transaction_that_looks_before_it_writes_is_not_overtaken(store: Store) -> None:
    filled(store, count=1)

    with store.write() as session:
        look_then_append(store, session)

    with store.read() as session:
        assert len(ledger.read(session, house_stream(OFFICE))) == 3
        assert ledger.verify(session, house_stream(OFFICE)) is None


def test_without_the_lock_from_the_beginning_sqlite_would_turn_it_away(sqlite_store: Store) -> None:
    filled(sqlite_store, count=1)

    with Session(sqlite_store.engine, info={"keys": sqlite_store.keys}) as session:
        with pytest.raises(OperationalError, match="database is locked"):
            look_then_append(sqlite_store, session)
        session.rollback()
