"""What an installation needs in order to work, examined one by one, each answer with its remedy."""

import asyncio
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from domain.errors import PaktError
from ops.clock_forward import left_behind
from ops.console import sentence
from ops.own_programmes import use_own_programmes
from ops.ports import answers_at
from ops.settings import Settings
from ops.temporal_server import RETENTION
from store import clock, database, editions
from store.database import Store, open_engine, open_store
from store.participants import START
from store.tables import JourneyRow, OutboxRow

ROOM_BYTES = 200 * 1024 * 1024
_OTHERS = 0o077
CONNECT_S = 3.0
SOON = timedelta(minutes=1)
MOVE_TAKES = timedelta(minutes=10)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `remedy` says what to do where it is not well."""

    what: str
    ok: bool
    remedy: tuple[str, str] = ("", "")


def examine(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which a start would meet them."""
    looks: tuple[Callable[[Settings], Finding], ...] = (
        _key,
        _room,
        _database,
        _editions,
        _of_the_store(_journeys),
        _of_the_store(_clock),
        _temporal,
        _mail,
    )
    return [look(settings) for look in looks]


def _key(settings: Settings) -> Finding:
    remedy = (
        "64 zufällige Hexadezimalziffern, Rechte 600, nur für den Dienst lesbar",
        "64 random hexadecimal digits, mode 600, readable by the service alone",
    )
    try:
        settings.master_key()
        private = not stat.S_IMODE(settings.master_key_file.stat().st_mode) & _OTHERS
    except PaktError:
        return Finding("key", ok=False, remedy=remedy)
    return Finding("key", private, remedy)


def _room(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.data_dir).free
    return Finding("room", free > ROOM_BYTES, ("mindestens 200 MB frei machen", "free at least 200 MB"))


def _database(settings: Settings) -> Finding:
    remedy = (
        "database_url prüfen; das Schema bringt „pakt up“ auf den Stand",
        "check database_url; “pakt up” brings the schema up to date",
    )
    engine = open_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            present = MigrationContext.configure(connection).get_current_heads()
        return Finding("database", set(present) == set(_newest().get_heads()), remedy)
    except SQLAlchemyError:
        return Finding("database", ok=False, remedy=remedy)
    finally:
        engine.dispose()


def _newest() -> ScriptDirectory:
    return ScriptDirectory(str(Path(database.__file__).parent / "migrations"))


def _editions(settings: Settings) -> Finding:
    try:
        use_own_programmes(settings.data_dir)
        editions.calendar()
    except PaktError as broken:
        return Finding("programmes", ok=False, remedy=(sentence(broken, "de"), sentence(broken, "en")))
    return Finding("programmes", ok=True)


def _journeys(settings: Settings) -> Finding:
    """Journeys that were registered more than a minute ago, and that still nobody can work with."""
    with _opened(settings) as store, store.read() as session:
        real = clock.now(session) - timedelta(seconds=clock.offset_s(session))
        names = ", ".join(_waiting(session, before=real - SOON))
    remedy = (
        (
            f"seit über einer Minute angemeldet und noch nicht begonnen: {names}; "
            "läuft „pakt up“? Gründe: logs/relay.out, logs/worker.out"
        ),
        (
            f"registered more than a minute ago and not begun yet: {names}; "
            "is “pakt up” running? Reasons: logs/relay.out, logs/worker.out"
        ),
    )
    return Finding("journeys", not names, remedy)


def _waiting(session: Session, *, before: datetime) -> list[str]:
    """The journeys that wait although their order to start was given before this real instant."""
    ordered = select(OutboxRow.journey_id).where(OutboxRow.kind == START, OutboxRow.created_at < before)
    rows = select(JourneyRow.id).where(JourneyRow.state == "waiting", col(JourneyRow.id).in_(ordered))
    return sorted(session.exec(rows))


def _clock(settings: Settings) -> Finding:
    """A move of the demo's clock that takes too long, or that went on without some journeys."""
    with _opened(settings) as store:
        state = clock.state(store)
        real = clock.now(store) - timedelta(seconds=state.offset_s)
    if state.started_at is not None and real - state.started_at > MOVE_TAKES:
        minutes = int((real - state.started_at).total_seconds() // 60)
        return Finding(
            "clock",
            ok=False,
            remedy=(
                (
                    f"läuft seit {minutes} Minuten, angekommen: {state.progress}; läuft „pakt up“? "
                    "Gründe: logs/relay.out"
                ),
                (
                    f"moving for {minutes} minutes, arrived: {state.progress}; is “pakt up” running? "
                    "Reasons: logs/relay.out"
                ),
            ),
        )
    left = ", ".join(left_behind(settings.data_dir))
    remedy = (
        f"nicht mitgekommen: {left}; Gründe: logs/worker.out; die nächste Bewegung holt sie nach",
        f"left behind: {left}; reasons: logs/worker.out; the next move takes them along",
    )
    return Finding("clock", not left, remedy)


@contextmanager
def _opened(settings: Settings) -> Iterator[Store]:
    store = open_store(settings, settings.master_key())
    try:
        yield store
    finally:
        store.close()


def _of_the_store(look: Callable[[Settings], Finding]) -> Callable[[Settings], Finding]:
    """The look itself, or the same finding unmet where key or database do not let it happen."""
    what = look.__name__.removeprefix("_")

    def looked(settings: Settings) -> Finding:
        try:
            return look(settings)
        except (PaktError, SQLAlchemyError):
            remedy = (
                "erst Schlüsseldatei und Datenbank in Ordnung bringen",
                "mend key file and database first",
            )
            return Finding(what, ok=False, remedy=remedy)

    return looked


def _temporal(settings: Settings) -> Finding:
    remedy = (
        "Temporal starten; Namensraum „pakt“ mit langer Aufbewahrung anlegen",
        "start Temporal; create the namespace “pakt” with long retention",
    )
    try:
        return Finding("temporal", asyncio.run(_keeps_long(settings)), remedy)
    except (RPCError, RuntimeError, TimeoutError):
        return Finding("temporal", ok=False, remedy=remedy)


async def _keeps_long(settings: Settings) -> bool:
    async with asyncio.timeout(CONNECT_S):
        client = await Client.connect(settings.temporal_address, namespace=settings.namespace)
        found = await client.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace=settings.namespace)
        )
    return found.config.workflow_execution_retention_ttl.ToTimedelta() >= RETENTION


def _mail(settings: Settings) -> Finding:
    well = answers_at(settings.smtp_host, settings.smtp_port, timeout_s=CONNECT_S)
    return Finding("mail", well, ("smtp_host und smtp_port prüfen", "check smtp_host and smtp_port"))
