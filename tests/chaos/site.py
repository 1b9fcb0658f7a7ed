"""A house whose parts can be killed: Temporal, worker and relay as processes, mail and time in the test's hand."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any, TypeVar

from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from domain.commands import Command, Receipt
from domain.errors import Unconfirmed
from domain.ids import NAMESPACE
from gateway.commands import Gateway
from ops import children, ports
from ops.codec import data_converter
from ops.settings import Settings, ensure_master_key
from ops.temporal_server import TemporalServer
from store import ids
from store.database import Store, migrate, open_store
from tests.support.mail_server import MailServer
from tests.support.registered import OFFICE, house
from tests.support.stage import BODY, MOST_SKIPS, Stage

ROOT = Path(__file__).parents[2]
SHIPPED = "worker"
MORTAL = "tests.chaos.mortal_worker"
RELAY = "ops.relay_part"
PATIENCE_S = 60.0
LOOK_S = 0.05
Answer = TypeVar("Answer")


@dataclass
class Site:
    """What a test hurts, and how it drives what is left."""

    settings: Settings
    store: Store
    server: TemporalServer
    mail: MailServer
    stage: Stage
    processes: dict[str, Popen[bytes]] = field(default_factory=dict)
    acknowledged: list[dict[str, str]] = field(default_factory=list)
    patience_s: float = 60.0

    @property
    def home(self) -> Path:
        """The data directory of all parts."""
        return self.settings.data_dir

    def run(self, module: str, name: str = "") -> Popen[bytes]:
        """Start a part as a process of its own."""
        name = name or module.rpartition(".")[2]
        argv = [sys.executable, "-m", module, "--data-dir", str(self.home)]
        child = children.spawn(argv, output=self.home / "logs" / f"{name}.out", cwd=ROOT)
        self.processes[name] = child
        return child

    def kill(self, name: str) -> None:
        """End a part as a power cut would."""
        child = self.processes.pop(name)
        child.kill()
        child.wait()

    async def died(self, name: str) -> None:
        """Wait until a part has ended by itself."""
        child = self.processes.pop(name)
        await until(lambda: child.poll() is not None, f"{name} has died")

    def trap(self, name: str, content: str = "") -> Path:
        """Set a trap for the mortal worker."""
        traps = self.home / "traps"
        traps.mkdir(exist_ok=True)
        draft = self.home / f"{name}.draft"
        draft.write_text(content, encoding="utf-8")
        return draft.rename(traps / name)

    async def do(self, journey: str, kind: str, **fields: Any) -> Receipt:
        """Carry one command out as an impatient person would: the same again, until it is stored."""
        body = BODY.validate_python({"kind": kind, **fields})
        command = Command(
            command_id=ids.new("command"), actor=self.stage.worker_id, role="case_worker", body=body
        )

        async def once() -> Receipt:
            receipt = await self.stage.gateway.execute(journey, command, wait_s=5)
            if not receipt.stored:
                raise Unconfirmed("not_stored_yet")
            return receipt

        receipt = await persistent(once, patience_s=self.patience_s)
        self.acknowledged.append({"journey": journey, "command_id": command.command_id})
        return receipt

    async def carry(self, journey: str, target: datetime) -> None:
        """Let time pass in one journey until `target`, whatever dies on the way."""
        config = TimeSkippingConfig(max_session_skip_count=MOST_SKIPS)
        skipper = TimeSkipper(self.stage.client, config=config)

        async def forward() -> None:
            missing = target - await self.stage.now(journey)
            if missing > timedelta(0):
                await skipper.fast_forward(self.stage.handle(journey), missing)

        await persistent(forward, patience_s=self.patience_s)
        await persistent(lambda: self.stage.quiet(journey), patience_s=self.patience_s)


async def persistent(act: Callable[[], Awaitable[Answer]], *, patience_s: float = PATIENCE_S) -> Answer:
    """Do something again and again while parts are away."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            return await act()
        except (RPCError, Unconfirmed):
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.2)


async def until(true: Callable[[], bool], what: str, *, patience_s: float = PATIENCE_S) -> None:
    """Wait for something to become true; fails by its name."""
    deadline = time.monotonic() + patience_s
    while not await asyncio.to_thread(true):
        assert time.monotonic() < deadline, f"waited too long until {what}"
        await asyncio.sleep(LOOK_S)


@asynccontextmanager
async def opened(home: Path, mail: MailServer) -> AsyncIterator[Site]:
    """A house with an office and nobody in it; Temporal and mail run, worker and relay do not yet."""
    (home / "logs").mkdir(parents=True)
    settings = _settled(home, mail)
    server = TemporalServer(home / "temporal.sqlite", port=int(settings.temporal_address.split(":")[1]))
    store = open_store(settings, settings.master_key())
    at = house(store)
    server.start()
    converter = data_converter(store.keys)
    client = await Client.connect(server.address, namespace=NAMESPACE, data_converter=converter)
    stage = Stage(store, client, Gateway(client), worker_id=at.case_worker, office=OFFICE)
    site = Site(settings, store, server, mail, stage)
    try:
        yield site
    finally:
        for child in site.processes.values():
            children.end(child, patience_s=3)
        server.kill()
        store.close()


def _settled(home: Path, mail: MailServer) -> Settings:
    temporal = ports.free_port()
    settings = Settings(
        data_dir=home,
        temporal_address=f"{ports.LOOPBACK}:{temporal}",
        smtp_host=mail.host,
        smtp_port=mail.port,
    )
    ensure_master_key(settings.master_key_file)
    settings.save()
    migrate(settings.database_url)
    return settings
