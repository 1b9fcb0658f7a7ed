"""kill -9 in the middle of handing over: the next attempt sends the same message again and says so."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from store.database import Store
from tests.notices.post import Case, planned, send
from tests.support.mail_server import Behaviour, MailServer

ROOT = Path(__file__).parents[2]


def test_killed_between_hand_over_and_reply_leaves_two_copies_of_one_message_id(
    store: Store, mail_server: MailServer
) -> None:
    case = planned(store)
    mail_server.script(Behaviour.HANG_AFTER_DATA, Behaviour.OK)
    _kill_once(case, mail_server, lambda: len(mail_server.taken) == 1)
    assert case.row().state == "handing_over"
    assert send(case, mail_server, attempt=2).outcome == "sent"
    row = case.row()
    assert mail_server.copies() == {row.message_id: 2}
    assert (row.state, row.attempts, row.possible_duplicate) == ("sent", 2, True)
    first, second = (taken.mail for taken in mail_server.taken)
    assert (first["Message-ID"], first["Date"], first["Subject"]) == (
        second["Message-ID"],
        second["Date"],
        second["Subject"],
    )
    ((_, body),) = case.entries()
    assert (body["outcome"], body["possible_duplicate"]) == ("sent", True)


def test_killed_before_the_server_took_anything_loses_nothing(
    sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store)
    mail_server.script(Behaviour.HANG_AT_BANNER, Behaviour.OK)
    _kill_once(case, mail_server, lambda: mail_server.conversations == 1)
    assert send(case, mail_server, attempt=2).outcome == "sent"
    assert mail_server.copies() == {case.row().message_id: 1}
    # Nobody can know that the killed attempt got nowhere, so the timeline calls a second copy possible.
    assert case.row().possible_duplicate is True


def _kill_once(case: Case, server: MailServer, reached: Callable[[], bool]) -> None:
    url = case.store.engine.url.render_as_string(hide_password=False)
    arguments = [url, case.journey, case.notice, str(server.port)]
    attempt = subprocess.Popen([sys.executable, "-m", "tests.notices.attempt", *arguments], cwd=ROOT)
    try:
        limit = time.monotonic() + 60
        while not reached():
            assert attempt.poll() is None, "the attempt ended before it could be killed"
            assert time.monotonic() < limit
            time.sleep(0.02)
    finally:
        attempt.send_signal(signal.SIGKILL)
        attempt.wait(10)
