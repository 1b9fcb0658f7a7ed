"""Mail away for a while, and what the pages then say; nothing waits behind a sick mail server."""

import asyncio
from datetime import timedelta

import httpx

from ops.ports import LOOPBACK
from store import people
from tests.chaos.lives import INVITED, MATTERS, QUIET, at, invited, matters, neglected
from tests.chaos.site import SHIPPED, Site
from tests.chaos.verdict import broken
from tests.support.mail_server import Behaviour
from tests.support.registered import OFFICE
from web.app import compose

PASSWORD = "a-password-for-one-test"


async def test_while_mail_is_away_reminders_wait_and_everything_else_goes_on(site: Site) -> None:
    site.run(SHIPPED)
    journeys = [await invited(site), await neglected(site)]

    await asyncio.to_thread(site.mail.stop)
    await asyncio.gather(*(site.carry(journey, INVITED + timedelta(days=1)) for journey in journeys))
    waiting = site.stage.facts(journeys[0]).notices
    await asyncio.to_thread(site.mail.start)
    await asyncio.gather(*(site.carry(journey, QUIET) for journey in journeys))

    assert {n.state for n in waiting if n.channel == "email"} == {"deferred"}
    assert len(site.mail.taken) == 3
    assert set(site.mail.copies().values()) == {1}
    assert matters(site, journeys[1]) == MATTERS
    assert await broken(site, until=QUIET.date(), grace_days=3) == []


async def test_a_lost_reply_is_told_on_the_page_of_the_case(site: Site) -> None:
    site.run(SHIPPED)
    journey = await invited(site)
    site.mail.script(Behaviour.REPLY_LOST, Behaviour.OK)

    await site.carry(journey, QUIET)

    copies = site.mail.copies()
    assert sorted(copies.values()) == [1, 1, 2]
    assert (await page_of(site, journey)).count("möglicherweise doppelt") == 1
    assert await broken(site, until=QUIET.date()) == []


async def test_the_verdict_can_fail(site: Site) -> None:
    site.run(SHIPPED)
    journey = await invited(site)
    await site.carry(journey, at("2027-01-11"))
    sound = await broken(site, until=INVITED.date())

    (mail,) = site.mail.taken
    site.mail.taken.append(mail)
    doubled = await broken(site, until=INVITED.date())
    site.mail.taken.clear()
    lost = await broken(site, until=INVITED.date())

    assert sound == []
    assert any("no word of it" in line for line in doubled)
    assert any("sent, and no mail" in line for line in lost)


async def page_of(site: Site, journey: str) -> str:
    """The page of a case as its office sees it."""
    with site.store.write() as session:
        people.add_person(session, login="leserin", name="L", password=PASSWORD, role="lead", office=OFFICE)
    transport = httpx.ASGITransport(app=compose(site.settings), client=(LOOPBACK, 40000))
    headers = {"sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test", headers=headers) as desk:
        await desk.post("/anmelden", data={"login": "leserin", "password": PASSWORD})
        return (await desk.get(f"/faelle/{journey}")).text
