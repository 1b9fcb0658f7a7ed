"""How each event changes the facts of a journey, and which subject's revision it raises."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from domain import events as e
from domain.codes import Answer, AppointmentStatus, Interpreter
from domain.facts import (
    AppointmentFact,
    CaseFacts,
    CommitmentFact,
    ConsentFact,
    ContactFact,
    ExcuseFact,
    MatterFact,
    NoticeFact,
    PauseFact,
    SpokenFact,
    StepFact,
    TalkFact,
    TaskFact,
    ValueFact,
)
from domain.model import Wire

Fold = Callable[[CaseFacts, e.Event, Any], CaseFacts]
Entry = TypeVar("Entry", bound=Wire)
# A mail server that has refused six tries is left alone for an hour.
NEXT_TRY = timedelta(hours=1)
FOLDS: dict[type[Wire], Fold] = {}


def _folds(body: type[Wire]) -> Callable[[Fold], Fold]:
    def register(fold_one: Fold) -> Fold:
        FOLDS[body] = fold_one
        return fold_one

    return register


def fold(facts: CaseFacts, event: e.Event) -> CaseFacts:
    """The facts after one event; an event that tells nothing new leaves them as they are."""
    return FOLDS[type(event.body)](facts, event, event.body)


def _with(facts: CaseFacts, **update: object) -> CaseFacts:
    return facts.model_copy(update=update)


def _changed(entries: tuple[Entry, ...], id_: str, **update: object) -> tuple[Entry, ...]:
    return tuple(x.model_copy(update=update) if getattr(x, "id", None) == id_ else x for x in entries)


@_folds(e.JourneyStarted)
def _started(facts: CaseFacts, event: e.Event, body: e.JourneyStarted) -> CaseFacts:
    known = {
        "interpreter": body.interpreter,
        "email_address": body.email_address,
        "reading": body.reading,
    }
    values = tuple(
        ValueFact(
            seq=event.seq,
            code=code,
            value=value,
            valid_from=body.t0,
            recorded_on=body.opened_on,
            source="start",
        )
        for code, value in known.items()
    )
    return _with(facts, values=values)


@_folds(e.ConsentTaken)
def _consent(facts: CaseFacts, event: e.Event, body: e.ConsentTaken) -> CaseFacts:
    on = event.valid_from or facts.opened_on
    entry = ConsentFact(purpose=body.purpose, outcome=body.outcome, on=on, fields=body.fields)
    return _with(facts, consents=(*facts.consents, entry))


@_folds(e.AppointmentOffered)
def _offered(facts: CaseFacts, _: e.Event, body: e.AppointmentOffered) -> CaseFacts:
    entry = AppointmentFact(
        id=body.appointment,
        talk=body.talk,
        start=body.start,
        offered_on=body.offered_on,
        interpreter=body.interpreter,
        invited_in_language=body.invited_in_language,
    )
    return _with(facts, appointments=(*facts.appointments, entry))


def _appointment(facts: CaseFacts, id_: str, **update: object) -> CaseFacts:
    return _with(facts, appointments=_changed(facts.appointments, id_, **update))


@_folds(e.AppointmentConfirmed)
def _confirmed(facts: CaseFacts, _: e.Event, body: e.AppointmentConfirmed) -> CaseFacts:
    return _appointment(facts, body.appointment, status=AppointmentStatus.CONFIRMED)


@_folds(e.AppointmentMoved)
def _moved(facts: CaseFacts, _: e.Event, body: e.AppointmentMoved) -> CaseFacts:
    new = {"start": body.start, "offered_on": body.offered_on, "status": AppointmentStatus.OFFERED}
    return _appointment(facts, body.appointment, **new)


@_folds(e.AppointmentCancelled)
def _cancelled(facts: CaseFacts, _: e.Event, body: e.AppointmentCancelled) -> CaseFacts:
    new = {"status": AppointmentStatus.CANCELLED, "cancelled_by": body.by, "settled_on": body.on}
    return _appointment(facts, body.appointment, **new)


@_folds(e.AppointmentKept)
def _kept(facts: CaseFacts, _: e.Event, body: e.AppointmentKept) -> CaseFacts:
    return _appointment(facts, body.appointment, status=AppointmentStatus.KEPT, settled_on=body.on)


@_folds(e.AppointmentMissed)
def _missed(facts: CaseFacts, _: e.Event, body: e.AppointmentMissed) -> CaseFacts:
    return _appointment(facts, body.appointment, status=AppointmentStatus.MISSED, settled_on=body.on)


@_folds(e.InterpreterSet)
def _interpreter(facts: CaseFacts, _: e.Event, body: e.InterpreterSet) -> CaseFacts:
    return _appointment(facts, body.appointment, interpreter=Interpreter(body.interpreter))


@_folds(e.TalkHeld)
def _talk(facts: CaseFacts, _: e.Event, body: e.TalkHeld) -> CaseFacts:
    entry = TalkFact(id=body.talk, talk=body.about, on=body.on, appointment=body.appointment)
    return _with(facts, talks=(*facts.talks, entry))


@_folds(e.StepDone)
def _step(facts: CaseFacts, _: e.Event, body: e.StepDone) -> CaseFacts:
    return _with(facts, steps=(*facts.steps, StepFact(step=body.step, on=body.on)))


@_folds(e.FactRecorded)
def _value(facts: CaseFacts, event: e.Event, body: e.FactRecorded) -> CaseFacts:
    old = tuple(
        v.model_copy(update={"superseded": True}) if v.seq == event.supersedes else v for v in facts.values
    )
    entry = ValueFact(
        seq=event.seq,
        code=body.code,
        value=body.value,
        valid_from=event.valid_from or body.recorded_on,
        about=body.about,
        recorded_on=body.recorded_on,
        source=event.source,
    )
    return _with(facts, values=(*old, entry))


@_folds(e.ContactRecorded)
def _contact(facts: CaseFacts, _: e.Event, body: e.ContactRecorded) -> CaseFacts:
    return _with(facts, contacts=(*facts.contacts, ContactFact(kind=body.contact, on=body.on)))


@_folds(e.ExcuseGiven)
def _excuse(facts: CaseFacts, _: e.Event, body: e.ExcuseGiven) -> CaseFacts:
    entry = ExcuseFact(id=body.excuse, subject=body.subject, reason=body.reason, on=body.on)
    return _with(facts, excuses=(*facts.excuses, entry))


@_folds(e.ExcuseDecided)
def _excuse_decided(facts: CaseFacts, _: e.Event, body: e.ExcuseDecided) -> CaseFacts:
    new = _changed(facts.excuses, body.excuse, decided_on=body.on, accepted=body.accepted)
    return _with(facts, excuses=new)


@_folds(e.CommitmentAgreed)
def _agreed(facts: CaseFacts, _: e.Event, body: e.CommitmentAgreed) -> CaseFacts:
    entry = CommitmentFact(
        id=body.commitment, side=body.side, goal=body.goal, agreed_on=body.on, due=body.due, twin=body.twin
    )
    return _with(facts, commitments=(*facts.commitments, entry))


@_folds(e.CommitmentKept)
def _commitment_kept(facts: CaseFacts, _: e.Event, body: e.CommitmentKept) -> CaseFacts:
    return _with(facts, commitments=_changed(facts.commitments, body.commitment, kept_on=body.on))


@_folds(e.CommitmentReleased)
def _commitment_released(facts: CaseFacts, _: e.Event, body: e.CommitmentReleased) -> CaseFacts:
    return _with(facts, commitments=_changed(facts.commitments, body.commitment, released_on=body.on))


@_folds(e.CommitmentMoved)
def _commitment_moved(facts: CaseFacts, _: e.Event, body: e.CommitmentMoved) -> CaseFacts:
    return _with(facts, commitments=_changed(facts.commitments, body.commitment, due=body.due))


@_folds(e.Paused)
def _paused(facts: CaseFacts, _: e.Event, body: e.Paused) -> CaseFacts:
    entry = PauseFact(id=body.pause, reason=body.reason, start=body.start, until=body.until)
    return _with(facts, pauses=(*facts.pauses, entry))


@_folds(e.Resumed)
def _resumed(facts: CaseFacts, _: e.Event, body: e.Resumed) -> CaseFacts:
    return _with(facts, pauses=_changed(facts.pauses, body.pause, ended_on=body.ended_on))


@_folds(e.EscalationAnswered)
def _answered(facts: CaseFacts, _: e.Event, body: e.EscalationAnswered) -> CaseFacts:
    closes = body.answer in (Answer.CLOSE, Answer.EXCUSE)
    update = {"closed_on": body.on} if closes else {"silent_until": body.until}
    return _with(facts, matters=_changed(facts.matters, body.escalation, **update))


@_folds(e.TaskCompleted)
def _task_completed(facts: CaseFacts, _: e.Event, body: e.TaskCompleted) -> CaseFacts:
    return _with(facts, tasks=_changed(facts.tasks, body.task, closed_on=body.on))


@_folds(e.CaseWorkerAssigned)
def _assigned(facts: CaseFacts, _: e.Event, body: e.CaseWorkerAssigned) -> CaseFacts:
    update = {"case_worker": body.case_worker, "substitute": body.substitute}
    return _with(facts, **update, assigned_on=body.on or facts.assigned_on)


@_folds(e.BookPinned)
def _pinned(facts: CaseFacts, _: e.Event, body: e.BookPinned) -> CaseFacts:
    return _with(facts, pinned_book=body.book)


@_folds(e.JourneyClosed)
def _closed(facts: CaseFacts, _: e.Event, body: e.JourneyClosed) -> CaseFacts:
    return _with(facts, closed_on=body.on, closed_reason=body.reason)


@_folds(e.JourneyReopened)
def _reopened(facts: CaseFacts, _: e.Event, __: e.JourneyReopened) -> CaseFacts:
    return _with(facts, closed_on=None, closed_reason=None)


@_folds(e.FollowUpRecorded)
def _follow_up(facts: CaseFacts, _: e.Event, body: e.FollowUpRecorded) -> CaseFacts:
    return _with(facts, steps=(*facts.steps, StepFact(step="follow_up", on=body.on)))


@_folds(e.DecisionMade)
def _decision(facts: CaseFacts, _: e.Event, body: e.DecisionMade) -> CaseFacts:
    entry = SpokenFact(
        rule=body.rule, subject=body.subject, episode=body.episode, stage=body.stage, on=body.on
    )
    return facts if entry in facts.spoken else _with(facts, spoken=(*facts.spoken, entry))


@_folds(e.EpisodeLifted)
def _lifted(facts: CaseFacts, _: e.Event, body: e.EpisodeLifted) -> CaseFacts:
    gone = (body.rule, body.subject, body.episode)
    return _with(facts, spoken=tuple(s for s in facts.spoken if (s.rule, s.subject, s.episode) != gone))


@_folds(e.TaskOpened)
def _task_opened(facts: CaseFacts, _: e.Event, body: e.TaskOpened) -> CaseFacts:
    entry = TaskFact(
        id=body.task,
        what=body.what,
        subject=body.subject,
        rule=body.rule,
        opened_on=body.on,
        answer_by=body.answer_by,
    )
    return _with(facts, tasks=(*facts.tasks, entry))


@_folds(e.TaskClosed)
def _task_closed(facts: CaseFacts, _: e.Event, body: e.TaskClosed) -> CaseFacts:
    return _with(facts, tasks=_changed(facts.tasks, body.task, closed_on=body.on))


@_folds(e.NoticePlanned)
def _planned(facts: CaseFacts, _: e.Event, body: e.NoticePlanned) -> CaseFacts:
    entry = NoticeFact(
        id=body.notice,
        text=body.text,
        matter=body.matter,
        rule=body.rule,
        stage=body.stage,
        channel=body.channel,
        planned_on=body.on,
        send_at=body.send_at,
        refers_to=body.refers_to,
    )
    return _with(facts, notices=(*facts.notices, entry))


@_folds(e.NoticeLapsed)
def _lapsed(facts: CaseFacts, _: e.Event, body: e.NoticeLapsed) -> CaseFacts:
    return _with(facts, notices=_changed(facts.notices, body.notice, state="lapsed", settled_on=body.on))


@_folds(e.NoticeSettled)
def _settled(facts: CaseFacts, event: e.Event, body: e.NoticeSettled) -> CaseFacts:
    update: dict[str, object] = {"state": body.outcome, "settled_on": body.on}
    if body.outcome == "deferred":
        update["send_at"] = event.recorded_at + NEXT_TRY
    return _with(facts, notices=_changed(facts.notices, body.notice, **update))


@_folds(e.EscalationRaised)
def _raised(facts: CaseFacts, _: e.Event, body: e.EscalationRaised) -> CaseFacts:
    entry = MatterFact(
        id=body.escalation,
        rule=body.rule,
        subject=body.subject,
        episode=body.episode,
        level=body.level,
        raised_on=body.on,
        answer_by=body.answer_by,
    )
    others = tuple(m for m in facts.matters if m.id != body.escalation)
    return _with(facts, matters=(*others, entry))


@_folds(e.EscalationClosed)
def _escalation_closed(facts: CaseFacts, _: e.Event, body: e.EscalationClosed) -> CaseFacts:
    return _with(facts, matters=_changed(facts.matters, body.escalation, closed_on=body.on))


@_folds(e.JudgementWithheld)
def _withheld(facts: CaseFacts, _: e.Event, __: e.JudgementWithheld) -> CaseFacts:
    return facts


_SUBJECT_FIELDS = ("appointment", "excuse", "commitment", "escalation", "task", "step", "code", "purpose")


def touched(body: e.EventBody) -> str | None:
    """The subject whose revision an event raises, or None where it touches none that a form shows."""
    if body.type in ("paused", "resumed"):
        return "pause"
    if body.type in ("journey_closed", "journey_reopened", "case_worker_assigned", "book_pinned"):
        return "journey"
    for field in _SUBJECT_FIELDS:
        value = getattr(body, field, None)
        if isinstance(value, str) and body.type != "talk_held":
            name = {"code": "fact", "purpose": "consent"}.get(field, field)
            return named(f"{name}/{value}", getattr(body, "about", ""))
    return None


def named(subject: str, about: str) -> str:
    """The subject of one of several: `fact/child_place` about `child/2` is `fact/child_place/child_2`."""
    return f"{subject}/{about.replace('/', '_')}" if about else subject
