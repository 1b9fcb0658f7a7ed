"""The embedded server: it keeps its port, its file and its promises over a kill."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from domain.ids import NAMESPACE
from ops import ports
from ops.temporal_server import TemporalServer
from tests.support.server import embedded


async def started(address: str, name: str) -> None:
    client = await Client.connect(address, namespace=NAMESPACE)
    await client.start_workflow("Nobody", id=name, task_queue="nobody")


async def retention(address: str) -> timedelta:
    client = await Client.connect(address, namespace=NAMESPACE)
    found = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=NAMESPACE))
    return found.config.workflow_execution_retention_ttl.ToTimedelta()


async def exists(address: str, name: str) -> bool:
    client = await Client.connect(address, namespace=NAMESPACE)
    return (await client.get_workflow_handle(name).describe()).id == name


def test_a_killed_server_continues_on_the_same_port_with_the_same_workflows(tmp_path: Path) -> None:
    with embedded(tmp_path) as server:
        before = server.address
        asyncio.run(started(before, "one"))
        server.kill()
        assert not ports.answers(server.port)
        server.start()
        assert server.address == before
        assert asyncio.run(exists(before, "one"))


def test_what_is_closed_is_kept_for_ten_years_also_after_a_restart(tmp_path: Path) -> None:
    with embedded(tmp_path) as server:
        assert asyncio.run(retention(server.address)) == timedelta(days=3650)
        server.restart()
        assert asyncio.run(retention(server.address)) == timedelta(days=3650)


def test_nothing_listens_outside_of_loopback(temporal_server: TemporalServer) -> None:
    listening = []
    for table in ("tcp", "tcp6"):
        rows = Path(f"/proc/{temporal_server.pid}/net/{table}").read_text().splitlines()[1:]
        own = _sockets(temporal_server.pid)
        listening += [row.split()[1] for row in rows if row.split()[3] == "0A" and row.split()[9] in own]
    assert listening
    outside = [entry for entry in listening if not _loopback(entry.split(":")[0])]
    assert outside == []


def _sockets(pid: int) -> set[str]:
    found = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        target = str(entry.readlink())
        if target.startswith("socket:["):
            found.add(target[8:-1])
    return found


def _loopback(address: str) -> bool:
    # The kernel writes addresses in hexadecimal, each four bytes back to front.
    return address in {"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"}


def test_a_second_server_on_a_taken_port_does_not_pretend_to_start(tmp_path: Path) -> None:
    with embedded(tmp_path) as first:
        second = TemporalServer(tmp_path / "second.sqlite", port=first.port)
        with pytest.raises(Exception, match="temporal_did_not_start"):
            second.start()
