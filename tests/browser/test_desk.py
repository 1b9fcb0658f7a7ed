"""The desk in Chromium: sign in, start, settle; accessible, at 320 px, without scripts, once per double click."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from store import queries
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 800}


def _pages(journey: str) -> dict[str, tuple[str, ...]]:
    case = f"/faelle/{journey}"
    worker = (
        *("/faelle", "/faelle/neu", case, f"{case}/gespraech", f"{case}/aktion/take_consent"),
        *(
            f"{case}/aktion/offer_appointment",
            f"{case}/aktion/record_fact",
            f"{case}/aktion/agree_commitment",
        ),
        *("/aufgaben", "/briefe", "/regeln", "/regeln/handbuch/FOE-17", "/uhr", "/technik", "/nirgends"),
    )
    return {"maier": worker, "vogt": ("/eskalationen",), "pruefer": ("/pruefung", f"/pruefung/{journey}")}


def _findings(page: Page) -> list[str]:
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    return [f"{v['id']}: {v['nodes'][0]['target']} ({len(v['nodes'])})" for v in result["violations"]]


def _lived_in(site: Site) -> str:
    """A journey with something to show: escalations, tasks, letters, promises."""
    site.desk.journeys.pass_days(40)
    return site.desk.journey_of()


def test_every_page_is_free_of_accessibility_findings_and_fits_320_pixels(site: Site) -> None:
    journey, found = _lived_in(site), []
    for login, paths in _pages(journey).items():
        page = site.signed_in(login, bypass_csp=True)
        for path in paths:
            page.goto(site.address + path)
            found += [f"{path} {finding}" for finding in _findings(page)]
            page.set_viewport_size(NARROW)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > NARROW["width"]:
                found.append(f"{path} is {width} px wide")
            page.set_viewport_size({"width": 1280, "height": 900})

    assert not found, "\n".join(found)


def _fill_start(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Geburtsdatum").fill("1990-05-04")
    page.get_by_label("Sprache für Schreiben und Gespräche").select_option("uk")
    page.get_by_label("Anschrift").fill("Beispielweg 3, 71032 Böblingen")
    page.get_by_label("Gemeinde").fill("08115003 Böblingen")
    page.get_by_label("Tag der Zuteilung").fill("2027-01-08")


def test_a_case_worker_starts_a_journey_and_sees_its_steps(site: Site) -> None:
    page = site.signed_in("maier")
    page.get_by_role("link", name="Vorgang starten").click()
    _fill_start(page, "Probe, Nadia")

    page.get_by_role("button", name="Vorgang starten").click()

    expect(page.get_by_role("heading", name="Probe, Nadia")).to_be_visible()
    expect(page.get_by_text("wird gerade gestartet")).to_be_visible()
    site.desk.journeys.begin_all()
    expect(page.get_by_role("rowheader", name="Erster Kontakt")).to_be_visible(timeout=15_000)


def test_a_double_click_and_a_step_back_give_one_journey(site: Site) -> None:
    page, before = site.signed_in("maier"), _count(site)
    page.goto(f"{site.address}/faelle/neu")
    _fill_start(page, "Doppel, Klick")

    page.get_by_role("button", name="Vorgang starten").dblclick()
    page.wait_for_url("**/faelle/jrn_*")
    first = page.url
    page.go_back()

    expect(page.get_by_text("Dieser Vorgang wurde schon angelegt")).to_be_visible()
    assert page.url == first
    assert _count(site) == before + 1


def _count(site: Site) -> int:
    with site.desk.store.read() as session:
        return len(queries.journey_list(session, site.desk.store, limit=1000))


def test_a_wrong_form_leads_to_the_summary_and_keeps_what_was_typed(site: Site) -> None:
    page = site.signed_in("maier")
    page.goto(f"{site.address}/faelle/neu")
    _fill_start(page, "Probe, Nadia")
    page.get_by_label("Gemeinde").fill("08999999")

    page.get_by_role("button", name="Vorgang starten").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Gemeinde")).to_be_focused()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Probe, Nadia")


def test_the_list_filters_while_typing_and_keeps_the_focus(site: Site) -> None:
    page = site.signed_in("maier")
    name = site.desk.name_of(site.desk.journey_of())
    field = page.get_by_label("Name oder Aktenzeichen")

    field.press_sequentially(name.split()[-1])

    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("cell", name=name)).to_be_visible()
    expect(field).to_be_focused()


def test_the_first_tab_leads_past_the_navigation(site: Site) -> None:
    page = site.signed_in("maier")
    page.goto(f"{site.address}/faelle")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")

    assert page.url.endswith("#inhalt")


def test_without_scripts_a_contact_is_recorded_and_the_list_is_searched(site: Site) -> None:
    page, journey = site.signed_in("maier", java_script_enabled=False), site.desk.journey_of()
    page.goto(f"{site.address}/faelle/{journey}")
    page.get_by_role("link", name="Kontakt", exact=True).click()
    page.get_by_label("Art").select_option("call")
    page.get_by_role("button", name="Kontakt speichern").click()

    expect(page.get_by_text("Der Kontakt ist erfasst.")).to_be_visible()
    page.goto(f"{site.address}/faelle")
    page.get_by_label("Name oder Aktenzeichen").fill("Niemand")
    page.get_by_role("button", name="Suchen").click()
    expect(page.get_by_text("Keine Vorgänge für diese Auswahl.")).to_be_visible()


def test_the_reader_chooses_english(site: Site) -> None:
    page = site.signed_in("maier")

    page.get_by_role("link", name="English").click()

    expect(page.get_by_role("heading", name="My cases")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_lead_answers_an_escalation_from_the_inbox(site: Site) -> None:
    site.desk.journeys.pass_days(30)
    page = site.signed_in("vogt")
    page.goto(f"{site.address}/eskalationen")
    open_before = page.locator("article").count()
    assert open_before > 0

    page.get_by_role("link", name="Beantworten", exact=True).first.click()
    page.get_by_label("Antwort").select_option("close")
    page.get_by_role("button", name="Antwort speichern").click()

    expect(page.get_by_text("Die Antwort ist erfasst.")).to_be_visible()
    page.goto(f"{site.address}/eskalationen")
    expect(page.locator("article")).to_have_count(open_before - 1)


def test_a_foreign_request_would_be_noticed(site: Site) -> None:
    """The guard of every test in this file can fail."""
    page = site.context(bypass_csp=True).new_page()
    page.route("http://example.invalid/**", lambda route: route.abort())
    page.goto(f"{site.address}/anmelden")
    page.evaluate("fetch('http://example.invalid/x').catch(() => 0)")
    page.wait_for_timeout(200)

    assert any("foreign request" in complaint for complaint in site.complaints)
    site.complaints.clear()
