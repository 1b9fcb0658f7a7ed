"""Pages: typed text stays text, people are found, an altered entry is named."""

import re
from dataclasses import replace
from datetime import date

import httpx

from store import ledger
from store.seed import FIRST_OFFICE
from tests.web.conftest import HOST, PASSWORD, Desk
from tests.web.filling import hidden_of, start
from web.app import create_app
from web.lights import light
from web.pages import environment
from web.refusals import SENTENCES


async def test_what_people_type_is_text_wherever_it_is_shown(desk: Desk) -> None:
    """Stored script stays text in the list, on the case page, in forms and in the examination."""
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    browser, auditor = await desk.as_("maier"), await desk.as_("pruefer")
    started = await start(browser, name=evil, address=evil)
    journey = started.headers["location"].rpartition("/")[2]
    desk.journeys.begin_all()
    pages = [
        await browser.get("/faelle"),
        await browser.get(f"/faelle/{journey}"),
        await browser.get(f"/faelle/{journey}/gespraech"),
        await browser.get("/faelle", params={"q": evil}),
        await browser.get("/aufgaben"),
        await auditor.post("/pruefung", data={"q": "alert", "grund": evil}),
        await auditor.get(f"/pruefung/{journey}"),
        await browser.post("/anmelden", data={"login": evil, "password": "x"}),
    ]
    assert started.status_code == 303
    for page in pages:
        assert "<script>alert" not in page.text, page.url
        assert "<img src=x" not in page.text, page.url


async def test_names_and_references_are_found(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    name = desk.name_of(journey)

    by_name = await browser.get("/faelle", params={"q": name.split()[-1]})
    by_reference = await browser.get("/faelle", params={"q": f"IM-{journey[4:8]}-{journey[8:12]}"})
    nothing = await browser.get("/faelle", params={"q": "Niemand"})

    assert journey in by_name.text
    assert journey in by_reference.text
    assert journey not in nothing.text


async def test_an_auditor_gives_a_reason_and_finds_the_altered_entry(desk: Desk) -> None:
    auditor, journey = await desk.as_("pruefer"), desk.journey_of(FIRST_OFFICE)

    refused = await auditor.post("/pruefung", data={"q": "x", "grund": ""})
    whole = await auditor.post(f"/pruefung/{journey}/nachrechnen")
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS ledger_no_update")
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall()
        for (trigger,) in names:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql(
            "UPDATE ledger SET actor=? WHERE stream=? AND seq=1", ("usr_" + "9" * 32, f"journey/{journey}")
        )
    broken = await auditor.post(f"/pruefung/{journey}/nachrechnen")

    assert refused.status_code == 422
    assert "so, wie sie geschrieben wurden" in whole.text
    assert "Erster Fehler: journey, Eintrag 1" in broken.text


async def test_a_desk_without_a_demo_has_no_clock(desk: Desk) -> None:
    transport = httpx.ASGITransport(app=create_app(replace(desk.services, demo=False)))
    headers = {"sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(transport=transport, base_url=HOST, headers=headers) as browser:
        await browser.post("/anmelden", data={"login": "maier", "password": PASSWORD})
        seen = await browser.get("/uhr")
        moved = await browser.post("/uhr", data={"tage": "30"})

    assert (seen.status_code, moved.status_code) == (404, 404)


def test_what_lies_ahead_is_not_marked_like_what_is_done() -> None:
    tick = "m7 12 3.5 3.5L17 9"
    marks = environment().get_template("_marks.html").module
    ahead = light(date(2028, 2, 8), date(2027, 1, 11), "de")

    assert ahead.words == "in 393 Tagen"
    assert tick in str(marks.badge("success", "erledigt"))  # type: ignore[attr-defined]
    assert tick not in str(marks.lit(ahead))  # type: ignore[attr-defined]
    assert tick not in str(marks.badge("info", "offen"))  # type: ignore[attr-defined]


async def test_the_legend_names_every_tone_of_the_picture(desk: Desk) -> None:
    desk.journeys.pass_days(30)
    browser, journey = await desk.as_("maier"), desk.journey_of()

    text = (await browser.get(f"/faelle/{journey}")).text

    band, legend = (
        text.split('<ul class="legend">')[0],
        text.split('<ul class="legend">')[1].split("</ul>")[0],
    )
    drawn = set(re.findall(r'class="(m-[a-z]+)"', band))
    assert "m-late" in drawn
    assert drawn <= set(re.findall(r'class="(m-[a-z]+)"', legend))
    assert "Schritt überfällig" in legend


def test_every_sentence_exists_in_both_languages() -> None:
    for code, (german, english) in SENTENCES.items():
        assert german.strip(), code
        assert english.strip(), code
        assert german != english, code


async def test_a_letter_is_opened_as_pdf_and_marked_as_printed(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    opened = await browser.get(f"/faelle/{journey}/aktion/offer_appointment")
    fields = {"talk": "first_talk", "start_day": "2027-01-27", "start_time": "10:30", "place": "office"}
    more = {"interpreter": "requested", "invited_in_language": "yes"}
    await browser.post(
        f"/faelle/{journey}/aktion/offer_appointment", data={**hidden_of(opened.text), **fields, **more}
    )
    desk.journeys.pass_days(2)
    listed = re.findall(r'action="/briefe/(not_\w+)/gedruckt"', (await browser.get("/briefe")).text)

    pdf = await browser.get(f"/briefe/{listed[0]}")
    marked = await browser.post(f"/briefe/{listed[0]}/gedruckt")

    assert pdf.content.startswith(b"%PDF-")
    assert pdf.headers["content-type"] == "application/pdf"
    assert marked.status_code == 303
    assert listed[0] not in (await browser.get("/briefe")).text
    with desk.store.read() as session:
        assert "letter_printed" in [entry.type for entry in ledger.read(session, f"desk/{journey}")]
