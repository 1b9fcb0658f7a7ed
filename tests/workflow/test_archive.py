"""Runs are archived by themselves, and a journey whose after-care is over is shown as ended."""

from datetime import datetime, timedelta

from domain.calendar import BERLIN
from ops.archiving import Archiving
from store import archive, queries
from tests.support.stage import Stage

BEGIN = datetime(2027, 1, 4, 8, 0, tzinfo=BERLIN)


async def test_each_run_is_kept_once_and_an_ended_journey_is_marked(house: Stage) -> None:
    journey = await house.start(BEGIN, rollover_events=30)
    await house.until(journey, BEGIN + timedelta(days=60))
    keeper = Archiving(house.store, house.client)

    first = await keeper.round()
    again = await keeper.round()
    await house.do(journey, "close", approved_by="vogt", reason="moved_away", on="2027-03-01")
    await house.until(journey, BEGIN + timedelta(days=200))
    await keeper.round()

    assert first >= 1
    assert again == 0
    with house.store.read() as session:
        runs = archive.runs_of(session, journey)
        assert queries.journey(session, journey).state == "ended"
    assert [run.successor for run in runs].count(None) == 1
