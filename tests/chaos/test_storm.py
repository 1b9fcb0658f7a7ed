"""A storm: thirty seeded kills of worker, Temporal and mail while ten journeys live through two months."""

import asyncio
import os
from datetime import datetime

import pytest

from domain.calendar import berlin_day
from ops.simulate.chance import Chance
from tests.chaos.lives import MAILS_ON, MATTERS, QUIET, invited, matters, neglected
from tests.chaos.site import MORTAL, Site
from tests.chaos.verdict import broken
from tests.support.mail_server import Behaviour

SEED = os.environ.get("PAKT_STORM_SEED", "1")
KILLS, GAP_MS = 30, (300, 3000)
VICTIMS = ("worker",) * 9 + ("temporal",) * 6 + ("mail",) * 5
MAIL_AWAY_S = 1.0


async def strike(site: Site, chance: Chance) -> str:
    """Kill one part and start it again."""
    victim = chance.one_of(VICTIMS)
    if victim == "worker":
        site.kill("mortal_worker")
        site.run(MORTAL)
    elif victim == "temporal":
        site.server.kill()
        site.server.start()
    elif chance.happens(50):
        await asyncio.to_thread(site.mail.stop)
        await asyncio.sleep(MAIL_AWAY_S)
        await asyncio.to_thread(site.mail.start)
    else:
        site.mail.script(Behaviour.HANG_AFTER_DATA, Behaviour.REPLY_LOST, Behaviour.OK)
        victim = "reply"
    return victim


async def storm(site: Site) -> dict[str, int]:
    """All kills, one after another, at seeded moments."""
    chance, struck = Chance(f"{SEED}/storm"), dict[str, int]()
    for _ in range(KILLS):
        await asyncio.sleep(chance.between(GAP_MS) / 1000)
        victim = await strike(site, chance)
        struck[victim] = struck.get(victim, 0) + 1
    return struck


def intended_on(site: Site, journey: str) -> list[str]:
    """The days for which mails were meant; a mail that had to wait moves on from its day."""
    planned = site.stage.bodies(journey, "notice_planned")
    instants = (datetime.fromisoformat(body["send_at"]) for body in planned if body["channel"] == "email")
    return sorted(berlin_day(instant).isoformat() for instant in instants)


def lost(site: Site, journey: str) -> list[str]:
    """Reminders that neither left, nor came too late while mail was away, nor called a person."""
    facts = site.stage.facts(journey)
    settled = {body["notice"]: body["reason"] for body in site.stage.bodies(journey, "notice_lapsed")}
    called = {task.subject for task in facts.tasks if task.what.startswith("notice_")}
    return [
        f"{notice.id}: {notice.state}"
        for notice in facts.notices
        if notice.state != "sent" and settled.get(notice.id) != "too_late" and notice.matter not in called
    ]


@pytest.mark.proof
@pytest.mark.timeout(1700)
async def test_thirty_kills_lose_nothing_and_double_nothing_unsaid(site: Site) -> None:
    site.patience_s = 900
    site.run(MORTAL)
    reminded = [await invited(site) for _ in range(6)]
    left_alone = [await neglected(site) for _ in range(4)]

    living = [asyncio.create_task(site.carry(one, QUIET)) for one in (*reminded, *left_alone)]
    struck = await storm(site)
    await asyncio.gather(*living)

    assert sum(struck.values()) == KILLS
    assert [intended_on(site, one) for one in reminded] == [MAILS_ON] * len(reminded)
    assert [line for one in reminded for line in lost(site, one)] == []
    assert [matters(site, one) for one in left_alone] == [MATTERS] * len(left_alone)
    assert await broken(site, until=QUIET.date(), grace_days=3) == []
