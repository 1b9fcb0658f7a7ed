"""A journey on real parts, in virtual time: what people do, what then happens by itself, and what does not."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.calendar import BERLIN
from domain.commands import Command
from domain.errors import NotFound, Refusal
from store import ids
from store import notices as notice_rows
from tests.support.mail_server import MailServer
from tests.support.stage import BODY, Stage

BEGIN = datetime(2027, 1, 4, 8, 0, tzinfo=BERLIN)
MAIL = {"identity": {"email": "lina.probe@example.org"}}


def at(day: str, time: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=BERLIN)


async def offer(house: Stage, journey: str, start: datetime, talk: str = "first_talk") -> str:
    appointment = ids.new("appointment")
    await house.do(journey, "offer_appointment", appointment=appointment, talk=talk, start=start)
    return appointment


async def first_talk(house: Stage, journey: str, on: str, *, email: str = "given", **more: Any) -> None:
    settles = [
        {"kind": "take_consent", "purpose": "casework", "outcome": "given", "on": on},
        {"kind": "take_consent", "purpose": "email", "outcome": email, "on": on},
        {"kind": "record_step", "step": "first_talk", "on": on},
        *more.get("settles", ()),
    ]
    await house.do(journey, "record_talk", talk=ids.new("talk"), about="first_talk", on=on, settles=settles)


def promise(side: str, due: str, on: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "agree_commitment",
        "commitment": ids.new("commitment"),
        "side": side,
        "goal": "language",
        "due": due,
        "on": on,
        **more,
    }


def acted(house: Stage, journey: str) -> list[tuple[str, int, str]]:
    made = house.bodies(journey, "decision_made")
    return [(body["rule"], body["stage"], body["on"]) for body in made]


async def test_an_office_that_offers_nothing_hears_of_it_step_by_step(house: Stage) -> None:
    journey = await house.start(BEGIN)

    await house.until(journey, BEGIN + timedelta(days=45))

    raised = house.bodies(journey, "escalation_raised")
    # FOE-03 asks for an answer about consent on the same day; it tells the case worker, and raises nothing.
    consent = ("FOE-03", 1, "2027-02-01")
    assert [("FOE-02", 1, "2027-01-25"), ("FOE-02", 2, "2027-02-01"), consent] == acted(house, journey)
    assert [(r["level"], r["because"]) for r in raised] == [(1, "stage"), (2, "unanswered")]
    # Ten working days after 1 February the lead has not answered; the head hears of it on the day after.
    assert raised[1]["on"] == "2027-02-16"


async def test_an_answer_with_a_date_silences_the_matter_until_then(house: Stage) -> None:
    journey = await house.start(BEGIN)
    await house.until(journey, at("2027-02-02"))
    matter = house.facts(journey).matters[0]

    await house.do(
        journey,
        "answer_escalation",
        escalation=matter.id,
        answer="extend",
        on="2027-02-02",
        until="2027-03-01",
    )
    await house.until(journey, at("2027-03-01", "18:00"))
    silent = house.facts(journey).matters[0].level
    await house.until(journey, at("2027-03-02", "18:00"))

    assert silent == 1
    assert house.facts(journey).matters[0].level == 2


async def test_a_matter_closes_when_its_cause_is_gone_and_says_so(house: Stage) -> None:
    journey = await house.start(BEGIN)
    await house.until(journey, at("2027-02-02"))

    await first_talk(house, journey, "2027-02-02")

    closed = house.bodies(journey, "escalation_closed")
    assert [c["reason"] for c in closed] == ["cause_gone"]
    assert all(t.closed_on for t in house.facts(journey).tasks if t.rule == "FOE-02")


async def test_before_consent_an_invitation_is_a_letter_and_no_mail_leaves(
    house: Stage, mail_server: MailServer
) -> None:
    journey = await house.start(BEGIN, **MAIL)

    await offer(house, journey, at("2027-01-18"))
    await house.until(journey, at("2027-01-19"))

    channels = {n.channel for n in house.facts(journey).notices}
    assert channels == {"letter"}
    assert mail_server.taken == []
    # The letter waits on the page of the letters; it is no task of the case.
    assert "print_letter" not in {t.what for t in house.facts(journey).tasks}


async def test_a_cancelled_appointment_needs_no_letter_and_no_hands(
    house: Stage, mail_server: MailServer
) -> None:
    journey = await house.start(BEGIN)
    await house.until(journey, at("2027-01-08", "19:00"))
    appointment = await offer(house, journey, at("2027-01-25"))
    await house.until(journey, at("2027-01-08", "19:30"))

    await house.do(journey, "cancel_appointment", appointment=appointment, by="participant")
    await house.until(journey, at("2027-01-11"))

    facts = house.facts(journey)
    assert {n.state for n in facts.notices} == {"lapsed"}
    assert all(t.closed_on for t in facts.tasks if t.what == "explain_in_language")


async def test_with_consent_an_appointment_is_announced_and_recalled_by_mail_at_office_hours(
    house: Stage, mail_server: MailServer
) -> None:
    journey = await house.start(BEGIN, **MAIL)
    await house.until(journey, at("2027-01-08"))
    await first_talk(house, journey, "2027-01-08")

    # Friday evening: the invitation waits for Saturday morning; Sunday and Epiphany never see a mail.
    await house.until(journey, at("2027-01-08", "20:00"))
    await offer(house, journey, at("2027-01-25"), "review")
    await house.until(journey, at("2027-01-26"))

    sent = [n for n in house.facts(journey).notices if n.state == "sent"]
    times = [n.send_at.astimezone(BERLIN) for n in sent]
    assert [n.text for n in sent] == [
        "appointment_invitation",
        "appointment_reminder",
        "appointment_reminder",
    ]
    assert [str(t.date()) for t in times] == ["2027-01-09", "2027-01-18", "2027-01-23"]
    assert all(8 <= t.hour < 18 for t in times)
    assert len({m.message_id for m in mail_server.taken}) == len(mail_server.taken) == 3


async def test_a_demand_waits_for_the_offices_own_promise_and_its_clock_stands_still_meanwhile(
    house: Stage,
) -> None:
    journey = await house.start(BEGIN, **MAIL)
    await house.until(journey, at("2027-01-11"))
    theirs = promise("participant", "2027-01-20", "2027-01-11")
    ours = promise("office", "2027-02-01", "2027-01-11", twin=theirs["commitment"])
    await first_talk(house, journey, "2027-01-11", settles=[theirs, ours])

    await house.until(journey, at("2027-02-10"))
    before = [a for a in acted(house, journey) if a[0] == "MIT-08"]
    await house.do(journey, "keep_commitment", commitment=ours["commitment"], on="2027-02-10")
    await house.until(journey, at("2027-02-18"))

    after = [a for a in acted(house, journey) if a[0] == "MIT-08"]
    assert before == []
    assert [(rule, stage) for rule, stage, _ in after] == [("MIT-08", 1)]
    assert after[0][2] >= "2027-02-12"


async def test_a_pause_silences_demands_and_not_the_offices_own_promises(house: Stage) -> None:
    journey = await house.start(BEGIN, **MAIL)
    await house.until(journey, at("2027-01-11"))
    settles = [
        promise("participant", "2027-01-20", "2027-01-11"),
        promise("office", "2027-01-20", "2027-01-11"),
    ]
    settles[1]["goal"] = "housing"
    await first_talk(house, journey, "2027-01-11", settles=settles)
    await house.do(journey, "pause", pause=ids.new("pause"), reason="illness", start="2027-01-12")

    await house.until(journey, at("2027-02-20"))

    rules = {rule for rule, _, _ in acted(house, journey)}
    assert "FOE-05" in rules
    assert not {rule for rule in rules if rule.startswith("MIT")}


@pytest.mark.parametrize(("outcome", "reason"), [("refused", "consent_refused")])
async def test_refusing_consent_is_a_valid_end(house: Stage, outcome: str, reason: str) -> None:
    journey = await house.start(BEGIN)
    await house.until(journey, at("2027-01-20"))

    await house.do(journey, "take_consent", purpose="casework", outcome=outcome, on="2027-01-20")
    await house.until(journey, at("2027-03-20"))

    facts = house.facts(journey)
    assert facts.closed_reason == reason
    assert acted(house, journey) == []
    assert house.types(journey).count("journey_closed") == 1


async def test_after_a_death_nothing_leaves_the_house(house: Stage, mail_server: MailServer) -> None:
    journey = await house.start(BEGIN, **MAIL)
    await house.until(journey, at("2027-01-11"))
    await first_talk(house, journey, "2027-01-11")
    await house.until(journey, at("2027-01-15", "19:00"))
    await offer(house, journey, at("2027-01-25"), "review")

    await house.do(journey, "close", reason="death", on="2027-01-15")
    await house.until(journey, at("2027-02-01"))

    assert mail_server.taken == []
    assert {n.state for n in house.facts(journey).notices} <= {"lapsed"}


async def test_the_same_command_twice_acts_once_also_across_a_roll_over(house: Stage) -> None:
    journey = await house.start(BEGIN, rollover_events=5)
    command = Command(
        command_id=ids.new("command"),
        actor=house.worker_id,
        role="case_worker",
        body=BODY.validate_python({"kind": "record_contact", "contact": "call", "on": "2027-01-04"}),
    )

    first = await house.gateway.execute(journey, command, wait_s=20)
    first_run = (await house.handle(journey).describe()).run_id
    for _ in range(100):
        if (await house.handle(journey).describe()).run_id != first_run:
            break
        await asyncio.sleep(0.1)
    again = await house.gateway.execute(journey, command, wait_s=20)

    assert (await house.handle(journey).describe()).run_id != first_run
    assert again == first
    assert house.types(journey).count("contact_recorded") == 1


async def test_a_refused_command_changes_nothing_and_names_the_reason(house: Stage) -> None:
    journey = await house.start(BEGIN)

    with pytest.raises(Refusal) as refusal:
        await house.do(
            journey, "record_fact", code="course_entitlement", value="duty", valid_from="2027-01-04"
        )

    await house.quiet(journey)
    assert (refusal.value.code, refusal.value.params["field"]) == ("consent_missing", "course_entitlement")
    assert house.types(journey) == ["journey_started"]


async def test_nothing_ends_by_time_alone_and_a_closed_journey_ends_after_care_by_itself(
    house: Stage,
) -> None:
    journey = await house.start(BEGIN)
    await house.until(journey, at("2027-01-11"))
    await first_talk(house, journey, "2027-01-11", email="refused")

    await house.until(journey, at("2029-01-20"))
    still_open = house.facts(journey)
    await house.do(journey, "close", reason="term_ended", on="2029-01-20")
    await house.until(journey, at("2029-06-01"))

    assert still_open.closed_on is None
    assert "end_of_term" in {t.what for t in still_open.tasks}
    assert not [a for a in acted(house, journey) if a[0].startswith("MIT-0") and a[2] > "2029-01-04"]
    assert house.facts(journey).closed_on == date(2029, 1, 20)
    with pytest.raises(NotFound):
        await house.do(journey, "reopen", on="2029-01-20")


async def test_a_mail_server_that_is_down_for_a_while_loses_nothing(
    house: Stage, mail_server: MailServer
) -> None:
    journey = await house.start(BEGIN, **MAIL)
    await house.until(journey, at("2027-01-11"))
    await first_talk(house, journey, "2027-01-11")
    await asyncio.to_thread(mail_server.stop)
    await offer(house, journey, at("2027-02-01"), "review")
    await house.until(journey, at("2027-01-11", "16:30"))
    waiting = house.facts(journey).notices[0].state
    await asyncio.to_thread(mail_server.start)
    await house.until(journey, at("2027-01-12", "12:00"))

    with house.store.read() as session:
        row = notice_rows.get(session, house.facts(journey).notices[0].id)
    assert waiting == "deferred"
    assert (row.state, row.possible_duplicate) == ("sent", False)
    assert [m.message_id for m in mail_server.taken] == [row.message_id]
