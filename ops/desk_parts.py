"""Parts of the desk that other rooms make: letters, audit bundles, and the demo's clock."""

import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from activities.send_notice import Notices
from audit import bundle
from domain.errors import Refusal
from gateway.late import LateGateway
from notices.mail import MailChannel, MailSettings
from ops.codec import data_converter
from ops.settings import Settings
from ops.what_if import recomputed
from store.database import Store


def letter_maker(store: Store, settings: MailSettings) -> Callable[[str], bytes]:
    """How the desk makes the PDF of a notice: by the code that hands notices over."""
    return Notices(store, MailChannel(settings)).letter


def bundle_maker(store: Store, gateway: LateGateway) -> Callable[[str], Awaitable[bytes]]:
    """How the desk makes the audit bundle of a journey."""

    async def make(journey: str) -> bytes:
        client = await gateway.client()
        with tempfile.TemporaryDirectory(prefix="pakt-") as folder:
            out = Path(folder) / "bundle"
            await bundle.export(store, client, journey, out, converter=data_converter(store.keys))
            return out.read_bytes()

    return make


class Forwarding:
    """How the desk moves the demo's clock: by the same command as everybody, beside this process."""

    def __init__(self, chosen: Settings) -> None:
        """Keep where the installation lies."""
        self._home = chosen.data_dir
        self._running: subprocess.Popen[bytes] | None = None

    def under_way(self) -> bool:
        """True while the command that was started last has not ended."""
        return self._running is not None and self._running.poll() is None

    def forward(self, days: int) -> None:
        """Start the command, unless it is running already."""
        if self.under_way():
            return
        command = [sys.executable, "-m", "ops.command_line", "--data-dir", str(self._home)]
        self._running = subprocess.Popen(  # noqa: S603 - our own command with a number from a fixed list
            [*command, "clock", "forward", f"{days}d"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


class Trying:
    """How the desk tries a book over the caseload: by the same command as everybody, beside this process."""

    def __init__(self, chosen: Settings, store: Store) -> None:
        """Keep where the installation lies."""
        self._home = chosen.data_dir
        self._store = store
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def begin(self, book_id: str, login: str) -> None:
        """Start the command in the name of this login; one that was killed goes on where it was.

        Raises:
            Refusal: `simulation_under_way`.
        """
        running = self._running.get(book_id)
        if running is not None and running.poll() is None:
            raise Refusal("simulation_under_way", book=book_id)
        command = [sys.executable, "-m", "ops.command_line", "--data-dir", str(self._home)]
        self._running[book_id] = subprocess.Popen(  # noqa: S603 - our own command with an id that exists
            [*command, "rules", "simulate", book_id, "--as", login],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def again(self, simulation: str) -> str:
        """The hash of its result, computed anew while the person waits."""
        return recomputed(self._store, simulation, progress=_unseen)


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""
