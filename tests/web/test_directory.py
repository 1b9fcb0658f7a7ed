"""The directory on the desk: filters that show themselves, entries that change openly, offers that nobody must take."""

import re
from datetime import date, timedelta

import httpx
import pytest

from domain.codes import ConsentOutcome, Purpose
from domain.commands import Body, Command, RecordFact, TakeConsent
from domain.turns import PresentOffer, SettleOffer
from store import clock, directory
from tests.web.conftest import Desk
from tests.web.filling import hidden_of
from tests.web.living import new_command

GOOD = {
    "kind": "club",
    "name": "Lauftreff am Neckar",
    "provider": "Sportverein Musterstadt",
    "carrier": "",
    "ags": "08115003 Böblingen",
    "venue": "Stadion",
    "start": "",
    "level": "",
    "childcare": "unbekannt",
    "free_places": "7",
    "phone": "",
    "checked_on": "2027-01-11",
}


def names(text: str) -> list[str]:
    """The names of the entries of a list, in its order."""
    return re.findall(r'<td><a href="/angebote/ofr_\w+">([^<]+)</a>', text)


async def enter(browser: httpx.AsyncClient, **changed: str) -> httpx.Response:
    opened = await browser.get("/angebote/neu")
    return await browser.post("/angebote", data={**GOOD, **hidden_of(opened.text), **changed})


async def entered(browser: httpx.AsyncClient, **changed: str) -> str:
    """The id of an entry that was entered."""
    answer = await enter(browser, **changed)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


def entry_named(desk: Desk, name: str) -> str:
    with desk.store.read() as session:
        return next(one.id for one in directory.entries(session) if one.name.startswith(name))


async def record(desk: Desk, journey: str, body: Body) -> None:
    """Carry a command out as the case worker."""
    actor = desk.person("maier")
    await desk.journeys.execute(
        journey, Command(command_id=new_command(), actor=actor, role="case_worker", body=body)
    )


async def consented(desk: Desk) -> str:
    """A journey whose person has consented to casework."""
    journey = desk.journey_of()
    given = TakeConsent(purpose=Purpose.CASEWORK, outcome=ConsentOutcome.GIVEN, on=clock_day(desk))
    await record(desk, journey, given)
    return journey


async def test_the_list_stands_by_start_and_name_and_what_begins_at_any_time_last(desk: Desk) -> None:
    browser = await desk.as_("maier")

    text = (await browser.get("/angebote")).text

    assert len(names(text)) == 12
    assert names(text)[0] == "Mithelfen im Repair-Café"
    assert names(text)[-5:] == sorted(names(text)[-5:], key=str.casefold)
    assert "zuletzt geprüft vor 7 Monaten" in text


async def test_each_filter_shows_itself_and_can_be_taken_away(desk: Desk) -> None:
    browser = await desk.as_("maier")

    both = (await browser.get("/angebote", params={"art": "course", "betreuung": "ja"})).text
    chips = re.findall(r'<a class="chip" href="([^"]+)">([^<]+) <', both)

    assert names(both) == ["Eltern lernen Deutsch"]
    assert [said for _, said in chips] == ["Kurs", "mit Kinderbetreuung"]
    without = (await browser.get(chips[1][0].replace("&amp;", "&"))).text
    assert len(names(without)) == 4


async def test_a_filter_that_cannot_be_read_is_named_and_filters_nothing(desk: Desk) -> None:
    browser = await desk.as_("maier")

    answer = await browser.get("/angebote", params={"ort": "Atlantis", "art": "club"})

    assert answer.status_code == 422
    assert "Diesen Ort gibt es in Baden-Württemberg nicht" in answer.text
    assert len(names(answer.text)) == 2


async def test_an_entry_is_entered_changed_checked_and_withdrawn_and_its_history_says_so(desk: Desk) -> None:
    worker, lead = await desk.as_("maier"), await desk.as_("lang")
    offer = await entered(worker)

    changed = await lead.post(f"/angebote/{offer}", data={**GOOD, "free_places": "5", "rev": "1"})
    checked = await worker.post(f"/angebote/{offer}/geprueft", data={"rev": "2"})
    before = (await worker.get(f"/angebote/{offer}")).text
    withdrawn = await worker.post(f"/angebote/{offer}/zurueckziehen", data={"rev": "3"})
    after = (await worker.get(f"/angebote/{offer}")).text

    assert [a.status_code for a in (changed, checked, withdrawn)] == [303, 303, 303]
    assert "Freie Plätze: 7 → 5" in before
    assert "Miriam Lang" in before
    assert "zurückgezogen am 11.01.2027" in after
    assert "Änderung speichern" not in after
    assert "Lauftreff" not in (await worker.get("/angebote")).text


async def test_a_form_sent_twice_enters_one_offer(desk: Desk) -> None:
    browser = await desk.as_("maier")
    opened = await browser.get("/angebote/neu")
    sent = {**GOOD, **hidden_of(opened.text)}

    first, second = await browser.post("/angebote", data=sent), await browser.post("/angebote", data=sent)

    assert first.headers["location"] == second.headers["location"]
    assert names((await browser.get("/angebote")).text).count("Lauftreff am Neckar") == 1


async def test_a_mistake_keeps_what_was_typed_and_names_its_field(desk: Desk) -> None:
    browser = await desk.as_("maier")

    answer = await enter(browser, level="d1", provider="Frau Muster", name="Kochkurs")

    assert answer.status_code == 422
    assert "Nötiges Deutsch: Dieses Sprachniveau gibt es nicht" in answer.text
    assert "Anbieter: Hier steht eine Person" in answer.text
    assert 'value="Kochkurs"' in answer.text


async def test_what_somebody_else_changed_is_not_overwritten(desk: Desk) -> None:
    browser = await desk.as_("maier")
    offer = await entered(browser)
    await browser.post(f"/angebote/{offer}", data={**GOOD, "free_places": "5", "rev": "1"})

    late = await browser.post(f"/angebote/{offer}", data={**GOOD, "free_places": "6", "rev": "1"})

    assert late.status_code == 422
    assert "inzwischen geändert" in late.text


@pytest.mark.parametrize("login", ["brandt", "admin", "pruefer"])
async def test_whoever_may_only_read_finds_no_form(desk: Desk, login: str) -> None:
    browser, offer = await desk.as_(login), entry_named(desk, "Offener Chor")

    assert "Angebot eintragen" not in (await browser.get("/angebote")).text
    assert "Änderung speichern" not in (await browser.get(f"/angebote/{offer}")).text
    assert (await browser.post(f"/angebote/{offer}", data=GOOD)).status_code == 403


async def test_a_case_opens_the_directory_with_its_own_facts_as_filters(desk: Desk) -> None:
    browser = await desk.as_("maier")
    journey = await consented(desk)
    for code, value in (("language_level", "a1"), ("childcare", "open")):
        fact = RecordFact(code=code, value=value, valid_from=clock_day(desk), source="person")
        await record(desk, journey, fact)

    text = (await browser.get(f"/faelle/{journey}/angebote")).text
    chips = re.findall(r'<a class="chip" href="([^"]+)">([^<]+) <', text)

    assert [said for _, said in chips] == [
        "Landkreis Böblingen",
        "mit Deutsch A1 möglich",
        "mit Kinderbetreuung",
        "mit freien Plätzen",
        "Beginn ab 11.01.2027 oder jederzeit",
    ]
    assert names(text) == [
        "Eltern lernen Deutsch",
        "Kita Regenbogen, Plätze ab drei Jahren",
        "Sprachtandem im Lesecafé",
    ]
    every = (await browser.get(f"/faelle/{journey}/angebote?gefiltert=1")).text
    assert len(names(every)) == 12


async def make(browser: httpx.AsyncClient, journey: str, offer: str) -> httpx.Response:
    opened = await browser.get(f"/faelle/{journey}/angebote/{offer}")
    return await browser.post(
        f"/faelle/{journey}/angebote/{offer}", data={**hidden_of(opened.text), "on": "2027-01-11"}
    )


async def settle(browser: httpx.AsyncClient, journey: str, offer: str, **changed: str) -> httpx.Response:
    opened = await browser.get(f"/faelle/{journey}/angebote/{offer}/antwort")
    fields = {"on": "2027-01-11", "outcome": "declined", **changed}
    return await browser.post(
        f"/faelle/{journey}/angebote/{offer}/antwort", data={**hidden_of(opened.text), **fields}
    )


async def test_an_offer_is_made_and_answered_from_the_case(desk: Desk) -> None:
    browser = await desk.as_("maier")
    journey, offer = await consented(desk), entry_named(desk, "Sprachtandem")

    made = await make(browser, journey, offer)
    asked = (await browser.get(f"/faelle/{journey}")).text
    answered = await settle(browser, journey, offer)
    after = (await browser.get(f"/faelle/{journey}")).text

    assert (made.status_code, answered.status_code) == (303, 303), (made.text, answered.text)
    assert "Sprachtandem im Lesecafé" in asked
    assert "noch offen" in asked
    assert "nicht gewünscht" in after
    sent = [command.body for command in desk.journeys.executed]
    assert PresentOffer(offer=offer, offer_kind="tandem", on=clock_day(desk)) in sent
    assert any(isinstance(body, SettleOffer) for body in sent)
    facts = desk.journeys.states[journey].facts
    assert facts.value("civic_offer", clock_day(desk)) == "declined"


def clock_day(desk: Desk) -> date:
    return clock.now(desk.store).date()


async def test_an_answer_that_was_lost_is_sent_again_and_counts_once(desk: Desk) -> None:
    browser = await desk.as_("maier")
    journey, offer = await consented(desk), entry_named(desk, "Sprachtandem")
    desk.journeys.lost_answers = 1

    unsure = await make(browser, journey, offer)
    again = await browser.post(
        f"/faelle/{journey}/angebote/{offer}", data={**hidden_of(unsure.text), "on": "2027-01-11"}
    )

    assert unsure.status_code == 202
    assert "Nicht bestätigt" in unsure.text
    assert again.status_code == 303
    assert len(desk.journeys.states[journey].facts.offers) == 1


async def test_without_consent_nothing_is_offered_and_the_page_says_why(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    refused = await make(browser, journey, entry_named(desk, "Sprachtandem"))

    assert refused.status_code == 422
    assert "fehlt die Einwilligung" in refused.text


async def test_what_is_withdrawn_or_already_offered_or_unknown_is_not_offered(desk: Desk) -> None:
    browser = await desk.as_("maier")
    journey, offer = await consented(desk), entry_named(desk, "Offener Chor")
    await make(browser, journey, offer)

    twice = await make(browser, journey, offer)
    await browser.post(f"/angebote/{offer}/zurueckziehen", data={"rev": "1"})
    gone = await make(browser, journey, offer)
    never = await settle(browser, journey, entry_named(desk, "Fußball"))
    early = await settle(browser, journey, offer, on="2027-01-10")
    empty = await settle(browser, journey, offer, outcome="")

    assert (twice.status_code, gone.status_code, never.status_code) == (422, 422, 404)
    assert "bereits erfasst" in twice.text
    assert "zurückgezogen" in gone.text
    assert "erst am 11.01.2027 gemacht" in early.text
    assert empty.status_code == 422
    assert (await settle(browser, journey, offer, outcome="taken_up")).status_code == 303


async def test_an_offer_that_is_never_answered_asks_nothing_of_anybody(desk: Desk) -> None:
    """An open civic offer of two years ago: no notice, no demand and no escalation speaks of it."""
    browser = await desk.as_("maier")
    journey, offer = await consented(desk), entry_named(desk, "Mithelfen")
    await make(browser, journey, offer)
    await settle(browser, journey, offer)

    desk.journeys.pass_days(800)

    facts = desk.journeys.states[journey].facts
    named = [*facts.notices, *facts.matters, *facts.tasks]
    about = {getattr(one, "matter", getattr(one, "subject", "")) for one in named}
    assert facts.offers
    assert not {one for one in about if "offer/" in one or "ofr_" in one}
    assert not [n for n in facts.notices if n.matter == "civic"]
    assert not [m for m in facts.matters if m.subject == "civic"]


async def test_the_counts_hide_what_could_be_told_back_to_few(desk: Desk) -> None:
    browser = await desk.as_("maier")
    journey, offer = await consented(desk), entry_named(desk, "Sprachtandem")
    await make(browser, journey, offer)

    text = (await browser.get("/angebote")).text

    section = text.split('id="counts"')[1]
    assert "Tandem" in section
    assert "unter 5" in section
    assert "Beispielheim" not in section


async def test_the_pages_are_read_in_english_too(desk: Desk) -> None:
    browser = await desk.as_("maier")

    text = (await browser.get("/angebote", params={"lang": "en"})).text

    assert "Local offers" in text
    assert "last checked 7 months ago" in text


async def test_a_half_year_later_every_entry_that_nobody_looked_at_is_marked(desk: Desk) -> None:
    browser = await desk.as_("maier")
    with desk.store.write() as session:
        clock.set_to(session, clock.now(desk.store) + timedelta(days=184))

    text = (await browser.get("/angebote")).text

    assert len(re.findall(r"zuletzt geprüft vor \d+ Monaten", text)) == 12
