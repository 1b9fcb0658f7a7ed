"""Commands that steer: pause, escalations, tasks, hand-over, end and after-care."""

from datetime import date, datetime

from domain import commands as c
from domain import events as e
from domain.codes import (
    Answer,
    CloseReason,
    ConsentOutcome,
    PauseReason,
    Purpose,
)
from domain.errors import Refusal
from domain.facts import MatterFact, PauseFact, TaskFact
from domain.handlers.registry import (
    Draft,
    expect_consent,
    expect_new,
    find,
    handles,
    not_in_future,
)
from domain.journey import JourneyState, office_day

OPEN_PAUSE_REASONS = (PauseReason.ABSENCE, PauseReason.CONTACT_LOST, PauseReason.OTHER)
HIGHEST_LEVEL = 2
FINAL = (
    CloseReason.DEATH,
    CloseReason.CONSENT_WITHDRAWN,
    CloseReason.CONSENT_REFUSED,
    CloseReason.MERGED,
)
_ANSWERED = {
    CloseReason.CONSENT_REFUSED: ConsentOutcome.REFUSED,
    CloseReason.CONSENT_WITHDRAWN: ConsentOutcome.WITHDRAWN,
}


@handles("pause")
def _pause(state: JourneyState, body: c.Pause, _: datetime) -> list[Draft]:
    if body.reason not in OPEN_PAUSE_REASONS:
        expect_consent(state, "reason")
    expect_new(state.facts.pauses, "pause", body.pause)
    if any(entry.ended_on is None for entry in state.facts.pauses):
        raise Refusal("already_paused", field="start")
    if body.until is not None and body.until < body.start:
        raise Refusal("until_before_start", field="until", until=str(body.until))
    paused = e.Paused(pause=body.pause, reason=body.reason, start=body.start, until=body.until)
    return [(paused, {})]


@handles("resume")
def _resume(state: JourneyState, body: c.Resume, _: datetime) -> list[Draft]:
    running: PauseFact | None = next((p for p in state.facts.pauses if p.ended_on is None), None)
    if running is None:
        raise Refusal("not_paused", field="on")
    if body.on <= running.start:
        raise Refusal("resume_before_pause", field="on", start=str(running.start))
    last_paused_day = date.fromordinal(body.on.toordinal() - 1)
    return [(e.Resumed(pause=running.id, ended_on=last_paused_day), {})]


@handles("answer_escalation")
def _answer(state: JourneyState, body: c.AnswerEscalation, now: datetime) -> list[Draft]:
    matter: MatterFact = find(state.facts.matters, "escalation", body.escalation)
    if matter.closed_on is not None:
        raise Refusal("already_settled", field="escalation", state="closed")
    not_in_future("on", body.on, now)
    silences = body.answer in (Answer.TAKE_OVER, Answer.RETURN, Answer.EXTEND)
    if silences and (body.until is None or body.until <= body.on):
        raise Refusal("until_missing", field="until")
    if body.answer == Answer.PASS_UP and matter.level >= HIGHEST_LEVEL:
        raise Refusal("highest_level", field="answer")
    answered = e.EscalationAnswered(
        escalation=body.escalation, answer=body.answer, on=body.on, until=body.until if silences else None
    )
    return [(answered, {})]


@handles("complete_task")
def _complete_task(state: JourneyState, body: c.CompleteTask, now: datetime) -> list[Draft]:
    task: TaskFact = find(state.facts.tasks, "task", body.task)
    if task.closed_on is not None:
        raise Refusal("already_settled", field="task", state="closed")
    not_in_future("on", body.on, now)
    return [(e.TaskCompleted(task=body.task, on=body.on), {})]


@handles("assign_case_worker")
def _assign(_: JourneyState, body: c.AssignCaseWorker, now: datetime) -> list[Draft]:
    if body.substitute == body.case_worker:
        raise Refusal("own_substitute", field="substitute")
    assigned = e.CaseWorkerAssigned(
        case_worker=body.case_worker, substitute=body.substitute, on=office_day(now)
    )
    return [(assigned, {})]


@handles("pin_book")
def _pin(state: JourneyState, body: c.PinBook, now: datetime) -> list[Draft]:
    if body.book == state.facts.pinned_book:
        raise Refusal("already_settled", field="book", state=body.book or "none")
    return [(e.BookPinned(book=body.book, on=office_day(now)), {})]


@handles("close")
def _close(state: JourneyState, body: c.CloseJourney, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if state.closed and body.reason != CloseReason.DEATH:
        raise Refusal("journey_closed", on=str(state.facts.closed_on))
    return [*_said(state, body), (e.JourneyClosed(reason=body.reason, on=body.on), {})]


def _said(state: JourneyState, body: c.CloseJourney) -> list[Draft]:
    """Who ends a journey because consent was refused or withdrawn records that answer, too."""
    outcome = _ANSWERED.get(body.reason)
    answer = state.facts.consent(Purpose.CASEWORK)
    if outcome is None or (answer is not None and answer.outcome == outcome):
        return []
    return [(e.ConsentTaken(purpose=Purpose.CASEWORK, outcome=outcome), {"valid_from": body.on})]


@handles("reopen")
def _reopen(state: JourneyState, body: c.ReopenJourney, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if state.facts.closed_reason in FINAL or _goes_on_elsewhere(state):
        raise Refusal("cannot_reopen", reason=str(state.facts.closed_reason))
    return [(e.JourneyReopened(on=body.on), {})]


def _goes_on_elsewhere(state: JourneyState) -> bool:
    """True where another office has taken the journey on: nobody is led twice."""
    return any(h.continued_as is not None for h in state.facts.hand_overs)


@handles("record_follow_up")
def _follow_up(_: JourneyState, body: c.RecordFollowUp, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    return [(e.FollowUpRecorded(on=body.on), {})]
