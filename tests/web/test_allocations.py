"""The Landratsamt types a person once: the office accepts the card and the journey starts, or gives it back."""

import re

import httpx
from sqlmodel import select

from store import allocations, participants, queries
from store.seed import FIRST_OFFICE, SECOND_OFFICE
from store.tables_take_over import AllocationRow
from tests.web.conftest import Desk

HEAD = "Name;Geburtsdatum;Sprache;Gemeinde;Zuweisung am;Anschrift"
ROW = "Prüfstein, Nadia;04.05.1990;Arabisch;Böblingen;04.01.2027;Unterkunft 1"


async def send(desk: Desk, *rows: str) -> httpx.Response:
    """A list sent by the head of the district, and the page that follows."""
    browser = await desk.as_("brandt")
    content = "\n".join((HEAD, *rows)).encode()
    answer = await browser.post("/zuteilungen/liste", files={"datei": ("liste.csv", content)})
    assert answer.status_code == 303, answer.text
    await browser.post(answer.headers["location"])
    return await browser.get(answer.headers["location"])


def card_of(desk: Desk, name: str = "Prüfstein, Nadia", office: str = FIRST_OFFICE) -> str:
    with desk.store.read() as session:
        waiting = allocations.inbox(session, desk.store, office)
    return next(one.row.id for one in waiting if one.card and one.card.name == name)


def cards(desk: Desk) -> int:
    with desk.store.read() as session:
        return len(session.exec(select(AllocationRow)).all())


def typed_of(text: str) -> dict[str, str]:
    """What the form holds when it is opened, as a browser would send it."""
    found = dict(re.findall(r'<input class="in[^"]*" id="\w+" name="(\w+)" type="\w+" value="([^"]*)"', text))
    chosen = re.findall(r'name="(language)".*?<option value="([^"]*)" selected>', text, re.DOTALL)
    radios = re.findall(r'type="radio" name="(\w+)" value="(\w+)"[^>]* checked', text)
    return {**found, **dict(chosen), **dict(radios)}


async def test_a_list_goes_to_the_inbox_of_each_municipality_and_only_there(desk: Desk) -> None:
    other = "Prüfstein, Kurt;04.05.1991;Arabisch;08115045;04.01.2027;Unterkunft 2"

    shown = await send(desk, ROW, other)

    mine = await (await desk.as_("maier")).get("/zuteilungen")
    theirs = await (await desk.as_("keller")).get("/zuteilungen")
    assert "Zugestellt: 2." in shown.text
    assert "Prüfstein, Nadia" in mine.text
    assert "Kurt" not in mine.text
    assert "Prüfstein, Kurt" in theirs.text
    assert "Nadia" not in theirs.text


async def test_accepting_opens_the_form_filled_and_starts_the_journey_from_the_day_of_the_list(
    desk: Desk,
) -> None:
    await send(desk, ROW)
    browser, card = await desk.as_("maier"), card_of(desk)

    form = await browser.get(f"/zuteilungen/{card}/annehmen")
    typed = typed_of(form.text)
    answer = await browser.post(f"/zuteilungen/{card}/annehmen", data={**typed, "t0": "2020-01-01"})

    assert typed["name"] == "Prüfstein, Nadia"
    assert (typed["birth_date"], typed["language"], typed["address"]) == ("1990-05-04", "ar", "Unterkunft 1")
    assert answer.status_code == 303, answer.text
    journey = answer.headers["location"].rpartition("/")[2]
    with desk.store.read() as session:
        row = queries.journey(session, journey)
        stored = session.get_one(AllocationRow, card)
    assert (row.t0.isoformat(), row.ags) == ("2027-01-04", "08115003")
    assert participants.identity(desk.store, journey).name == "Prüfstein, Nadia"
    assert (stored.state, stored.card, stored.journey_id) == ("accepted", None, journey)
    assert "Prüfstein" not in (await browser.get("/zuteilungen")).text


async def test_accepting_twice_starts_one_journey(desk: Desk) -> None:
    await send(desk, ROW)
    browser, card = await desk.as_("maier"), card_of(desk)
    typed = typed_of((await browser.get(f"/zuteilungen/{card}/annehmen")).text)

    first = await browser.post(f"/zuteilungen/{card}/annehmen", data=typed)
    second = await browser.post(f"/zuteilungen/{card}/annehmen", data=typed)
    opened = await browser.get(f"/zuteilungen/{card}/annehmen")

    assert first.headers["location"] == second.headers["location"] == opened.headers["location"]


async def test_what_is_missing_is_asked_and_nothing_is_lost(desk: Desk) -> None:
    await send(desk, ROW.removesuffix("Unterkunft 1"))
    browser, card = await desk.as_("maier"), card_of(desk)
    typed = typed_of((await browser.get(f"/zuteilungen/{card}/annehmen")).text)

    answer = await browser.post(f"/zuteilungen/{card}/annehmen", data=typed)

    assert answer.status_code == 422
    assert "mindestens einen Weg" in answer.text
    assert typed_of(answer.text)["name"] == "Prüfstein, Nadia"
    assert card_of(desk) == card


async def test_declining_needs_a_reason_and_goes_back_to_the_sender(desk: Desk) -> None:
    await send(desk, ROW)
    browser, sender, card = await desk.as_("maier"), await desk.as_("brandt"), card_of(desk)
    before = await sender.get("/zuteilungen/liste")

    without = await browser.post(f"/zuteilungen/{card}/zurueck", data={})
    done = await browser.post(f"/zuteilungen/{card}/zurueck", data={"grund": "wrong_municipality"})
    back = await sender.get("/zuteilungen/liste")
    await sender.post(f"/zuteilungen/{card}/gesehen")
    after = await sender.get("/zuteilungen/liste")

    assert (without.status_code, done.status_code) == (422, 303)
    assert "Prüfstein" not in before.text
    assert "Eine andere Gemeinde ist zuständig" in back.text
    assert "Prüfstein, Nadia" in back.text
    assert "Prüfstein" not in after.text


async def test_the_same_list_twice_makes_no_second_card(desk: Desk) -> None:
    await send(desk, ROW)
    before = cards(desk)
    shown = await send(desk, ROW)
    assert cards(desk) == before
    assert "Zugestellt: 0." in shown.text


async def test_a_municipality_without_an_office_is_said_with_what_helps(desk: Desk) -> None:
    shown = await send(desk, ROW.replace("Böblingen", "08111000"))
    assert "kein Büro eingerichtet" in shown.text
    assert "08115003, 08115045" in shown.text


async def test_a_card_behind_the_wall_does_not_exist(desk: Desk) -> None:
    await send(desk, ROW)
    card, other = card_of(desk), await desk.as_("keller")
    answers = [
        await other.get(f"/zuteilungen/{card}/annehmen"),
        await other.post(f"/zuteilungen/{card}/annehmen", data={"name": "x"}),
        await other.get(f"/zuteilungen/{card}/zurueck"),
        await other.post(f"/zuteilungen/{card}/zurueck", data={"grund": "other"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4


async def test_somebody_who_is_likely_known_is_pointed_out_before_accepting(desk: Desk) -> None:
    await send(desk, "Melnyk, Oxana;14.03.1988;uk;Böblingen;04.01.2027;Unterkunft 1")
    page = await (await desk.as_("maier")).get(f"/zuteilungen/{card_of(desk, 'Melnyk, Oxana')}/annehmen")
    assert "Vermutlich wird diese Person hier schon begleitet" in page.text


async def test_the_demo_has_three_allocations_waiting(desk: Desk) -> None:
    with desk.store.read() as session:
        waiting = [len(allocations.inbox(session, desk.store, o)) for o in (FIRST_OFFICE, SECOND_OFFICE)]
    assert waiting == [2, 1]
