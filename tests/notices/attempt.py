"""One attempt of `send_notice` in a process of its own, to be killed: database, journey, notice, port."""

import sys

from temporalio.testing import ActivityEnvironment

from activities.send_notice import Notices
from domain.calls import SendRequest
from notices.mail import MailChannel
from store.database import open_store
from tests.notices.post import NOW
from tests.support.mail_server import MailServer, MailTo
from tests.support.stores import MASTER_KEY


def main(url: str, journey: str, notice: str, port: str) -> None:
    """Run the attempt to its end, unless somebody kills it."""
    store = open_store(url, MASTER_KEY)
    notices = Notices(store, MailChannel(MailTo(MailServer.host, int(port))))
    request = SendRequest(journey=journey, notice=notice, now=NOW)
    ActivityEnvironment().run(notices.send_notice, request)


if __name__ == "__main__":
    main(*sys.argv[1:])
