"""The house as a user has it: `pakt up`, a real browser, real mail, Ctrl-C, and the next morning."""

import json
import os
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from store import ids
from tests.support.embedded import Embedded, perform, start, today
from tests.support.pictures import sign_in

NAME = "Hausprobe, Amira"
MAIL = "amira.hausprobe@example.org"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Embedded]:
    """Everything that `make run` starts."""
    running = start(tmp_path / "var")
    yield running
    if running.process.poll() is None:
        running.stop()


def register(page: Page, house: Embedded) -> str:
    page.goto(f"{house.address}/faelle/neu")
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Geburtsdatum").fill("1990-05-04")
    page.get_by_label("Sprache für Schreiben und Gespräche").select_option("de")
    page.get_by_role("group", name="Sprachmittlung nötig?").get_by_label("nein").check()
    page.get_by_label("E-Mail").fill(MAIL)
    page.get_by_label("Gemeinde").fill("08115003 Böblingen")
    page.get_by_label("Tag der Zuteilung").fill(today(house))
    page.get_by_role("button", name="Vorgang starten").click()
    expect(page.get_by_role("rowheader", name="Erster Kontakt")).to_be_visible(timeout=30_000)
    found = re.search(r"jrn_[0-9a-f]{32}", page.url)
    assert found is not None
    return found[0]


def moved(page: Page, house: Embedded, days: int) -> None:
    """Move the clock on the desk, as a visitor of the demo does."""
    before = date.fromisoformat(today(house))
    page.goto(f"{house.address}/uhr")
    page.get_by_role("button", name=f"{days} Tage").click()
    deadline = time.monotonic() + 60
    while date.fromisoformat(today(house)) < before + timedelta(days=days):
        assert time.monotonic() < deadline, "the clock does not arrive"
        time.sleep(0.2)


def mails(house: Embedded) -> list[str]:
    """Who was written to, according to the catcher."""
    files = sorted((house.data_dir / "mail").glob("*.eml"))
    return [str(message_from_bytes(file.read_bytes())["To"]) for file in files]


def test_a_journey_lives_on_real_parts_and_goes_on_after_a_night(house: Embedded, browser: Browser) -> None:
    page = browser.new_page(locale="de-DE")
    sign_in(page, house, "maier")
    journey = register(page, house)
    on = today(house)
    consents = [
        {"kind": "take_consent", "purpose": p, "outcome": "given", "on": on} for p in ("casework", "email")
    ]
    review = f"{date.fromisoformat(on) + timedelta(days=20)}T10:00:00+01:00"
    offer = {
        "kind": "offer_appointment",
        "appointment": ids.new("appointment"),
        "talk": "review",
        "start": review,
    }
    perform(house, journey, "maier", [*consents, offer])

    moved(page, house, 30)

    page.goto(f"{house.address}/faelle/{journey}")
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    expect(page.get_by_role("link", name="FOE-02").first).to_be_visible()
    assert MAIL in " ".join(mails(house))
    logs = "".join(p.read_text(errors="replace") for p in (house.data_dir / "logs").iterdir())
    assert "Hausprobe" not in logs
    assert MAIL not in logs

    known = {j["id"] for j in json.loads(house.pakt("--json", "journey", "list"))}
    assert house.stop() == 0
    assert not still_running(house.data_dir)
    again = start(house.data_dir)
    try:
        assert known == {j["id"] for j in json.loads(again.pakt("--json", "journey", "list"))}
        perform(again, journey, "maier", [{"kind": "record_contact", "contact": "call", "on": on}])
    finally:
        again.stop()


def still_running(data_dir: Path) -> list[str]:
    """The processes that still have this data directory on their command line."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if str(data_dir) in line:
                found.append(line)
    return found
