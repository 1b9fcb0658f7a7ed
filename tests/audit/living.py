"""Short lives of journeys on a real server with the shipped workflow, for tests that need histories.

The activities are small, pure functions of their request: these tests are about the record, not about rules.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from temporalio import activity
from temporalio.api.history.v1 import History
from temporalio.client import Client
from temporalio.worker import Worker

from audit.histories import previous_run
from domain import commands as c
from domain.calls import (
    DECIDE,
    SEND_NOTICE,
    DecideAnswer,
    DecideRequest,
    JourneyInput,
    NoticeOrder,
    ReplanOrder,
    SendAnswer,
    SendRequest,
)
from domain.codes import Addressee, CloseReason, ContactKind, Outcome
from domain.decisions import Decision, Edition
from domain.events import DecisionMade, Event
from domain.facts import CaseFacts
from domain.happened import JourneyStarted
from domain.ids import DECIDE_QUEUE, JOURNEY_QUEUE, NOTICES_QUEUE, derived_id, workflow_id
from workflows.journey import Journey
from workflows.sandbox import runner as sandbox

OFFICE = "off_freiburg"
CASE_WORKER = derived_id("person", "case worker")
SUBSTITUTE = derived_id("person", "substitute")
EDITION = Edition(id="small_1", sha256="0" * 64)


def small_book(facts: CaseFacts, day: date, _: DecideAnswer) -> Sequence[Decision]:
    """One rule that speaks once for every contact it sees, so that later facts give other decisions."""
    del day
    spoken = {entry.stage for entry in facts.spoken}
    stage = len(facts.contacts) + 1
    decision = Decision(
        rule="FOE-02", version=1, stage=stage, outcome=Outcome.TASK, addressee=Addressee.CASE_WORKER,
        basis=("small",), subject="journey", episode=facts.t0,
        values={"contacts": len(facts.contacts)}, twin_open=False,
    )  # fmt: skip
    return [] if stage in spoken or facts.closed_on else [decision]


def small_answer(request: DecideRequest) -> DecideAnswer:
    """Decisions of the small book on a wake, a notice with the first of them, and a wake in a second."""
    day = request.now.date()
    blank = DecideAnswer(
        call=request.call, next_wake=request.now + timedelta(seconds=1),
        book=EDITION, programme=EDITION, calendar=EDITION,
    )  # fmt: skip
    made = small_book(request.facts, day, blank) if request.acting else ()
    events = tuple(
        Event(seq=request.seq + n, recorded_at=request.now, body=DecisionMade(**d.model_dump(), on=day))
        for n, d in enumerate(made, 1)
    )
    order = NoticeOrder(notice=derived_id("notice", request.journey, str(request.call)))
    return blank.model_copy(update={"events": events, "send": (order,) if made else ()})


def small_activities(note: Callable[[DecideRequest, DecideAnswer], None]) -> list[Callable[..., Any]]:
    """`decide` and `send_notice` by their names; `note` is told of every decision."""

    @activity.defn(name=DECIDE)
    async def decide(request: DecideRequest) -> DecideAnswer:
        answer = small_answer(request)
        note(request, answer)
        return answer

    @activity.defn(name=SEND_NOTICE)
    async def send_notice(request: SendRequest) -> SendAnswer:
        return SendAnswer(notice=request.notice, outcome="sent")

    return [decide, send_notice]


@asynccontextmanager
async def workers(client: Client, activities: Sequence[Callable[..., Any]]) -> AsyncIterator[None]:
    """Workers on the three queues, gone at the end."""
    async with AsyncExitStack() as stack:
        runs = Worker(client, task_queue=JOURNEY_QUEUE, workflows=[Journey], workflow_runner=sandbox())
        await stack.enter_async_context(runs)
        for queue in (DECIDE_QUEUE, NOTICES_QUEUE):
            await stack.enter_async_context(Worker(client, task_queue=queue, activities=activities))
        yield


def an_input(journey: str, *, rollover: int = 30) -> JourneyInput:
    """How a short life begins: today, in Freiburg."""
    now = datetime.now(UTC)
    body = JourneyStarted(
        ags="08311000", t0=now.date(), opened_on=now.date(), programme="p2026_0",
        term_months=24, language="de", case_worker=CASE_WORKER, substitute=SUBSTITUTE,
    )  # fmt: skip
    started = Event(seq=1, recorded_at=now, actor=CASE_WORKER, role="case_worker", body=body)
    return JourneyInput(journey=journey, office=OFFICE, started=started, rollover_events=rollover)


def a_command(body: c.Body) -> c.Command:
    """The body in the envelope of a case worker."""
    return c.Command(
        command_id=f"cmd_{uuid.uuid4().hex}",
        actor=CASE_WORKER,
        role="case_worker",
        approvals=(SUBSTITUTE,) if isinstance(body, c.CloseJourney) else (),
        body=body,
    )


async def begun(client: Client, journey: str) -> None:
    """Start the journey, send two commands, and let wakes pass between them."""
    await client.start_workflow(
        Journey.run, an_input(journey), id=workflow_id(journey), task_queue=JOURNEY_QUEUE
    )
    today = datetime.now(UTC).date()
    for kind in (ContactKind.CALL, ContactKind.VISIT):
        await sent(client, journey, c.RecordContact(contact=kind, on=today))
        await asyncio.sleep(2.8)


async def ended(client: Client, journey: str) -> None:
    """Close the journey, make the follow-up call, and wait for the end of the last run."""
    today = datetime.now(UTC).date()
    await sent(client, journey, c.CloseJourney(reason=CloseReason.MOVED_AWAY, on=today))
    await asyncio.sleep(2.8)
    handle = client.get_workflow_handle_for(Journey.run, workflow_id(journey))
    await handle.execute_update(Journey.replan, ReplanOrder(reason="book_changed"))
    await asyncio.sleep(2.8)
    await sent(client, journey, c.RecordFollowUp(on=today))
    await client.get_workflow_handle(workflow_id(journey)).result()


async def sent(client: Client, journey: str, body: c.Body) -> c.Receipt:
    """Send a command and wait for its receipt."""
    handle = client.get_workflow_handle_for(Journey.run, workflow_id(journey))
    return await handle.execute_update(Journey.command, a_command(body))


async def histories_of(client: Client, journey: str) -> list[History]:
    """The histories of all runs, first to last."""
    chain: list[History] = []
    run: str | None = None
    while run != "":
        found = await client.get_workflow_handle(workflow_id(journey), run_id=run).fetch_history()
        chain.insert(0, History(events=found.events))
        run = previous_run(chain[0])
    return chain
