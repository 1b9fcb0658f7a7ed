"""A notice is handed over by one attempt at a time, and a doubtful second copy says so."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from domain import events as e
from domain.errors import InvariantViolation, NotFound
from store import notices
from store.database import Store
from tests.store.decided import DAY, NOTICE, NOW, Life, notice
from tests.support.registered import OFFICE, an_id, house


@pytest.fixture
def life(store: Store) -> Life:
    planned = Life(store, house(store))
    planned.decide(notice())
    return planned


def claim(life: Life) -> notices.Claim:
    with life.store.write() as session:
        return notices.claim(session, NOTICE, NOW)


def settle(life: Life, outcome: notices.Settled, **more: object) -> None:
    with life.store.write() as session:
        notices.settle(session, NOTICE, outcome, now=NOW, **more)


def row(life: Life) -> notices.NoticeRow:
    with life.store.read() as session:
        return notices.get(session, NOTICE)


def test_a_notice_is_claimed_handed_over_and_settled(life: Life) -> None:
    assert claim(life).granted

    settle(life, "sent", text_version="step_soon.1")

    kept = row(life)
    assert (kept.state, kept.attempts, kept.possible_duplicate) == ("sent", 1, False)
    assert (kept.settled_at, kept.text_version, kept.reason) == (NOW, "step_soon.1", "ok")
    assert not claim(life).granted


def test_a_hand_over_that_never_reported_back_is_granted_again_as_a_possible_duplicate(life: Life) -> None:
    first = claim(life)

    second = claim(life)

    assert second.granted
    assert (second.row.attempts, second.row.possible_duplicate) == (2, True)
    assert second.row.message_id == first.row.message_id
    settle(life, "sent")
    assert row(life).possible_duplicate


def test_a_deferred_notice_is_granted_later_and_is_no_duplicate(life: Life) -> None:
    claim(life)
    settle(life, "deferred", reason="mail_away")

    again = claim(life)

    assert again.granted
    assert not again.row.possible_duplicate


@pytest.mark.parametrize("outcome", ["failed", "unknown", "to_print", "lapsed"])
def test_what_is_settled_for_good_is_not_handed_over_again(life: Life, outcome: notices.Settled) -> None:
    claim(life)
    settle(life, outcome, reason="no_such_address")

    assert not claim(life).granted


def test_a_sent_notice_is_never_unsent(life: Life) -> None:
    claim(life)
    settle(life, "sent")
    settle(life, "sent")

    with pytest.raises(InvariantViolation, match="notice_unsent"):
        settle(life, "failed")


def test_a_lapse_does_not_hide_what_has_left(life: Life) -> None:
    claim(life)

    life.decide(e.NoticeLapsed(notice=NOTICE, reason="settled", on=DAY))

    assert row(life).state == "handing_over"


def test_a_notice_planned_anew_before_it_left_waits_for_its_new_instant(life: Life) -> None:
    life.decide(notice(send_at=NOW + timedelta(days=1)))

    assert row(life).send_at == NOW + timedelta(days=1)


def test_of_many_claims_at_once_one_is_no_duplicate(life: Life) -> None:
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: claim(life), range(8)))

    assert sorted(found.row.attempts for found in claims) == list(range(1, 9))
    assert sum(not found.row.possible_duplicate for found in claims) == 1


def test_letters_wait_for_a_printer_in_their_own_office(life: Life) -> None:
    claim(life)
    settle(life, "to_print")

    with life.store.read() as session:
        assert [found.id for found in notices.to_print(session, office=OFFICE)] == [NOTICE]
        assert notices.to_print(session, office="off_elsewhere") == []


def test_what_should_have_left_and_did_not_is_found(life: Life) -> None:
    with life.store.read() as session:
        assert notices.overdue(session, NOW) == []
        assert [found.id for found in notices.overdue(session, NOW + timedelta(minutes=1))] == [NOTICE]
    claim(life)
    settle(life, "sent")
    with life.store.read() as session:
        assert notices.overdue(session, NOW + timedelta(minutes=1)) == []


def test_an_unknown_notice_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound), store.read() as session:
        notices.get(session, an_id("notice", "none"))
