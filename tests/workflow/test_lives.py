"""Lives of two years as people would tell them, on the real house in virtual time."""

import pytest

from tests.support.stage import Stage
from tests.workflow.lives.playing import Play
from tests.workflow.lives.script import Script, scripts

ALL = scripts()


@pytest.mark.parametrize("script", ALL, ids=lambda script: script.file)
async def test_a_life_goes_as_it_is_written(house: Stage, script: Script) -> None:
    broken = await Play(house, script).live()

    assert broken == []
