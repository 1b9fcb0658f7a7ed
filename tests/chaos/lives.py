"""Two short lives with everything that must not get lost: three reminders by mail, one matter up to the head."""

from datetime import datetime

from domain.calendar import BERLIN, berlin_day
from store import ids
from tests.chaos.site import Site

BEGIN = datetime(2027, 1, 4, 8, 0, tzinfo=BERLIN)
QUIET = datetime(2027, 2, 20, 8, 0, tzinfo=BERLIN)
MAIL = {"name": "Lina Probe", "email": "lina.probe@example.org"}
INVITED = datetime(2027, 1, 8, 20, 0, tzinfo=BERLIN)
"""Friday evening: what is offered now leaves on Saturday morning."""
MAILS_ON = ["2027-01-09", "2027-01-18", "2027-01-23"]
MATTERS = [(1, "stage"), (2, "unanswered")]


def at(day: str, time: str = "10:00") -> datetime:
    """An instant on Berlin clocks."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=BERLIN)


async def invited(site: Site) -> str:
    """Somebody with consent and an appointment on 25 January, one evening before the first mail."""
    journey = await site.stage.start(BEGIN, identity=MAIL)
    await site.carry(journey, at("2027-01-08"))
    on = "2027-01-08"
    settles = [
        {"kind": "take_consent", "purpose": "casework", "outcome": "given", "on": on},
        {"kind": "take_consent", "purpose": "email", "outcome": "given", "on": on},
        {"kind": "record_step", "step": "first_talk", "on": on},
    ]
    talk = ids.new("talk")
    await site.do(journey, "record_talk", talk=talk, about="first_talk", on=on, settles=settles)
    await site.carry(journey, INVITED)
    appointment = ids.new("appointment")
    start = at("2027-01-25")
    await site.do(journey, "offer_appointment", appointment=appointment, talk="review", start=start)
    return journey


async def neglected(site: Site) -> str:
    """Somebody to whom the office offers nothing."""
    return await site.stage.start(BEGIN)


def mailed_on(site: Site, journey: str) -> list[str]:
    """The days for which mails of a journey were sent."""
    notices = site.stage.facts(journey).notices
    sent = [n for n in notices if n.state == "sent" and n.channel == "email"]
    return sorted(berlin_day(n.send_at).isoformat() for n in sent)


def matters(site: Site, journey: str) -> list[tuple[int, str]]:
    """How a journey's matter rose."""
    raised = site.stage.bodies(journey, "escalation_raised")
    return [(body["level"], body["because"]) for body in raised]
