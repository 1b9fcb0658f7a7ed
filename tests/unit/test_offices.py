"""The office as a value: what it remembers, what it forgets, and what it refuses."""

from datetime import UTC, date, datetime

import pytest

from domain import events as e
from domain.codes import Addressee
from domain.commands import AnswerEscalation, Command, CompleteTask, Resume
from domain.errors import InvariantViolation, Refusal
from domain.ids import derived_id
from domain.offices import OfficeMemory, OfficeState, evolve, handle, tidied

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
DAY = date(2027, 2, 1)
TASK, MATTER, PERSON = derived_id("task", "a"), derived_id("escalation", "a"), derived_id("person", "a")
SPOKEN = e.DecisionMade(
    rule="FOE-17",
    version=1,
    stage=1,
    outcome="task",
    addressee="substitute",
    subject=f"worker/{PERSON}",
    episode=DAY,
    basis=(),
    values={},
    twin_open=False,
    on=DAY,
)
OPENED = e.TaskOpened(
    task=TASK,
    what="foe_17_1",
    subject=SPOKEN.subject,
    rule="FOE-17",
    addressee=Addressee.SUBSTITUTE,
    on=DAY,
    answer_by=DAY,
)
RAISED = e.EscalationRaised(
    escalation=MATTER,
    rule="FOE-17",
    subject=SPOKEN.subject,
    episode=DAY,
    level=1,
    on=DAY,
    answer_by=DAY,
    because="stage",
)
LIFTED = e.EpisodeLifted(rule="FOE-17", subject=SPOKEN.subject, episode=DAY)


def lived(*bodies: e.EventBody) -> OfficeState:
    """An office after these events."""
    state = OfficeState(facts=OfficeMemory(office="off_testhausen"))
    events = (e.Event(seq=n, recorded_at=NOW, body=body) for n, body in enumerate(bodies, start=1))
    return evolve(state, events)


def asked(body: object, rev: int | None = None) -> Command:
    return Command.model_validate(
        {"command_id": derived_id("command", "a"), "actor": PERSON, "role": "lead", "rev": rev, "body": body}
    )


def test_what_the_machine_closed_is_forgotten_and_what_a_person_closed_counts_while_the_cause_lives() -> None:
    by_machine = lived(SPOKEN, OPENED, e.TaskClosed(task=TASK, reason="cause_gone", on=DAY))
    by_person = lived(SPOKEN, OPENED, e.TaskCompleted(task=TASK, on=DAY))

    assert by_machine.facts.tasks == ()
    assert [task.closed_on for task in by_person.facts.tasks] == [DAY]
    assert tidied(by_person).facts == by_person.facts


def test_an_answer_to_a_cause_that_is_gone_answers_no_later_one() -> None:
    state = lived(SPOKEN, OPENED, e.TaskCompleted(task=TASK, on=DAY), LIFTED)

    assert state.facts == OfficeMemory(office="off_testhausen")


def test_revisions_are_counted_from_the_opening_and_kept_for_what_is_known() -> None:
    again = lived(OPENED, e.TaskClosed(task=TASK, reason="cause_gone", on=DAY), OPENED)
    higher = lived(RAISED, RAISED.model_copy(update={"level": 2}))
    anew = lived(RAISED, e.EscalationClosed(escalation=MATTER, reason="cause_gone", on=DAY), RAISED)

    assert again.revs[f"task/{TASK}"].rev == 1
    assert higher.revs[f"escalation/{MATTER}"].rev == 2
    assert anew.revs[f"escalation/{MATTER}"].rev == 1
    assert set(tidied(higher).revs) == {f"escalation/{MATTER}"}


def test_tidying_lets_go_of_collective_tasks_that_are_done() -> None:
    done = OPENED.model_copy(update={"rule": None, "what": "stuck_tasks", "subject": "office"})
    state = lived(done, e.TaskCompleted(task=TASK, on=DAY))

    assert (tidied(state).facts.tasks, tidied(state).revs) == ((), {})


def test_a_gap_in_the_events_is_a_defect() -> None:
    with pytest.raises(InvariantViolation, match="event_gap"):
        evolve(lived(OPENED), [e.Event(seq=3, recorded_at=NOW, body=LIFTED)])


@pytest.mark.parametrize(
    ("body", "rev", "code"),
    [
        (Resume(on=DAY), None, "not_for_offices"),
        (CompleteTask(task=derived_id("task", "b"), on=DAY), None, "unknown_subject"),
        (CompleteTask(task=TASK, on=DAY), 2, "stale_rev"),
        (CompleteTask(task=TASK, on=date(2027, 2, 2)), None, "future_day"),
        (AnswerEscalation(escalation=MATTER, answer="take_over", on=DAY), None, "until_missing"),
    ],
)
def test_an_office_refuses_by_code_what_does_not_fit(body: object, rev: int | None, code: str) -> None:
    result = handle(lived(OPENED, RAISED), asked(body, rev), NOW)

    assert isinstance(result, Refusal)
    assert result.code == code


def test_an_answer_becomes_an_event_that_is_signed_and_numbered() -> None:
    state = lived(OPENED, RAISED)

    result = handle(state, asked(CompleteTask(task=TASK, on=DAY), 1), NOW)

    assert not isinstance(result, Refusal)
    [event] = result
    assert (event.seq, event.actor, event.role, event.body.type) == (3, PERSON, "lead", "task_completed")
    assert evolve(state, result).facts.tasks[0].closed_on == DAY
