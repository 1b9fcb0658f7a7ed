"""The process beside the worker: relay to Temporal, archive of closed runs and, in the demo, the mover of the clock."""

import argparse
import asyncio
import signal
from pathlib import Path

from temporalio.client import Client
from temporalio.service import RPCError

from domain.errors import PaktError
from gateway.connection import connect
from gateway.relay import relay_forever
from ops import clock_forward, logging, settings
from ops import exit as leaving
from ops.archiving import Archiving
from ops.codec import data_converter
from ops.own_programmes import use_own_programmes
from store import clock
from store.database import Store, open_store

LOOK_S = 0.3
PAUSE_AFTER_FAILURE_S = 2.0
log = logging.logger("relay")


async def serve(data_dir: Path) -> int:
    """Relay, and move the clock when asked, until SIGTERM or SIGINT."""
    chosen = settings.load(data_dir)
    use_own_programmes(chosen.data_dir)
    store = open_store(chosen, chosen.master_key())
    client = await connect(chosen, data_converter(store.keys))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    mover = asyncio.create_task(move_when_asked(client, store, home=chosen.data_dir)) if chosen.demo else None
    keeper = asyncio.create_task(Archiving(store, client).for_ever())
    await relay_forever(store, client, stop)
    keeper.cancel()  # what is not archived yet is found again at the next start
    if mover is not None:
        mover.cancel()  # a move cut short is finished at the next start
    store.close()
    return 0


async def move_when_asked(client: Client, store: Store, *, home: Path) -> None:
    """Finish every move of the clock that stands in the database, also one that a crash cut short."""
    while True:
        pause_s = LOOK_S
        if (await asyncio.to_thread(clock.state, store)).moving_to is not None:
            pause_s = LOOK_S if await _finished(client, store, home) else PAUSE_AFTER_FAILURE_S
        await asyncio.sleep(pause_s)


async def _finished(client: Client, store: Store, home: Path) -> bool:
    """Try to end the move under way; what fails is tried again, as the move stands in the database."""
    try:
        await clock_forward.finish(client, store, home=home, progress=_note)
    except (PaktError, RPCError) as failed:
        log.warning("clock_stopped", exc_info=failed)
        return False
    return True


def _note(done: int, total: int) -> None:
    log.info("journey_carried", count=done, target=str(total))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m ops.relay_part")
    parser.add_argument("--data-dir", type=Path, required=True)
    arguments = parser.parse_args()
    logging.configure("relay")
    leaving.leave(asyncio.run(serve(arguments.data_dir)))
