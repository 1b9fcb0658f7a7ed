"""Commands that put a record right, or in doubt: withdrawn, disputed, corrected; the old stays readable."""

from datetime import datetime

from domain import turned as t
from domain import turns
from domain.codes import AppointmentStatus
from domain.errors import Refusal
from domain.facts import AppointmentFact, ValueFact
from domain.handlers.registry import Draft, find, handles, not_in_future
from domain.journey import JourneyState, office_day

_ONCE_HELD = (AppointmentStatus.KEPT, AppointmentStatus.MISSED)


_Named = turns.WithdrawFact | turns.DisputeFact | turns.SettleDispute


def _value(state: JourneyState, named: _Named) -> ValueFact:
    """The value with this number; where an event brought several, the command says which."""
    same = [v for v in state.facts.values if v.seq == named.fact]
    if named.code is not None:
        same = [v for v in same if (v.code, v.about) == (named.code, named.about)]
    if not same:
        raise Refusal("unknown_subject", field="fact", id=str(named.fact))
    if len(same) > 1:
        raise Refusal("value_unclear", field="code", known=", ".join(v.code for v in same))
    found = same[0]
    if found.superseded:
        raise Refusal("already_settled", field="fact", state="superseded")
    return found


@handles("withdraw_fact")
def _withdraw(state: JourneyState, body: turns.WithdrawFact, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    v = _value(state, body)
    withdrawn = t.FactWithdrawn(fact=v.seq, code=v.code, about=v.about, reason=body.reason, on=body.on)
    return [(withdrawn, {})]


@handles("dispute_fact")
def _dispute(state: JourneyState, body: turns.DisputeFact, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    v = _value(state, body)
    if v.disputed:
        raise Refusal("already_settled", field="fact", state="disputed")
    return [(t.FactDisputed(fact=v.seq, code=v.code, about=v.about, by=body.by, on=body.on), {})]


@handles("settle_dispute")
def _settle(state: JourneyState, body: turns.SettleDispute, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    v = _value(state, body)
    if not v.disputed:
        raise Refusal("not_disputed", field="fact")
    settled = t.DisputeSettled(fact=v.seq, code=v.code, about=v.about, upheld=body.upheld, on=body.on)
    return [(settled, {})]


@handles("correct_appointment")
def _correct(state: JourneyState, body: turns.CorrectAppointment, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    found: AppointmentFact = find(state.facts.appointments, "appointment", body.appointment)
    if found.status == body.status:
        raise Refusal("already_settled", field="appointment", state=found.status)
    if found.settled_on is None:
        raise Refusal("nothing_to_correct", field="appointment")
    if body.status in _ONCE_HELD and office_day(found.start) > office_day(now):
        raise Refusal("too_early", field="appointment", start=found.start.isoformat())
    corrected = t.AppointmentCorrected(
        appointment=body.appointment, status=body.status, reason=body.reason, on=body.on
    )
    return [(corrected, {})]
