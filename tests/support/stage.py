"""A whole Pakt in one test process: real server, real store, real workers, virtual time.

A test drives it as the house is driven: people are registered in the store, the relay starts their journeys,
commands go through the gateway, and time is skipped on the server.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from pydantic import TypeAdapter
from temporalio.client import Client, WorkflowHandle
from temporalio.converter import WorkflowSerializationContext
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from domain.calls import JourneyInput
from domain.commands import Body, Command, Receipt
from domain.events import Event
from domain.facts import CaseFacts
from domain.ids import NAMESPACE, workflow_id
from domain.journey import JourneyState
from gateway.commands import Gateway
from gateway.relay import start_journey
from notices.channel import Channel
from ops.codec import data_converter
from ops.temporal_server import TemporalServer
from rules.child import EngineChild
from store import clock, ids, ledger, outbox, participants, people, queries
from store.database import Store
from store.seed import FIRST_OFFICE, seed_demo
from store.tables import PersonRow
from worker import workers

BODY: TypeAdapter[Body] = TypeAdapter(Body)
MOST_SKIPS = 5000


@dataclass
class Stage:
    """What a test plays on."""

    store: Store
    client: Client
    gateway: Gateway
    worker_id: str = ""
    office: str = ""
    shift_s: dict[str, int] = field(default_factory=dict)

    async def start(self, begin_at: datetime, *, rollover_events: int = 200, **base: Any) -> str:
        """Register an invented person and start the journey as if it were `begin_at`.

        `started_with` are fields of the first event that no registration form has.
        """
        started_with = base.pop("started_with", {})
        form = self._form(begin_at, base)
        with self.store.write() as session:
            clock.set_to(session, begin_at)
            _, journey = participants.register(session, self.store, form)
            order = next(row for row in outbox.pending(session) if row.journey_id == journey)
            started = Event.model_validate(order.body["started"])
            outbox.done(session, cast("int", order.id))
        self.shift_s[journey] = round((begin_at - datetime.now(UTC)).total_seconds())
        at_begin = started.model_copy(
            update={
                "recorded_at": begin_at,
                "body": _begun(started.body, {"opened_on": begin_at.date(), **started_with}),
            }
        )
        await start_journey(
            self.client,
            JourneyInput(
                journey=journey,
                office=form.office,
                clock_shift_s=self.shift_s[journey],
                started=at_begin,
                rollover_events=rollover_events,
            ),
        )
        return journey

    def _form(self, begin_at: datetime, base: dict[str, Any]) -> participants.Registration:
        identity = {"name": "Lina Probe", "birth_date": "1990-05-04", **base.pop("identity", {})}
        fields = {
            "form_id": ids.new("command"),
            "actor": self.worker_id,
            "office": self.office,
            "ags": "08116077",
            "t0": begin_at.date(),
            "language": "de",
            "interpreter": "not_needed",
            "case_worker": self.worker_id,
            "programme": "p2026_0",
            "identity": identity,
            **base,
        }
        return participants.Registration.model_validate(fields)

    async def clear(self) -> None:
        """End every journey of this stage: the server is shared, and the next test has other keys."""
        for journey in self.shift_s:
            with suppress(RPCError):
                await self.handle(journey).terminate("curtain")

    def handle(self, journey: str) -> WorkflowHandle[Any, Any]:
        """The running workflow of a journey."""
        return self.client.get_workflow_handle(workflow_id(journey))

    def handle_context(self, journey: str) -> WorkflowSerializationContext:
        """What tells the codec whose payloads it opens."""
        return WorkflowSerializationContext(namespace=NAMESPACE, workflow_id=workflow_id(journey))

    async def now(self, journey: str) -> datetime:
        """The business instant inside the journey."""
        skipper = TimeSkipper(self.client)
        virtual = await skipper.get_current_time(self.handle(journey))
        return virtual + timedelta(seconds=self.shift_s[journey])

    async def until(self, journey: str, target: datetime) -> None:
        """Let time pass until the business instant `target`; everything due on the way happens."""
        skipper = TimeSkipper(self.client, config=TimeSkippingConfig(max_session_skip_count=MOST_SKIPS))
        missing = target - await self.now(journey)
        if missing > timedelta(0):
            await skipper.fast_forward(self.handle(journey), missing)
        await self.quiet(journey)

    async def quiet(self, journey: str) -> None:
        """Return once every event of the journey is stored."""
        for _ in range(200):
            state = await self.state(journey)
            with self.store.read() as session:
                if queries.journey(session, journey).seq >= state.seq:
                    return
            await asyncio.sleep(0.05)
        raise AssertionError("the journey does not come to rest")

    async def state(self, journey: str) -> JourneyState:
        """The state as the workflow knows it."""
        return cast("JourneyState", await self.handle(journey).query("state", result_type=JourneyState))

    def person(self, login: str) -> str:
        """The id of a person of the demo."""
        with self.store.read() as session:
            return cast("PersonRow", people.by_login(session, login)).id

    async def do(
        self, journey: str, kind: str, *, rev: int | None = None, approved_by: str = "", **fields: Any
    ) -> Receipt:
        """Carry one command out as the case worker; `approved_by` is the login of the second person."""
        command = Command(
            command_id=ids.new("command"),
            actor=self.worker_id,
            role="case_worker",
            rev=rev,
            approvals=(self.person(approved_by),) if approved_by else (),
            body=BODY.validate_python({"kind": kind, **fields}),
        )
        return await self.gateway.execute(journey, command, wait_s=20)

    def facts(self, journey: str) -> CaseFacts:
        """The facts as the read model has them."""
        return queries.journey_view(self.store, journey).facts

    def entries(self, journey: str) -> list[ledger.Entry]:
        """The journey's own ledger stream."""
        with self.store.read() as session:
            return ledger.read(session, f"journey/{journey}")

    def bodies(self, journey: str, kind: str) -> list[dict[str, Any]]:
        """The bodies of the journey's events of one type, in order."""
        return [entry.body["body"] for entry in self.entries(journey) if entry.type == kind]

    def types(self, journey: str) -> list[str]:
        """The event types of the journey, in order."""
        return [entry.type for entry in self.entries(journey)]


def _begun(body: Any, update: dict[str, Any]) -> Any:
    return type(body).model_validate(body.model_dump() | update)


@asynccontextmanager
async def stage(store: Store, server: TemporalServer, mail: Channel) -> AsyncIterator[Stage]:
    """Open the curtain: a seeded store, a client with encryption, workers; all gone at the end."""
    seed_demo(store, clock.now(store), password="a-demo-password")
    with store.read() as session:
        worker_id = cast("PersonRow", people.by_login(session, "maier")).id
    client = await Client.connect(
        server.address, namespace=NAMESPACE, data_converter=data_converter(store.keys)
    )
    with EngineChild() as engine:
        serving = workers(client, store, engine, mail)
        runs = [asyncio.create_task(one.run()) for one in serving]
        playing = Stage(store, client, Gateway(client), worker_id=worker_id, office=FIRST_OFFICE)
        try:
            yield playing
        finally:
            await playing.clear()
            await asyncio.gather(*(one.shutdown() for one in serving))
            await asyncio.gather(*runs)
