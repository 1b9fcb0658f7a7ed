"""`pakt rules …`: hands the rule base its calendar and today's business date."""

from datetime import UTC, date, datetime
from pathlib import Path

from domain.calendar import berlin_day
from ops import settings as setting
from rules import cli
from store import clock, editions
from store.database import open_store


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Carry out one command of the rule base; the demo's clock counts where there is one."""

    def today() -> date:
        settings = setting.load(data_dir)
        if not settings.demo:
            return berlin_day(datetime.now(UTC))
        store = open_store(settings, settings.master_key())
        try:
            return berlin_day(clock.now(store))
        finally:
            store.close()

    return cli.run([*argv, *(["--json"] if as_json else [])], load_calendar=editions.calendar, today=today)
