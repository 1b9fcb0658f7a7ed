"""Death, an end and an address block act from that second on: what was ordered a moment before stays in the house."""

from typing import Any

import pytest

from activities import send_notice
from domain.codes import Channel, CloseReason
from domain.errors import NotFound
from domain.events import JourneyClosed
from domain.turned import AddressBlocked
from notices.mail import MailChannel
from notices.texts import render
from store import notices as rows
from store.database import Store
from tests.notices.post import NOW, QUICK, Case, happened, planned, send
from tests.support.mail_server import MailServer

DEATH = JourneyClosed(reason=CloseReason.DEATH, on=NOW.date())
BLOCK = AddressBlocked(on=NOW.date())
STOPS = [(DEATH, "closed"), (BLOCK, "address_blocked")]


def to_print(case: Case) -> list[str]:
    """What the page for the printer shows."""
    with case.store.read() as session:
        return [row.id for row in rows.to_print(session, office=case.house.office)]


@pytest.mark.parametrize(("stop", "reason"), STOPS)
def test_a_mail_that_was_ordered_a_moment_before_does_not_leave(
    stop: Any, reason: str, store: Store, mail_server: MailServer
) -> None:
    case = planned(store)
    happened(case, stop)

    answer = send(case, mail_server)

    assert (answer.outcome, answer.reason) == ("failed", "lapsed")
    assert mail_server.taken == []
    assert (case.row().state, case.row().reason) == ("lapsed", reason)
    assert case.entries()[-1][1]["outcome"] == "lapsed"


@pytest.mark.parametrize("stop", [DEATH, BLOCK])
def test_an_attempt_that_died_on_the_wire_is_not_tried_again(
    stop: Any, sqlite_store: Store, mail_server: MailServer
) -> None:
    """Nobody knows whether the first one left, so nobody says that it did not."""
    case = planned(sqlite_store)
    with sqlite_store.write() as session:
        rows.claim(session, case.notice, NOW)
    happened(case, stop)

    answer = send(case, mail_server, attempt=2)

    assert answer.outcome == "unknown"
    assert mail_server.taken == []


def test_what_happens_between_joining_and_claiming_still_stops_it(
    sqlite_store: Store, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name and text are joined already; the death is recorded before the hand-over is claimed."""
    case = planned(sqlite_store)

    def die_first(*args: Any, **more: Any) -> Any:
        happened(case, DEATH)
        return render(*args, **more)

    monkeypatch.setattr(send_notice, "render", die_first)

    answer = send(case, mail_server)

    assert (answer.outcome, mail_server.taken) == ("failed", [])


@pytest.mark.parametrize("stop", [DEATH, BLOCK])
def test_a_letter_that_waits_for_the_printer_is_taken_off_the_page(
    stop: Any, store: Store, mail_server: MailServer
) -> None:
    case = planned(store, channel=Channel.LETTER)
    send(case, mail_server)
    before = to_print(case)

    happened(case, stop, channel=Channel.LETTER)

    assert before == [case.notice]
    assert to_print(case) == []
    assert case.row().state == "lapsed"


def test_while_the_address_is_blocked_nothing_is_laid_out_for_the_printer(
    sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store, channel=Channel.IN_PERSON)
    happened(case, BLOCK, channel=Channel.IN_PERSON)

    answer = send(case, mail_server)

    assert answer.outcome == "sent"
    assert to_print(case) == []
    assert mail_server.taken == []


def test_a_lapsed_letter_cannot_be_opened_any_more(sqlite_store: Store, mail_server: MailServer) -> None:
    case = planned(sqlite_store, channel=Channel.LETTER)
    send(case, mail_server)
    happened(case, DEATH, channel=Channel.LETTER)

    with pytest.raises(NotFound):
        send_notice.Notices(sqlite_store, MailChannel(mail_server.settings(), limits=QUICK)).letter(
            case.notice
        )
