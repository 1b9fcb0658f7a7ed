"""Refusals in words: what was sent is named, what is allowed is listed, and nobody reads a bare id."""

import html

import httpx
import pytest

from store import ids
from tests.web.conftest import Desk
from tests.web.filling import TODAY, hidden_of
from web.sentences import sentence

LATER = {"by": "Sabine Maier", "at": "2027-01-11T09:00:00+00:00"}
BODIES: tuple[tuple[dict[str, str], str], ...] = (
    ({"code": "shoe_size", "value": "42"}, "“shoe_size” is not provided for. Possible are: Interpreter"),
    ({"code": "interpreter", "value": "maybe"}, "“Interpreter”. Allowed: needed, not needed (not_needed)."),
)


async def _command(browser: httpx.AsyncClient, journey: str, **sent: object) -> httpx.Response:
    return await browser.post(
        f"/api/v1/journeys/{journey}/commands", json={"command_id": ids.new("command"), **sent}
    )


@pytest.mark.parametrize(("body", "said"), BODIES)
async def test_an_unknown_fact_or_value_is_named_and_what_is_allowed_is_listed(
    desk: Desk, body: dict[str, str], said: str
) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    whole = {"kind": "record_fact", "valid_from": TODAY, "source": "person", **body}

    answer = await _command(browser, journey, body=whole)

    assert answer.status_code == 409
    assert said in answer.json()["title"]


def test_an_unknown_step_is_named_with_the_steps_that_there_are() -> None:
    params = {
        "field": "step",
        "step": "dance",
        "known": "first_contact, attendance/1, attendance/2, own_step",
    }

    german, english = (sentence("unknown_step", params, lang) for lang in ("de", "en"))

    assert "„dance“" in german
    assert (
        "Erstkontakt (first_contact), Kursteilnahme, Monat (attendance) /1 … /2, own step (own_step)."
        in german
    )
    assert "“dance”" in english
    assert "First contact (first_contact)" in english


async def test_a_stale_form_names_the_colleague_or_nobody_but_never_an_id(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    contact = {
        "kind": "record_fact",
        "code": "reading",
        "value": "reads",
        "valid_from": TODAY,
        "source": "person",
    }
    untouched = await _command(
        browser, journey, rev=7, body={**contact, "code": "email_address", "value": "known"}
    )
    await _command(browser, journey, body=contact)

    touched = await _command(browser, journey, rev=7, body=contact)

    assert untouched.json()["code"] == touched.json()["code"] == "stale_rev"
    assert untouched.json()["title"] == "This was changed in the meantime. Please check the new state."
    assert "(11.01.2027 10:00, Sabine Maier)" in touched.json()["title"]
    assert "usr_" not in touched.json()["title"]


def test_a_sentence_about_a_stale_form_has_no_empty_brackets() -> None:
    for lang in ("de", "en"):
        told = sentence("stale_rev", LATER, lang)
        assert "(11.01.2027 10:00, Sabine Maier)" in told
        for lacking in ({}, {"by": "", "at": ""}, {**LATER, "by": ""}):
            assert "(" not in sentence("stale_rev", lacking, lang)


def test_what_is_settled_already_is_said_in_words() -> None:
    assert "Stand: erledigt" in sentence("already_settled", {"field": "step", "state": "done"}, "de")
    assert "Stand: eingehalten" in sentence("already_settled", {"field": "commitment", "state": "kept"}, "de")
    assert "state: missed" in sentence("already_settled", {"field": "appointment", "state": "missed"}, "en")


async def test_an_incomplete_talk_names_every_field_and_leads_to_it(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    hidden = hidden_of((await browser.get(f"/faelle/{journey}/gespraech")).text)
    wrong = {"about": "", "on": "", "new1_what": "Wohnung suchen", "next_day": "2027-02-01"}

    answer = await browser.post(f"/faelle/{journey}/gespraech", data={**hidden, **wrong})

    text = html.unescape(answer.text)
    assert answer.status_code == 422
    for field, said in {
        "on": "Tag des Gesprächs: Bitte ausfüllen.",
        "about": "Worum ging es: Bitte einen Eintrag aus der Liste wählen.",
        "new1_side": "Zusage 2, Wer sagt zu: Bitte einen Eintrag aus der Liste wählen.",
        "new1_goal": "Zusage 2, Lebensfeld: Bitte einen Eintrag aus der Liste wählen.",
        "new1_due": "Zusage 2, Bis wann: Bitte ausfüllen.",
        "next": "Nächster Termin: Das ist keine Uhrzeit.",
    }.items():
        assert f'<a href="#{field}">{said}' in text, field
        assert f'id="{field}"' in text, field
