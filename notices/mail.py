"""Real SMTP, one connection per notice, bounded in time, and exact about what the other side has taken."""

import re
import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ssl import create_default_context
from threading import Timer
from typing import Protocol

from domain.errors import Permanent, Transient
from notices.channel import Delivery, Outgoing
from notices.message import compose_mail, mail_address

_GO_AHEAD = 354
_PERMANENT = 500
_ACCEPTED = range(200, 300)
_REFUSED = range(_PERMANENT, 600)
_LATER = range(400, 500)


class MailSettings(Protocol):
    """What this channel needs of the settings."""

    @property
    def smtp_host(self) -> str:
        """Where mail is handed over."""
        ...

    @property
    def smtp_port(self) -> int:
        """The port there."""
        ...

    @property
    def mail_from(self) -> str:
        """The address that notices come from, and that answers go to."""
        ...


@dataclass(frozen=True)
class Login:
    """How to sign in at the mail server; only over TLS."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Limits:
    """How long each reply and the whole conversation may take."""

    reply_s: float = 20.0
    conversation_s: float = 60.0


class MailChannel:
    """The mail channel of an installation."""

    def __init__(
        self, settings: MailSettings, *, limits: Limits | None = None, login: Login | None = None
    ) -> None:
        """A login turns TLS on; without one, mail goes to a server of the house itself."""
        self._host, self._port, self.reply_to = settings.smtp_host, settings.smtp_port, settings.mail_from
        self._limits = limits or Limits()
        self._login = login

    def deliver(self, notice: Outgoing) -> Delivery:
        """Hand one mail over; see `Channel.deliver` for what the answers mean."""
        try:
            recipient = mail_address(notice.recipient)
            mail = compose_mail(notice, self.reply_to).as_bytes()
        except Permanent as malformed:
            return Delivery("failed", malformed.code)
        except UnicodeError:
            return Delivery("failed", "text_unfit")
        with _conversation(self._limits) as smtp:
            refused = self._prepare(smtp, recipient)
            return refused or _hand_over(smtp, mail, patience_s=self._limits.conversation_s)

    def _prepare(self, smtp: smtplib.SMTP, recipient: str) -> Delivery | None:
        """Everything before the text; None when the server waits for it, else its refusal."""
        try:
            code = self._greet(smtp)
            for command in (f"MAIL FROM:<{self.reply_to}>", f"RCPT TO:<{recipient}>", "DATA"):
                if code not in _ACCEPTED:
                    break
                code, _ = smtp.docmd(command)
        except OSError:
            raise Transient("mail_server_away") from None
        return None if code == _GO_AHEAD else _refusal(code)

    def _greet(self, smtp: smtplib.SMTP) -> int:
        code, _ = smtp.connect(self._host, self._port)
        if code not in _ACCEPTED:
            return code
        code, _ = smtp.ehlo()
        if code in _REFUSED:
            code, _ = smtp.helo()
        if self._login is not None and code in _ACCEPTED:
            smtp.starttls(context=create_default_context())
            smtp.login(self._login.user, self._login.password)
        return code


@contextmanager
def _conversation(limits: Limits) -> Iterator[smtplib.SMTP]:
    smtp = smtplib.SMTP(timeout=limits.reply_s, local_hostname="pakt.invalid")
    # A server that sends one byte a second never trips the limit per reply; this one ends it all.
    watch = Timer(limits.conversation_s, _cut, (smtp,))
    watch.daemon = True
    watch.start()
    try:
        yield smtp
    finally:
        watch.cancel()
        with suppress(OSError):
            smtp.putcmd("QUIT")
        smtp.close()


def _cut(smtp: smtplib.SMTP) -> None:
    if smtp.sock is not None:
        with suppress(OSError):
            smtp.sock.shutdown(socket.SHUT_RDWR)


def _hand_over(smtp: smtplib.SMTP, mail: bytes, *, patience_s: float) -> Delivery:
    """Send the text. From its first byte on, only the reply can tell whether the server has taken it."""
    try:
        if smtp.sock is not None:
            # Servers think longest here, and giving up early makes duplicates (RFC 5321, 4.5.3.2.6).
            smtp.sock.settimeout(patience_s)
        smtp.send(re.sub(rb"(?m)^\.", b"..", mail) + b".\r\n")
        code, _ = smtp.getreply()
    except OSError:
        return Delivery("unknown", "reply_lost")
    if code in _ACCEPTED:
        return Delivery("sent")
    if code in _LATER or code in _REFUSED:
        return _refusal(code)
    return Delivery("unknown", "reply_unreadable")


def _refusal(code: int) -> Delivery:
    if code in _REFUSED:
        return Delivery("failed", f"smtp_{code}")
    raise Transient("mail_refused_for_now", reply=f"smtp_{code}")
