"""Registered while Temporal is away, relayed by processes that die: one workflow for one participant."""

import asyncio

from sqlmodel import select

from domain.calendar import berlin_day
from domain.ids import workflow_id
from store import clock
from store.tables import OutboxRow
from tests.chaos.site import RELAY, SHIPPED, Site, until
from tests.chaos.verdict import broken
from tests.support.registered import House, journey


def register(site: Site, form_id: str) -> str:
    """A participant registered at the desk."""
    at = House(site.stage.office, site.stage.worker_id, "", "")
    made = journey(site.store, at, form_id, programme="p2026_0")
    site.stage.shift_s[made] = 0
    return made


def orders(site: Site) -> list[tuple[str, bool]]:
    """Each order to start a journey, and whether it is carried out."""
    with site.store.read() as session:
        rows = session.exec(select(OutboxRow).where(OutboxRow.kind == "start")).all()
    return [(row.journey_id, row.done_at is not None) for row in rows]


def forget_that_it_was_told(site: Site) -> None:
    """What a relay leaves behind that is killed after telling Temporal and before noting it."""
    with site.store.write() as session:
        for row in session.exec(select(OutboxRow)).all():
            row.done_at = None
            session.add(row)


async def all_begun(site: Site) -> None:
    """Wait until every order is carried out and every journey has stored its first call."""
    await until(lambda: all(done for _, done in orders(site)), "every order is carried out")
    await until(lambda: all(map(site.stage.types, site.stage.shift_s)), "every journey has begun")


async def runs(site: Site) -> dict[str, int]:
    """How many workflows there are for each journey."""
    found = [run.id async for run in site.stage.client.list_workflows("WorkflowType = 'Journey'")]
    return {one: found.count(workflow_id(one)) for one in site.stage.shift_s} | {"all": len(found)}


async def test_what_is_registered_while_temporal_is_away_begins_once_it_is_back(site: Site) -> None:
    site.run(RELAY)
    site.run(SHIPPED)
    first = register(site, "form-0001")
    await all_begun(site)

    site.server.kill()
    second = register(site, "form-0002")
    register(site, "form-0002")
    await asyncio.sleep(1)
    waiting = dict(orders(site))
    site.server.start()
    await all_begun(site)

    assert waiting == {first: True, second: False}
    assert await runs(site) == {first: 1, second: 1, "all": 2}


async def test_relays_that_die_and_relays_side_by_side_start_each_journey_once(site: Site) -> None:
    made = [register(site, f"form-000{n}") for n in range(1, 6)]
    site.run(SHIPPED)
    site.run(RELAY, "first")
    site.run(RELAY, "second")
    await all_begun(site)

    for _ in range(2):
        site.kill("first")
        forget_that_it_was_told(site)
        site.run(RELAY, "first")
        await all_begun(site)

    assert await runs(site) == {**dict.fromkeys(made, 1), "all": 5}
    assert all(site.stage.types(one).count("journey_started") == 1 for one in made)
    assert await broken(site, until=berlin_day(clock.now(site.store))) == []
