"""Opening the database: one engine, one way to write, one way to read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

from domain.errors import InvalidInput
from store.keys import BEGIN_OPTION, KeyRing

BUSY_TIMEOUT_S = 10


class Settings(Protocol):
    """What the store needs of the settings."""

    @property
    def database_url(self) -> str:
        """Where the database is: `sqlite:///…` or `postgresql+psycopg://…`."""
        ...


@dataclass(frozen=True)
class Store:
    """An open database with its keys. Sessions carry the keys along in `session.info`."""

    engine: Engine = field(repr=False)
    keys: KeyRing = field(repr=False)
    url: str = field(repr=False)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One writing transaction: committed at the end, rolled back on any error."""
        info = {"keys": self.keys, "writing": True}
        with Session(_writing(self.engine), expire_on_commit=False, info=info) as session:
            event.listen(session, "after_transaction_end", _forget_locks)
            yield session
            session.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent look at the database; nothing written here is kept, and rows stay readable after."""
        with Session(_reading(self.engine), expire_on_commit=False, info={"keys": self.keys}) as session:
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _forget_locks(session: Session, transaction: SessionTransaction) -> None:
    # A lock ends with its transaction, and so does a key that this transaction alone has seen.
    if transaction.parent is None:
        session.info.pop("locked_heads", None)
        session.info.pop("fresh_keys", None)


def _writing(engine: Engine) -> Engine:
    return engine.execution_options(**{BEGIN_OPTION: "IMMEDIATE"})


def _reading(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def open_store(settings_or_url: Settings | str, master_key: bytes) -> Store:
    """Open the database at a URL or at `settings.database_url`; it must have been migrated."""
    url = settings_or_url if isinstance(settings_or_url, str) else settings_or_url.database_url
    engine = open_engine(url)
    return Store(engine=engine, keys=KeyRing(engine, master_key), url=url)


def open_engine(url: str) -> Engine:
    """An engine with the house's pragmas; SQLite in memory is refused: connections share one database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True
        )
    if parsed.database in (None, "", ":memory:"):
        raise InvalidInput("database_in_memory", field="database_url")
    settled = {"timeout": BUSY_TIMEOUT_S, "check_same_thread": False}
    engine = create_engine(parsed, connect_args=settled, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions of its own: `_begin_sqlite` says which kind it is.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_S * 1000}",
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    kind = connection.get_execution_options().get(BEGIN_OPTION, "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


def migrate(url: str) -> None:
    """Bring the database to the newest schema, in one transaction; a second run changes nothing."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = open_engine(url)
    try:
        with _writing(engine).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7258)")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()
