"""What an installation needs in order to work, examined one by one, each answer with its remedy."""

import asyncio
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from domain.errors import PaktError
from ops.ports import answers_at
from ops.settings import Settings
from ops.temporal_server import RETENTION
from store import database, editions
from store.database import open_engine

ROOM_BYTES = 200 * 1024 * 1024
_OTHERS = 0o077
CONNECT_S = 3.0


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `remedy` says what to do where it is not well."""

    what: str
    ok: bool
    remedy: tuple[str, str] = ("", "")


def examine(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which a start would meet them."""
    looks: tuple[Callable[[Settings], Finding], ...] = (_key, _room, _database, _editions, _temporal, _mail)
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


def _editions(_settings: Settings) -> Finding:
    remedy = ("pakt programme check nennt die Stelle", "pakt programme check names the place")
    try:
        editions.programmes()
        editions.calendar()
    except PaktError:
        return Finding("programmes", ok=False, remedy=remedy)
    return Finding("programmes", ok=True)


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
