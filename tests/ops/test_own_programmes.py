"""An administrator's own programme file reaches new journeys, and none that run already."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ops.own_programmes import use_own_programmes
from store import editions, queries
from tests.support.stage import Stage
from tests.workflow.conftest import house, mail_server, seeded, sqlite_store

__all__ = ["house", "mail_server", "seeded", "sqlite_store"]
BEGIN = datetime(2027, 1, 4, 7, tzinfo=UTC)
PUBLISHED = Path(__file__).parents[2] / "domain" / "programmes" / "2026-0.yaml"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[None]:
    """The published programme under a new id, in which the profile is due after six weeks, not eight."""
    text = PUBLISHED.read_text().replace("id: p2026_0", "id: p2027_1")
    before, mark, after = text.partition("  - id: profile\n")
    directory = tmp_path / "programmes"
    directory.mkdir()
    (directory / "mine.yaml").write_text(before + mark + after.replace("n: 8, unit: W", "n: 6, unit: W", 1))
    yield use_own_programmes(tmp_path)
    editions.use_directory(None)


async def test_a_changed_offset_reaches_a_new_journey_and_an_old_one_keeps_its_own(
    house: Stage, own: None
) -> None:
    newest = editions.newest_programme()[1].id
    for programme, weeks in (("p2026_0", 8), (newest, 6)):
        journey = await house.start(BEGIN, programme=programme)
        await house.quiet(journey)
        plan = {step.step: step.due for step in queries.journey_view(house.store, journey).plan}
        assert plan["profile"] == BEGIN.date() + timedelta(weeks=weeks)
