"""One log line for each attempt of an activity: which, for whom, how long, how it ended."""

import time
from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from domain.ids import journey_of
from ops.logging import logger

log = logger("activity")


class AttemptLog(Interceptor):
    """Put into the worker; adds nothing to any history."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        """Stand before the activity."""
        return _Attempt(next)


class _Attempt(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        begun = time.monotonic()
        outcome = "failed"
        try:
            answer = await super().execute_activity(input)
            outcome = "done"
            return answer
        finally:
            info = activity.info()
            log.info(
                "activity_attempted",
                activity_type=info.activity_type,
                attempt=info.attempt,
                outcome=outcome,
                journey=journey_of(info.workflow_id or "") or "-",
                duration_ms=round((time.monotonic() - begun) * 1000, 1),
            )
