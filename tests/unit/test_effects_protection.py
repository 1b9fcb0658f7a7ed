"""Death and an address block: what waits is stopped at once, and the person is reached by a person only."""

from domain.codes import Purpose
from tests.support.decided import Decided, ident

APT = ident("apt")


def invited(*purposes: Purpose, **more: str) -> Decided:
    """An appointment is offered on a Saturday: the invitation waits for Monday."""
    life = Decided.start(**more).until("2027-01-15")
    life.allow(Purpose.CASEWORK, *purposes)
    life.until("2027-01-16", "19:00")
    offer = {"appointment": APT, "talk": "review", "interpreter": "requested"}
    life.do("offer_appointment", **offer, start="2027-02-10T10:00:00+01:00")
    life.until("2027-01-17", "20:00")
    return life


def planned(life: Decided) -> list[str]:
    """The channels of what was planned, in order."""
    return [str(body.channel) for body in life.found("notice_planned")]


def test_while_the_address_is_blocked_everything_is_said_in_person() -> None:
    life = invited(Purpose.EMAIL, email_address="known")
    assert life.do("block_address", on="2027-01-17") is None

    life.until("2027-02-10")

    assert {str(n.channel) for n in life.facts.notices if n.state != "lapsed"} == {"in_person"}
    assert "speak_in_person" in life.open_tasks()


def test_what_waits_lapses_from_that_second_and_somebody_is_to_say_it() -> None:
    """The reminder before the appointment is planned in the night for the next morning, and blocked before it."""
    life = invited(Purpose.EMAIL, email_address="known").until("2027-01-18", "07:59")
    waiting = [n.id for n in life.facts.notices if n.state == "planned"]

    life.do("block_address", on="2027-01-18")

    assert waiting
    assert [b.notice for b in life.found("notice_lapsed", reason="address_blocked")] == waiting
    assert "speak_in_person" in life.open_tasks()
    life.until("2027-02-28")
    assert {str(n.channel) for n in life.facts.notices if n.state == "sent"} == {"in_person"}


def test_after_the_block_is_lifted_new_letters_may_leave() -> None:
    life = invited()
    life.do("block_address", on="2027-01-17")
    alone = life.do("unblock_address", on="2027-01-17")
    life.do("unblock_address", day="2027-01-20", on="2027-01-20", approved=True)

    life.until("2027-01-21", "10:00")
    later = {"appointment": ident("apt", 2), "talk": "other", "interpreter": "requested"}
    life.do("offer_appointment", **later, start="2027-02-24T10:00:00+01:00")
    life.until("2027-01-29")

    assert alone is not None
    assert alone.code == "second_person_needed"
    assert planned(life)[-1] == "letter"


def test_death_stops_everything_and_leaves_no_task() -> None:
    life = invited(Purpose.EMAIL, email_address="known")
    assert life.do("close", reason="death", on="2027-01-17") is None

    life.until("2027-12-31")

    assert {n.state for n in life.facts.notices} <= {"lapsed"}
    assert life.open_tasks() == []
    assert [m for m in life.facts.matters if m.closed_on is None] == []
    assert life.wake_at is None


def test_a_withdrawal_recorded_by_closing_is_an_answer_too() -> None:
    life = invited()
    assert life.do("close", reason="consent_withdrawn", on="2027-01-17") is None

    assert not life.facts.allows(Purpose.CASEWORK)
    assert str(life.facts.closed_reason) == "consent_withdrawn"


def test_a_merged_duplicate_is_silent_and_stays_closed() -> None:
    life = invited()
    alone = life.do("merge_into", into=ident("jrn", 5), on="2027-01-17")
    assert life.do("merge_into", into=ident("jrn", 5), on="2027-01-17", approved=True) is None

    life.until("2027-12-31")

    assert alone is not None
    assert life.facts.merged_into == ident("jrn", 5)
    assert {n.state for n in life.facts.notices} <= {"lapsed"}
    refused = life.do("reopen", on="2027-12-31")
    assert refused is not None
    assert refused.code == "cannot_reopen"


def test_households_share_nothing() -> None:
    alone, together = invited(), invited()
    together.do("link_household", household=ident("hhd"), relation="adult", on="2027-01-17")

    for life in (alone, together):
        life.until("2027-04-30")

    acted = ("decision_made", "notice_planned", "task_opened")
    assert [e.body for e in alone.events if e.body.type in acted] == [
        e.body for e in together.events if e.body.type in acted
    ]
