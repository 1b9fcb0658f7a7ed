"""`pakt rules …`: hands the rule base its calendar and today's business date."""

from datetime import date
from pathlib import Path

from domain.calendar import berlin_day
from domain.errors import InvalidInput
from ops import settings as setting
from rules import cli
from store import clock, editions
from store.database import open_store


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Carry out one command of the rule base; without an installation a day must be named."""
    words = [*argv, *(["--json"] if as_json else [])]
    try:
        settings = setting.load_installed(data_dir)
    except InvalidInput:
        return cli.run(words, load_calendar=editions.calendar)
    return cli.run(words, load_calendar=editions.calendar, today=lambda: _today(settings))


def _today(settings: setting.Settings) -> date:
    """The business date, which in the demo is that of its clock."""
    store = open_store(settings, settings.master_key())
    try:
        return berlin_day(clock.now(store))
    finally:
        store.close()
