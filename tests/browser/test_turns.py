"""The turns of life in Chromium: a second person agrees, a case moves to another office, and a page stays readable."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from domain.commands import Command
from domain.turns import BlockAddress, LinkHousehold, OfferHandOver
from store import ids
from store.seed import FIRST_OFFICE, SECOND_OFFICE
from tests.browser.conftest import Site
from tests.browser.test_desk import NARROW, RULES
from tests.web.conftest import BEGINNING

pytestmark = pytest.mark.browser
TODAY = BEGINNING.date()


def _findings(page: Page) -> list[str]:
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    return [f"{v['id']}: {v['nodes'][0]['target']} ({len(v['nodes'])})" for v in result["violations"]]


def _order(site: Site, journey: str, *bodies: object) -> None:
    """Commands that have been given before the browser looks."""
    for body in bodies:
        site.desk.journeys._carry_out(
            journey,
            Command(
                command_id=ids.new("command"),
                actor=site.desk.person("maier"),
                role="case_worker",
                body=body,
            ),
        )


def _others(site: Site, journey: str) -> list[str]:
    offices = site.desk.journeys.offices
    return [one for one, office in offices.items() if office == FIRST_OFFICE and one != journey]


def _ready(site: Site) -> str:
    """A case with consent, and the move looked at."""
    journey = site.desk.journey_of()
    page = site.signed_in("maier")
    for query, fields in (
        ("take_consent", {"purpose": "casework", "outcome": "given"}),
        ("take_consent", {"purpose": "hand_over", "outcome": "given"}),
        ("record_fact?code=move_checked", {"value": "yes"}),
    ):
        page.goto(f"{site.address}/faelle/{journey}/aktion/{query}")
        for name, value in fields.items():
            field = page.locator(f"[name='{name}']").first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                page.locator(f"[name='{name}'][value='{value}']").check()
        page.locator("main form[method=post] button[type=submit]").click()
        expect(page.get_by_role("status")).to_be_visible()
    return journey


def _asked(site: Site, journey: str) -> None:
    page = site.signed_in("maier")
    page.goto(f"{site.address}/faelle/{journey}/aktion/extend_term")
    page.get_by_label("36 Monate").check()
    page.get_by_label("Grund").select_option("course_running")
    page.get_by_label("Ein Wort für die zweite Person").fill("Kurs endet erst im Mai")
    page.get_by_role("button", name="Verlängerung beantragen").click()
    expect(page.get_by_role("status")).to_contain_text("wartet auf Freigabe")


def test_every_page_of_the_turns_is_accessible_and_fits_320_pixels(site: Site) -> None:
    journey = _ready(site)
    other, third = _others(site, journey)[:2]
    hand_over = OfferHandOver(
        hand_over=ids.new("hand_over"), to_office=SECOND_OFFICE, to_ags="08115045", on=TODAY
    )
    home = LinkHousehold(household=ids.new("household"), relation="adult", on=TODAY)
    _asked(site, journey)
    _order(site, journey, hand_over, home)
    _order(site, other, home, BlockAddress(on=TODAY))
    case, found = f"/faelle/{journey}", []
    forms = ("extend_term", "block_address", "change_status", "link_household", "withdraw_fact", "merge_into")
    paths = {
        "maier": (
            *(case, f"/faelle/{other}", "/freigaben", "/uebergaben", f"{case}/gespraech"),
            *(f"{case}/aktion/{kind}" for kind in forms),
            f"{case}/aktion/merge_into?into={third}",
            f"/faelle/{third}/aktion/offer_hand_over",
            f"{case}/aktion/move_programme?programme=p2026_1",
            f"{case}/aktion/move_programme?programme=p2026_0",
        ),
        "vogt": ("/faelle", "/freigaben", "/zustaendigkeiten"),
        "lang": ("/uebergaben",),
    }
    for login, wanted in paths.items():
        page = site.signed_in(login, bypass_csp=True)
        for path in wanted:
            page.goto(site.address + path)
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            found += [f"{path} {finding}" for finding in _findings(page)]
            page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > NARROW["width"]:
                found.append(f"{path} is {width} px wide")
            page.set_viewport_size({"width": 1280, "height": 900})

    assert not found, "\n".join(found)


def test_a_second_person_agrees_with_one_press(site: Site) -> None:
    journey = _ready(site)
    _asked(site, journey)

    page = site.signed_in("vogt")
    expect(page.get_by_role("link", name="1 warten auf Ihre Freigabe")).to_be_visible()
    page.get_by_role("link", name="1 warten auf Ihre Freigabe").click()
    page.get_by_role("button", name="Freigeben").click()

    expect(page.get_by_role("status")).to_contain_text("Freigegeben und ausgeführt")
    assert site.desk.journeys.states[journey].facts.term_months == 36


def test_a_case_goes_on_in_the_other_office(site: Site) -> None:
    journey = _ready(site)
    page = site.signed_in("maier")
    page.goto(f"{site.address}/faelle/{journey}/aktion/offer_hand_over")
    page.get_by_label("Beispielheim").check()
    page.get_by_role("button", name="Büro fragen").click()
    expect(page.get_by_role("status")).to_contain_text("gefragt")

    other = site.signed_in("lang")
    other.get_by_role("link", name="1 Anfragen anderer Büros").click()
    other.get_by_label("Zuständige Person").select_option(label="Thomas Keller")
    other.get_by_role("button", name="Fall übernehmen").click()

    expect(other.get_by_role("status").first).to_contain_text("übernommen")
    expect(other.get_by_role("heading", level=1)).to_have_text(site.desk.name_of(journey))
    assert site.desk.journeys.states[journey].facts.closed_on == TODAY


def test_all_cases_of_a_person_move_part_by_part_by_themselves(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.routes.reassigning.PART", 4)
    page = site.signed_in("vogt")
    page.get_by_role("link", name="Alle Fälle einer Person übergeben").click()
    page.get_by_label("Von").select_option(index=1)
    chosen = page.get_by_label("Von").evaluate("e => e.selectedOptions[0].text")
    taker = "Miriam Lang (Beispielheim)" if "Beispielheim" in chosen else "Daniel Okafor (Musterstadt)"
    page.get_by_label("An", exact=True).select_option(label=taker)
    page.get_by_role("button", name="Alle Fälle übergeben").click()

    count = chosen.split(": ")[1].split(" ")[0]
    expect(page.get_by_role("status")).to_contain_text(f"{count} von {count} Fällen übergeben")


def test_what_is_seldom_needed_opens_with_the_keyboard(site: Site) -> None:
    page = site.signed_in("vogt")
    page.get_by_text("Mehr", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Regeln")).to_be_visible()
