"""Make the pictures of the README and the docs from the running app: `make pictures`."""

import json
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from domain.calendar import BERLIN
from store import ids
from store.seed import FIRST_OFFICE
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.support.embedded import Embedded, perform, start, today

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WIDTH = 1360


def main() -> None:
    """Start Pakt, let one person live through half a year, and take the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        house = start(Path(home) / "var")
        try:
            journey = live(house)
            take(house, journey)
        finally:
            house.stop()


def live(house: Embedded) -> str:
    """Half a year of one journey; the other eleven go their own quiet way."""
    own = [j for j in json.loads(house.pakt("--json", "journey", "list")) if j["office"] == FIRST_OFFICE]
    journey = str(own[0]["id"])
    steps = [(_arrive, "8d"), (_talk, "30d"), (_plan, "60d"), (_course, "45d"), (_promises, "20d")]
    for scene, then in steps:
        perform(house, journey, "maier", scene(date.fromisoformat(today(house))))
        house.pakt("clock", "forward", then)
    return journey


def _at(day: date, hour: int) -> str:
    return datetime.combine(day, time(hour), tzinfo=BERLIN).isoformat()


def _offer(day: date, talk: str) -> dict[str, Any]:
    apt = ids.new("appointment")
    return {
        "kind": "offer_appointment",
        "appointment": apt,
        "talk": talk,
        "start": _at(day, 10),
        "interpreter": "confirmed",
    }


def _arrive(on: date) -> list[dict[str, Any]]:
    return [
        {"kind": "record_contact", "contact": "visit", "on": str(on)},
        {"kind": "record_step", "step": "first_contact", "on": str(on)},
        _offer(on + timedelta(days=7), "first_talk"),
    ]


def _talk(on: date) -> list[dict[str, Any]]:
    settles = [
        {"kind": "take_consent", "purpose": "casework", "outcome": "given", "on": str(on)},
        {"kind": "take_consent", "purpose": "email", "outcome": "given", "on": str(on)},
        {"kind": "record_step", "step": "first_talk", "on": str(on)},
        {"kind": "record_fact", "code": "childcare", "value": "not_needed", "valid_from": str(on)},
    ]
    return [
        {
            "kind": "record_talk",
            "talk": ids.new("talk"),
            "about": "first_talk",
            "on": str(on),
            "settles": settles,
        }
    ]


def _plan(on: date) -> list[dict[str, Any]]:
    theirs, ours = ids.new("commitment"), ids.new("commitment")
    return [
        {"kind": "record_step", "step": "profile", "on": str(on)},
        {"kind": "record_fact", "code": "course_entitlement", "value": "claim", "valid_from": str(on)},
        {"kind": "record_fact", "code": "entitlement_explained", "value": "yes", "valid_from": str(on)},
        {"kind": "record_fact", "code": "course_place", "value": "exists", "valid_from": str(on)},
        {"kind": "record_step", "step": "course_entitlement", "on": str(on)},
        {
            "kind": "agree_commitment",
            "commitment": ours,
            "side": "office",
            "goal": "housing",
            "due": str(on + timedelta(days=30)),
            "on": str(on),
        },
        {
            "kind": "agree_commitment",
            "commitment": theirs,
            "side": "participant",
            "goal": "language",
            "due": str(on + timedelta(days=21)),
            "on": str(on),
        },
        {"kind": "keep_commitment", "commitment": theirs, "on": str(on)},
    ]


def _course(on: date) -> list[dict[str, Any]]:
    return [
        {"kind": "record_step", "step": "integration_plan", "on": str(on)},
        {"kind": "record_fact", "code": "course_registered", "value": "yes", "valid_from": str(on)},
        {"kind": "record_fact", "code": "course_started", "value": "yes", "valid_from": str(on)},
        {"kind": "record_contact", "contact": "call", "on": str(on)},
    ]


def _promises(on: date) -> list[dict[str, Any]]:
    return [
        _offer(on + timedelta(days=40), "review"),
        {
            "kind": "agree_commitment",
            "commitment": ids.new("commitment"),
            "side": "participant",
            "goal": "work",
            "due": str(on + timedelta(days=14)),
            "on": str(on),
        },
        {
            "kind": "agree_commitment",
            "commitment": ids.new("commitment"),
            "side": "office",
            "goal": "work",
            "due": str(on + timedelta(days=28)),
            "on": str(on),
        },
    ]


def take(house: Embedded, journey: str) -> None:
    """Visit the pages and keep what they look like."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, locale="de-DE")
        sign_in(page, house, "maier")
        shoot(page, f"{house.address}/faelle", "journeys")
        shoot(page, f"{house.address}/faelle/{journey}", "journey")
        page.locator(".band").first.screenshot(path=PICTURES / "band.png")
        shoot(page, f"{house.address}/faelle/{journey}/gespraech", "talk")
        lead = browser.new_page(viewport={"width": WIDTH, "height": 900}, locale="de-DE")
        sign_in(lead, house, "vogt")
        shoot(lead, f"{house.address}/eskalationen", "escalations")
        browser.close()


def sign_in(page: Page, house: Embedded, login: str) -> None:
    """Sign in through the form."""
    page.goto(f"{house.address}/anmelden")
    page.get_by_label("Anmeldename").fill(login)
    page.get_by_label("Kennwort").fill(house.password)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_load_state()


def shoot(page: Page, address: str, name: str) -> None:
    """Visit a page and keep its first screenful."""
    page.goto(address)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
