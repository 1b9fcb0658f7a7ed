"""The workflow `Sweeper`: one per installation, id `sweeper/main`; every hour it looks for what got lost."""

from datetime import UTC, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.calls import SWEEP, SweepAnswer, SweeperInput, SweepRequest

from workflows.calling import call_activity

EVERY = timedelta(hours=1)
ROUNDS = 48


@workflow.defn(name="Sweeper")
class Sweeper:
    """Runs for ever; a new run every two days keeps its history short."""

    @workflow.run
    async def run(self, order: SweeperInput) -> None:
        """Sweep, sleep, and roll over."""
        for _ in range(ROUNDS):
            now = workflow.now().astimezone(UTC) + timedelta(seconds=order.clock_shift_s)
            try:
                await call_activity(SWEEP, SweepRequest(now=now), SweepAnswer)
            except ActivityError:
                workflow.logger.warning("sweep_failed")
            await workflow.sleep(EVERY, summary="next sweep")
        workflow.continue_as_new(order)
