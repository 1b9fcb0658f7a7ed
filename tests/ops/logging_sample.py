"""A process that logs from everywhere: a workflow (replayed often), a failing activity, a module."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError
from temporalio.worker import Replayer, Worker

with workflow.unsafe.imports_passed_through():
    from ops import exit as leaving
    from ops import logging

SECRET = "Erika"


@activity.defn
def fail() -> None:
    """Fail with a message that quotes a person."""
    raise ValueError(f"cannot reach {SECRET} at {SECRET}@example.org")


@workflow.defn
class Sample:
    """Logs before and after the failing activity."""

    @workflow.run
    async def run(self) -> None:
        """Log, fail, log."""
        workflow.logger.info("sample_started", extra={"seq": 1, "surname": SECRET})
        try:
            await workflow.execute_activity(
                fail,
                start_to_close_timeout=timedelta(seconds=5),
                retry_policy=RetryPolicy(maximum_attempts=1),
            )
        except ActivityError:
            workflow.logger.info("sample_failed", extra={"seq": 2})


async def live(address: str) -> None:
    """Run with a cache of nothing, so that each task replays, then replay once more."""
    client = await Client.connect(address, namespace="pakt")
    async with Worker(
        client,
        task_queue="logging",
        workflows=[Sample],
        activities=[fail],
        max_cached_workflows=0,
        activity_executor=ThreadPoolExecutor(1),
    ):
        handle = await client.start_workflow(Sample.run, id="logging/1", task_queue="logging")
        await handle.result()
    await Replayer(workflows=[Sample]).replay_workflow(await handle.fetch_history())


if __name__ == "__main__":
    logging.configure("sample", file=Path(sys.argv[2]))
    asyncio.run(live(sys.argv[1]))
    logging.logger("sample").info("person_named", journey="jrn_1", surname=SECRET, reason=f"said {SECRET}")
    logging.logger("sample").info(f"{SECRET} has come")
    leaving.leave(3)
