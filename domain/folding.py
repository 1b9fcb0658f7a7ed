"""How each event changes the facts of a journey, and which subject's revision it raises."""

from collections.abc import Iterator
from datetime import timedelta

from domain import events as e
from domain import folding_turns as _turns  # noqa: F401 -- registers its folds
from domain.codes import Answer, AppointmentStatus, ContactKind, Interpreter
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
from domain.folds import FOLDS, changed, folds, with_
from domain.happened import KnownValue

# A mail server that has refused six tries is left alone for an hour.
NEXT_TRY = timedelta(hours=1)


def fold(facts: CaseFacts, event: e.Event) -> CaseFacts:
    """The facts after one event; an event that tells nothing new leaves them as they are."""
    return FOLDS[type(event.body)](facts, event, event.body)


@folds(e.JourneyStarted)
def _started(facts: CaseFacts, event: e.Event, body: e.JourneyStarted) -> CaseFacts:
    before = (
        StepFact(step=s, on=body.taken_over_on or body.t0, before_take_over=True) for s in body.steps_before
    )
    contacts = (
        ()
        if body.last_contact_on is None
        else (ContactFact(kind=ContactKind.VISIT, on=body.last_contact_on),)
    )
    return with_(
        facts,
        values=(*_base_values(event, body), *_brought_along(event, body)),
        steps=tuple(before),
        contacts=contacts,
        consents=tuple(ConsentFact.model_validate(c.model_dump()) for c in body.consents),
        continues=body.continues,
        taken_over_on=body.taken_over_on,
        first_review_on=body.first_review_on,
        address_blocked_on=body.address_blocked_on,
    )


def _base_values(event: e.Event, body: e.JourneyStarted) -> Iterator[ValueFact]:
    known = {
        "interpreter": body.interpreter,
        "email_address": body.email_address,
        "reading": body.reading,
        "of_age_on": body.of_age_on.isoformat() if body.of_age_on else None,
    }
    for code, value in known.items():
        if value is not None:
            yield _at_start(event, body, KnownValue(code=code, value=value, valid_from=body.t0), "start")


def _brought_along(event: e.Event, body: e.JourneyStarted) -> Iterator[ValueFact]:
    for known in body.known:
        yield _at_start(event, body, known, "take_over")


def _at_start(event: e.Event, body: e.JourneyStarted, known: KnownValue, source: str) -> ValueFact:
    return ValueFact(seq=event.seq, recorded_on=body.opened_on, source=source, **known.model_dump())


@folds(e.ConsentTaken)
def _consent(facts: CaseFacts, event: e.Event, body: e.ConsentTaken) -> CaseFacts:
    on = event.valid_from or facts.opened_on
    entry = ConsentFact(purpose=body.purpose, outcome=body.outcome, on=on, fields=body.fields, by=body.by)
    return with_(facts, consents=(*facts.consents, entry))


@folds(e.AppointmentOffered)
def _offered(facts: CaseFacts, _: e.Event, body: e.AppointmentOffered) -> CaseFacts:
    entry = AppointmentFact(
        id=body.appointment,
        talk=body.talk,
        start=body.start,
        offered_on=body.offered_on,
        interpreter=body.interpreter,
        invited_in_language=body.invited_in_language,
    )
    return with_(facts, appointments=(*facts.appointments, entry))


def _appointment(facts: CaseFacts, id_: str, **update: object) -> CaseFacts:
    return with_(facts, appointments=changed(facts.appointments, id_, **update))


@folds(e.AppointmentConfirmed)
def _confirmed(facts: CaseFacts, _: e.Event, body: e.AppointmentConfirmed) -> CaseFacts:
    return _appointment(facts, body.appointment, status=AppointmentStatus.CONFIRMED)


@folds(e.AppointmentMoved)
def _moved(facts: CaseFacts, _: e.Event, body: e.AppointmentMoved) -> CaseFacts:
    new = {"start": body.start, "offered_on": body.offered_on, "status": AppointmentStatus.OFFERED}
    return _appointment(facts, body.appointment, **new)


@folds(e.AppointmentCancelled)
def _cancelled(facts: CaseFacts, _: e.Event, body: e.AppointmentCancelled) -> CaseFacts:
    new = {"status": AppointmentStatus.CANCELLED, "cancelled_by": body.by, "settled_on": body.on}
    return _appointment(facts, body.appointment, **new)


@folds(e.AppointmentKept)
def _kept(facts: CaseFacts, _: e.Event, body: e.AppointmentKept) -> CaseFacts:
    return _appointment(facts, body.appointment, status=AppointmentStatus.KEPT, settled_on=body.on)


@folds(e.AppointmentMissed)
def _missed(facts: CaseFacts, _: e.Event, body: e.AppointmentMissed) -> CaseFacts:
    return _appointment(facts, body.appointment, status=AppointmentStatus.MISSED, settled_on=body.on)


@folds(e.InterpreterSet)
def _interpreter(facts: CaseFacts, _: e.Event, body: e.InterpreterSet) -> CaseFacts:
    return _appointment(facts, body.appointment, interpreter=Interpreter(body.interpreter))


@folds(e.TalkHeld)
def _talk(facts: CaseFacts, _: e.Event, body: e.TalkHeld) -> CaseFacts:
    entry = TalkFact(id=body.talk, talk=body.about, on=body.on, appointment=body.appointment)
    return with_(facts, talks=(*facts.talks, entry))


@folds(e.StepDone)
def _step(facts: CaseFacts, _: e.Event, body: e.StepDone) -> CaseFacts:
    return with_(facts, steps=(*facts.steps, StepFact(step=body.step, on=body.on)))


@folds(e.FactRecorded)
def _value(facts: CaseFacts, event: e.Event, body: e.FactRecorded) -> CaseFacts:
    # The first event of a journey brings several values under one number, so code and `about` count too.
    gone = (event.supersedes, body.code, body.about)
    old = tuple(
        v.model_copy(update={"superseded": True}) if (v.seq, v.code, v.about) == gone else v
        for v in facts.values
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
    return with_(facts, values=(*old, entry))


@folds(e.ContactRecorded)
def _contact(facts: CaseFacts, _: e.Event, body: e.ContactRecorded) -> CaseFacts:
    return with_(facts, contacts=(*facts.contacts, ContactFact(kind=body.contact, on=body.on)))


@folds(e.ExcuseGiven)
def _excuse(facts: CaseFacts, _: e.Event, body: e.ExcuseGiven) -> CaseFacts:
    entry = ExcuseFact(id=body.excuse, subject=body.subject, reason=body.reason, on=body.on)
    return with_(facts, excuses=(*facts.excuses, entry))


@folds(e.ExcuseDecided)
def _excuse_decided(facts: CaseFacts, _: e.Event, body: e.ExcuseDecided) -> CaseFacts:
    new = changed(facts.excuses, body.excuse, decided_on=body.on, accepted=body.accepted)
    return with_(facts, excuses=new)


@folds(e.CommitmentAgreed)
def _agreed(facts: CaseFacts, _: e.Event, body: e.CommitmentAgreed) -> CaseFacts:
    entry = CommitmentFact(
        id=body.commitment, side=body.side, goal=body.goal, agreed_on=body.on, due=body.due, twin=body.twin
    )
    return with_(facts, commitments=(*facts.commitments, entry))


@folds(e.CommitmentKept)
def _commitment_kept(facts: CaseFacts, _: e.Event, body: e.CommitmentKept) -> CaseFacts:
    return with_(facts, commitments=changed(facts.commitments, body.commitment, kept_on=body.on))


@folds(e.CommitmentReleased)
def _commitment_released(facts: CaseFacts, _: e.Event, body: e.CommitmentReleased) -> CaseFacts:
    return with_(facts, commitments=changed(facts.commitments, body.commitment, released_on=body.on))


@folds(e.CommitmentMoved)
def _commitment_moved(facts: CaseFacts, _: e.Event, body: e.CommitmentMoved) -> CaseFacts:
    return with_(facts, commitments=changed(facts.commitments, body.commitment, due=body.due))


@folds(e.Paused)
def _paused(facts: CaseFacts, _: e.Event, body: e.Paused) -> CaseFacts:
    entry = PauseFact(id=body.pause, reason=body.reason, start=body.start, until=body.until)
    return with_(facts, pauses=(*facts.pauses, entry))


@folds(e.Resumed)
def _resumed(facts: CaseFacts, _: e.Event, body: e.Resumed) -> CaseFacts:
    return with_(facts, pauses=changed(facts.pauses, body.pause, ended_on=body.ended_on))


@folds(e.EscalationAnswered)
def _answered(facts: CaseFacts, _: e.Event, body: e.EscalationAnswered) -> CaseFacts:
    closes = body.answer in (Answer.CLOSE, Answer.EXCUSE)
    update = {"closed_on": body.on} if closes else {"silent_until": body.until}
    return with_(facts, matters=changed(facts.matters, body.escalation, **update))


@folds(e.TaskCompleted)
def _task_completed(facts: CaseFacts, _: e.Event, body: e.TaskCompleted) -> CaseFacts:
    return with_(facts, tasks=changed(facts.tasks, body.task, closed_on=body.on, completed_on=body.on))


@folds(e.CaseWorkerAssigned)
def _assigned(facts: CaseFacts, _: e.Event, body: e.CaseWorkerAssigned) -> CaseFacts:
    update = {"case_worker": body.case_worker, "substitute": body.substitute}
    return with_(facts, **update, assigned_on=body.on or facts.assigned_on)


@folds(e.BookPinned)
def _pinned(facts: CaseFacts, _: e.Event, body: e.BookPinned) -> CaseFacts:
    return with_(facts, pinned_book=body.book)


@folds(e.JourneyClosed)
def _closed(facts: CaseFacts, _: e.Event, body: e.JourneyClosed) -> CaseFacts:
    return with_(facts, closed_on=body.on, closed_reason=body.reason)


@folds(e.JourneyReopened)
def _reopened(facts: CaseFacts, _: e.Event, __: e.JourneyReopened) -> CaseFacts:
    return with_(facts, closed_on=None, closed_reason=None)


@folds(e.FollowUpRecorded)
def _follow_up(facts: CaseFacts, _: e.Event, body: e.FollowUpRecorded) -> CaseFacts:
    return with_(facts, steps=(*facts.steps, StepFact(step="follow_up", on=body.on)))


@folds(e.DecisionMade)
def _decision(facts: CaseFacts, _: e.Event, body: e.DecisionMade) -> CaseFacts:
    entry = SpokenFact(
        rule=body.rule, subject=body.subject, episode=body.episode, stage=body.stage, on=body.on
    )
    return facts if entry in facts.spoken else with_(facts, spoken=(*facts.spoken, entry))


@folds(e.EpisodeLifted)
def _lifted(facts: CaseFacts, _: e.Event, body: e.EpisodeLifted) -> CaseFacts:
    gone = (body.rule, body.subject, body.episode)
    return with_(facts, spoken=tuple(s for s in facts.spoken if (s.rule, s.subject, s.episode) != gone))


@folds(e.TaskOpened)
def _task_opened(facts: CaseFacts, _: e.Event, body: e.TaskOpened) -> CaseFacts:
    entry = TaskFact(
        id=body.task,
        what=body.what,
        subject=body.subject,
        rule=body.rule,
        opened_on=body.on,
        answer_by=body.answer_by,
    )
    return with_(facts, tasks=(*facts.tasks, entry))


@folds(e.TaskClosed)
def _task_closed(facts: CaseFacts, _: e.Event, body: e.TaskClosed) -> CaseFacts:
    return with_(facts, tasks=changed(facts.tasks, body.task, closed_on=body.on))


@folds(e.NoticePlanned)
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
    return with_(facts, notices=(*facts.notices, entry))


@folds(e.NoticeLapsed)
def _lapsed(facts: CaseFacts, _: e.Event, body: e.NoticeLapsed) -> CaseFacts:
    return with_(facts, notices=changed(facts.notices, body.notice, state="lapsed", settled_on=body.on))


@folds(e.NoticeSettled)
def _settled(facts: CaseFacts, event: e.Event, body: e.NoticeSettled) -> CaseFacts:
    update: dict[str, object] = {"state": body.outcome, "settled_on": body.on}
    if body.outcome == "deferred":
        update["send_at"] = event.recorded_at + NEXT_TRY
    return with_(facts, notices=changed(facts.notices, body.notice, **update))


@folds(e.EscalationRaised)
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
    return with_(facts, matters=(*others, entry))


@folds(e.EscalationClosed)
def _escalation_closed(facts: CaseFacts, _: e.Event, body: e.EscalationClosed) -> CaseFacts:
    return with_(facts, matters=changed(facts.matters, body.escalation, closed_on=body.on))


@folds(e.JudgementWithheld)
def _withheld(facts: CaseFacts, _: e.Event, __: e.JudgementWithheld) -> CaseFacts:
    return facts


_SUBJECT_FIELDS = (
    "appointment",
    "excuse",
    "commitment",
    "escalation",
    "task",
    "step",
    "code",
    "purpose",
    "hand_over",
    "household",
    "offer",
)
_OF_THE_JOURNEY = (
    "journey_closed",
    "journey_reopened",
    "case_worker_assigned",
    "book_pinned",
    "term_extended",
    "journey_merged",
    "duplicate_absorbed",
    "programme_moved",
    "address_blocked",
    "address_unblocked",
)


def touched(body: e.EventBody) -> str | None:
    """The subject whose revision an event raises, or None where it touches none that a form shows."""
    if body.type in ("paused", "resumed", "pause_reviewed"):
        return "pause"
    if body.type in _OF_THE_JOURNEY:
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
