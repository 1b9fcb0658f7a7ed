"""The directory in Chromium: accessible, at 320 px; a case worker finds an offer, makes it, and records a no."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from store import directory
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}


def _entry(site: Site, name: str) -> str:
    with site.desk.store.read() as session:
        return next(one.id for one in directory.entries(session) if one.name.startswith(name))


def _consent(page: Page, site: Site, journey: str) -> None:
    page.goto(f"{site.address}/faelle/{journey}/aktion/take_consent")
    page.locator("[name=purpose][value=casework]").check()
    page.locator("[name=outcome][value=given]").check()
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url(f"**/faelle/{journey}")


def _faults(page: Page, path: str) -> list[str]:
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    found = [f"{path} {v['id']}: {v['nodes'][0]['target']}" for v in result["violations"]]
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(WIDE)
    return [*found, f"{path} is {width} px wide"] if width > NARROW["width"] else found


def test_every_page_of_the_directory_is_accessible_and_fits_320_pixels(site: Site) -> None:
    page, journey, offer = (
        site.signed_in("maier", bypass_csp=True),
        site.desk.journey_of(),
        _entry(site, "Offener Chor"),
    )
    _consent(page, site, journey)
    case = f"/faelle/{journey}/angebote"
    paths = ("/angebote", "/angebote?ort=Atlantis&art=club", "/angebote/neu", f"/angebote/{offer}")
    found = []
    for path in (*paths, case, f"{case}/{offer}"):
        page.goto(site.address + path)
        found += _faults(page, path)

    assert not found, "\n".join(found)


def test_an_offer_is_found_by_taking_a_filter_away_made_and_declined(site: Site) -> None:
    page, journey = site.signed_in("maier"), site.desk.journey_of()
    _consent(page, site, journey)

    page.get_by_role("link", name="Angebote suchen").click()
    expect(page.get_by_role("link", name="Offener Chor")).to_have_count(0)
    page.get_by_role("link", name="mit freien Plätzen").click()
    page.get_by_role("row", name="Offener Chor").get_by_role("link", name="anbieten").click()
    page.get_by_role("button", name="Als angeboten erfassen").click()
    page.get_by_role("region", name="Angebote").get_by_role("link", name="Antwort erfassen").click()
    page.get_by_label("nicht gewünscht").check()
    page.get_by_role("button", name="Antwort speichern").click()

    panel = page.get_by_role("region", name="Angebote")
    expect(panel.get_by_text("nicht gewünscht")).to_be_visible()
    expect(panel.get_by_text("Offener Chor")).to_be_visible()


def test_an_entry_is_entered_without_scripts_and_changed(site: Site) -> None:
    page = site.signed_in("maier", java_script_enabled=False)
    page.goto(f"{site.address}/angebote/neu")
    page.get_by_label("Art").select_option("club")
    page.get_by_label("Angebot", exact=True).fill("Gartengruppe")
    page.get_by_label("Anbieter").fill("Bürgertreff")
    page.get_by_label("Gemeinde").fill("Böblingen")
    page.get_by_role("button", name="Eintragen").click()

    expect(page.get_by_role("heading", name="Gartengruppe")).to_be_visible()
    page.get_by_text("Ändern", exact=True).click()
    page.get_by_label("Freie Plätze").fill("3")
    page.get_by_role("button", name="Änderung speichern").click()
    expect(page.get_by_text("Freie Plätze: – → 3")).to_be_visible()
