"""Forms of facts: one of several by its number, a week by seven choices, a day by a date, a substitute, a book."""

import html
import re

import httpx
import pytest

from domain.codes import FACT_CODES
from domain.commands import AssignCaseWorker, PinBook, RecordFact, RecordTalk
from rules.book import books
from tests.web.conftest import Desk
from tests.web.filling import TODAY, empty, hidden_of, start

WEEK = dict(zip((f"value_{day}" for day in range(7)), "aaani--", strict=True))
MONDAY = "2027-01-11"


async def consent(browser: httpx.AsyncClient, journey: str) -> None:
    """Consent to casework and to attendance data, as a talk takes it."""
    for purpose in ("casework", "attendance"):
        path = f"/faelle/{journey}/aktion/take_consent"
        hidden = hidden_of((await browser.get(path)).text)
        data = {**hidden, "purpose": purpose, "outcome": "given", "on": TODAY}
        assert (await browser.post(path, data=data)).status_code == 303


async def fill(browser: httpx.AsyncClient, journey: str, code: str, **typed: str) -> httpx.Response:
    """Open the form of a fact, fill it in and send it."""
    path = f"/faelle/{journey}/aktion/record_fact"
    hidden = hidden_of((await browser.get(f"{path}?code={code}")).text)
    return await browser.post(path, data={**hidden, "valid_from": TODAY, "source": "person", **typed})


async def test_the_list_of_facts_stands_under_the_fields_of_life(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    text = html.unescape((await browser.get(f"/faelle/{journey}/aktion/record_fact")).text)

    headings = re.findall(r'<h2 class="part">([^<]+)</h2>', text)
    assert headings[:2] == ["Sprache", "Schule"]
    assert "Kinder" in headings
    assert text.index("Kinder</h2>") < text.index("Kind: Platz vorhanden")


async def test_the_form_of_every_fact_opens_and_asks_for_a_number_only_where_there_are_several(
    desk: Desk,
) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    for code in FACT_CODES.values():
        answer = await browser.get(f"/faelle/{journey}/aktion/record_fact?code={code.code}")
        assert answer.status_code == 200, code.code
        assert ('name="about"' in answer.text) == bool(code.about), code.code
        assert ('type="date" value="" ' in answer.text) == code.is_day, code.code


async def test_a_fact_about_the_second_child_is_recorded_and_shown_as_such(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey)

    answer = await fill(browser, journey, "child_place", about="2", value="yes")

    body = desk.journeys.executed[-1].body
    assert answer.status_code == 303, answer.text
    assert isinstance(body, RecordFact)
    assert body.about == "child/2"
    page = html.unescape((await browser.get(f"/faelle/{journey}")).text)
    assert "<dt>Kind 2: Platz vorhanden</dt>" in page
    assert "Angabe erfasst – Kind 2: Platz vorhanden – ja" in page
    again = html.unescape((await browser.get(f"/faelle/{journey}/aktion/record_fact?code=child_group")).text)
    assert "Schon erfasst: Kind 2." in again


async def test_the_number_of_a_term_is_its_months(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    opened = await browser.get(f"/faelle/{journey}/aktion/record_fact?code=term_decision")

    assert re.search(r'name="about" type="number" value="24"', opened.text)


@pytest.mark.parametrize("typed", ["0", "100", "zwei", "-1"])
async def test_what_is_no_number_is_refused_with_what_helps(desk: Desk, typed: str) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    answer = await fill(browser, journey, "child_place", about=typed, value="yes")

    assert answer.status_code == 422
    assert "Welches Kind? (Nummer): Das ist keine Nummer." in html.unescape(answer.text)
    assert desk.journeys.executed == []


async def test_a_week_of_the_course_is_seven_choices(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey)
    opened = await browser.get(f"/faelle/{journey}/aktion/record_fact?code=course_week")

    answer = await fill(browser, journey, "course_week", valid_from=MONDAY, **WEEK)

    body = desk.journeys.executed[-1].body
    assert [day for day in range(7) if f'name="value_{day}"' in opened.text] == list(range(7))
    assert answer.status_code == 303, answer.text
    assert isinstance(body, RecordFact)
    assert (body.value, body.valid_from.isoformat()) == ("aaani--", MONDAY)
    page = html.unescape((await browser.get(f"/faelle/{journey}")).text)
    assert "Mo–Mi anwesend, Do gefehlt, ohne Grund, Fr krank" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"valid_from": "2027-01-06"}, "Montag der Woche: Eine Kurswoche beginnt am Montag."),
        ({"value_3": ""}, "Wert: Bitte für jeden der sieben Tage eine Angabe wählen"),
        ({"value_3": "x"}, "Wert: Bitte für jeden der sieben Tage eine Angabe wählen"),
        ({f"value_{day}": "" for day in range(7)}, "Wert: Bitte ausfüllen."),
    ],
)
async def test_a_wrong_week_names_what_is_wrong_and_keeps_what_was_chosen(
    desk: Desk, changed: dict[str, str], said: str
) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey)
    before = len(desk.journeys.executed)

    answer = await fill(browser, journey, "course_week", **{"valid_from": MONDAY, **WEEK, **changed})

    text = html.unescape(answer.text)
    assert answer.status_code == 422
    assert said in text
    assert ('<option value="i" selected>krank</option>' in text) == ("value_4" not in changed)
    assert len(desk.journeys.executed) == before


async def test_a_talk_records_facts_chosen_from_one_list(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    opened = await browser.get(f"/faelle/{journey}/gespraech")
    data = {
        **hidden_of(opened.text),
        "about": "first_talk",
        "on": TODAY,
        "consent_casework": "given",
        "fact0_what": "child_place=no",
        "fact0_number": "3",
        "fact0_day": "2027-01-04",
        "fact1_what": "exam_date=day",
        "fact1_day": "2027-06-01",
        "fact2_what": "term_decision=extended",
    }

    answer = await browser.post(f"/faelle/{journey}/gespraech", data=data)

    body = desk.journeys.executed[-1].body
    assert '<optgroup label="Kinder">' in opened.text
    assert answer.status_code == 303, answer.text
    assert isinstance(body, RecordTalk)
    facts = [item for item in body.settles if isinstance(item, RecordFact)]
    assert [(f.code, f.about, f.value, f.valid_from.isoformat()) for f in facts] == [
        ("child_place", "child/3", "no", "2027-01-04"),
        ("exam_date", "", "2027-06-01", TODAY),
        ("term_decision", "term/24", "extended", TODAY),
    ]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"fact0_number": "2"}, "fact0_what", "Angabe 1, Welche Angabe: Bitte einen Eintrag aus der Liste"),
        ({"fact0_what": "course_week=aaaaa--"}, "fact0_what", "Angabe 1, Welche Angabe: Bitte einen Eintrag"),
        ({"fact1_what": "exam_date=day"}, "fact1_day", "Angabe 2, Tag: Bitte ausfüllen."),
        (
            {"fact2_what": "child_place=no", "fact2_number": "0"},
            "fact2_number",
            "Angabe 3, Nummer: Das ist keine Nummer.",
        ),
    ],
)
async def test_a_wrong_fact_of_a_talk_is_named_and_led_to(
    desk: Desk, typed: dict[str, str], field: str, said: str
) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    hidden = hidden_of((await browser.get(f"/faelle/{journey}/gespraech")).text)
    data = {**hidden, "about": "first_talk", "on": TODAY, **typed}

    answer = await browser.post(f"/faelle/{journey}/gespraech", data=data)

    text = html.unescape(answer.text)
    assert answer.status_code == 422
    assert f'<a href="#{field}">{said}' in text
    assert f'id="{field}"' in text
    assert desk.journeys.executed == []


async def test_the_lead_hands_a_case_over_with_a_substitute(desk: Desk) -> None:
    browser, journey = await desk.as_("vogt"), desk.journey_of()
    path = f"/faelle/{journey}/aktion/assign_case_worker"
    maier, okafor = desk.person("maier"), desk.person("okafor")
    opened = await browser.get(path)

    own = await browser.post(
        path, data={**hidden_of(opened.text), "case_worker": okafor, "substitute": okafor}
    )
    answer = await browser.post(
        path, data={**hidden_of(opened.text), "case_worker": okafor, "substitute": maier}
    )

    body = desk.journeys.executed[-1].body
    assert f'value="{okafor}" selected' in opened.text
    assert own.status_code == 422
    assert "Vertretung: Niemand kann sich selbst vertreten." in html.unescape(own.text)
    assert answer.status_code == 303, answer.text
    assert isinstance(body, AssignCaseWorker)
    assert (body.case_worker, body.substitute) == (okafor, maier)
    page = html.unescape((await browser.get(f"/faelle/{journey}")).text)
    assert "Zuständig ist jetzt Daniel Okafor, Vertretung: Sabine Maier" in page


async def test_the_lead_holds_a_case_to_a_book_and_lets_it_go_again(desk: Desk) -> None:
    lead, worker, journey = await desk.as_("vogt"), await desk.as_("maier"), desk.journey_of()
    path, book = f"/faelle/{journey}/aktion/pin_book", books()[0].id
    assert (await worker.get(path)).status_code == 403

    answers = []
    for chosen in (book, book, "in_force"):
        hidden = hidden_of((await lead.get(path)).text)
        answers.append(await lead.post(path, data={**hidden, "book": chosen}))

    assert [answer.status_code for answer in answers] == [303, 422, 303]
    assert "Dieses Regelbuch gilt für den Fall schon." in html.unescape(answers[1].text)
    pinned = [command.body for command in desk.journeys.executed]
    assert [body.book for body in pinned if isinstance(body, PinBook)] == [book, None]
    page = html.unescape((await lead.get(f"/faelle/{journey}")).text)
    assert f"Regelbuch für diesen Fall festgelegt: {book}" in page
    assert "Regelbuch: wieder das jeweils geltende" in page


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"kind": "pin_book", "book": "b1999_1"}, 409, "pin_unknown_book"),
        ({"kind": "assign_case_worker", "case_worker": "usr_" + "f" * 32}, 422, "case_worker_unknown"),
    ],
)
async def test_a_program_that_names_nobody_or_no_book_is_refused(
    desk: Desk, body: dict[str, str], status: int, code: str
) -> None:
    browser, journey = await desk.as_("vogt"), desk.journey_of()
    sent = {"command_id": "cmd_" + "7" * 32, "body": body}

    answer = await browser.post(f"/api/v1/journeys/{journey}/commands", json=sent)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "Das wurde abgelehnt" not in answer.json()["title"]
    assert desk.journeys.executed == []


async def test_a_new_case_has_the_deputy_of_its_case_worker_as_substitute_unless_another_is_chosen(
    desk: Desk,
) -> None:
    browser, vogt, okafor = await desk.as_("maier"), desk.person("vogt"), desk.person("okafor")
    form = (await browser.get(f"/faelle/neu?form={(await empty(browser))['form_id']}")).text
    started = [
        (await start(browser, substitute=chosen)).headers["location"].rpartition("/")[2]
        for chosen in ("", vogt)
    ]
    own = await start(browser, substitute=desk.person("maier"))
    desk.journeys.begin_all()

    assert f'value="{okafor}" selected' in form
    assert [desk.journeys.states[journey].facts.substitute for journey in started] == [okafor, vogt]
    assert own.status_code == 422
    assert "Vertretung: Niemand kann sich selbst vertreten." in html.unescape(own.text)
