"""The companion of an office on the real server: what it says to whom on which day, and what answers do to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select
from temporalio.client import WorkflowHandle
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from activities.office_day import OfficeDays
from domain.calendar import ClosureReason
from domain.calls import OfficeDayRequest, OfficeInput, ReplanOrder
from domain.commands import Command, Receipt
from domain.errors import InvariantViolation, Refusal
from domain.ids import office_workflow_id
from domain.offices import OfficeMemory, OfficeState
from gateway.offices import start_office
from store import absences, clock, closures, findings, ids, ledger, office_rows, people
from store.books import By
from store.office_tables import OfficeMatterRow, OfficeTaskRow
from store.seed import FIRST_OFFICE, SECOND_OFFICE
from store.tables import JourneyRow, TaskRow
from tests.support.stage import BODY, MOST_SKIPS, Stage

MONDAY = datetime(2027, 2, 1, 5, tzinfo=UTC)  # six in the morning in Berlin
EVENING = timedelta(hours=12)
Rows = list[tuple[date, str, str]]


@dataclass
class Watched:
    """One office in virtual time."""

    stage: Stage
    office: str
    shift_s: int = 0

    @property
    def handle(self) -> WorkflowHandle[Any, Any]:
        return self.stage.client.get_workflow_handle(office_workflow_id(self.office))

    async def begin(self, at: datetime, *, rollover_looks: int = 100) -> None:
        with self.stage.store.write() as session:
            clock.set_to(session, at)
        self.shift_s = round((at - datetime.now(UTC)).total_seconds())
        order = OfficeInput(office=self.office, clock_shift_s=self.shift_s, rollover_looks=rollover_looks)
        assert await start_office(self.stage.client, order)

    async def until(self, day: date) -> None:
        """Let time pass until the evening of a day."""
        config = TimeSkippingConfig(max_session_skip_count=MOST_SKIPS)
        skipper = TimeSkipper(self.stage.client, config=config)
        now = await skipper.get_current_time(self.handle) + timedelta(seconds=self.shift_s)
        evening = datetime(day.year, day.month, day.day, tzinfo=UTC) + EVENING
        await skipper.fast_forward(self.handle, evening - now)
        await self.state()

    async def state(self) -> OfficeState:
        found: OfficeState = await self.handle.query("state", result_type=OfficeState)
        return found

    async def do(self, login: str, kind: str, *, rev: int | None = None, **fields: Any) -> Receipt:
        body = BODY.validate_python({"kind": kind, **fields})
        command = Command(
            command_id=ids.new("command"), actor=self.person(login), role="lead", rev=rev, body=body
        )
        return await self.stage.gateway.execute_for_office(self.office, command, wait_s=20)

    def person(self, login: str) -> str:
        with self.stage.store.read() as session:
            row = people.by_login(session, login)
            assert row is not None
            return row.id

    def away(self, login: str, first: date, last: date | None = None) -> int:
        with self.stage.store.write() as session:
            row = absences.add(
                session,
                person=self.person(login),
                first=first,
                last=last,
                actor=self.person("vogt"),
                at=MONDAY,
            )
        return row.id or 0

    def tasks(self) -> Rows:
        """Every task of the office itself: when it was opened, what it is, for whom."""
        with self.stage.store.read() as session:
            query = select(OfficeTaskRow).where(OfficeTaskRow.office_id == self.office)
            rows = session.exec(query).all()
        return sorted((row.opened_on, row.what, row.addressee) for row in rows)

    def matters(self) -> list[OfficeMatterRow]:
        with self.stage.store.read() as session:
            query = select(OfficeMatterRow).where(OfficeMatterRow.office_id == self.office)
            return list(session.exec(query).all())

    def entries(self, kind: str) -> list[ledger.Entry]:
        with self.stage.store.read() as session:
            return [one for one in ledger.read(session, f"house/{self.office}") if one.type == kind]

    def days(self, kind: str) -> list[date]:
        """The Berlin days, as good as UTC's in the morning, on which an entry was written."""
        return [one.at.date() for one in self.entries(kind)]

    def kinds_found(self) -> set[str]:
        with self.stage.store.read() as session:
            return {row.kind for row in findings.of_office(session, self.office)}


@pytest.fixture
async def office(house: Stage) -> AsyncIterator[Watched]:
    """The first office of the demo, not looked after yet."""
    watched = Watched(house, FIRST_OFFICE)
    yield watched
    await watched.handle.terminate("curtain")


def due_items(watched: Watched) -> None:
    """Something of the demo's case worker is due: a step of one case."""
    with watched.stage.store.write() as session:
        row = session.exec(select(JourneyRow).where(JourneyRow.office_id == watched.office)).first()
        assert row is not None
        row.next_due = date(2027, 1, 29)
        session.add(row)


def late_tasks(watched: Watched, answer_by: date, number: int) -> list[str]:
    """So many open tasks of one case that should have been done by a day."""
    with watched.stage.store.write() as session:
        journey = session.exec(select(JourneyRow).where(JourneyRow.office_id == watched.office)).first()
        assert journey is not None
        rows = [
            TaskRow(
                id=ids.new("task"),
                journey_id=journey.id,
                office_id=watched.office,
                what="settle_appointment",
                subject="offers",
                addressee="case_worker",
                opened_on=date(2027, 1, 4),
                answer_by=answer_by,
            )
            for _ in range(number)
        ]
        session.add_all(rows)
        return [row.id for row in rows]


async def test_an_office_is_looked_at_once_each_of_its_working_days(office: Watched) -> None:
    with office.stage.store.write() as session:
        by = By(office.person("vogt"), MONDAY)
        clock.set_to(session, MONDAY)
        closures.close(
            session, FIRST_OFFICE, date(2027, 2, 3), date(2027, 2, 3), ClosureReason.STAFF_MEETING, by=by
        )
    due_items(office)
    office.away("maier", date(2027, 1, 4))
    await office.begin(MONDAY)

    await office.until(date(2027, 2, 9))

    found = [
        one for one in office.entries("sweep_found") if (one.body or {})["found"] == "absent_substituted"
    ]
    days = [one.at.date() for one in found]
    assert days == [date(2027, 2, day) for day in (1, 2, 4, 5, 8, 9)]
    assert {one.at.hour for one in found} == {6}  # between seven and eight in Berlin


async def test_a_substitute_who_does_not_answer_lets_the_matter_rise_level_by_level(office: Watched) -> None:
    due_items(office)
    office.away("maier", date(2027, 2, 1))
    await office.begin(MONDAY)

    await office.until(date(2027, 2, 3))
    quiet = office.tasks()
    await office.until(date(2027, 2, 10))
    told = office.tasks()
    none_yet = office.matters()
    await office.until(date(2027, 2, 11))
    [matter] = office.matters()
    await office.until(date(2027, 2, 26))
    [risen] = office.matters()

    assert quiet == []
    assert told == [(date(2027, 2, 4), "foe_17_1", "substitute")]
    assert none_yet == []
    assert (matter.level, matter.raised_on, matter.because) == (1, date(2027, 2, 11), "stage")
    assert matter.answer_by == date(2027, 2, 25)
    assert (risen.id, risen.level, risen.because) == (matter.id, 2, "unanswered")
    assert office.days("escalation_raised") == [date(2027, 2, 11), date(2027, 2, 26)]


async def test_a_substitute_who_closes_the_task_ends_it_and_the_return_closes_what_is_left(
    office: Watched,
) -> None:
    due_items(office)
    absence = office.away("maier", date(2027, 2, 1))
    await office.begin(MONDAY)
    await office.until(date(2027, 2, 4))
    with office.stage.store.read() as session:
        [task] = office_rows.open_tasks(session, [FIRST_OFFICE])

    await office.do("okafor", "complete_task", task=task.id, on=date(2027, 2, 4), rev=1)
    await office.until(date(2027, 2, 19))
    silent = office.matters()
    with office.stage.store.write() as session:
        absences.end(session, absence, last=date(2027, 2, 19), actor=office.person("vogt"), at=MONDAY)
    await office.until(date(2027, 2, 22))

    assert silent == []
    assert [one.actor for one in office.entries("task_completed")] == [office.person("okafor")]
    assert office.days("episode_lifted") == [date(2027, 2, 22)]
    assert (await office.state()).facts == OfficeMemory(office=FIRST_OFFICE)


async def test_without_a_substitute_who_is_there_the_lead_hears_at_once(office: Watched) -> None:
    due_items(office)
    office.away("maier", date(2027, 2, 1))
    office.away("okafor", date(2027, 2, 3))
    await office.begin(MONDAY)

    await office.until(date(2027, 2, 4))

    [matter] = office.matters()
    assert (matter.rule, matter.level, matter.raised_on) == ("FOE-17", 1, date(2027, 2, 4))
    assert office.tasks() == []
    assert {"absent_unsubstituted", "absent_worker"} <= office.kinds_found()


async def test_an_answer_with_a_date_silences_the_matter_until_then_and_no_longer(office: Watched) -> None:
    with office.stage.store.write() as session:
        absences.set_post(
            session,
            person=office.person("maier"),
            since=date(2027, 1, 4),
            share=0,
            actor=office.person("vogt"),
            at=MONDAY,
        )
    await office.begin(MONDAY)
    await office.until(date(2027, 2, 1))
    [matter] = office.matters()

    await office.do(
        "vogt",
        "answer_escalation",
        escalation=matter.id,
        answer="take_over",
        on=date(2027, 2, 1),
        until=date(2027, 3, 31),
        rev=1,
    )
    await office.until(date(2027, 3, 31))
    [resting] = office.matters()
    await office.until(date(2027, 4, 1))
    [risen] = office.matters()

    assert (matter.rule, matter.level) == ("FOE-18", 1)
    assert (resting.level, resting.silent_until) == (1, date(2027, 3, 31))
    assert risen.level == 2
    assert len(office.entries("escalation_raised")) == 2


async def test_answers_are_refused_by_code_and_given_twice_are_given_once(office: Watched) -> None:
    with office.stage.store.write() as session:
        actor, worker = office.person("vogt"), office.person("maier")
        absences.set_post(session, person=worker, since=date(2027, 1, 4), share=0, actor=actor, at=MONDAY)
    await office.begin(MONDAY)
    await office.until(date(2027, 2, 1))
    [matter] = office.matters()
    fields: dict[str, Any] = {"escalation": matter.id, "answer": "close", "on": date(2027, 2, 1)}
    body = BODY.validate_python({"kind": "answer_escalation", **fields})
    command = Command(command_id=ids.new("command"), actor=office.person("vogt"), role="lead", body=body)

    with pytest.raises(Refusal, match="stale_rev"):
        await office.do("vogt", "answer_escalation", rev=0, **fields)
    with pytest.raises(Refusal, match="not_for_offices"):
        await office.do("vogt", "resume", on=date(2027, 2, 1))
    first = await office.stage.gateway.execute_for_office(FIRST_OFFICE, command, wait_s=20)
    again = await office.stage.gateway.execute_for_office(FIRST_OFFICE, command, wait_s=20)
    with pytest.raises(Refusal, match="already_settled"):
        await office.do("vogt", "answer_escalation", **fields)
    await office.until(date(2027, 2, 26))

    assert again == first
    [closed] = office.matters()
    assert (closed.closed_on, closed.closed_reason) == (date(2027, 2, 1), "close")
    assert len(office.entries("escalation_answered")) == 1


async def test_late_tasks_are_one_collective_task_and_each_is_told_of_once(office: Watched) -> None:
    first = late_tasks(office, date(2027, 1, 22), 3)
    late_tasks(office, date(2027, 1, 25), 1)
    await office.begin(MONDAY)

    await office.until(date(2027, 2, 1))
    one_day = office.tasks()
    with office.stage.store.read() as session:
        [collective] = office_rows.open_tasks(session, [FIRST_OFFICE])
    await office.until(date(2027, 2, 4))

    assert one_day == [(date(2027, 2, 1), "stuck_tasks", "lead")]
    assert collective.number == 3
    assert office.tasks() == [*one_day, (date(2027, 2, 2), "stuck_tasks", "lead")]
    found = [(one.body or {})["subject"] for one in office.entries("sweep_found")]
    assert {f"task/{one}" for one in first} <= set(found)
    assert len([one for one in found if one.startswith("task/")]) == 4


async def test_the_rule_owner_hears_in_one_office_that_a_source_is_to_be_read(office: Watched) -> None:
    other = Watched(office.stage, SECOND_OFFICE)
    begin = datetime(2027, 3, 31, 5, tzinfo=UTC)
    await office.begin(begin)
    await other.begin(begin)
    try:
        await office.until(date(2027, 4, 1))
        await other.until(date(2027, 4, 1))
    finally:
        await other.handle.terminate("curtain")

    told = office.tasks()
    assert {what for _, what, _ in told} == {"qs_02_2"}
    assert {(day, to) for day, _, to in told} == {(date(2027, 4, 1), "rule_owner")}
    assert other.tasks() == []
    assert "rule_expiring" in office.kinds_found()


async def test_the_time_of_keeping_and_the_yearly_figures_are_watched(office: Watched) -> None:
    with office.stage.store.write() as session:
        row = session.exec(select(JourneyRow).where(JourneyRow.office_id == FIRST_OFFICE)).first()
        assert row is not None
        row.state, row.closed_on, row.closed_reason = "ended", date(2026, 1, 2), "term_ended"
        session.add(row)
    await office.begin(datetime(2026, 12, 31, 5, tzinfo=UTC))

    await office.until(date(2027, 1, 28))

    kept = [task for task in office.tasks() if task[1] == "qs_03_1"]
    assert kept == [(date(2027, 1, 4), "qs_03_1", "data_protection")] * 2  # notes and access log
    yearly = [task[:2] for task in office.tasks() if task[1].startswith("qs_04")]
    assert yearly == [(date(2027, 1, 1), "qs_04_1"), (date(2027, 1, 17), "qs_04_2")]
    assert [(m.rule, m.raised_on) for m in office.matters()] == [("QS-04", date(2027, 1, 28))]


async def test_after_the_clock_was_moved_only_the_new_day_is_looked_at(office: Watched) -> None:
    due_items(office)
    office.away("maier", date(2027, 1, 4))
    await office.begin(MONDAY)
    await office.until(date(2027, 2, 1))

    ahead = office.shift_s + timedelta(days=30).total_seconds()
    order = ReplanOrder(reason="clock_moved", clock_shift_s=round(ahead))
    await office.handle.execute_update("replan", order)
    for _ in range(100):
        if (await office.state()).looked_on != date(2027, 2, 1):
            break

    assert (await office.state()).looked_on == date(2027, 3, 3)
    looks = [one.at.date() for one in office.entries("sweep_found")]
    assert sorted(set(looks)) == [date(2027, 2, 1), date(2027, 3, 3)]


async def test_an_office_remembers_over_the_end_of_a_run(office: Watched) -> None:
    due_items(office)
    office.away("maier", date(2027, 2, 1))
    await office.begin(MONDAY, rollover_looks=3)
    first = (await office.handle.describe()).run_id

    await office.until(date(2027, 2, 12))

    assert (await office.handle.describe()).run_id != first
    assert office.tasks() == [(date(2027, 2, 4), "foe_17_1", "substitute")]
    assert office.days("escalation_raised") == [date(2027, 2, 11)]


def test_the_same_call_gets_the_same_answer_and_another_one_under_its_key_is_a_defect(house: Stage) -> None:
    days = OfficeDays(house.store, None)
    asked = OfficeDayRequest(
        office=FIRST_OFFICE,
        run="r",
        call=1,
        acting=True,
        now=MONDAY,
        seq=0,
        memory=OfficeMemory(office=FIRST_OFFICE),
    )

    first = days.office_day(asked)
    again = days.office_day(asked.model_copy(update={"run": "another"}))

    assert again == first
    with pytest.raises(InvariantViolation, match="answer_differs"):
        days.office_day(asked.model_copy(update={"now": MONDAY + timedelta(hours=1)}))
