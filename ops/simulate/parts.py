"""The real parts of a simulated house, all in a directory of their own and all gone at the end."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes

from aiosmtpd.smtp import SMTP
from sqlmodel import Session
from temporalio.client import Client

from domain.ids import NAMESPACE
from gateway.commands import Gateway
from notices.mail import MailChannel
from ops.codec import data_converter
from ops.mail_catcher import Catcher
from ops.ports import LOOPBACK
from ops.settings import Settings
from ops.temporal_server import TemporalServer
from rules.child import EngineChild
from store import ids
from store.database import Store, migrate, open_store
from store.keys import KEY_BYTES
from store.tables import OfficeRow, PersonRow
from worker import workers

OFFICES = (("off_simulated_a", "08115003"), ("off_simulated_b", "08115045"))
PLACES = {"case_worker": "case_worker", "lead": "lead", "head": "head", "colleague": "case_worker"}
NO_PASSWORD = "!"


@dataclass(frozen=True)
class Office:
    """An office and its people: by role, and the second case worker as `colleague`."""

    id: str
    ags: str
    people: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Parts:
    """What a simulation plays on."""

    store: Store
    client: Client
    gateway: Gateway
    offices: tuple[Office, ...]
    mails: Path


@asynccontextmanager
async def opened(home: Path, seed: int) -> AsyncIterator[Parts]:
    """Server, store, engine, mail catcher and workers, from a fresh start until everything has ended."""
    with _store(home) as store, _server(home) as server, EngineChild() as engine:
        with ids.drawn_from(f"{seed}/house"), store.write() as session:
            offices = tuple(_office(session, name, ags) for name, ags in OFFICES)
        converter = data_converter(store.keys)
        client = await Client.connect(server.address, namespace=NAMESPACE, data_converter=converter)
        async with _mail(home / "mail") as channel, _serving(client, store, engine, channel):
            yield Parts(store, client, Gateway(client), offices, home / "mail")


@contextmanager
def _store(home: Path) -> Iterator[Store]:
    url = f"sqlite:///{home / 'pakt.sqlite'}"
    migrate(url)
    store = open_store(url, token_bytes(KEY_BYTES))
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _server(home: Path) -> Iterator[TemporalServer]:
    server = TemporalServer(home / "temporal.sqlite", output=home / "temporal.log")
    server.start()
    try:
        yield server
    finally:
        server.kill()


@asynccontextmanager
async def _mail(folder: Path) -> AsyncIterator[MailChannel]:
    loop, catcher = asyncio.get_running_loop(), Catcher(folder)
    server = await loop.create_server(lambda: SMTP(catcher, hostname=LOOPBACK, loop=loop), LOOPBACK, 0)
    port: int = server.sockets[0].getsockname()[1]
    try:
        yield MailChannel(Settings(data_dir=folder.parent, smtp_host=LOOPBACK, smtp_port=port))
    finally:
        server.close()


@asynccontextmanager
async def _serving(
    client: Client, store: Store, engine: EngineChild, channel: MailChannel
) -> AsyncIterator[None]:
    serving = workers(client, store, engine, channel)
    runs = [asyncio.create_task(one.run()) for one in serving]
    try:
        yield
    finally:
        await asyncio.gather(*(one.shutdown() for one in serving))
        await asyncio.gather(*runs)


def _office(session: Session, office: str, ags: str) -> Office:
    session.add(OfficeRow(id=office, name=office, ags=ags, kind="municipality"))
    session.flush()
    staff = {place: _colleague(session, office, place, role) for place, role in PLACES.items()}
    _stand_in(session, staff["case_worker"], staff["colleague"])
    if office == OFFICES[0][0]:
        # The colleague of the other office is the one case worker for whom nobody steps in.
        _stand_in(session, staff["colleague"], staff["case_worker"])
    row = session.get_one(OfficeRow, office)
    row.lead_id, row.head_id = staff["lead"], staff["head"]
    session.add(row)
    return Office(office, ags, staff)


def _stand_in(session: Session, person: str, deputy: str) -> None:
    row = session.get_one(PersonRow, person)
    row.deputy_id = deputy
    session.add(row)
    session.flush()


def _colleague(session: Session, office: str, place: str, role: str) -> str:
    """Somebody who works there; nobody signs in to a simulation, so no password is ever right."""
    row = PersonRow(
        id=ids.new("person"),
        login=f"{place}.{office}",
        name=place,
        password_hash=NO_PASSWORD,
        role=role,
        office_id=office,
    )
    session.add(row)
    session.flush()
    return row.id
