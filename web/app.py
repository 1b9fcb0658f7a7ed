"""The desk as a process: composes settings, store, gateway and pages, and serves them on loopback."""

import argparse
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from domain.errors import PaktError
from gateway.connection import connect
from gateway.late import LateGateway
from ops import logging, settings
from ops.codec import data_converter
from ops.desk_parts import Forwarding, Trying, bundle_maker, letter_maker
from ops.own_programmes import use_own_programmes
from ops.settings import Settings
from store.database import open_store
from web import errors
from web.access import refuse_open_routes
from web.guards import Headed, Noted, OwnFormsOnly
from web.routes import (
    absences,
    actions,
    allocating,
    allocations,
    api,
    api_turns,
    approvals,
    books,
    closures,
    directory,
    examining,
    hand_overs,
    house,
    journey,
    journeys,
    offering,
    office_matters,
    programme,
    reassigning,
    rulebook,
    signing_in,
    take_over,
    talking,
    tasks,
)
from web.services import Services
from web.throttle import Throttle

KEEP_ALIVE_S = 75
ROUTERS = (
    signing_in, journeys, actions, talking, journey, offering, tasks, directory, examining, rulebook, programme, books,
    closures, take_over, allocating, allocations, absences, office_matters, house, approvals, hand_overs,
    reassigning, api, api_turns,
)  # fmt: skip
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


def compose(chosen: Settings) -> FastAPI:
    """The desk of an installation."""
    use_own_programmes(chosen.data_dir)
    store = open_store(chosen, chosen.master_key())
    gateway = LateGateway(lambda: connect(chosen, data_converter(store.keys)))
    password = chosen.data_dir / DEMO_PASSWORD
    trying = Trying(chosen, store)
    services = Services(
        store=store,
        gateway=gateway,
        production=chosen.production,
        letter=letter_maker(store, chosen),
        bundle=bundle_maker(store, gateway),
        try_book=trying.begin,
        try_again=trying.again,
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
