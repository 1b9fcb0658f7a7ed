"""A journey on real parts, in virtual time."""

from datetime import datetime, timedelta

from domain.calendar import BERLIN
from domain.errors import Refusal
from tests.support.stage import Stage

BEGIN = datetime(2027, 1, 4, 8, 0, tzinfo=BERLIN)


async def test_an_office_that_offers_nothing_hears_of_it_step_by_step(house: Stage) -> None:
    journey = await house.start(BEGIN)

    await house.until(journey, BEGIN + timedelta(days=45))

    facts = house.facts(journey)
    raised = [(m.rule, m.level) for m in facts.matters]
    assert raised == [("FOE-02", 2)]
    assert [e.body["level"] for e in house.entries(journey) if e.type == "escalation_raised"] == [1, 2]
