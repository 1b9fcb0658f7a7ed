"""Several questions to one copy of the house in one process: shell commands, the handbook, pages of the desk."""

import asyncio
import io
import json
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

import httpx

from domain.commands import Command, Receipt
from domain.errors import Transient
from ops import command_line
from rules import book as books
from store import clock, editions
from store.database import Store, open_store
from store.seed import seed_demo
from tests.support.stores import MASTER_KEY, migrate, sqlite_url
from web.app import create_app
from web.handbook.content import handbook
from web.handbook.pages import page
from web.services import Services

PASSWORD = "a-demo-password"
DAY = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


class NoJourneys:
    """A gateway behind which nothing runs."""

    async def execute(self, journey: str, command: Command, *, wait_s: float = 3.0) -> Receipt:
        """Say that nobody is there."""
        raise Transient("temporal_away", address="none")


def shell(words: list[str]) -> dict[str, object]:
    """What `pakt` prints and how it ends."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = command_line.run(words)
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


def handbook_page() -> str:
    """The German page of the handbook alone: typesetting is another test's time."""
    return page(handbook(books.book(), "de", calendar=editions.calendar()[0]))


def desk(paths: list[str]) -> list[str]:
    """Pages as a case worker gets them, on a desk without journeys."""
    with tempfile.TemporaryDirectory() as home:
        url = sqlite_url(Path(home))
        migrate(url)
        store = open_store(url, MASTER_KEY)
        with store.write() as session:
            clock.set_to(session, DAY)
        seed_demo(store, clock.now(store), password=PASSWORD)
        try:
            return asyncio.run(_pages(store, paths))
        finally:
            store.close()


async def _pages(store: Store, paths: list[str]) -> list[str]:
    app = create_app(Services(store=store, gateway=NoJourneys(), demo=True))
    headers = {"sec-fetch-site": "same-origin"}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://desk.test", headers=headers
    ) as browser:
        await browser.post("/anmelden", data={"login": "maier", "password": PASSWORD})
        return [(await browser.get(path)).text for path in paths]


def main() -> None:
    """Read the questions as JSON, print the answers as JSON."""
    asked = json.loads(sys.stdin.read())
    answers = {
        "file": books.__file__,
        "commands": [shell(words) for words in asked.get("commands", [])],
        "handbook": handbook_page() if asked.get("handbook") else "",
        "desk": desk(asked["desk"]) if asked.get("desk") else [],
    }
    sys.__stdout__.write("ANSWERS" + json.dumps(answers))  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
