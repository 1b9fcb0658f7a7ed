"""`pakt rules …`: hands the rule base its calendar, today's business date and its reader's language."""

from datetime import date
from pathlib import Path

from domain.calendar import berlin_day
from domain.errors import InvalidInput, PaktError
from ops import console
from ops import settings as setting
from ops.arguments import usage_mistake
from rules import cli
from rules.binding import Book
from store import clock, editions
from store.database import open_store

BOOK_ACTIONS = frozenset({"books", "draft", "examine", "simulate", "approve", "activate", "compare"})


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Carry out one command of the rule base; without an installation, today is the day in Berlin."""
    if argv and argv[0] in BOOK_ACTIONS:
        # The steps of a book meet the store; a look at a rule should not wait for their libraries.
        from ops import cli_books  # noqa: PLC0415

        return cli_books.run(argv, data_dir=data_dir, as_json=as_json)
    words = [*argv, *(["--json"] if as_json else [])]
    if argv and console.language() == "en" and not any(word.startswith("--language") for word in argv):
        words += ["--language", "en"]
    return cli.run(
        words,
        load_calendar=editions.calendar,
        today=lambda: business_today(data_dir),
        sentence=_sentence,
        write_handbook=_write_handbook,
    )


def _write_handbook(book: Book, earlier: tuple[Book, ...], directory: Path) -> list[str]:
    # The typesetter and the pages are read only when a handbook is asked for.
    from web.handbook.pages import write  # noqa: PLC0415

    return write(book, earlier, directory, calendar=editions.calendar()[0])


def _sentence(refused: PaktError) -> str:
    if refused.code == "usage":
        refused = usage_mistake(refused.params["field"], refused.params["remedy"])
    return console.sentence(refused)


def business_today(data_dir: Path) -> date:
    """The business date, which in the demo is that of its clock."""
    try:
        settings = setting.load_installed(data_dir)
    except InvalidInput as refused:
        if refused.code != "not_installed":
            raise
        return berlin_day(clock.real())
    store = open_store(settings, settings.master_key())
    try:
        return berlin_day(clock.now(store))
    finally:
        store.close()
