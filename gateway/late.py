"""The gateway of a desk that starts before Temporal does."""

import asyncio
from collections.abc import Awaitable, Callable

from temporalio.client import Client

from domain.commands import Command, Receipt
from domain.errors import Transient, Unconfirmed
from gateway.commands import ACCEPT_S, Gateway


class LateGateway:
    """Connects when first needed; until then, commands are unconfirmed and so safe to send again."""

    def __init__(self, connect: Callable[[], Awaitable[Client]]) -> None:
        """Keep how to connect."""
        self._connect = connect
        self._client: Client | None = None
        self._lock = asyncio.Lock()

    async def client(self) -> Client:
        """The one client of this process; raises `Transient` while Temporal is away."""
        async with self._lock:
            if self._client is None:
                self._client = await self._connect()
            return self._client

    async def execute(self, journey: str, command: Command, *, wait_s: float = ACCEPT_S) -> Receipt:
        """Carry a command out, as `Gateway.execute` does."""
        gateway = await self._gateway(command, wait_s)
        return await gateway.execute(journey, command, wait_s=wait_s)

    async def execute_for_office(self, office: str, command: Command, *, wait_s: float = ACCEPT_S) -> Receipt:
        """Carry an answer out, as `Gateway.execute_for_office` does."""
        gateway = await self._gateway(command, wait_s)
        return await gateway.execute_for_office(office, command, wait_s=wait_s)

    async def _gateway(self, command: Command, wait_s: float) -> Gateway:
        try:
            async with asyncio.timeout(wait_s):
                return Gateway(await self.client())
        except (TimeoutError, Transient):
            raise Unconfirmed("temporal_away", command=command.command_id) from None
