"""A real browser before a real desk on loopback; a missing Chromium is said, never skipped over in silence."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.web.conftest import PASSWORD, Desk, Template, make_template, open_desk

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Site:
    """The desk as a browser reaches it, and all that a page may not do while it is looked at."""

    desk: Desk
    address: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    def context(self, **options: object) -> BrowserContext:
        """A browser profile that notes foreign requests and complaints of the console."""
        made = self.browser.new_context(locale="de-DE", **options)  # type: ignore[arg-type]
        made.on("request", self._note_request)
        made.on("console", self._note_console)
        made.on("weberror", lambda error: self.complaints.append(f"error {error.error}"))
        return made

    def signed_in(self, login: str, **options: object) -> Page:
        """A page in which this person has signed in through the form."""
        page = self.context(**options).new_page()
        page.goto(f"{self.address}/anmelden")
        page.get_by_label("Anmeldename").fill(login)
        page.get_by_label("Kennwort").fill(PASSWORD)
        page.get_by_role("button", name="Anmelden").click()
        page.wait_for_url(f"{self.address}/**")
        assert page.url != f"{self.address}/anmelden"
        return page

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.complaints.append(f"foreign request {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        expected = "status of 4" in message.text or "status of 202" in message.text
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(f"console {message.text}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium: apt-get install chromium")
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The journeys that every test of a module begins with."""
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def site(tmp_path: Path, started: Template, browser: Browser) -> Iterator[Site]:
    """A served desk; at the end no page may have complained or asked a foreign host for anything."""
    with open_desk(tmp_path, started) as desk, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(desk.app, log_config=None, access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [probe]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        made = Site(desk, f"http://127.0.0.1:{probe.getsockname()[1]}", browser)
        yield made
        for context in browser.contexts:
            context.close()
        server.should_exit = True
        thread.join(timeout=10)
    assert made.complaints == []
