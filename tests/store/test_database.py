"""Opening, migrating and writing: on both databases, from one schema."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import SQLModel

from domain.errors import InvalidInput, Refusal
from domain.ids import PREFIXES
from store import clock, database, ids
from store.database import Store, migrate, open_store
from store.tables import OfficeRow, PersonRow, SessionRow
from tests.support.registered import AGS, OFFICE, house
from tests.support.stores import MASTER_KEY

WITHOUT_OFFICE = {
    "offices",
    "sessions",
    "journey_keys",
    "stream_heads",
    "clock",
    "alembic_version",
    "books",
    "book_simulations",
    "book_simulation_parts",
}


def test_the_migrated_schema_is_the_one_that_the_code_describes(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(store: Store) -> None:
    house(store)

    migrate(store.url)

    with store.read() as session:
        assert session.get(OfficeRow, OFFICE) is not None


def test_every_row_that_belongs_to_an_office_names_it(store: Store) -> None:
    found = inspect(store.engine)

    nameless = {
        table
        for table in found.get_table_names()
        if "office_id" not in {column["name"] for column in found.get_columns(table)}
    }

    assert nameless <= WITHOUT_OFFICE


def test_what_fails_half_way_is_not_kept(store: Store) -> None:
    with pytest.raises(IntegrityError), store.write() as session:
        session.add_all([OfficeRow(id=OFFICE, name="A", ags=AGS, kind="x") for _ in range(2)])

    with store.read() as session:
        assert session.get(OfficeRow, OFFICE) is None


def test_a_look_writes_nothing(sqlite_store: Store) -> None:
    with sqlite_store.read() as session:
        session.add(OfficeRow(id=OFFICE, name="A", ags=AGS, kind="x"))
        session.flush()

    with sqlite_store.read() as session:
        assert session.get(OfficeRow, OFFICE) is None


def test_a_person_of_no_office_is_refused(store: Store) -> None:
    person = PersonRow(
        id=ids.new("person"), login="x", name="X", password_hash="-", role="lead", office_id="off_none"
    )

    with pytest.raises(IntegrityError), store.write() as session:
        session.add(person)


def test_an_instant_comes_back_aware_and_equal_to_the_microsecond(store: Store) -> None:
    at = datetime(2027, 3, 28, 1, 59, 59, 999999, tzinfo=UTC)
    someone = house(store).case_worker
    with store.write() as session:
        session.add(SessionRow(id_hash="h", person_id=someone, created_at=at, seen_at=at, expires_at=at))

    with store.read() as session:
        row = session.get_one(SessionRow, "h")

    assert row.created_at == at
    assert row.created_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    naive, someone = datetime(2027, 1, 1), house(store).case_worker  # noqa: DTZ001 - that is the point
    row = SessionRow(id_hash="h", person_id=someone, created_at=naive, seen_at=naive, expires_at=naive)

    with pytest.raises(StatementError, match="without a time zone"), store.write() as session:
        session.add(row)


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(InvalidInput, match="database_in_memory"):
        open_store("sqlite://", MASTER_KEY)


def test_sqlite_runs_with_the_pragmas_that_several_processes_need(sqlite_store: Store) -> None:
    with sqlite_store.engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "secure_delete")
        }

    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10_000, "secure_delete": 1}


def test_a_new_id_has_its_prefix_and_is_new() -> None:
    for kind, prefix in PREFIXES.items():
        made = {ids.new(kind) for _ in range(20)}

        assert len(made) == 20
        assert all(one.startswith(f"{prefix}_") and len(one) == 36 for one in made)


def test_business_time_is_real_time_until_the_clock_is_moved(store: Store) -> None:
    assert abs(clock.now(store) - datetime.now(UTC)) < timedelta(seconds=2)
    target = clock.now(store) + timedelta(days=30)
    with store.write() as session:
        clock.begin_move(session, target)
    assert clock.state(store).moving_to == target
    assert clock.now(store) < target - timedelta(days=29)

    with store.write() as session:
        clock.finish_move(session)

    assert timedelta(0) <= clock.now(store) - target < timedelta(seconds=10)


def test_an_interrupted_move_ends_where_it_would_have_ended(store: Store) -> None:
    target = clock.now(store) + timedelta(days=30)
    with store.write() as session:
        begun = clock.begin_move(session, target)

    with store.write() as session:
        again = clock.begin_move(session, target)
        ended = clock.finish_move(session)

    assert again.offset_after_s == begun.offset_after_s == ended.offset_s


def test_the_clock_never_moves_back_and_never_to_two_targets(store: Store) -> None:
    now = clock.now(store)
    with pytest.raises(InvalidInput, match="clock_backwards"), store.write() as session:
        clock.begin_move(session, now - timedelta(seconds=1))
    with store.write() as session:
        clock.begin_move(session, now + timedelta(days=3))

    with pytest.raises(Refusal, match="clock_moving"), store.write() as session:
        clock.begin_move(session, now + timedelta(days=4))


def test_the_same_file_opens_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'pakt.sqlite'}"
    migrate(url)
    first = open_store(url, MASTER_KEY)
    house(first)
    first.close()

    second = open_store(url, MASTER_KEY)

    with second.read() as session:
        assert session.get(OfficeRow, OFFICE) is not None
    second.close()


def test_the_schema_goes_down_to_nothing_and_up_again(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(store.engine).get_table_names() == ["alembic_version"]

    migrate(store.url)

    house(store)
