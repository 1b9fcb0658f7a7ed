"""A local mail server for the demo: keeps every message it is given, as often as it is given it."""

import argparse
import asyncio
import os
import signal
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from ops import exit as leaving
from ops import logging
from ops.ports import LOOPBACK

SIZE_LIMIT = 10 * 1024 * 1024
log = logging.logger("catcher")


class Catcher:
    """Answers 250 only when the message is safely on the disk."""

    def __init__(self, folder: Path) -> None:
        """Keep messages in `folder`, which is created."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._numbers = count(1 + sum(1 for _ in folder.glob("*.eml")))

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Store one message under a number and an instant; the envelope goes in front as headers."""
        number = next(self._numbers)
        name = f"{number:06d}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}.eml"
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        await asyncio.to_thread(_store, self._folder / name, _headers(envelope) + content)
        log.info("mail_caught", count=number, bytes=len(content))
        return "250 OK"


def _headers(envelope: Envelope) -> bytes:
    receivers = ", ".join(envelope.rcpt_tos)
    return f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {receivers}\r\n".encode()


def _store(path: Path, content: bytes) -> None:
    draft = path.with_suffix(".part")
    with draft.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


async def catch(folder: Path, port: int) -> int:
    """Serve on loopback until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    catcher = Catcher(folder)
    server = await loop.create_server(
        lambda: SMTP(catcher, hostname=LOOPBACK, data_size_limit=SIZE_LIMIT, loop=loop), LOOPBACK, port
    )
    log.info("catcher_started", port=port)
    await stop.wait()
    server.close()
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m ops.mail_catcher")
    parser.add_argument("--port", type=int, default=1025)
    parser.add_argument("--dir", type=Path, required=True)
    arguments = parser.parse_args()
    logging.configure("catcher", temporal=False)
    leaving.leave(asyncio.run(catch(arguments.dir, arguments.port)))
