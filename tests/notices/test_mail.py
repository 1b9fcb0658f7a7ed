"""The mail channel against a real SMTP server: certain answers are certain, nothing waits without a limit."""

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from domain.errors import Permanent, Transient
from notices.channel import Outgoing
from notices.invitation import CalendarEntry
from notices.mail import Limits, MailChannel
from notices.message import mail_address
from notices.texts import Rendered
from tests.support.mail_server import Behaviour, MailServer

QUICK = Limits(reply_s=0.5, conversation_s=1.5)
AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ENTRY = CalendarEntry(
    uid="apt_" + "0" * 32, start=AT, place="Rathaus; Zimmer 1, " + "ä" * 80, title="Gespräch", stamp=AT
)
RENDERED = Rendered(
    subject="Einladung zu einem Gespräch",
    text="Guten Tag,\n\n.ein Punkt am Anfang\n..zwei\nÄÖÜ ß\n",
    html="<!DOCTYPE html><html lang='de'><body>.\n<p>Grüße</p></body></html>",
    language="de",
    version="0" * 64,
)


def outgoing(recipient: str = "a@example.org", entry: CalendarEntry | None = None) -> Outgoing:
    """A mail to hand over."""
    return Outgoing("not_1@pakt.invalid", recipient, RENDERED, AT, entry)


def test_what_arrives_is_what_was_meant(mail_server: MailServer) -> None:
    delivery = MailChannel(mail_server.settings()).deliver(outgoing(entry=ENTRY))
    assert (delivery.outcome, delivery.reason) == ("sent", "ok")
    mail = mail_server.taken[0].mail
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == RENDERED.text
    assert html.get_content().replace("\r\n", "\n").strip() == RENDERED.html
    assert mail["Subject"] == RENDERED.subject
    assert mail["Message-ID"] == "<not_1@pakt.invalid>"
    assert mail["From"] == "office@pakt.invalid"
    assert mail["Date"].datetime == AT
    (calendar,) = mail.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    lines = calendar.get_content().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "LOCATION:Rathaus\\; Zimmer 1\\, " + "ä" * 80 in calendar.get_content().replace("\r\n ", "")


def test_the_same_notice_is_the_same_mail_at_every_attempt(mail_server: MailServer) -> None:
    for _ in range(2):
        MailChannel(mail_server.settings()).deliver(outgoing())
    first, second = (dict(taken.mail.items()) for taken in mail_server.taken)
    first.pop("Content-Type"), second.pop("Content-Type")  # the boundary between the parts is free
    assert first == second


@pytest.mark.parametrize(
    ("behaviour", "outcome", "reason"),
    [
        (Behaviour.REFUSED_550, "failed", "smtp_550"),
        (Behaviour.FULL_552, "failed", "smtp_552"),
        (Behaviour.REFUSED_554_AFTER_DATA, "failed", "smtp_554"),
        (Behaviour.REPLY_LOST, "unknown", "reply_lost"),
        (Behaviour.HANG_AFTER_DATA, "unknown", "reply_lost"),
        (Behaviour.REPLY_UNREADABLE, "unknown", "reply_unreadable"),
    ],
)
def test_each_end_of_a_conversation_has_its_outcome(
    behaviour: Behaviour, outcome: str, reason: str, mail_server: MailServer
) -> None:
    mail_server.script(behaviour)
    delivery = MailChannel(mail_server.settings(), limits=QUICK).deliver(outgoing())
    assert (delivery.outcome, delivery.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (Behaviour.CLOSING_421, "mail_refused_for_now"),
        (Behaviour.LATER_450, "mail_refused_for_now"),
        (Behaviour.LATER_451_AFTER_DATA, "mail_refused_for_now"),
        (Behaviour.HANG_AT_BANNER, "mail_server_away"),
        (Behaviour.ONE_BYTE_AT_A_TIME, "mail_server_away"),
        (Behaviour.GONE_BEFORE_DATA, "mail_server_away"),
    ],
)
def test_where_surely_nothing_was_taken_a_later_try_is_asked_for(
    behaviour: Behaviour, code: str, mail_server: MailServer
) -> None:
    mail_server.script(behaviour)
    with pytest.raises(Transient) as away:
        MailChannel(mail_server.settings(), limits=QUICK).deliver(outgoing())
    assert away.value.code == code
    assert "example.org" not in f"{away.value!r} {away.value.__cause__!r}"


def test_a_server_that_is_down_is_away(mail_server: MailServer) -> None:
    mail_server.stop()
    with pytest.raises(Transient, match="mail_server_away"):
        MailChannel(mail_server.settings(), limits=QUICK).deliver(outgoing())


@pytest.mark.parametrize(
    "behaviour", [Behaviour.HANG_AT_BANNER, Behaviour.ONE_BYTE_AT_A_TIME, Behaviour.HANG_AFTER_DATA]
)
def test_no_server_can_hold_a_worker_longer_than_the_limit(
    behaviour: Behaviour, mail_server: MailServer
) -> None:
    mail_server.script(behaviour)
    began = time.monotonic()
    with suppress(Transient):
        MailChannel(mail_server.settings(), limits=QUICK).deliver(outgoing())
    assert time.monotonic() - began < QUICK.conversation_s + 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nobody", "address_malformed"),
        ("@example.org", "address_malformed"),
        ("a@", "address_malformed"),
        ("a@example.org\r\nRCPT TO:<b@example.org>", "address_malformed"),
        ("a@example.org>,<b@example.org", "address_malformed"),
        ("a b@example.org", "address_malformed"),
        ("änne@example.org", "address_not_ascii"),
    ],
)
def test_what_is_no_address_never_reaches_the_wire(text: str, code: str, mail_server: MailServer) -> None:
    with pytest.raises(Permanent, match=code):
        mail_address(text)
    delivery = MailChannel(mail_server.settings()).deliver(outgoing(text))
    assert (delivery.outcome, delivery.reason) == ("failed", code)
    assert mail_server.conversations == 0


def test_a_domain_with_an_umlaut_is_written_as_dns_knows_it() -> None:
    assert mail_address(" anna@müller.example ") == "anna@xn--mller-kva.example"


def test_what_is_on_its_way_shows_neither_text_nor_address() -> None:
    assert "example.org" not in repr(outgoing())
    assert "Guten Tag" not in repr(outgoing())
