"""Closure days on the desk: who may say so, what then happens, and what is refused in words."""

import re

import httpx
import pytest
from sqlmodel import col, select

from domain.ids import house_stream
from store import closures, ledger
from store.seed import FIRST_OFFICE, SECOND_OFFICE
from store.tables import JourneyRow, OutboxRow
from tests.web.conftest import Desk

PLACE = "/schliesstage"


async def closed(browser: httpx.AsyncClient, **fields: str) -> httpx.Response:
    typed = {"amt": FIRST_OFFICE, "von": "2027-02-08", "bis": "2027-02-12", "grund": "holidays"}
    return await browser.post(PLACE, data={**typed, **fields})


async def opened_again(browser: httpx.AsyncClient, **fields: str) -> httpx.Response:
    typed = {"amt": FIRST_OFFICE, "von": "2027-02-08", "bis": "2027-02-12"}
    return await browser.post(f"{PLACE}/aufheben", data={**typed, **fields})


def days_of(desk: Desk, office: str = FIRST_OFFICE) -> int:
    with desk.store.read() as session:
        return len(closures.closed_days(session, office))


def told(desk: Desk, office: str = FIRST_OFFICE) -> list[tuple[str, str]]:
    with desk.store.read() as session:
        found = ledger.read(session, house_stream(office))
    return [(e.type, e.actor) for e in found if e.type.startswith("closures_")]


def replans(desk: Desk) -> set[str]:
    with desk.store.read() as session:
        rows = session.exec(select(OutboxRow).where(col(OutboxRow.kind) == "replan")).all()
        return {row.journey_id for row in rows if row.body["reason"] == "calendar_changed"}


def journeys_of(desk: Desk, office: str) -> set[str]:
    with desk.store.read() as session:
        return set(session.exec(select(JourneyRow.id).where(col(JourneyRow.office_id) == office)).all())


@pytest.mark.parametrize("login", ["vogt", "admin"])
async def test_lead_and_administrator_close_their_office_and_its_cases_are_planned_again(
    desk: Desk, login: str
) -> None:
    browser = await desk.as_(login)

    done = await closed(browser)
    page = (await browser.get(PLACE)).text

    assert (done.status_code, done.headers["location"]) == (303, PLACE)
    assert "Die Schließtage sind eingetragen" in page
    assert re.search(r"Mo 08\.02\.2027.*Fr 12\.02\.2027.*>5<.*Betriebsferien", page, re.DOTALL)
    assert told(desk) == [("closures_added", desk.person(login))]
    assert replans(desk) == journeys_of(desk, FIRST_OFFICE)


async def test_the_same_form_twice_changes_nothing_more(desk: Desk) -> None:
    lead = await desk.as_("vogt")
    await closed(lead)

    await closed(lead)
    page = (await lead.get(PLACE)).text

    assert "schon so eingetragen" in page
    assert (days_of(desk), len(told(desk))) == (5, 1)


async def test_days_to_come_are_taken_back_with_one_button(desk: Desk) -> None:
    lead = await desk.as_("vogt")
    await closed(lead)
    assert "aufheben" in (await lead.get(PLACE)).text

    assert (await opened_again(lead)).status_code == 303

    page = (await lead.get(PLACE)).text
    assert "Die Schließtage sind aufgehoben" in page
    assert "Keine Schließtage eingetragen" in page
    assert [kind for kind, _ in told(desk)] == ["closures_added", "closures_removed"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"von": "2027-01-08"}, "Dafür ist es zu spät"),
        ({"von": "2027-02-12", "bis": "2027-02-08"}, "liegt vor dem ersten"),
        ({"bis": "2027-12-31"}, "mehr als 92 Tage"),
        ({"von": "2027-02-06", "bis": "2027-02-07"}, "kein Arbeitstag"),
        ({"von": "2055-02-08", "bis": ""}, "außerhalb des hinterlegten Kalenders"),
        ({"von": "bald"}, "kein Datum"),
        ({"von": ""}, "kein Datum"),
        ({"bis": "31.02.2027"}, "kein Datum"),
        ({"grund": "lust"}, "Grund aus der Liste"),
        ({"grund": ""}, "Grund aus der Liste"),
    ],
)
async def test_what_cannot_be_is_refused_in_words_and_what_was_typed_stays(
    desk: Desk, fields: dict[str, str], said: str
) -> None:
    lead = await desk.as_("vogt")

    refused = await closed(lead, **fields)

    assert refused.status_code == 422
    assert said in refused.text
    assert 'name="von"' in refused.text
    assert (days_of(desk), told(desk), replans(desk)) == (0, [], set())


async def test_today_may_be_closed_but_cannot_be_taken_back(desk: Desk) -> None:
    lead = await desk.as_("vogt")
    assert (await closed(lead, von="2027-01-11", bis="", grund="emergency")).status_code == 303

    page = (await lead.get(PLACE)).text
    refused = await opened_again(lead, von="2027-01-11", bis="2027-01-11")

    assert "Notfall" in page
    assert "aufheben" not in page.partition("<main")[2]
    assert refused.status_code == 422
    assert "12.01.2027" in refused.text
    assert days_of(desk) == 1


@pytest.mark.parametrize("login", ["maier", "brandt", "pruefer", "datenschutz"])
async def test_others_change_nothing(desk: Desk, login: str) -> None:
    other = await desk.as_(login)

    assert (await closed(other)).status_code == 403
    assert (await opened_again(other)).status_code == 403
    assert days_of(desk) == 0


async def test_a_foreign_office_answers_like_one_that_does_not_exist(desk: Desk) -> None:
    lead = await desk.as_("lang")

    foreign, absent = await closed(lead, amt=FIRST_OFFICE), await closed(lead, amt="off_nowhere")

    assert foreign.status_code == absent.status_code == 404
    assert days_of(desk) == 0
    page = (await lead.get(PLACE)).text
    assert "Musterstadt" not in page.partition("<main")[2]
    assert (await closed(lead, amt=SECOND_OFFICE)).status_code == 303
    assert (days_of(desk), days_of(desk, SECOND_OFFICE)) == (0, 5)


async def test_case_workers_read_the_closure_days_without_a_form_in_both_languages(desk: Desk) -> None:
    await closed(await desk.as_("vogt"))
    worker = await desk.as_("maier")

    german, english = await worker.get(PLACE), await worker.get(f"{PLACE}?lang=en")

    assert german.status_code == english.status_code == 200
    assert "08.02.2027" in german.text
    assert "Office holidays" in english.text
    assert "Next public holidays" in english.text
    assert "<form" not in german.text.partition("<main")[2]
    assert PLACE in (await worker.get("/aufgaben")).text
