"""A call of `decide` is stored whole, once, and read back as pages need it."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from domain import events as e
from domain.calls import DecideAnswer, DecideRequest
from domain.codes import Addressee, Answer, CloseReason, PauseReason
from domain.decisions import Upcoming
from domain.errors import InvariantViolation, NotFound
from domain.ids import desk_stream, journey_stream
from store import archive, clock, ids, ledger, projection, queries
from store.database import Store
from store.projection import request_digest
from store.tables import EscalationRow, JourneyRow, LedgerRow, NoticeRow, TaskRow
from tests.store.decided import (
    DAY,
    MATTER,
    NOTICE,
    NOW,
    PLAN,
    RULE,
    SUBJECT,
    TASK,
    Life,
    decision,
    notice,
    raised,
    task,
)
from tests.support.registered import OFFICE, OTHER_OFFICE, house

COMING = (
    Upcoming(
        on=DAY + timedelta(days=3),
        what="task",
        code="call_back",
        subject=SUBJECT,
        addressee=Addressee.CASE_WORKER,
        rule=RULE,
        stage=1,
    ),
    Upcoming(
        on=DAY + timedelta(days=9), what="step_due", code="first_contact", subject=SUBJECT,
        addressee=Addressee.CASE_WORKER,
    ),
)  # fmt: skip


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store, house(store))


def earlier(life: Life, call: int, sha: str, *, writing: bool = False) -> DecideAnswer | None:
    with life.store.write() if writing else life.store.read() as session:
        return projection.stored_answer(session, life.store, life.journey, call, sha)


def rows(life: Life, table: type) -> list:
    with life.store.read() as session:
        return list(session.exec(select(table)))


@pytest.mark.parametrize("writing", [True, False])
def test_the_same_call_gets_the_same_answer_also_from_another_run(life: Life, *, writing: bool) -> None:
    request, answer = life.decide(task())
    again = request.model_copy(update={"run": "run-2"})

    assert earlier(life, 0, request_digest(again), writing=writing) == answer
    assert earlier(life, 1, request_digest(request), writing=writing) is None


def test_the_same_call_with_another_question_is_a_defect(life: Life) -> None:
    request, _ = life.decide()
    other = request.model_copy(update={"acting": False})

    with pytest.raises(InvariantViolation, match="answer_differs"):
        earlier(life, 0, request_digest(other))


def test_a_call_cannot_be_stored_twice_or_out_of_order(life: Life) -> None:
    life.decide()
    life.call = -1

    with pytest.raises(InvariantViolation, match="call_order"):
        life.decide()


def test_a_journey_that_was_never_registered_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound), store.read() as session:
        projection.stored_answer(session, store, ids.new("journey"), 0, "")


def test_all_events_of_a_call_stand_in_the_ledger_with_their_own_numbers(life: Life) -> None:
    life.decide(decision(), raised())

    with life.store.read() as session:
        entries = ledger.read(session, journey_stream(life.journey))
        assert ledger.verify(session, journey_stream(life.journey)) is None
    assert [(x.seq, x.type, x.rule, x.book, x.link) for x in entries] == [
        (1, "journey_started", None, None, "run-1"),
        (2, "decision_made", RULE, "e1", "run-1"),
        (3, "escalation_raised", RULE, None, "run-1"),
    ]
    assert e.Event.model_validate(entries[0].body) == life.started
    assert entries[1].at == NOW


def test_a_call_with_a_gap_leaves_nothing_behind(life: Life) -> None:
    life.decide()
    life.new = (life.event(9, task()),)

    with pytest.raises(InvariantViolation, match="ledger_gap"):
        life.decide()

    assert rows(life, TaskRow) == []
    assert len(rows(life, LedgerRow)) == 2
    (row,) = rows(life, JourneyRow)
    assert row.call == 0


def test_a_task_opens_and_is_completed_or_closed(life: Life) -> None:
    life.decide(task())
    with life.store.read() as session:
        (line,) = queries.open_tasks(session, life.store, offices={OFFICE}, addressees={"case_worker"})
    assert (line.row.id, line.name, line.case_worker_id) == (
        TASK,
        "Änne-Marie Öztürk",
        life.house.case_worker,
    )

    life.decide(e.TaskCompleted(task=TASK, on=DAY), e.TaskClosed(task=TASK, reason="needless", on=DAY))

    (row,) = rows(life, TaskRow)
    assert (row.closed_on, row.closed_reason) == (DAY, "completed")
    with life.store.read() as session:
        assert queries.open_tasks(session, life.store) == []


def test_a_matter_keeps_its_row_from_level_to_level_until_its_answer(life: Life) -> None:
    life.decide(decision(), raised())
    life.decide(raised(level=2))

    (row,) = rows(life, EscalationRow)
    assert (row.level, row.because, row.raised_on) == (2, "unanswered", DAY + timedelta(days=1))
    assert (row.basis, row.decision_values) == (["VwV"], {"late_at": 11})
    (listed,) = rows(life, JourneyRow)
    assert listed.level == 2

    life.decide(
        e.EscalationAnswered(escalation=MATTER, answer=Answer.EXTEND, on=DAY, until=DAY + timedelta(days=9))
    )
    with life.store.read() as session:
        inbox = lambda on: queries.escalation_inbox(session, life.store, levels={2}, awake_on=on)  # noqa: E731
        assert inbox(DAY + timedelta(days=9)) == []
        assert len(inbox(DAY + timedelta(days=10))) == 1

    life.decide(e.EscalationClosed(escalation=MATTER, reason="fact_recorded", on=DAY))
    (row,) = rows(life, EscalationRow)
    assert (row.closed_on, row.closed_reason) == (DAY, "fact_recorded")
    (listed,) = rows(life, JourneyRow)
    assert listed.level == 0


def test_an_answer_that_closes_closes_the_row(life: Life) -> None:
    life.decide(raised())

    life.decide(e.EscalationAnswered(escalation=MATTER, answer=Answer.CLOSE, on=DAY))

    with life.store.read() as session:
        assert queries.escalation_inbox(session, life.store) == []
        assert queries.escalation(session, MATTER).closed_reason == "close"


def test_an_event_about_a_row_that_is_not_there_stops_everything(life: Life) -> None:
    with pytest.raises(InvariantViolation, match="row_missing"):
        life.decide(e.TaskClosed(task=TASK, reason="needless", on=DAY))

    assert rows(life, LedgerRow)[-1].type == "participant_registered"


def test_a_planned_notice_has_one_message_id_and_lapses_unsent(life: Life) -> None:
    life.decide(notice())
    (row,) = rows(life, NoticeRow)
    assert (row.state, row.message_id, row.send_at) == ("planned", f"{NOTICE}@pakt.invalid", NOW)

    life.decide(e.NoticeLapsed(notice=NOTICE, reason="settled", on=DAY))

    (row,) = rows(life, NoticeRow)
    assert (row.state, row.reason, row.settled_at) == ("lapsed", "settled", NOW)


def test_the_line_of_the_list_follows_the_facts(life: Life) -> None:
    life.decide()
    (row,) = rows(life, JourneyRow)
    assert (row.state, row.next_step, row.next_due, row.seq, row.run_id) == (
        "open",
        "first_contact",
        PLAN[0].due,
        1,
        "run-1",
    )

    life.decide(
        e.StepDone(step="first_contact", on=DAY),
        e.Paused(pause=ids.new("key"), reason=PauseReason.ILLNESS, start=DAY),
    )
    (row,) = rows(life, JourneyRow)
    assert (row.state, row.next_step) == ("paused", "first_talk")

    life.decide(e.JourneyClosed(reason=CloseReason.MOVED_AWAY, on=DAY), plan=())
    (row,) = rows(life, JourneyRow)
    assert (row.state, row.next_step, row.next_due) == ("closed", None, None)


def test_a_view_gives_facts_plan_and_what_comes(life: Life) -> None:
    waiting = queries.journey_view(life.store, life.journey)
    assert (waiting.state, waiting.plan, waiting.facts) == ("waiting", (), life.state.facts)

    life.decide(task(), upcoming=COMING)

    view = queries.journey_view(life.store, life.journey)
    assert (view.facts, view.plan, view.upcoming) == (life.state.facts, PLAN, COMING)
    assert (view.seq, view.run, view.state, view.office) == (2, "run-1", "open", OFFICE)


def test_what_comes_is_replaced_by_every_call(life: Life) -> None:
    life.decide(upcoming=COMING)
    with life.store.read() as session:
        soon = queries.upcoming_between(session, offices={OFFICE}, first=DAY, last=DAY + timedelta(days=3))
        foreign = queries.upcoming_between(session, offices={OTHER_OFFICE}, first=DAY, last=date.max)
    assert [row.code for row in soon] == ["call_back"]
    assert foreign == []

    life.decide(upcoming=COMING[1:])

    assert queries.journey_view(life.store, life.journey).upcoming == COMING[1:]


def test_an_ended_journey_has_nothing_to_come(life: Life) -> None:
    life.decide(upcoming=COMING)

    with life.store.write() as session:
        projection.mark_ended(session, life.journey, NOW)

    view = queries.journey_view(life.store, life.journey)
    assert (view.state, view.upcoming) == ("ended", ())


def test_a_list_shows_names_and_the_most_pressing_first(life: Life) -> None:
    life.decide(raised())

    with life.store.read() as session:
        (line,) = queries.journey_list(
            session, life.store, offices={OFFICE}, case_worker=life.house.case_worker, states={"open"}
        )
        nothing = [
            queries.journey_list(session, life.store, offices={OTHER_OFFICE}),
            queries.journey_list(session, life.store, states={"closed"}),
            queries.journey_list(session, life.store, text="somebody else"),
        ]
    assert (line.name, line.case_worker, line.row.level) == ("Änne-Marie Öztürk", "Case_Worker", 1)
    assert "Öztürk" not in repr(line)
    assert nothing == [[], [], []]


def test_the_timeline_tells_both_streams_in_order(life: Life) -> None:
    life.decide(task())
    with life.store.write() as session:
        ledger.append(
            session,
            desk_stream(life.journey),
            office=OFFICE,
            at=clock.now(session),
            actor=life.house.case_worker,
            type="journey_opened",
            body={},
        )

    story = queries.timeline(life.store, life.journey)

    assert sorted(entry.type for entry in story) == ["journey_opened", "journey_started", "task_opened"]
    assert [entry.at for entry in story] == sorted(entry.at for entry in story)


def test_after_the_key_is_destroyed_the_rows_say_nothing_and_the_chain_holds(life: Life) -> None:
    life.decide(decision())
    with life.store.write() as session:
        life.store.keys.destroy(session, life.journey)

    story = queries.timeline(life.store, life.journey)

    assert {entry.body is None for entry in story} == {True}
    with life.store.read() as session:
        assert ledger.verify(session, journey_stream(life.journey)) is None


def test_an_archived_run_comes_back_byte_for_byte_and_is_never_replaced(life: Life) -> None:
    history = b'{"events":[]}' * 1000
    with life.store.write() as session:
        archive.put(session, life.store, "run-1", journey=life.journey, history=history)
        archive.put(session, life.store, "run-1", journey=life.journey, history=history, successor="run-2")

    with life.store.read() as session:
        assert archive.history(session, life.store, "run-1") == history
        (row,) = archive.runs_of(session, life.journey)
    assert row.successor == "run-2"
    assert len(row.history) < 1000
    with (
        pytest.raises(InvariantViolation, match="archived_run_differs"),
        life.store.write() as session,
    ):
        archive.put(session, life.store, "run-1", journey=life.journey, history=b"other")


def test_a_field_that_only_a_newer_worker_knows_does_not_make_another_question(life: Life) -> None:
    class Newer(DecideRequest):
        hint: str = "none"

    request = life.request()
    newer = Newer.model_validate_json(request.model_dump_json())

    assert request_digest(newer) == request_digest(request)
    assert request_digest(newer.model_copy(update={"hint": "some"})) != request_digest(request)
    assert request_digest(request.model_copy(update={"seq": 7})) != request_digest(request)
