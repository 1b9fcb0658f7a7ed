"""Records the golden history anew: `python -m tests.replay.record`.

Only before a release, for a change that no journey in the field can meet. After a release a golden history is
never recorded again: the workflow keeps replaying it (`workflow.patched`), and a new one is added beside it.
"""

import asyncio
import tempfile
from pathlib import Path

from audit.bundle import export
from notices.mail import MailChannel
from ops import exit as leaving
from ops.codec import data_converter
from ops.temporal_server import TemporalServer
from store.database import Store
from tests.replay.life import half_a_year, to_the_end
from tests.support.mail_server import MailServer
from tests.support.server import embedded
from tests.support.stage import stage
from tests.support.stores import opened, sqlite_url

GOLDEN = Path(__file__).parent / "golden"
NAME = "0.1.0-half-a-year.json"


def record(home: Path, out: Path) -> None:
    """Live the life on a whole house and export it."""
    with opened(sqlite_url(home)) as store, embedded(home) as server, MailServer() as mail:
        asyncio.run(_live(store, server, MailChannel(mail.settings()), out))


async def _live(store: Store, server: TemporalServer, mail: MailChannel, out: Path) -> None:
    async with stage(store, server, mail) as house:
        journey = await half_a_year(house)
        await to_the_end(house, journey)
        await export(store, house.client, journey, out, converter=data_converter(store.keys))


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        record(Path(place), GOLDEN / NAME)
    leaving.leave(0)
