"""Books on the desk: who may take which step, what the pages say, and what they refuse."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from activities.shipped_books import enter_shipped_books
from domain.calendar import berlin_day
from ops import what_if
from ops.cli_books import plan_for
from rules.book import book
from store import books, people
from store.books import By
from store.editions import calendar
from tests.web.conftest import Desk, Template, open_desk
from web.app import create_app

FIRST = book().id
OWN = f"{FIRST}_own1"
PLACE = "/regeln/buecher"


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture
async def desk(tmp_path: Path, template: Template) -> AsyncIterator[Desk]:
    """A desk that tries books over its twelve journeys while one waits."""
    with open_desk(tmp_path, template) as opened:
        store = opened.store
        enter_shipped_books(store)

        def try_book(book_id: str, login: str) -> None:
            with store.read() as session:
                person = people.by_login(session, login)
                assert person is not None
                by = By(person.id, opened.services.now())
            what_if.simulate(store, plan_for(store, book_id, by, 30), by=by, progress=quiet, processes=1)

        def again(simulation: str) -> str:
            return what_if.recomputed(store, simulation, progress=quiet, processes=1)

        opened.services = replace(opened.services, try_book=try_book, try_again=again)
        opened.app = create_app(opened.services)
        yield opened
        for made in opened.clients:
            await made.aclose()


async def drafted(
    client: httpx.AsyncClient, *, number: str = "FOE-02.task", value: str = "2"
) -> httpx.Response:
    return await client.post(
        PLACE, data={"aus": FIRST, "grund": "Zwei Wochen genügen.", "zahl": number, "wert": value}
    )


async def step(client: httpx.AsyncClient, name: str, **fields: str) -> httpx.Response:
    return await client.post(f"{PLACE}/{OWN}/{name}", data=fields)


async def simulated(client: httpx.AsyncClient) -> None:
    assert (await drafted(client)).status_code == 303
    assert (await step(client, "pruefen")).status_code == 303
    assert (await step(client, "erproben")).status_code == 303


def result_of(desk: Desk) -> str:
    with desk.store.read() as session:
        row = books.book(session, OWN)
        from store.book_simulations import newest  # noqa: PLC0415

        found = newest(session, row.id)
        assert found is not None
        return found.result_sha256 or ""


async def test_a_book_goes_from_draft_to_active_with_two_people(desk: Desk) -> None:
    admin, head = await desk.as_("admin"), await desk.as_("brandt")
    await simulated(admin)

    page = (await head.get(f"{PLACE}/{OWN}")).text
    assert "FOE-02.task" in page
    assert "12 laufende Fälle" in page
    assert "kommt früher" in page
    assert "Zwei Wochen genügen." in page
    assert "Dieses Ergebnis freigeben" in page
    assert (await step(head, "freigeben", ergebnis=result_of(desk))).status_code == 303

    today = berlin_day(desk.services.now())
    soon = await step(head, "aktivieren", ab=str(today + timedelta(days=1)))
    assert soon.status_code == 409
    assert "zu früh" in soon.text
    on = calendar()[0].add_working_days(today, 2)
    assert (await step(head, "aktivieren", ab=str(on))).status_code == 303
    with desk.store.read() as session:
        assert books.book(session, OWN).state == "active"


async def test_the_pages_are_for_all_to_read_in_both_languages_and_the_buttons_for_few(desk: Desk) -> None:
    admin, reader = await desk.as_("admin"), await desk.as_("maier")
    await drafted(admin)

    listing = await reader.get(PLACE)
    shown = await reader.get(f"{PLACE}/{OWN}?lang=en")

    assert listing.status_code == shown.status_code == 200
    assert FIRST in listing.text
    assert "gilt heute" in listing.text
    assert "What differs from" in shown.text
    assert "<form" not in shown.text.partition("<main")[2]
    assert "Entwurf anlegen" not in listing.text
    assert "Prüfen" in (await admin.get(f"{PLACE}/{OWN}")).text


@pytest.mark.parametrize("login", ["maier", "vogt", "pruefer", "datenschutz"])
async def test_others_take_no_step(desk: Desk, login: str) -> None:
    await drafted(await desk.as_("admin"))
    other = await desk.as_(login)

    assert (await drafted(other)).status_code == 403
    for name in ("pruefen", "erproben", "freigeben", "aktivieren"):
        assert (await step(other, name)).status_code == 403


async def test_the_administrator_approves_nothing_and_nobody_approves_what_is_their_own(desk: Desk) -> None:
    admin, head = await desk.as_("admin"), await desk.as_("brandt")
    await simulated(head)

    assert (await step(admin, "freigeben", ergebnis=result_of(desk))).status_code == 403
    refused = await step(head, "freigeben", ergebnis=result_of(desk))
    assert refused.status_code == 409
    assert "zweite Person" in refused.text
    assert "Dieses Ergebnis freigeben" not in refused.text


async def test_a_result_that_nobody_looked_at_is_not_approved(desk: Desk) -> None:
    await simulated(await desk.as_("admin"))

    refused = await step(await desk.as_("brandt"), "freigeben", ergebnis="0" * 64)

    assert refused.status_code == 409
    assert "nicht mehr das" in refused.text


@pytest.mark.parametrize(
    ("number", "value", "told"),
    [
        ("FOE-02.task", "9", "außerhalb der Grenzen"),
        ("FOE-02.task", "viel", "passt nicht"),
        ("FOE-02.nie", "2", "gibt es in diesem Buch nicht"),
        ("FOE-02.task", "", "keine Zahl genannt"),
    ],
)
async def test_a_draft_that_is_wrong_is_refused_in_words(
    desk: Desk, number: str, value: str, told: str
) -> None:
    refused = await drafted(await desk.as_("admin"), number=number, value=value)

    assert refused.status_code == 422
    assert told in refused.text


async def test_no_step_can_be_left_out_on_the_desk(desk: Desk) -> None:
    admin, head = await desk.as_("admin"), await desk.as_("brandt")
    await drafted(admin)

    for client, name in ((admin, "erproben"), (head, "freigeben"), (head, "aktivieren")):
        refused = await step(client, name, ab="2027-03-01", ergebnis="0" * 64)
        assert refused.status_code == 409
        assert "Dieser Schritt geht jetzt nicht" in refused.text


async def test_an_unknown_book_is_not_found_and_a_malformed_day_is_refused(desk: Desk) -> None:
    head = await desk.as_("brandt")

    assert (await head.get(f"{PLACE}/never")).status_code == 404
    assert (await head.post(f"{PLACE}/never/aktivieren", data={"ab": "2027-03-01"})).status_code == 404


async def test_a_journey_cannot_be_pinned_to_a_book_that_nobody_approved(desk: Desk) -> None:
    await drafted(await desk.as_("admin"))
    lead = await desk.as_("vogt")
    body = {"command_id": "cmd_" + "1" * 32, "body": {"kind": "pin_book", "book": OWN}}

    answer = await lead.post(f"/api/v1/journeys/{desk.journey_of()}/commands", json=body)

    assert answer.status_code == 409
    assert json.loads(answer.text)["code"] == "pin_unapproved_book"
