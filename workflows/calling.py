"""How workflows call activities: by name, with the row of the policy table, and never otherwise."""

from typing import TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from domain.model import Wire
    from domain.policies import POLICIES

Answer = TypeVar("Answer", bound=Wire)


async def call_activity(name: str, request: Wire, answer: type[Answer]) -> Answer:
    """Run an activity under its policy; one model in, one model out."""
    policy = POLICIES[name]
    answered: Answer = await workflow.execute_activity(
        name,
        request,
        result_type=answer,
        task_queue=policy.queue,
        start_to_close_timeout=policy.start_to_close,
        retry_policy=RetryPolicy(
            initial_interval=policy.first_pause,
            maximum_interval=policy.longest_pause,
            maximum_attempts=policy.attempts,
        ),
    )
    return answered
