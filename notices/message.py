"""A notice as a mail: plain text, HTML and, for an appointment, an entry for the calendar."""

import re
from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from domain.errors import Permanent
from notices.channel import Outgoing
from notices.invitation import ics

_UNFIT = re.compile(r"[\s<>,;:\"()\[\]\\]")


def mail_address(text: str) -> str:
    """The address alone, fit for an envelope; anything that is none, or would need SMTPUTF8, is refused."""
    local, _, domain = text.strip().rpartition("@")
    if not local or not domain or not text.isprintable() or _UNFIT.search(text.strip()):
        raise Permanent("address_malformed")
    try:
        local.encode("ascii")
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise Permanent("address_not_ascii") from None


def compose_mail(notice: Outgoing, sender: str) -> EmailMessage:
    """The mail; the same notice gives the same headers at every attempt."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = mail_address(notice.recipient)
    mail["Subject"] = notice.rendered.subject
    mail["Date"] = format_datetime(notice.at.astimezone(UTC))
    mail["Message-ID"] = f"<{notice.message_id.strip('<>')}>"
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
    # Last, because making parts moves every Content header into the first of them.
    mail["Content-Language"] = notice.rendered.language
    return mail
