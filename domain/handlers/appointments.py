"""Commands around appointments and talks."""

from datetime import datetime

from domain import commands as c
from domain import events as e
from domain.codes import (
    OPEN_APPOINTMENT,
)
from domain.errors import Refusal
from domain.facts import AppointmentFact
from domain.handlers.registry import Draft, expect_new, find, handles, not_in_future
from domain.journey import JourneyState, office_day


@handles("offer_appointment")
def _offer(state: JourneyState, body: c.OfferAppointment, now: datetime) -> list[Draft]:
    expect_new(state.facts.appointments, "appointment", body.appointment)
    expect_ahead(body.start, now)
    offered = e.AppointmentOffered(
        appointment=body.appointment,
        talk=body.talk,
        start=body.start,
        offered_on=office_day(now),
        place=body.place,
        interpreter=body.interpreter,
        invited_in_language=body.invited_in_language,
    )
    return [(offered, {})]


def expect_ahead(start: datetime, now: datetime) -> None:
    """Refuse a start that has passed."""
    if start <= now:
        raise Refusal("start_in_past", field="start", start=start.isoformat())


def open_appointment(state: JourneyState, id_: str) -> AppointmentFact:
    """The appointment, if it is still open."""
    found = find(state.facts.appointments, "appointment", id_)
    if found.status not in OPEN_APPOINTMENT:
        raise Refusal("already_settled", field="appointment", state=found.status)
    return found


@handles("confirm_appointment")
def _confirm(state: JourneyState, body: c.ConfirmAppointment, _: datetime) -> list[Draft]:
    open_appointment(state, body.appointment)
    return [(e.AppointmentConfirmed(appointment=body.appointment), {})]


@handles("move_appointment")
def _move(state: JourneyState, body: c.MoveAppointment, now: datetime) -> list[Draft]:
    open_appointment(state, body.appointment)
    expect_ahead(body.start, now)
    moved = e.AppointmentMoved(
        appointment=body.appointment, start=body.start, offered_on=office_day(now), by=body.by
    )
    return [(moved, {})]


@handles("cancel_appointment")
def _cancel(state: JourneyState, body: c.CancelAppointment, now: datetime) -> list[Draft]:
    appointment = open_appointment(state, body.appointment)
    if appointment.start <= now:
        raise Refusal("too_late_to_cancel", field="appointment", start=appointment.start.isoformat())
    cancelled = e.AppointmentCancelled(appointment=body.appointment, by=body.by, on=office_day(now))
    return [(cancelled, {})]


def expect_begun(appointment: AppointmentFact, now: datetime) -> None:
    """Refuse what can only be known once the day of the appointment has come."""
    if office_day(appointment.start) > office_day(now):
        raise Refusal("too_early", field="appointment", start=appointment.start.isoformat())


@handles("keep_appointment")
def _keep(state: JourneyState, body: c.KeepAppointment, now: datetime) -> list[Draft]:
    expect_begun(open_appointment(state, body.appointment), now)
    not_in_future("on", body.on, now)
    return [(e.AppointmentKept(appointment=body.appointment, on=body.on), {})]


@handles("miss_appointment")
def _miss(state: JourneyState, body: c.MissAppointment, now: datetime) -> list[Draft]:
    appointment = open_appointment(state, body.appointment)
    if appointment.start > now:
        raise Refusal("too_early", field="appointment", start=appointment.start.isoformat())
    # A no-show belongs to the day of the appointment, whenever a person gets round to recording it.
    return [(e.AppointmentMissed(appointment=body.appointment, on=office_day(appointment.start)), {})]


@handles("set_interpreter")
def _set_interpreter(state: JourneyState, body: c.SetInterpreter, _: datetime) -> list[Draft]:
    find(state.facts.appointments, "appointment", body.appointment)
    return [(e.InterpreterSet(appointment=body.appointment, interpreter=body.interpreter), {})]


@handles("record_talk")
def _talk(state: JourneyState, body: c.RecordTalk, now: datetime) -> list[Draft]:
    expect_new(state.facts.talks, "talk", body.talk)
    not_in_future("on", body.on, now)
    drafts: list[Draft] = []
    if body.appointment is not None:
        expect_begun(open_appointment(state, body.appointment), now)
        drafts.append((e.AppointmentKept(appointment=body.appointment, on=body.on), {}))
    held = e.TalkHeld(talk=body.talk, about=body.about, on=body.on, appointment=body.appointment)
    return [*drafts, (held, {})]
