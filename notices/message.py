"""A notice as a mail: plain text, HTML and, for an appointment, an entry for the calendar."""

from datetime import UTC
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from domain.errors import Permanent
from notices.channel import Outgoing
from notices.invitation import ics


def mail_address(text: str) -> str:
    """The address alone, fit for an envelope; anything that is none, or would need SMTPUTF8, is refused."""
    try:
        address = Address(addr_spec=text.strip())
    except (ValueError, IndexError, MessageError):
        raise Permanent("address_malformed") from None
    if not address.username or not address.domain or not text.isprintable():
        raise Permanent("address_malformed")
    try:
        domain = address.domain.encode("idna").decode("ascii")
        spec = Address(username=address.username, domain=domain).addr_spec
        spec.encode("ascii")
    except UnicodeError:
        raise Permanent("address_not_ascii") from None
    return spec


def compose_mail(notice: Outgoing, sender: str) -> EmailMessage:
    """The mail; the same notice gives the same headers at every attempt."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = mail_address(notice.recipient)
    mail["Subject"] = notice.rendered.subject
    mail["Date"] = format_datetime(notice.at.astimezone(UTC))
    mail["Message-ID"] = f"<{notice.message_id.strip('<>')}>"
    mail["Content-Language"] = notice.rendered.language
    # RFC 3834: no absence notice of a mail program is to answer a machine.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(notice.rendered.text, cte="quoted-printable")
    mail.add_alternative(notice.rendered.html, subtype="html", cte="quoted-printable")
    if notice.entry is not None:
        mail.add_attachment(
            ics(notice.entry).encode(),
            maintype="text",
            subtype="calendar",
            filename="termin.ics",
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
    return mail
