"""How synthetic people arrive: registered as the desk does it, with ids drawn from the seed, and started."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import cast

from domain.calendar import at_berlin, berlin_day
from domain.calls import JourneyInput
from domain.events import Event, JourneyStarted
from gateway.relay import start_journey
from ops.simulate.agenda import Agenda
from ops.simulate.chance import Chance
from ops.simulate.mix import Life
from ops.simulate.parts import Office, Parts
from ops.simulate.play import Play
from store import clock, editions, ids, outbox, participants

PROGRAMME = "p2026_1"
LANGUAGES = ("de", "uk", "uk", "ar", "ar", "tr", "fa", "ti", "en")
# One life is led by the case worker without a deputy, so that everybody sees once what is said then (FOE-01).
WITHOUT_DEPUTY = 1
BEGIN = at_berlin(date(2027, 1, 4), time(8))


@dataclass(frozen=True)
class Arrival:
    """Who begins: the play of the life, the office that leads it, and the person's first event."""

    play: Play
    office: Office
    started: Event


def arrive(parts: Parts, life: Life, number: int, seed: int) -> Arrival:
    """Register one invented person; the same seed and number give the same ids and the same base data."""
    chance = Chance(f"{seed}/{number}")
    office = parts.offices[number % len(parts.offices)]
    t0 = berlin_day(BEGIN) - timedelta(days=chance.below(4))
    form = _form(office, chance, number=number, t0=t0)
    with ids.drawn_from(f"{seed}/{number}"), parts.store.write() as session:
        clock.set_to(session, BEGIN)
        _, journey = participants.register(session, parts.store, form)
        order = next(row for row in outbox.pending(session, 1000) if row.journey_id == journey)
        started = Event.model_validate(order.body["started"])
        outbox.done(session, cast("int", order.id))
    calendar, _ = editions.calendar(None)
    play = Play(journey, t0, life, chance, Agenda(calendar, BEGIN), stand_in=office.people["case_worker"])
    return Arrival(play, office, _at_begin(started))


def _form(office: Office, chance: Chance, *, number: int, t0: date) -> participants.Registration:
    language = chance.one_of(LANGUAGES)
    identity = {
        "name": f"Probe {number}",
        "birth_date": date(1960 + chance.below(45), 1 + chance.below(12), 1 + chance.below(28)),
        "email": f"probe{number}@example.org" if chance.happens(80) else None,
        "address": f"Probeweg {number}",
    }
    fields = {
        "form_id": f"simulated-{number:06d}",
        "actor": office.people["case_worker"],
        "office": office.id,
        "ags": office.ags,
        "t0": t0,
        "language": language,
        "interpreter": "not_needed" if language == "de" or chance.happens(30) else "needed",
        "reading": "does_not_read" if chance.happens(5) else "reads",
        "case_worker": office.people["colleague" if number == WITHOUT_DEPUTY else "case_worker"],
        "programme": PROGRAMME,
        "identity": identity,
    }
    return participants.Registration.model_validate(fields)


def _at_begin(started: Event) -> Event:
    """The first event as if it had been written at the beginning, whatever the real date."""
    body = cast("JourneyStarted", started.body).model_copy(update={"opened_on": berlin_day(BEGIN)})
    return started.model_copy(update={"recorded_at": BEGIN, "body": body})


async def start(parts: Parts, arrival: Arrival) -> int:
    """Start the journey at the beginning of simulated time; says by how many seconds its clock is shifted."""
    shift_s = round((BEGIN - clock.now(parts.store)).total_seconds())
    order = JourneyInput(
        journey=arrival.play.journey,
        office=arrival.office.id,
        clock_shift_s=shift_s,
        started=arrival.started,
    )
    await start_journey(parts.client, order)
    return shift_s


__all__ = ["BEGIN", "Arrival", "arrive", "start"]
