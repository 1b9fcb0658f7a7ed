"""A real SMTP server on loopback that misbehaves on request and never forgets or de-duplicates a mail.

with MailServer() as server:
    server.script(Behaviour.LATER_450, Behaviour.OK)     # first conversation, then all others
    …                                                   # talk to server.host, server.port
    server.taken                                        # every mail whose text arrived, in order
"""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from enum import StrEnum
from threading import Condition, Thread
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

HANG_S = 3600.0
BYTE_PAUSE_S = 0.2


class Behaviour(StrEnum):
    """What the server does in one conversation; where it takes the text, the mail stands in `taken`."""

    OK = "ok"
    CLOSING_421 = "closing_421"
    LATER_450 = "later_450"
    REFUSED_550 = "refused_550"
    FULL_552 = "full_552"
    LATER_451_AFTER_DATA = "later_451_after_data"
    REFUSED_554_AFTER_DATA = "refused_554_after_data"
    HANG_AT_BANNER = "hang_at_banner"
    ONE_BYTE_AT_A_TIME = "one_byte_at_a_time"
    GONE_BEFORE_DATA = "gone_before_data"
    HANG_AFTER_DATA = "hang_after_data"
    REPLY_LOST = "reply_lost"
    REPLY_UNREADABLE = "reply_unreadable"


_AT_RECIPIENT = {
    Behaviour.LATER_450: "450 4.2.0 <{address}> greylisted, come back later",
    Behaviour.REFUSED_550: "550 5.1.1 <{address}> no such user here",
    Behaviour.FULL_552: "552 5.2.2 <{address}> mailbox full",
}
_AFTER_DATA = {
    Behaviour.LATER_451_AFTER_DATA: "451 4.3.0 try again later",
    Behaviour.REFUSED_554_AFTER_DATA: "554 5.6.0 not wanted",
    Behaviour.REPLY_UNREADABLE: "what was that?",
}


@dataclass(frozen=True)
class MailTo:
    """The settings that lead to a mail server."""

    smtp_host: str
    smtp_port: int
    mail_from: str = "office@pakt.invalid"


@dataclass(frozen=True)
class Taken:
    """A mail whose text reached the server, whether or not the client learned of it."""

    recipient: str
    mail: EmailMessage
    behaviour: Behaviour

    @property
    def message_id(self) -> str:
        """Its Message-ID as it stands in the mail."""
        return str(self.mail["Message-ID"]).strip("<>")


class _Conversation(SMTP):
    def __init__(self, handler: "_Handler", loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(handler, hostname="mail.test", loop=loop, timeout=HANG_S)
        self.behaviour = handler.behaviour

    async def _handle_client(self) -> None:
        if self.behaviour is Behaviour.HANG_AT_BANNER:
            await asyncio.sleep(HANG_S)
        elif self.behaviour is Behaviour.CLOSING_421:
            await self.push("421 mail.test closing down")
            self._writer.close()
        else:
            await super()._handle_client()

    async def push(self, status: Any) -> None:
        if self.behaviour is not Behaviour.ONE_BYTE_AT_A_TIME:
            await super().push(status)
            return
        for byte in f"{status}\r\n".encode():
            self._writer.write(bytes([byte]))
            await self._writer.drain()
            await asyncio.sleep(BYTE_PAUSE_S)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the library's name
        if self.behaviour is Behaviour.GONE_BEFORE_DATA:
            self._writer.close()
            return
        await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, server: "MailServer", behaviour: Behaviour) -> None:
        self._server = server
        self.behaviour = behaviour

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Sequence[str]
    ) -> str:
        refusal = _AT_RECIPIENT.get(self.behaviour)
        if refusal is not None:
            return refusal.format(address=address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self._server.keep(envelope, self.behaviour)
        if self.behaviour is Behaviour.HANG_AFTER_DATA:
            await asyncio.sleep(HANG_S)
        if self.behaviour is Behaviour.REPLY_LOST:
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
        return _AFTER_DATA.get(self.behaviour, "250 OK")


class MailServer:
    """The server in a thread of its own; it keeps its port when it is stopped and started again."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind((self.host, 0))
            self.port: int = probe.getsockname()[1]
        self.taken: list[Taken] = []
        self.conversations = 0
        self._script: list[Behaviour] = [Behaviour.OK]
        self._changed = Condition()
        self._listener: asyncio.Server
        self._live: list[SMTP] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def settings(self) -> MailTo:
        """What a mail channel needs to find this server."""
        return MailTo(self.host, self.port)

    def script(self, *behaviours: Behaviour) -> None:
        """Each conversation takes the next behaviour; the last one stays."""
        with self._changed:
            self._script = list(behaviours)

    def start(self) -> None:
        """Listen on the port that was chosen first."""
        loop = asyncio.new_event_loop()
        create = loop.create_server(self._converse, self.host, self.port)
        self._listener = loop.run_until_complete(create)
        self._loop, self._thread = loop, Thread(target=loop.run_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Cut every conversation and stop listening: from now on connections are refused."""
        if self._loop is None or self._thread is None:
            return
        asyncio.run_coroutine_threadsafe(_end_all(self._listener, self._live), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
        self._loop = self._thread = None

    def keep(self, envelope: Envelope, behaviour: Behaviour) -> None:
        """Remember a text that arrived."""
        content = envelope.original_content or b""
        mail = message_from_bytes(content, policy=MAIL_POLICY)
        assert isinstance(mail, EmailMessage)
        with self._changed:
            self.taken.append(Taken(envelope.rcpt_tos[0], mail, behaviour))
            self._changed.notify_all()

    def wait_for(self, mails: int, timeout_s: float = 20.0) -> None:
        """Return once so many texts have arrived; fails when they do not."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self.taken) >= mails, timeout_s)
        assert arrived, f"{len(self.taken)} of {mails} mails arrived"

    def copies(self) -> dict[str, int]:
        """How often each Message-ID arrived."""
        ids = [taken.message_id for taken in self.taken]
        return {message_id: ids.count(message_id) for message_id in ids}

    def _converse(self) -> SMTP:
        with self._changed:
            self.conversations += 1
            behaviour = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        assert self._loop is not None
        self._live.append(_Conversation(_Handler(self, behaviour), self._loop))
        return self._live[-1]


async def _end_all(listener: asyncio.Server, live: list[SMTP]) -> None:
    listener.close()
    for conversation in live:
        if conversation.transport is not None:
            conversation.transport.abort()  # type: ignore[attr-defined]
    live.clear()
    # What hangs in a conversation would outlive its loop.
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0.01)
