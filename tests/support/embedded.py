"""`pakt up` as a user starts it: a process of its own, an address to visit, and Ctrl-C at the end."""

import asyncio
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from domain.commands import Command, Receipt
from gateway.commands import Gateway
from gateway.connection import connect
from ops import settings as setting
from ops.codec import data_converter
from store import clock, ids, people
from store.database import Store, open_store
from tests.support.stage import BODY

PATIENCE_S = 120.0
PAKT = Path(sys.executable).with_name("pakt")


@dataclass
class Embedded:
    """A running Pakt with its data directory."""

    data_dir: Path
    process: "subprocess.Popen[bytes]"
    address: str
    password: str

    def stop(self) -> int:
        """Press Ctrl-C and wait; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def pakt(self, *argv: str) -> str:
        """Run the command line on this data directory; its output."""
        command = [str(PAKT), "--data-dir", str(self.data_dir), *argv]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def store(self) -> Store:
        """The application's database, opened beside the running parts."""
        settings = setting.load(self.data_dir)
        return open_store(settings, settings.master_key())


def start(data_dir: Path) -> Embedded:
    """Start everything and return once the address is printed; a Pakt that does not come up raises."""
    log = data_dir.with_suffix(".out")
    with log.open("wb") as output:
        process = _spawn(data_dir, output)
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        told = log.read_text(encoding="utf-8")
        address = re.search(r"http://\S+", told)
        password = re.search(r"Kennwort für alle: (\S+)\)", told)
        if address and password:
            return Embedded(data_dir, process, address[0], password[1])
        time.sleep(0.1)
    process.kill()
    raise AssertionError(log.read_text(encoding="utf-8"))


def _spawn(data_dir: Path, output: IO[bytes]) -> "subprocess.Popen[bytes]":
    command = [str(PAKT), "--data-dir", str(data_dir), "up"]
    return subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)


def perform(house: Embedded, journey: str, login: str, scenes: list[dict[str, Any]]) -> list[Receipt]:
    """`play` in a thread of its own: a browser's loop may be running in this one."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(asyncio.run, play(house, journey, login, scenes)).result()


async def play(house: Embedded, journey: str, login: str, scenes: list[dict[str, Any]]) -> list[Receipt]:
    """Carry commands out in the name of a person, one after the other, at the house's own time."""
    store = house.store()
    settings = setting.load(house.data_dir)
    gateway = Gateway(await connect(settings, data_converter(store.keys)))
    with store.read() as session:
        actor = people.by_login(session, login)
    assert actor is not None
    receipts = []
    for scene in scenes:
        command = Command(
            command_id=ids.new("command"),
            actor=actor.id,
            role=actor.role,
            body=BODY.validate_python(scene),
        )
        receipts.append(await gateway.execute(journey, command, wait_s=30))
    store.close()
    return receipts


def today(house: Embedded) -> str:
    """The house's own day."""
    store = house.store()
    try:
        return str(clock.now(store).date())
    finally:
        store.close()
