"""A new book reaches every open journey, a few at a time, each once, whatever is killed on the way."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import func, select

from domain.calendar import berlin_day
from domain.ids import workflow_id
from gateway.replanning import AT_ONCE
from store import clock, replans
from store.database import Store
from store.replans import Progress
from store.tables import JourneyRow
from tests.chaos.site import RELAY, SHIPPED, Site, until
from tests.chaos.verdict import broken
from tests.support.registered import House, journey

SATURDAY_NIGHT = datetime(2027, 1, 9, 21, tzinfo=UTC)
BOOK = "b2027_1"


async def begun(site: Site, number: int, *, patience_s: float = 60.0) -> list[str]:
    """So many running cases on a Saturday night, when nothing happens by itself."""
    with site.store.write() as session:
        clock.set_to(session, SATURDAY_NIGHT)
    at = House(site.stage.office, site.stage.worker_id, "", "")
    made = [journey(site.store, at, f"form-{n:04d}", programme="p2026_0") for n in range(number)]
    site.run(SHIPPED)
    site.run(RELAY)
    await until(lambda: calls(site.store, 1) == number, "every journey has begun", patience_s=patience_s)
    return made


def calls(store: Store, at_least: int) -> int:
    """How many journeys have stored so many decisions."""
    with store.read() as session:
        return session.exec(select(func.count()).where(JourneyRow.call >= at_least)).one()


def progress(store: Store) -> Progress:
    with store.read() as session:
        [found] = replans.progress(session, about=BOOK)
    return found


def order(store: Store) -> int:
    with store.write() as session:
        return replans.order(session, reason="book_changed", about=BOOK, at=clock.now(session))


async def replans_of(site: Site, one: str) -> int:
    """How often a journey took a replan order, by its own history."""
    history = await site.stage.client.get_workflow_handle(workflow_id(one)).fetch_history()
    taken = [
        event.workflow_execution_update_accepted_event_attributes.accepted_request.input.name
        for event in history.events
        if event.HasField("workflow_execution_update_accepted_event_attributes")
    ]
    return taken.count("replan")


async def killed_in_the_middle(site: Site, number: int, *, patience_s: float) -> list[int]:
    """Kill the relay whenever another part is through, until all are planned anew; how far it was each time."""
    killed = []
    for share in (0.2, 0.5, 0.8):
        wanted = int(number * share)
        await until(
            lambda wanted=wanted: progress(site.store).told >= wanted,
            f"{wanted} are told",
            patience_s=patience_s,
        )
        site.kill("relay_part")
        killed.append(progress(site.store).told)
        site.run(RELAY)
    await until(lambda: progress(site.store).done, "every journey is planned anew", patience_s=patience_s)
    return killed


async def test_fifty_journeys_are_planned_anew_once_each_though_the_relay_is_killed(site: Site) -> None:
    made = await begun(site, 50)

    ordered = order(site.store)
    killed = await killed_in_the_middle(site, 50, patience_s=100)

    assert ordered == 50
    assert any(0 < told < 50 for told in killed)
    found = progress(site.store)
    assert (found.journeys, found.told, found.planned) == (50, 50, 50)
    assert [await replans_of(site, one) for one in made] == [1] * 50
    with site.store.read() as session:
        rows = session.exec(select(JourneyRow)).all()
    assert {row.call for row in rows} == {2}
    assert await broken(site, until=berlin_day(clock.now(site.store))) == []


async def test_no_more_than_have_room_are_under_way_and_a_new_case_does_not_wait_for_them(site: Site) -> None:
    await begun(site, 30)
    site.kill("worker")
    order(site.store)

    await asyncio.sleep(2)
    with site.store.read() as session:
        waiting, told = replans.under_way(session), progress(site.store).told
    at = House(site.stage.office, site.stage.worker_id, "", "")
    late = journey(site.store, at, "form-late", programme="p2026_0")
    site.run(SHIPPED)
    await until(lambda: progress(site.store).done, "every journey is planned anew", patience_s=100)

    assert max(waiting, told) <= AT_ONCE
    with site.store.read() as session:
        assert session.get_one(JourneyRow, late).call >= 1


@pytest.mark.proof
@pytest.mark.timeout(900)
async def test_a_new_book_reaches_a_thousand_open_journeys_through_three_kills(
    site: Site, record_property: Callable[[str, object], None]
) -> None:
    made = await begun(site, 1000, patience_s=400)
    began = time.monotonic()

    ordered = order(site.store)
    killed = await killed_in_the_middle(site, 1000, patience_s=300)

    record_property("seconds", round(time.monotonic() - began))
    record_property("killed_at", killed)
    assert ordered == 1000
    assert all(0 < told < 1000 for told in killed)
    assert progress(site.store).planned == 1000
    assert [await replans_of(site, one) for one in made] == [1] * 1000
