"""Closure days change under a running journey: it is planned again, and what was decided before stays as it was."""

import asyncio
import json
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from audit.bundle import export
from audit.format import Bundle, canonical, parse, read, sha256_of
from audit.histories import parsed
from audit.judging import calls
from audit.shipped import replay_bundle
from audit.verify import verify
from domain.calendar import BERLIN, ClosureReason
from gateway.relay import relay_once
from ops.codec import data_converter
from store import clock, closures, editions, outbox, queries
from store.books import By
from store.tables import EscalationRow, JourneyRow, UpcomingRow
from tests.support.stage import Stage

BEGIN = datetime(2027, 1, 4, 8, 0, tzinfo=BERLIN)
RAISED = date(2027, 2, 1)
PUBLISHED = editions.calendar()[1]


def at(day: str, time: str = "18:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=BERLIN)


def silence_the_others(house: Stage) -> None:
    """The seeded people are not started, and take no place among those that the relay tells at once."""
    with house.store.write() as session:
        for order in outbox.pending(session, 100):
            if order.id is not None:
                outbox.done(session, order.id)
        for row in session.exec(select(JourneyRow).where(col(JourneyRow.state) == "waiting")).all():
            row.state = "ended" if row.id not in house.shift_s else row.state
            session.add(row)


async def change(house: Stage, journey: str, *, close: bool, first: date, last: date) -> None:
    """What the lead says on the desk, and what the relay then does."""
    now = await house.now(journey)
    with house.store.write() as session:
        clock.set_to(session, now)
        by = By(house.worker_id, now)
        if close:
            closures.close(session, house.office, first, last, ClosureReason.HOLIDAYS, by=by)
        else:
            closures.reopen(session, house.office, first, last, by=by)
    before = (await house.state(journey)).call
    await relay_once(house.store, house.client)
    for _ in range(100):
        if (await house.state(journey)).call > before:
            break
        await asyncio.sleep(0.05)
    else:
        raise AssertionError("nobody planned again")
    await house.quiet(journey)


def level_two_on(house: Stage, journey: str) -> list[date]:
    with house.store.read() as session:
        rows = session.exec(select(UpcomingRow).where(col(UpcomingRow.journey_id) == journey)).all()
        return [row.on_day for row in rows if row.what == "escalation" and row.level == 2]


def named_calendars(bundle: Bundle) -> list[str]:
    """The calendars of the answers, in their order, each once in a row."""
    found: list[str] = []
    for run in bundle.runs:
        for _, _, answer in calls(parsed(run.history)):
            if answer is not None and found[-1:] != [answer["calendar"]["id"]]:
                found.append(answer["calendar"]["id"])
    return found


async def test_a_closure_in_the_middle_of_a_journey_puts_off_what_the_office_must_do_and_nothing_else(
    house: Stage, tmp_path: Path
) -> None:
    journey = await house.start(BEGIN)
    silence_the_others(house)
    await house.until(journey, at("2027-02-02"))
    foreseen_before = level_two_on(house, journey)
    plan_before = queries.journey_view(house.store, journey).plan

    # The lead has ten working days from 1 February, and the office is closed for five of them.
    await change(house, journey, close=True, first=date(2027, 2, 8), last=date(2027, 2, 12))
    foreseen_after = level_two_on(house, journey)
    plan_after = queries.journey_view(house.store, journey).plan
    await house.until(journey, at("2027-02-22"))
    still_one = house.facts(journey).matters[0].level
    await house.until(journey, at("2027-02-23"))

    assert foreseen_before == [date(2027, 2, 16)]
    assert foreseen_after == [date(2027, 2, 23)]
    assert (still_one, house.facts(journey).matters[0].level) == (1, 2)
    raised = house.bodies(journey, "escalation_raised")
    assert [(r["level"], r["on"]) for r in raised] == [(1, "2027-02-01"), (2, "2027-02-23")]
    assert plan_after == plan_before, "no date of the law and none of the person has moved"

    # Later changes of the same office leave the record alone: it replays, and decides as it did.
    await change(house, journey, close=True, first=date(2027, 3, 1), last=date(2027, 3, 3))
    await change(house, journey, close=False, first=date(2027, 3, 2), last=date(2027, 3, 3))
    converter = data_converter(house.store.keys)
    bundle = await export(house.store, house.client, journey, tmp_path / "b.json", converter=converter)
    raw = read(tmp_path / "b.json")
    report = await replay_bundle(parse(raw))

    assert verify(raw).first_bad is None
    assert report.differences == ()
    assert report.decisions_reevaluated > 3
    names = named_calendars(bundle)
    assert names[0] == PUBLISHED.id
    assert len(set(names)) == len(names) == 4, "each change is an edition of its own"
    shipped = {one.id: one.text for one in bundle.editions.calendars}
    assert shipped[PUBLISHED.id] is None, "the published one comes with every release"
    assert all(text and house.office in text for id_, text in shipped.items() if id_ != PUBLISHED.id)


async def test_a_bundle_whose_calendar_was_altered_is_found(house: Stage, tmp_path: Path) -> None:
    journey = await house.start(BEGIN)
    silence_the_others(house)
    await house.until(journey, at("2027-01-12"))
    await change(house, journey, close=True, first=date(2027, 2, 8), last=date(2027, 2, 12))
    await house.until(journey, at("2027-02-02"))
    converter = data_converter(house.store.keys)
    await export(house.store, house.client, journey, tmp_path / "b.json", converter=converter)
    content = json.loads(read(tmp_path / "b.json"))
    own = next(one for one in content["editions"]["calendars"] if one.get("text"))

    own["text"] = own["text"].replace("2027-02-08", "2027-02-15")
    content["sha256"] = sha256_of({key: value for key, value in content.items() if key != "sha256"})
    bad = verify(canonical(content)).first_bad
    found = await replay_bundle(parse(canonical(content)))

    assert bad is not None
    assert bad.field == f"editions.calendars.{own['id']}"
    assert {entry.path for entry in found.differences} == {"calendar_invalid"}


async def test_closing_twice_plans_again_once_and_an_answer_is_awaited_longer_from_the_start(
    house: Stage,
) -> None:
    journey = await house.start(BEGIN)
    silence_the_others(house)
    await change(house, journey, close=True, first=date(2027, 2, 8), last=date(2027, 2, 12))
    with house.store.write() as session:
        by = By(house.worker_id, await house.now(journey))
        again = closures.close(
            session, house.office, date(2027, 2, 8), date(2027, 2, 12), ClosureReason.HOLIDAYS, by=by
        )
    await house.until(journey, at("2027-02-02"))

    assert again == closures.Changed((), 0)
    with house.store.read() as session:
        matter = session.exec(select(EscalationRow).where(col(EscalationRow.journey_id) == journey)).one()
    assert (matter.level, matter.answer_by) == (1, date(2027, 2, 22))
    assert editions.calendar()[0].add_working_days(RAISED, 10) == date(2027, 2, 15)
    assert matter.answer_by - date(2027, 2, 15) == timedelta(days=7)
