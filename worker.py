"""A worker process: settings, store, engine, client, then one worker per task queue. No logic."""

import argparse
import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from temporalio.client import Client
from temporalio.worker import Worker

from activities.decide import Decisions
from activities.office_day import OfficeDays
from activities.send_notice import Notices
from activities.shipped_books import enter_shipped_books
from activities.sweep import Sweeping
from domain.ids import DECIDE_QUEUE, JOURNEY_QUEUE, NOTICES_QUEUE
from gateway.connection import connect
from notices.channel import Channel
from notices.mail import MailChannel
from ops import exit as leaving
from ops import settings as setting
from ops.attempt_log import AttemptLog
from ops.codec import data_converter
from ops.logging import configure
from ops.own_programmes import use_own_programmes
from rules.child import EngineChild
from store.database import Store, open_store
from workflows.journey import Journey
from workflows.office import Office
from workflows.sandbox import runner
from workflows.sweeper import Sweeper

THREADS = 8


def workers(client: Client, store: Store, engine: EngineChild, channel: Channel) -> list[Worker]:
    """One worker for each task queue of this process."""
    threads = ThreadPoolExecutor(THREADS)
    tasks: dict[str, list[Callable[..., Any]]] = {
        JOURNEY_QUEUE: [Sweeping(store).sweep],
        DECIDE_QUEUE: [Decisions(store, engine).decide, OfficeDays(store, engine).office_day],
        NOTICES_QUEUE: [Notices(store, channel).send_notice],
    }
    return [
        Worker(
            client,
            task_queue=queue,
            workflows=[Journey, Office, Sweeper] if queue == JOURNEY_QUEUE else [],
            activities=activities,
            activity_executor=threads,
            max_concurrent_activities=THREADS,
            workflow_runner=runner(),
            interceptors=[AttemptLog()],
        )
        for queue, activities in tasks.items()
    ]


async def work(data_dir: Path) -> int:
    """Serve the task queues until SIGTERM or SIGINT; what is under way is finished first."""
    settings = setting.load(data_dir)
    use_own_programmes(settings.data_dir)
    store = open_store(settings, settings.master_key())
    enter_shipped_books(store)
    client = await connect(settings, data_converter(store.keys))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with EngineChild() as engine:
        async with asyncio.TaskGroup() as group:
            serving = workers(client, store, engine, MailChannel(settings))
            runs = [group.create_task(worker.run()) for worker in serving]
            await stop.wait()
            await asyncio.gather(*(worker.shutdown() for worker in serving), *runs)
    store.close()
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Pakt worker")
    parser.add_argument("--data-dir", type=Path, default=Path("var"))
    home = parser.parse_args().data_dir
    configure("worker", file=home / "logs" / "worker.log")
    leaving.leave(asyncio.run(work(home)))
