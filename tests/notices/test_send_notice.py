"""Handing over: one row, one Message-ID, one settlement, whatever the mail server does.

Every test talks to a real SMTP server on loopback and reads back what arrived and what the database says.
"""

from typing import Any

import pytest
from temporalio.exceptions import ApplicationError

from domain.calls import SEND_NOTICE
from domain.codes import Channel
from domain.policies import POLICIES
from store import clock, participants
from store.database import Store
from tests.notices.post import APPOINTMENT, MAIL, NAME, NOW, lapse, planned, send
from tests.support.mail_server import Behaviour, MailServer

LAST = POLICIES[SEND_NOTICE].attempts


def test_a_notice_is_sent_once_and_says_so_in_row_and_ledger(store: Store, mail_server: MailServer) -> None:
    case = planned(store)
    answer = send(case, mail_server)
    assert (answer.outcome, answer.reason) == ("sent", "ok")
    (taken,) = mail_server.taken
    row = case.row()
    assert (taken.recipient, taken.message_id) == (MAIL, row.message_id)
    assert (row.state, row.attempts, row.possible_duplicate, row.settled_at) == ("sent", 1, False, NOW)
    ((kind, body),) = case.entries()
    assert (kind, body["outcome"], body["notice"]) == ("notice_delivered", "sent", case.notice)
    assert NAME not in str(body)
    assert MAIL not in str(body)


def test_a_settled_notice_answers_again_and_is_not_sent_again(
    sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store)
    first = send(case, mail_server)
    assert send(case, mail_server, attempt=2) == first
    assert len(mail_server.taken) == 1
    assert len(case.entries()) == 1


def test_a_lapsed_notice_does_not_leave(sqlite_store: Store, mail_server: MailServer) -> None:
    case = planned(sqlite_store)
    lapse(case)
    answer = send(case, mail_server)
    assert (answer.outcome, answer.reason) == ("failed", "lapsed")
    assert (mail_server.taken, case.row().state) == ([], "lapsed")


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour.CLOSING_421,
        Behaviour.LATER_450,
        Behaviour.LATER_451_AFTER_DATA,
        Behaviour.HANG_AT_BANNER,
        Behaviour.ONE_BYTE_AT_A_TIME,
        Behaviour.GONE_BEFORE_DATA,
    ],
)
def test_what_the_server_did_not_take_is_tried_again_and_is_no_duplicate(
    behaviour: Behaviour, sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store)
    mail_server.script(behaviour, Behaviour.OK)
    with pytest.raises(ApplicationError) as refused:
        send(case, mail_server)
    assert refused.value.non_retryable is False
    assert case.row().state == "planned"
    assert send(case, mail_server, attempt=2).outcome == "sent"
    row = case.row()
    assert (row.state, row.attempts, row.possible_duplicate) == ("sent", 2, False)
    assert mail_server.taken[-1].behaviour is Behaviour.OK


def test_no_error_carries_name_or_address(sqlite_store: Store, mail_server: MailServer) -> None:
    case = planned(sqlite_store)
    mail_server.script(Behaviour.LATER_450)
    with pytest.raises(ApplicationError) as refused:
        send(case, mail_server)
    error: BaseException | None = refused.value
    assert error is not None
    assert error.__cause__ is None
    told = f"{error} {getattr(error, 'details', ())} {error.__context__}"
    assert "greylisted" not in told
    assert MAIL not in told
    assert case.notice in told


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (Behaviour.REFUSED_550, "smtp_550"),
        (Behaviour.FULL_552, "smtp_552"),
        (Behaviour.REFUSED_554_AFTER_DATA, "smtp_554"),
    ],
)
def test_a_final_refusal_fails_at_once(
    behaviour: Behaviour, reason: str, sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store)
    mail_server.script(behaviour)
    answer = send(case, mail_server)
    assert (answer.outcome, answer.reason) == ("failed", reason)
    assert (case.row().state, case.row().reason) == ("failed", reason)
    assert mail_server.conversations == 1


def test_a_server_that_is_down_defers_the_notice_and_a_later_order_sends_it(
    store: Store, mail_server: MailServer
) -> None:
    case = planned(store)
    mail_server.stop()
    for attempt in range(1, LAST):
        with pytest.raises(ApplicationError):
            send(case, mail_server, attempt=attempt)
    answer = send(case, mail_server, attempt=LAST)
    assert (answer.outcome, answer.reason) == ("deferred", "mail_server_away")
    assert [body["outcome"] for _, body in case.entries()] == ["deferred"]
    mail_server.start()
    assert send(case, mail_server).outcome == "sent"
    assert mail_server.copies() == {case.row().message_id: 1}
    assert case.row().possible_duplicate is False


@pytest.mark.parametrize(
    "lost", [Behaviour.REPLY_LOST, Behaviour.HANG_AFTER_DATA, Behaviour.REPLY_UNREADABLE]
)
def test_a_lost_reply_is_sent_once_more_with_the_same_message_id_and_flagged(
    lost: Behaviour, sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store)
    mail_server.script(lost, Behaviour.OK)
    with pytest.raises(ApplicationError):
        send(case, mail_server)
    assert case.row().state == "handing_over"
    assert send(case, mail_server, attempt=2).outcome == "sent"
    row = case.row()
    assert (row.state, row.possible_duplicate) == ("sent", True)
    assert mail_server.copies() == {row.message_id: 2}
    assert case.entries()[-1][1]["possible_duplicate"] is True


@pytest.mark.parametrize("attempt", [2, LAST])
def test_a_reply_lost_twice_is_unknown(attempt: int, sqlite_store: Store, mail_server: MailServer) -> None:
    case = planned(sqlite_store)
    mail_server.script(Behaviour.REPLY_LOST)
    with pytest.raises(ApplicationError):
        send(case, mail_server)
    answer = send(case, mail_server, attempt=attempt)
    assert (answer.outcome, answer.reason) == ("unknown", "reply_lost")
    assert (case.row().state, case.row().possible_duplicate) == ("unknown", True)
    assert len(mail_server.taken) == 2


def test_after_a_lost_reply_a_clean_refusal_keeps_the_flag(
    sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store)
    mail_server.script(Behaviour.REPLY_LOST, Behaviour.LATER_450, Behaviour.OK)
    for attempt in (1, 2):
        with pytest.raises(ApplicationError):
            send(case, mail_server, attempt=attempt)
    assert send(case, mail_server, attempt=3).outcome == "sent"
    assert case.row().possible_duplicate is True


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.IN_PERSON])
def test_what_needs_hands_is_laid_out_for_print_and_nothing_is_mailed(
    channel: Channel, sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store, channel=channel)
    answer = send(case, mail_server)
    assert (answer.outcome, answer.reason) == ("sent", "to_print")
    assert (case.row().state, mail_server.conversations) == ("to_print", 0)
    assert [kind for kind, _ in case.entries()] == ["notice_to_print"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"email": None}, "no_address"),
        ({"email": "änne@example.org"}, "address_not_ascii"),
        ({"text": "no_such_text"}, "text_unknown"),
        ({"matter": "contact"}, "notice_value_missing"),
    ],
)
def test_what_can_never_leave_fails_with_its_reason(
    changes: dict[str, Any], reason: str, sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store, **changes)
    answer = send(case, mail_server)
    assert (answer.outcome, answer.reason) == ("failed", reason)
    assert case.row().state == "failed"
    assert mail_server.taken == []


def test_an_erased_person_gets_nothing(store: Store, mail_server: MailServer) -> None:
    case = planned(store)
    with store.write() as session:
        store.keys.destroy(session, case.journey)
    answer = send(case, mail_server)
    assert (answer.outcome, answer.reason) == ("failed", "key_destroyed")
    assert (mail_server.taken, case.row().state) == ([], "failed")


def test_an_english_speaker_reads_english_and_others_german(
    sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store, language="en-GB")
    send(case, mail_server)
    mail = mail_server.taken[0].mail
    assert (mail["Subject"], mail["Content-Language"]) == ("Invitation to a talk", "en")
    assert (case.row().text_version or "").startswith("en:")


def test_without_a_checked_text_the_german_one_leaves(sqlite_store: Store, mail_server: MailServer) -> None:
    case = planned(sqlite_store, language="tr")
    send(case, mail_server)
    mail = mail_server.taken[0].mail
    assert (mail["Subject"], mail["Content-Language"]) == ("Einladung zu einem Gespräch", "de")


def test_the_mail_says_everything_and_its_head_names_nobody(
    sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store)
    send(case, mail_server)
    mail = mail_server.taken[0].mail
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    for part in (text.get_content(), html.get_content()):
        for words in (NAME, "Montag, 7. Dezember 2026, 10:30 Uhr", "Dies ist kein Bescheid."):
            assert words in part
    assert "Öztürk" not in str(mail["Subject"])
    assert mail["To"] == MAIL
    assert mail["Auto-Submitted"] == "auto-generated"
    (entry,) = mail.iter_attachments()
    calendar = entry.get_content()
    assert f"UID:{APPOINTMENT}" in calendar
    assert "DTSTART;TZID=Europe/Berlin:20261207T103000" in calendar
    assert "Öztürk" not in calendar


def test_a_demand_after_a_missed_appointment_names_its_day_and_has_no_calendar_entry(
    sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store, text="mit_01_1", rule="MIT-01", stage=1)
    assert send(case, mail_server).outcome == "sent"
    mail = mail_server.taken[0].mail
    body = mail.get_body(("plain",))
    assert body is not None
    assert "am Montag, 7. Dezember 2026 hatten wir einen Termin" in body.get_content()
    assert list(mail.iter_attachments()) == []


def test_the_address_of_the_moment_is_used(sqlite_store: Store, mail_server: MailServer) -> None:
    case = planned(sqlite_store)
    who = participants.identity(sqlite_store, case.journey)
    with sqlite_store.write() as session:
        new = who.model_copy(update={"email": "neu@example.org"})
        participants.change_identity(
            session, sqlite_store, case.journey, new=new, actor=case.house.case_worker
        )
    send(case, mail_server)
    assert mail_server.taken[0].recipient == "neu@example.org"
    assert clock.offset_s(sqlite_store) == 0
