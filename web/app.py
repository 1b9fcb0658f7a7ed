"""The desk as a process: composes settings, store, gateway and pages, and serves them on loopback."""

import argparse
import asyncio
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from temporalio.client import Client

from audit import bundle
from domain.calendar import berlin_day
from domain.commands import Command, Receipt
from domain.errors import PaktError, Transient, Unconfirmed
from gateway.commands import Gateway
from gateway.connection import connect
from notices.joining import Joined, Office, values_for
from notices.letters import render_letter
from ops import logging, settings
from ops.codec import data_converter
from ops.settings import Settings
from store import clock, participants, people, queries
from store import notices as notice_rows
from store.database import Store, open_store
from web import errors
from web.access import refuse_open_routes
from web.guards import Headed, Noted, OwnFormsOnly
from web.routes import actions, api, examining, house, journey, journeys, signing_in, talking, tasks
from web.services import Services
from web.throttle import Throttle

KEEP_ALIVE_S = 75
ROUTERS = (signing_in, journeys, actions, talking, journey, tasks, examining, house, api)
DEMO_PASSWORD = "demo-password"


def create_app(services: Services) -> FastAPI:
    """The desk with every route guarded; refuses to be made if one is not."""
    app = FastAPI(title="Pakt", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    app.state.services = services
    app.state.throttle = Throttle()
    app.state.touched = {}
    for module in ROUTERS:
        app.include_router(module.router)
    errors.install(app)
    app.add_middleware(OwnFormsOnly)
    app.add_middleware(Headed)
    app.add_middleware(Noted)
    refuse_open_routes(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.services.store.close()


class LateGateway:
    """The gateway of a desk that starts before Temporal does: connects when first needed, and again if lost."""

    def __init__(self, chosen: Settings, store: Store) -> None:
        """Keep what is needed to connect."""
        self._settings = chosen
        self._store = store
        self._client: Client | None = None
        self._lock = asyncio.Lock()

    async def client(self) -> Client:
        """The one client of this process; raises `Transient` while Temporal is away."""
        async with self._lock:
            if self._client is None:
                self._client = await connect(self._settings, data_converter(self._store.keys))
            return self._client

    async def execute(self, journey: str, command: Command, *, wait_s: float = 3.0) -> Receipt:
        """Carry a command out; a server that is away leaves it unconfirmed, and so safe to send again."""
        try:
            async with asyncio.timeout(wait_s):
                client = await self.client()
        except (TimeoutError, Transient):
            raise Unconfirmed("temporal_away", command=command.command_id) from None
        return await Gateway(client).execute(journey, command, wait_s=wait_s)

    async def bundle(self, journey: str) -> bytes:
        """The audit bundle of a journey as bytes."""
        client = await self.client()
        with tempfile.TemporaryDirectory(prefix="pakt-") as folder:
            out = Path(folder) / "bundle"
            converter = data_converter(self._store.keys)
            await bundle.export(self._store, client, journey, out, converter=converter)
            return out.read_bytes()


def letter_of(store: Store) -> Callable[[str], bytes]:
    """How the desk makes the PDF of a notice: names and addresses are joined here, at the last moment."""

    def render(notice: str) -> bytes:
        with store.read() as session:
            row = notice_rows.get(session, notice)
            view = queries.journey_view(store, row.journey_id, session=session)
            who = participants.identity(store, row.journey_id, session=session)
            office = people.office(session, row.office_id)
            worker = view.facts.case_worker
            contact = people.person(session, worker).name if worker else ""
            joined = Joined(
                office=Office(name=office.name),
                contact=contact,
                name=who.name,
                facts=view.facts,
                plan=view.plan,
                upcoming=view.upcoming,
                written_on=berlin_day(clock.now(session)),
            )
        return render_letter(row.text, row.language, values_for(row, joined), who)

    return render


class Forwarding:
    """How the desk moves the demo's clock: by the same command as everybody, beside this process."""

    def __init__(self, chosen: Settings) -> None:
        """Keep where the installation lies."""
        self._home = chosen.data_dir
        self._running: subprocess.Popen[bytes] | None = None

    def under_way(self) -> bool:
        """True while the command that was started last has not ended."""
        return self._running is not None and self._running.poll() is None

    def forward(self, days: int) -> None:
        """Start the command, unless it is running already."""
        if self.under_way():
            return
        command = [sys.executable, "-m", "ops.command_line", "--data-dir", str(self._home)]
        self._running = subprocess.Popen(  # noqa: S603 - our own command with a number from a fixed list
            [*command, "clock", "forward", f"{days}d"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def compose(chosen: Settings) -> FastAPI:
    """The desk of an installation."""
    store = open_store(chosen, chosen.master_key())
    gateway = LateGateway(chosen, store)
    password = chosen.data_dir / DEMO_PASSWORD
    services = Services(
        store=store,
        gateway=gateway,
        production=chosen.production,
        letter=letter_of(store),
        bundle=gateway.bundle,
    )
    if chosen.demo:
        known = password.read_text(encoding="ascii").strip() if password.is_file() else None
        moving = Forwarding(chosen)
        services = replace(
            services, demo=True, demo_password=known, forward=moving.forward, forwarding=moving.under_way
        )
    return create_app(services)


def _serve(app: FastAPI, listening: socket.socket) -> None:
    config = uvicorn.Config(
        app, timeout_keep_alive=KEEP_ALIVE_S, log_config=None, access_log=False, server_header=False
    )
    uvicorn.Server(config).run(sockets=[listening])


def main(argv: list[str] | None = None) -> int:
    """Serve until told to end."""
    parser = argparse.ArgumentParser(prog="python -m web.app", description="The desk")
    parser.add_argument("--data-dir", type=Path, default=None)
    parser.add_argument("--port", type=int, default=None)
    given = parser.parse_args(argv)
    try:
        chosen = settings.load(given.data_dir)
        logging.configure("desk", file=chosen.data_dir / "logs" / "desk.log")
        app = compose(chosen)
    except PaktError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    port = given.port or chosen.desk_port
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((chosen.desk_host, port))
        except OSError:
            sys.stderr.write(f"port_taken(host={chosen.desk_host}, port={port})\n")
            return 1
        _serve(app, listening)
    logging.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
