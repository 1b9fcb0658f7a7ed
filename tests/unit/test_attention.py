"""The budget of attention: a case worker is asked once, not for each sheet of paper, and nothing gets lost by it."""

from datetime import date

import pytest

from activities.found import look
from domain.calendar import berlin_day
from domain.office_facts import OfficeFacts
from store import editions, notices
from store.database import Store
from store.findings import note
from tests.store.decided import NOTICE, NOW, Life, notice
from tests.support.decided import Decided, ident
from tests.support.registered import OFFICE, house
from tests.support.stores import sqlite_store

__all__ = ["sqlite_store"]
ONE, TWO = ident("apt", 1), ident("apt", 2)


def life(**more: str) -> Decided:
    """Somebody for whom no checked text exists in their language, after the first days."""
    begun = Decided.start(programme="p2026_1", interpreter="not_needed", **more).until("2027-02-01", "10:00")
    begun.allow()
    return begun.until("2027-02-02", "10:00")


def offered(begun: Decided, appointment: str, start: str, talk: str = "other") -> None:
    refused = begun.do(
        "offer_appointment", appointment=appointment, talk=talk, start=f"{start}T10:00:00+01:00"
    )
    assert refused is None, refused


def done(begun: Decided, what: str) -> None:
    """Everything of a kind that is open is done today."""
    for task in begun.facts.tasks:
        if task.what == what and task.closed_on is None:
            assert begun.do("complete_task", task=task.id, on=begun.today) is None


def explained(begun: Decided, matter: str = "") -> list[str]:
    found = begun.found("task_opened", what="explain_in_language")
    return [task.on.isoformat() for task in found if matter in task.subject]


def test_an_appointment_is_explained_once_and_not_again_for_its_reminders() -> None:
    begun = life()
    offered(begun, ONE, "2027-03-01")
    begun.until("2027-02-05")
    done(begun, "explain_in_language")
    begun.until("2027-03-01")

    texts = [n.text for n in begun.found("notice_planned", matter=f"appointment/{ONE}")]
    assert texts == ["appointment_invitation", "appointment_reminder", "appointment_reminder"]
    assert explained(begun) == ["2027-02-02"]


def test_one_conversation_explains_what_has_come_up_until_then() -> None:
    begun = life()
    offered(begun, ONE, "2027-03-01")
    begun.until("2027-02-04", "10:00")
    offered(begun, TWO, "2027-03-08")
    begun.until("2027-02-06")

    assert explained(begun) == ["2027-02-02"]


def test_what_leaned_on_an_explanation_that_goes_gets_its_own() -> None:
    begun = life()
    offered(begun, ONE, "2027-03-01")
    begun.until("2027-02-04", "10:00")
    offered(begun, TWO, "2027-03-08")
    begun.until("2027-02-05", "10:00")
    begun.do("confirm_appointment", appointment=ONE)

    assert explained(begun, TWO) == ["2027-02-05"]
    assert [t.subject for t in begun.facts.tasks if t.closed_on is None and "explain" in t.what] == [
        f"appointment/{TWO}"
    ]


@pytest.mark.parametrize(("contact", "asked"), [("call", 0), ("attempt", 1), ("message", 1)])
def test_what_was_arranged_by_voice_needs_no_explanation(contact: str, asked: int) -> None:
    begun = life()
    begun.do("record_contact", contact=contact, on="2027-02-02")
    offered(begun, ONE, "2027-03-01")
    begun.until("2027-02-27")

    assert len(explained(begun)) == asked


def test_a_new_date_of_an_appointment_that_was_arranged_by_voice_is_explained() -> None:
    begun = life()
    begun.do("record_contact", contact="call", on="2027-02-02")
    offered(begun, ONE, "2027-03-01")
    begun.until("2027-02-09", "10:00")
    begun.do("move_appointment", appointment=ONE, start="2027-03-15T10:00:00+01:00", by="office")
    begun.until("2027-02-12")

    assert len(explained(begun)) == 1


@pytest.mark.parametrize(("talk", "asked"), [(True, 0), (False, 1)])
def test_the_reminder_of_a_promise_that_a_talk_agreed_was_understood(talk: bool, asked: int) -> None:
    begun = life()
    if talk:
        begun.do("record_talk", talk=ident("tlk"), about="other", on="2027-02-02")
    fields = {"commitment": ident("com"), "side": "participant", "goal": "work", "due": "2027-03-01"}
    assert begun.do("agree_commitment", **fields, on="2027-02-02") is None
    begun.until("2027-02-27")

    assert len(begun.found("notice_planned", text="commitment_reminder")) == 1
    assert len(explained(begun)) == asked


def test_a_letter_opens_no_task() -> None:
    begun = life()
    offered(begun, ONE, "2027-03-01")
    begun.until("2027-02-27")

    assert {n.channel for n in begun.facts.notices} == {"letter"}
    assert begun.found("task_opened", what="print_letter") == []


def test_a_letter_that_nobody_prints_is_told_of_once_after_two_working_days(sqlite_store: Store) -> None:
    planned = Life(sqlite_store, house(sqlite_store))
    planned.decide(notice())
    calendar, _ = editions.calendar(None)
    laid_out = berlin_day(NOW)
    late = calendar.add_working_days(laid_out, 3)
    with sqlite_store.write() as session:
        notices.claim(session, NOTICE, NOW)
        notices.settle(session, NOTICE, "to_print", now=NOW)

    def unprinted(day: date) -> list[str]:
        with sqlite_store.write() as session:
            found = look(session, OfficeFacts(office=OFFICE), day, calendar=calendar).unprinted
            for one in found:
                note(session, OFFICE, one, on=day, at=NOW)
        return [one.subject for one in found]

    assert unprinted(calendar.add_working_days(laid_out, 2)) == []
    assert unprinted(late) == [f"notice/{NOTICE}"]
    assert unprinted(calendar.add_working_days(late, 1)) == []


def test_the_person_is_spoken_to_once_about_an_appointment() -> None:
    begun = life(reading="does_not_read")
    offered(begun, ONE, "2027-03-01")
    begun.until("2027-02-05")
    done(begun, "speak_in_person")
    begun.until("2027-02-27")

    assert begun.days_of("task_opened", what="speak_in_person") == ["2027-02-02"]


def due(begun: Decided, step: str) -> list[str]:
    return begun.days_of("task_opened", what="step_due", subject=f"step/{step}")


def test_a_step_is_due_once_and_not_for_each_mark_before_its_date() -> None:
    begun = life().until("2027-06-14")
    done(begun, "step_due")
    begun.until("2027-07-03")

    assert len(due(begun, "half_year_review/1")) == 1


def test_a_step_whose_talk_is_offered_asks_for_nothing_until_the_talk_falls_through() -> None:
    begun = life().until("2027-06-01", "10:00")
    offered(begun, ONE, "2027-06-22", "review")
    begun.until("2027-06-21")
    stood = due(begun, "half_year_review/1")
    begun.do("miss_appointment", day="2027-06-22", appointment=ONE, on="2027-06-22")
    begun.until("2027-06-25")

    assert (stood, due(begun, "half_year_review/1")) == ([], ["2027-06-22"])


def test_any_talk_before_its_date_serves_a_step_that_has_none_of_its_own() -> None:
    begun = life()
    offered(begun, ONE, "2027-02-24", "other")
    begun.until("2027-02-23")
    stood = due(begun, "course_entitlement")
    begun.do("miss_appointment", day="2027-02-24", appointment=ONE, on="2027-02-24")
    begun.until("2027-02-26")

    assert (stood, due(begun, "course_entitlement")) == ([], ["2027-02-24"])


def test_what_a_rule_has_asked_for_is_not_asked_for_again_by_the_step() -> None:
    begun = life().until("2027-02-20", "10:00")
    begun.do("record_talk", talk=ident("tlk"), about="review", on="2027-02-20")
    begun.do("record_step", step="half_year_review/1", on="2027-02-20")
    begun.until("2027-12-31")

    rules = begun.days_of("task_opened", rule="FOE-14")
    assert rules[0] < "2027-12-14"
    assert due(begun, "half_year_review/2") == []


def test_an_appointment_is_asked_about_after_the_working_day_that_is_there_to_note_it() -> None:
    begun = life()
    offered(begun, ONE, "2027-02-19")  # a Friday
    begun.until("2027-02-26")

    assert begun.days_of("task_opened", what="settle_appointment") == ["2027-02-23"]


def test_a_reminder_that_finds_no_day_is_no_task_for_the_date_was_said() -> None:
    begun = life(language="de")
    for number, start in enumerate(("2027-02-18", "2027-02-19", "2027-02-22", "2027-02-23"), 1):
        offered(begun, ident("apt", number), start)
    begun.until("2027-02-24")

    told = {n.matter for n in begun.facts.notices if n.state != "lapsed"}
    asked = {t.subject for t in begun.facts.tasks if t.what == "speak_in_person"}
    assert told
    assert told.isdisjoint(asked)
    assert told | asked == {f"appointment/{ident('apt', n)}" for n in range(1, 5)}


def promised(begun: Decided, number: int, on: str, *, until: str) -> None:
    fields = {"commitment": ident("com", number), "side": "participant", "goal": "work", "due": until}
    assert begun.do("agree_commitment", day=on, **fields, on=on) is None


def silent_for_months() -> Decided:
    """Nobody has heard of the person since 2 February; four promises of then fall due one after the other."""
    begun = life(language="de")
    begun.do("record_contact", contact="call", on="2027-02-02")
    for number, until in enumerate(("2027-03-01", "2027-04-05", "2027-05-10", "2027-06-14"), 1):
        promised(begun, number, "2027-02-02", until=until)
    return begun.until("2027-07-15")


def test_who_is_silent_is_written_to_four_times_and_then_sought_by_a_person() -> None:
    begun = silent_for_months()

    assert len(begun.found("notice_planned")) == 4
    asked = {(body.rule, body.subject, body.on) for body in begun.found("task_opened")}
    for made in begun.found("decision_made", outcome="remind"):
        written = begun.found("notice_planned", rule=made.rule, matter=made.subject, stage=made.stage)
        spoken = {(None, made.subject, made.on), (made.rule, made.subject, made.on)} & asked
        assert written or spoken, made


def test_an_invitation_leaves_also_after_four_unanswered_words_and_its_reminders_do_not() -> None:
    begun = silent_for_months()
    offered(begun, ONE, "2027-08-16")
    begun.until("2027-08-16")

    texts = [body.text for body in begun.found("notice_planned", matter=f"appointment/{ONE}")]
    assert texts == ["appointment_invitation"]


def test_a_sign_of_life_opens_the_post_again() -> None:
    begun = silent_for_months()
    begun.do("record_contact", contact="message", on="2027-07-15")
    promised(begun, 9, "2027-07-16", until="2027-08-16")
    begun.until("2027-08-16")

    assert len(begun.found("notice_planned", matter=f"commitment/{ident('com', 9)}")) == 1


@pytest.mark.parametrize(("start", "reminders"), [("2027-02-12", 1), ("2027-02-17", 2)])
def test_a_week_before_is_only_said_of_an_invitation_that_is_a_week_old(start: str, reminders: int) -> None:
    begun = life(language="de")
    offered(begun, ONE, start)
    begun.until(start)

    assert len(begun.found("notice_planned", text="appointment_reminder")) == reminders
