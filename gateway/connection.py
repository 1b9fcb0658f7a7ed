"""How Pakt connects to Temporal: always with the journey's key around every payload."""

from typing import Protocol

from temporalio.client import Client
from temporalio.converter import DataConverter
from temporalio.service import RPCError

from domain.errors import Transient


class Address(Protocol):
    """What the settings must know of Temporal."""

    @property
    def temporal_address(self) -> str:
        """Host and port of the frontend."""

    @property
    def namespace(self) -> str:
        """The namespace of this district."""


async def connect(settings: Address, converter: DataConverter) -> Client:
    """A client on the settings' namespace; raises `Transient` while the server is away."""
    try:
        return await Client.connect(
            settings.temporal_address, namespace=settings.namespace, data_converter=converter
        )
    except (RPCError, RuntimeError) as away:
        raise Transient("temporal_away", address=settings.temporal_address) from away
