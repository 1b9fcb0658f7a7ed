"""One participant walks the whole road, from the form to the timeline; every record bears the same journey id."""

import re
from datetime import timedelta
from typing import Any

import httpx
from sqlmodel import Session, col, select
from temporalio.api.enums.v1 import EventType

from domain.calls import DecideRequest
from domain.ids import workflow_id
from gateway.relay import relay_once
from ops.codec import data_converter
from store import clock, ledger
from store.tables import EscalationRow, JourneyRow, NoticeRow, OutboxRow, ParticipantRow, TaskRow
from tests.support.mail_server import MailServer
from tests.support.stage import Stage
from web.app import create_app
from web.services import Services

NAME = "Wegweiserin Probe"
MAIL = "wegweiserin@example.org"


async def browser(house: Stage, login: str) -> httpx.AsyncClient:
    app = create_app(Services(store=house.store, gateway=house.gateway, demo=True))
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://desk.test",
        headers={"sec-fetch-site": "same-origin"},
    )
    signed_in = await client.post("/anmelden", data={"login": login, "password": "a-demo-password"})
    assert signed_in.status_code == 303
    return client


def one(session: Session, table: type[Any], journey: str) -> Any:
    return session.exec(select(table).where(col(table.journey_id) == journey)).one()


async def register(desk: httpx.AsyncClient, house: Stage) -> tuple[str, dict[str, str]]:
    page = (await desk.get("/faelle/neu", follow_redirects=True)).text
    form_id = re.search(r'name="form_id" value="([0-9a-f]+)"', page)
    assert form_id is not None
    form = {
        "form_id": form_id[1],
        "name": NAME,
        "birth_date": "1990-05-04",
        "language": "de",
        "interpreter": "not_needed",
        "reading": "reads",
        "email": MAIL,
        "municipality": "08115003",
        "t0": str(clock.now(house.store).date()),
    }
    answer = await desk.post("/faelle/neu", data=form)
    assert answer.status_code == 303, answer.text
    journey = answer.headers["location"].split("?")[0].rsplit("/", 1)[1]
    house.shift_s[journey] = 0
    return journey, form


async def test_one_line_from_the_form_to_the_timeline(house: Stage, mail_server: MailServer) -> None:
    desk, stranger = await browser(house, "maier"), await browser(house, "keller")

    # 1 and 3: a form becomes rows, in one transaction; the same form again becomes nothing more.
    journey, form = await register(desk, house)
    again = await desk.post("/faelle/neu", data=form)
    assert journey in again.headers["location"]
    with house.store.read() as session:
        assert NAME.encode() not in one(session, ParticipantRow, journey).identity
        assert one(session, OutboxRow, journey).done_at is None
        assert session.get_one(JourneyRow, journey).state == "waiting"

    # 2: behind another office's wall it does not exist.
    assert (await stranger.get(f"/faelle/{journey}")).status_code == 404

    # 4: exactly one workflow, however often the relay is asked.
    await relay_once(house.store, house.client)
    await relay_once(house.store, house.client)
    await house.quiet(journey)
    runs = [w async for w in house.client.list_workflows(f'WorkflowId = "{workflow_id(journey)}"')]
    assert len(runs) <= 1

    # 5 to 8: time passes; the office has offered nothing, so its own duty is called, first quietly.
    await house.until(journey, clock.now(house.store) + timedelta(days=36))
    with house.store.read() as session:
        tasks = session.exec(select(TaskRow).where(col(TaskRow.journey_id) == journey)).all()
        matter = one(session, EscalationRow, journey)
    assert "foe_02_1" in {task.what for task in tasks}
    assert (matter.rule, matter.level) == ("FOE-02", 1)

    # 9: after consent an appointment is announced by mail; the address stands on the envelope only.
    today = (await house.now(journey)).date()
    for purpose in ("casework", "email"):
        await house.do(journey, "take_consent", purpose=purpose, outcome="given", on=str(today))
    start = await house.now(journey) + timedelta(days=21)
    await house.do(
        journey, "offer_appointment", appointment="apt_" + "7" * 32, talk="first_talk", start=start
    )
    await house.until(journey, await house.now(journey) + timedelta(days=4))
    mail_server.wait_for(1)
    with house.store.read() as session:
        notice = one(session, NoticeRow, journey)
        streams = ledger.streams(session, f"journey/{journey}") + ledger.streams(session, f"desk/{journey}")
        assert all(ledger.verify(session, stream) is None for stream in streams)
    assert [m.message_id for m in mail_server.taken] == [notice.message_id]
    assert mail_server.taken[0].recipient == MAIL

    # 10: the timeline tells it, with rule and ledger entry.
    page = (await desk.get(f"/faelle/{journey}")).text
    assert NAME in page
    assert "FOE-02" in page
    await no_name_went_through(house, journey)


async def no_name_went_through(house: Stage, journey: str) -> None:
    """The decoded history holds the journey's id in every request, and nobody's name."""
    converter = data_converter(house.store.keys).with_context(house.handle_context(journey))
    seen = 0
    async for event in house.handle(journey).fetch_history_events():
        if event.event_type != EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
            continue
        attributes = event.activity_task_scheduled_event_attributes
        if attributes.activity_type.name == "decide":
            (request,) = await converter.decode(attributes.input.payloads, [DecideRequest])
            assert request.journey == request.facts.journey == journey
            assert NAME not in request.model_dump_json()
            seen += 1
    assert seen > 3
