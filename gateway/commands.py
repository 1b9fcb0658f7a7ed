"""Commands of people, carried to their journey: done, refused with a reason, or not confirmed."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

from temporalio.client import (
    Client,
    WorkflowUpdateFailedError,
    WorkflowUpdateHandle,
    WorkflowUpdateRPCTimeoutOrCancelledError,
    WorkflowUpdateStage,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from domain.commands import COMMAND_UPDATE, Command, Receipt
from domain.errors import NotFound, PaktError, Refusal, Unconfirmed
from domain.ids import office_workflow_id, workflow_id

ACCEPT_S = 3.0


class Carrier(Protocol):
    """Whatever carries a command to its journey, as `Gateway` does."""

    async def execute(self, journey: str, command: Command, *, wait_s: float = ACCEPT_S) -> Receipt:
        """Carry a command out; raises Refusal, Unconfirmed or NotFound."""
        ...


class Gateway:
    """Sends commands; holds one client."""

    def __init__(self, client: Client) -> None:
        """Keep the client; it reconnects by itself."""
        self._client = client

    async def execute(self, journey: str, command: Command, *, wait_s: float = ACCEPT_S) -> Receipt:
        """Carry a command out; the receipt says whether its events were stored within `wait_s` seconds.

        Idempotent by the command id, also after an error. Raises `Refusal` if the journey says no, `NotFound` if
        it has ended for good, `Unconfirmed` if no answer came: then the same command may safely be sent again.
        """
        return await self._execute(workflow_id(journey), command, wait_s)

    async def execute_for_office(self, office: str, command: Command, *, wait_s: float = ACCEPT_S) -> Receipt:
        """Carry an answer to an office's own matter or task out, with the same promises as `execute`."""
        return await self._execute(office_workflow_id(office), command, wait_s)

    async def _execute(self, workflow: str, command: Command, wait_s: float) -> Receipt:
        try:
            async with asyncio.timeout(wait_s):
                accepted = await self._start(workflow, command)
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
            raise Unconfirmed("no_answer", command=command.command_id) from None
        except WorkflowUpdateFailedError as failed:
            raise _refusal(failed) from None
        except RPCError as error:
            raise _unreachable(error, command.command_id) from None
        return await self._stored(accepted, command, wait_s)

    async def _start(self, workflow: str, command: Command) -> WorkflowUpdateHandle[Receipt]:
        handle = self._client.get_workflow_handle(workflow)
        return await handle.start_update(
            COMMAND_UPDATE,
            command,
            id=command.command_id,
            wait_for_stage=WorkflowUpdateStage.ACCEPTED,
            result_type=Receipt,
        )

    async def _stored(
        self, accepted: WorkflowUpdateHandle[Receipt], command: Command, wait_s: float
    ) -> Receipt:
        """The journey has the command for good; the answer only tells whether its events are stored already."""
        try:
            async with asyncio.timeout(wait_s):
                return await accepted.result()
        except WorkflowUpdateFailedError as failed:
            raise _refusal(failed) from None
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError, RPCError):
            return Receipt(command_id=command.command_id, first_seq=0, last_seq=0, stored=False)


def _refusal(failed: WorkflowUpdateFailedError) -> PaktError:
    """The journey's own reason, as code and parameters."""
    cause = failed.cause
    if isinstance(cause, ApplicationError) and cause.type == "Refusal":
        params = cause.details[0] if cause.details and isinstance(cause.details[0], Mapping) else {}
        return Refusal(cause.message, **{str(key): str(value) for key, value in params.items()})
    return Unconfirmed("journey_busy")


def _unreachable(error: RPCError, command_id: str) -> PaktError:
    if error.status == RPCStatusCode.NOT_FOUND:
        return NotFound("journey_ended_or_not_begun", command=command_id)
    return Unconfirmed("temporal_away", command=command_id)
