"""A life on the whole house that touches most of what a workflow does: half a year in a few seconds."""

from datetime import datetime, timedelta
from typing import Any

from domain.calendar import BERLIN
from store import ids
from tests.support.stage import Stage

BEGIN = datetime(2027, 1, 4, 8, 0, tzinfo=BERLIN)
MAIL = {"name": "Quirina Zwölfender", "email": "quirina.zwoelfender@example.org"}


def at(day: str, time: str = "10:00") -> datetime:
    """An instant on Berlin clocks."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=BERLIN)


async def half_a_year(house: Stage) -> str:
    """Talks, promises, notices, escalations, a pause and several roll-overs; the journey stays open."""
    journey = await house.start(BEGIN, rollover_events=80, identity=MAIL)
    await house.until(journey, at("2027-02-02"))
    matter = house.facts(journey).matters[0]
    until = {"on": "2027-02-02", "until": "2027-02-10"}
    await house.do(journey, "answer_escalation", escalation=matter.id, answer="extend", **until)
    await _first_talk(house, journey, "2027-02-08")
    await _appointment(house, journey)
    await house.do(journey, "pause", pause=ids.new("pause"), reason="illness", start="2027-03-22")
    await house.until(journey, at("2027-04-06"))
    await house.do(journey, "resume", on="2027-04-06")
    await house.until(journey, at("2027-06-30"))
    return journey


async def _first_talk(house: Stage, journey: str, on: str) -> None:
    await house.until(journey, at(on))
    theirs = _promise("participant", "2027-02-22", on)
    ours = _promise("office", "2027-03-01", on, twin=theirs["commitment"])
    settles = [
        {"kind": "take_consent", "purpose": "casework", "outcome": "given", "on": on},
        {"kind": "take_consent", "purpose": "email", "outcome": "given", "on": on},
        {"kind": "record_step", "step": "first_talk", "on": on},
        theirs,
        ours,
    ]
    await house.do(journey, "record_talk", talk=ids.new("talk"), about="first_talk", on=on, settles=settles)
    await house.until(journey, at("2027-03-03"))
    await house.do(journey, "keep_commitment", commitment=ours["commitment"], on="2027-03-03")


async def _appointment(house: Stage, journey: str) -> None:
    start, appointment = at("2027-03-15"), ids.new("appointment")
    await house.do(journey, "offer_appointment", appointment=appointment, talk="review", start=start)
    await house.until(journey, start + timedelta(hours=6))
    await house.do(journey, "miss_appointment", appointment=appointment, on="2027-03-15")
    await house.until(journey, at("2027-03-22"))


def _promise(side: str, due: str, on: str, **more: Any) -> dict[str, Any]:
    fields = {"kind": "agree_commitment", "commitment": ids.new("commitment"), "goal": "language"}
    return {**fields, "side": side, "due": due, "on": on, **more}


async def to_the_end(house: Stage, journey: str) -> None:
    """Close the journey and make the follow-up call: the workflow ends."""
    await house.do(journey, "close", approved_by="vogt", reason="moved_away", on="2027-06-30")
    await house.until(journey, at("2027-07-20"))
    await house.do(journey, "record_follow_up", on="2027-07-20")
    await house.handle(journey).result()
