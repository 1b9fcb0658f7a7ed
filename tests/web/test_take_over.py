"""A lead takes running cases over: the list is uploaded, shown line by line, confirmed; the rest is corrected."""

import re

import httpx
import pytest
from sqlmodel import select

from store import participants
from store.tables import JourneyRow
from store.tables_take_over import TakenOverRow, UploadRow
from tests.web.conftest import HOST, Desk

HEAD = "Name;Geburtsdatum;Sprache;Zuweisung am;Fachkraft;Anschrift;Einwilligung am;Telefon"
GOOD = "Prüfstein, Nadia;04.05.1990;ar;02.03.2026;maier;Beispielweg 3;20.03.2026;"
BAD = "Prüfstein, Kurt;04.05.90;ar;02.03.2026;maier;Beispielweg 4;20.03.2026;+49 711 1234"


def listed(*lines: str, encoding: str = "cp1252") -> dict[str, tuple[str, bytes]]:
    return {"datei": ("liste.csv", "\r\n".join((HEAD, *lines)).encode(encoding))}


async def uploaded(browser: httpx.AsyncClient, *lines: str) -> str:
    answer = await browser.post("/uebernahme", files=listed(*lines))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def count(desk: Desk, table: type) -> int:
    with desk.store.read() as session:
        return len(session.exec(select(table)).all())


async def test_a_list_is_shown_line_by_line_before_anything_is_written(desk: Desk) -> None:
    browser, before = await desk.as_("vogt"), count(desk, JourneyRow)

    place = await uploaded(browser, GOOD, BAD)
    shown = await browser.get(place)

    assert "1 Fälle übernehmen" in shown.text
    assert "Prüfstein, Nadia" in shown.text
    assert "18.01.2027" in shown.text
    assert "<strong>Geburtsdatum:</strong> Das Jahr hat nur zwei Ziffern." in shown.text
    assert count(desk, JourneyRow) == before


async def test_confirming_takes_the_good_lines_and_keeps_the_others_to_be_corrected(desk: Desk) -> None:
    browser, before = await desk.as_("vogt"), count(desk, JourneyRow)
    place = await uploaded(browser, GOOD, BAD)

    answer = await browser.post(place)
    again = await browser.post(place)
    shown = await browser.get(place)
    rest = await browser.get(f"{place}/abgelehnt.csv")

    assert (answer.status_code, again.status_code) == (303, 303)
    assert count(desk, JourneyRow) == before + 1
    assert "Übernommen: 1." in shown.text
    assert "Prüfstein, Nadia" not in shown.text
    assert rest.headers["content-disposition"] == 'attachment; filename="abgelehnt.csv"'
    lines = rest.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Prüfstein, Kurt;04.05.90")
    assert "'+49 711 1234;3;Geburtsdatum;Das Jahr" in lines[1]


async def test_the_rest_that_was_corrected_comes_back_as_it_was_given(desk: Desk) -> None:
    browser = await desk.as_("vogt")
    place = await uploaded(browser, BAD)
    rest = (await browser.get(f"{place}/abgelehnt.csv")).content.replace(b"04.05.90", b"04.05.1990")

    answer = await browser.post("/uebernahme", files={"datei": ("rest.csv", rest)})
    await browser.post(answer.headers["location"])

    with desk.store.read() as session:
        taken = session.exec(select(TakenOverRow)).one()
    assert participants.identity(desk.store, taken.journey_id).phone == "+49 711 1234"


async def test_a_case_taken_over_lives_on_the_desk_with_its_steps_before(desk: Desk) -> None:
    browser = await desk.as_("vogt")
    await browser.post(await uploaded(browser, GOOD))
    desk.journeys.begin_all()
    with desk.store.read() as session:
        journey = session.exec(select(TakenOverRow)).one().journey_id

    page = await browser.get(f"/faelle/{journey}")

    assert page.status_code == 200
    assert "Prüfstein" in page.text
    assert "vor der Übernahme" in page.text
    assert "Tage überfällig" not in page.text
    assert (
        "überfällig"
        not in (await browser.get("/faelle", params={"q": "Prüfstein"})).text.partition("<tbody>")[2]
    )


async def test_a_file_that_is_no_list_says_what_it_is(desk: Desk) -> None:
    browser = await desk.as_("vogt")
    for content, said in (
        (b"PK\x03\x04kaputt", "Die Arbeitsmappe ist nicht lesbar."),
        (b"Name;Blutgruppe\nA;0", "Die Spalte „Blutgruppe“ ist unbekannt."),
    ):
        answer = await browser.post("/uebernahme", files={"datei": ("x", content)})
        assert answer.status_code == 422
        assert said in answer.text
    none = await browser.post("/uebernahme", data={"x": "y"})
    assert "Es ist keine Datei angekommen." in none.text


async def test_a_list_that_is_too_large_does_not_get_through_the_door(desk: Desk) -> None:
    browser = await desk.as_("vogt")
    answer = await browser.post("/uebernahme", files={"datei": ("x", b"a" * 1_100_000)})
    assert answer.status_code == 413
    assert "1 MB" in answer.text


async def test_a_list_from_a_foreign_page_is_refused(desk: Desk) -> None:
    browser = await desk.as_("vogt")
    answer = await browser.post("/uebernahme", files=listed(GOOD), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert count(desk, UploadRow) == 0
    assert HOST.startswith("http")


async def test_nobody_else_sees_an_uploaded_list(desk: Desk) -> None:
    place = await uploaded(await desk.as_("vogt"), GOOD)
    other = await desk.as_("lang")

    answers = [await other.get(place), await other.get(f"{place}/abgelehnt.csv"), await other.post(place)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (await (await desk.as_("maier")).get(place)).status_code == 403


async def test_a_discarded_list_is_gone(desk: Desk) -> None:
    browser = await desk.as_("vogt")
    place = await uploaded(browser, GOOD)

    await browser.post(f"{place}/verwerfen")

    assert (await browser.get(place)).status_code == 404
    assert count(desk, UploadRow) == 0


@pytest.mark.parametrize("path", ["/uebernahme", "/zuteilungen"])
async def test_the_pages_are_there_in_english(desk: Desk, path: str) -> None:
    browser = await desk.as_("vogt")
    page = await browser.get(path, params={"lang": "en"})
    assert page.status_code == 200
    assert re.search(r"<h1>(Take over running cases|Allocations)</h1>", page.text)
