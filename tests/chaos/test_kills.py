"""kill -9 in the middle of an activity, and of the server: nothing is lost, and nothing happens twice unsaid."""

import asyncio
from collections import Counter

import pytest

from tests.chaos.lives import MAILS_ON, MATTERS, QUIET, invited, mailed_on, matters, neglected
from tests.chaos.site import MORTAL, SHIPPED, Site, until
from tests.chaos.verdict import broken
from tests.support.mail_server import Behaviour


@pytest.mark.parametrize("worker", [MORTAL, pytest.param(SHIPPED, marks=pytest.mark.proof)])
@pytest.mark.timeout(300)
async def test_a_worker_killed_between_hand_over_and_reply_leaves_two_copies_that_say_so(
    site: Site, worker: str
) -> None:
    site.run(worker, "worker")
    journey = await invited(site)
    site.mail.script(Behaviour.HANG_AFTER_DATA, Behaviour.OK)

    passing = asyncio.create_task(site.carry(journey, QUIET))
    await until(lambda: len(site.mail.taken) == 1, "the first mail is handed over")
    site.kill("worker")
    site.run(worker, "worker")
    await passing

    first = site.mail.taken[0].message_id
    assert site.mail.copies()[first] == 2
    assert Counter(site.mail.copies().values()) == {2: 1, 1: 2}
    assert mailed_on(site, journey) == MAILS_ON
    assert await broken(site, until=QUIET.date()) == []


async def test_a_worker_killed_before_and_after_the_commit_of_a_decision_decides_once(site: Site) -> None:
    site.run(MORTAL)
    journey = await neglected(site)
    site.trap("die_before_decide", "escalation_raised")
    site.trap("die_after_decide", "escalation_raised")

    passing = asyncio.create_task(site.carry(journey, QUIET))
    for _ in range(2):
        await site.died("mortal_worker")
        site.run(MORTAL)
    await passing

    assert matters(site, journey) == MATTERS
    assert await broken(site, until=QUIET.date()) == []


async def test_a_killed_temporal_server_carries_open_journeys_on_from_its_file(site: Site) -> None:
    site.run(MORTAL)
    journeys = [await invited(site), await neglected(site)]

    passing = asyncio.gather(*(site.carry(journey, QUIET) for journey in journeys))
    await until(lambda: len(site.mail.taken) == 1, "the first mail has left")
    for _ in range(2):
        site.server.kill()
        site.server.start()
        await asyncio.sleep(1)
    await passing

    assert mailed_on(site, journeys[0]) == MAILS_ON
    assert matters(site, journeys[1]) == MATTERS
    assert set(site.mail.copies().values()) == {1}
    assert await broken(site, until=QUIET.date()) == []
