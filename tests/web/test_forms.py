"""Forms: what is wrong is named with a remedy, what was typed is kept, and sending twice does nothing twice."""

import html

import pytest

from domain.commands import OfferAppointment, RecordTalk, TakeConsent
from store import ledger, notes, participants, queries
from tests.web.conftest import Desk
from tests.web.filling import GOOD, TODAY, empty, hidden_of, start
from web.forms_office import FORMS
from web.turn_values import FIRST


def _count(desk: Desk) -> int:
    with desk.store.read() as session:
        return len(queries.journey_list(session, desk.store, limit=1000))


async def test_a_journey_is_started_by_one_form_and_waits_for_the_relay(desk: Desk) -> None:
    browser = await desk.as_("maier")

    answer = await start(browser)
    page = await browser.get(answer.headers["location"])

    assert answer.status_code == 303
    assert "Nadia Probe" in page.text
    assert "wird gerade gestartet" in page.text
    desk.journeys.begin_all()
    assert "Erster Kontakt" in (await browser.get(answer.headers["location"])).text


async def test_the_same_start_form_sent_twice_gives_one_journey(desk: Desk) -> None:
    browser, before = await desk.as_("maier"), _count(desk)
    hidden = await empty(browser)

    first = await browser.post("/faelle/neu", data={**hidden, **GOOD})
    second = await browser.post("/faelle/neu", data={**hidden, **GOOD})
    back = await browser.get(f"/faelle/neu?form={hidden['form_id']}")
    other = await browser.post("/faelle/neu", data={**hidden, **GOOD, "name": "Jemand Anderes"})

    assert first.headers["location"] == second.headers["location"] == back.headers["location"]
    assert other.status_code == 422
    assert "schon ein Vorgang gestartet" in other.text
    assert _count(desk) == before + 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("municipality", "08999999", "Gemeinde: Diese Gemeinde steht nicht im Verzeichnis"),
        ("municipality", "Berlin", "Gemeinde: Diese Gemeinde steht nicht im Verzeichnis"),
        ("birth_date", "2028-01-01", "Geburtsdatum: Das Geburtsdatum liegt in der Zukunft"),
        ("birth_date", "1850-01-01", "Geburtsdatum: Das Geburtsdatum liegt mehr als 120 Jahre"),
        ("birth_date", "gestern", "Geburtsdatum: Das ist kein Datum"),
        ("birth_date", "", "Geburtsdatum: Bitte ausfüllen"),
        ("t0", "1980-01-01", "Tag der Zuteilung: Der Tag der Zuteilung liegt vor dem Geburtsdatum"),
        ("t0", "2027-03-01", "Tag der Zuteilung: Der Tag der Zuteilung liegt in der Zukunft"),
        ("name", "  ", "Name: Bitte ausfüllen"),
        ("language", "xx", "Sprache: Bitte einen Eintrag aus der Liste wählen"),
        ("email", "kein-at", "E-Mail: Das ist keine E-Mail-Adresse"),
        ("phone", "abc", "Telefon: Das ist keine Telefonnummer"),
        ("address", "", "Anschrift: Bitte mindestens einen Weg angeben"),
        ("form_id", "", "unvollständig angekommen"),
    ],
)
async def test_a_wrong_start_form_names_field_and_remedy_and_changes_nothing(
    desk: Desk, field: str, typed: str, said: str
) -> None:
    browser, before = await desk.as_("maier"), _count(desk)

    answer = await start(browser, **{field: typed})

    text = html.unescape(answer.text)
    assert answer.status_code == 422
    assert said in text
    kept = [value for name, value in GOOD.items() if value and name != field]
    assert all(value in text for value in kept if "-" not in value or value in text)
    assert 'value="Nadia Probe"' in text or field == "name"
    assert _count(desk) == before


async def test_a_day_typed_by_hand_and_a_plain_name_of_a_town_are_understood(desk: Desk) -> None:
    browser = await desk.as_("maier")

    answer = await start(browser, birth_date="4.5.1990", t0="08.01.2027", municipality="Böblingen")

    assert answer.status_code == 303
    journey = answer.headers["location"].rpartition("/")[2]
    assert participants.identity(desk.store, journey).birth_date.isoformat() == "1990-05-04"


async def test_every_command_has_a_form_that_opens(desk: Desk) -> None:
    """All of them, with a label on every field and no broken template."""
    worker, lead, journey = await desk.as_("maier"), await desk.as_("vogt"), desk.journey_of()
    for kind in FORMS:
        browser = lead if kind in ("answer_escalation", "assign_case_worker", "pin_book") else worker
        code = "?code=attendance" if kind == "record_fact" else ""
        answer = await browser.get(f"/faelle/{journey}/aktion/{kind}{code}")
        assert answer.status_code == 200, kind
        if kind in FIRST:
            # What the choice means is shown before anything can be sent.
            assert "command_id" not in hidden_of(answer.text), kind
            continue
        assert hidden_of(answer.text)["command_id"].startswith("cmd_"), kind


async def test_an_appointment_is_offered_in_berlin_time(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    opened = await browser.get(f"/faelle/{journey}/aktion/offer_appointment")
    fields = {"talk": "first_talk", "start_day": "2027-01-20", "start_time": "10:30", "place": "office"}
    data = {**hidden_of(opened.text), **fields, "interpreter": "requested", "invited_in_language": "yes"}

    answer = await browser.post(f"/faelle/{journey}/aktion/offer_appointment", data=data)

    assert answer.status_code == 303
    body = desk.journeys.executed[-1].body
    assert isinstance(body, OfferAppointment)
    assert body.start.isoformat() == "2027-01-20T09:30:00+00:00"
    assert "Der Termin ist angeboten." in (await browser.get(f"/faelle/{journey}")).text
    assert "Der Termin ist angeboten." not in (await browser.get(f"/faelle/{journey}")).text


async def test_a_refusal_is_a_sentence_keeps_what_was_typed_and_is_noted_by_its_code(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    opened = await browser.get(f"/faelle/{journey}/aktion/agree_commitment")
    fields = {
        "side": "office",
        "goal": "language",
        "what": "Kursträger suchen",
        "due": "2027-02-01",
        "on": TODAY,
    }

    answer = await browser.post(
        f"/faelle/{journey}/aktion/agree_commitment", data={**hidden_of(opened.text), **fields}
    )

    assert answer.status_code == 422
    assert "Dafür fehlt die Einwilligung" in answer.text
    assert "Kursträger suchen" in answer.text
    with desk.store.read() as session:
        noted = [e for e in ledger.read(session, f"desk/{journey}") if e.type == "command_refused"]
        assert notes.of(session, desk.store, journey) == []
    assert (noted[0].body or {})["code"] == "consent_missing"
    assert "Kursträger" not in str(noted[0].body)


async def test_an_unconfirmed_command_keeps_its_id_and_is_carried_out_once(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    path = f"/faelle/{journey}/aktion/record_contact"
    opened = hidden_of((await browser.get(path)).text)
    data = {**opened, "contact": "call", "on": TODAY}
    desk.journeys.lost_answers = 1

    lost = await browser.post(path, data=data)
    again = await browser.post(path, data={**data, **hidden_of(lost.text)})

    assert lost.status_code == 202
    assert "Nicht bestätigt – bitte noch einmal senden" in lost.text
    assert hidden_of(lost.text)["command_id"] == opened["command_id"]
    assert again.status_code == 303
    assert len(desk.journeys.executed) == 1


async def test_a_form_that_saw_an_older_state_is_refused(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    offer = await browser.get(f"/faelle/{journey}/aktion/offer_appointment")
    fields = {"talk": "other", "start_day": "2027-01-20", "start_time": "10:30", "place": "office"}
    more = {"interpreter": "requested", "invited_in_language": "yes"}
    hidden = hidden_of(offer.text)
    await browser.post(f"/faelle/{journey}/aktion/offer_appointment", data={**hidden, **fields, **more})
    about = f"?appointment={hidden['new_id']}"
    first = await browser.get(f"/faelle/{journey}/aktion/move_appointment{about}")
    second = await browser.get(f"/faelle/{journey}/aktion/move_appointment{about}")
    moved = {
        "appointment": hidden["new_id"],
        "start_day": "2027-01-21",
        "start_time": "09:00",
        "by": "office",
    }

    done = await browser.post(
        f"/faelle/{journey}/aktion/move_appointment", data={**hidden_of(first.text), **moved}
    )
    stale = await browser.post(
        f"/faelle/{journey}/aktion/move_appointment", data={**hidden_of(second.text), **moved}
    )

    assert done.status_code == 303
    assert stale.status_code == 422
    assert "inzwischen geändert" in stale.text
    assert "Sabine Maier" in stale.text


async def test_an_unknown_command_and_an_unknown_field_are_refused(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    page = await browser.get(f"/faelle/{journey}/aktion/promote")
    sent = await browser.post(
        f"/api/v1/journeys/{journey}/commands",
        json={"command_id": "cmd_" + "4" * 32, "body": {"kind": "promote"}},
    )
    extra = await browser.post(
        f"/api/v1/journeys/{journey}/commands",
        json={
            "command_id": "cmd_" + "5" * 32,
            "body": {"kind": "record_contact", "contact": "call", "on": TODAY, "x": 1},
        },
    )

    assert (page.status_code, sent.status_code, extra.status_code) == (404, 422, 422)
    assert desk.journeys.executed == []


async def test_a_command_on_a_closed_journey_is_refused_with_the_way_back(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    for kind, fields in (
        ("close", {"reason": "death", "on": TODAY}),
        ("record_contact", {"contact": "call"}),
    ):
        opened = await browser.get(f"/faelle/{journey}/aktion/{kind}")
        last = await browser.post(
            f"/faelle/{journey}/aktion/{kind}", data={**hidden_of(opened.text), "on": TODAY, **fields}
        )

    assert last.status_code == 422
    assert "Fall wieder öffnen" in last.text


async def test_no_fact_beyond_base_data_before_consent(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    opened = await browser.get(f"/faelle/{journey}/aktion/record_fact?code=language_level")
    data = {**hidden_of(opened.text), "value": "a1", "valid_from": TODAY, "source": "person"}

    answer = await browser.post(f"/faelle/{journey}/aktion/record_fact", data=data)

    assert answer.status_code == 422
    assert "Dafür fehlt die Einwilligung" in answer.text


async def test_a_talk_settles_many_things_with_one_command_and_keeps_the_words_beside_it(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    hidden = hidden_of((await browser.get(f"/faelle/{journey}/gespraech")).text)
    data = {
        **hidden,
        "about": "first_talk",
        "on": TODAY,
        "consent_casework": "given",
        "consent_email": "refused",
        "steps": "first_contact",
        "new0_side": "office",
        "new0_goal": "language",
        "new0_what": "Kursträger in Wohnortnähe suchen",
        "new0_due": "2027-02-01",
        "next_day": "2027-02-10",
        "next_time": "14:00",
        "next_talk": "other",
    }

    answer = await browser.post(f"/faelle/{journey}/gespraech", data=data)

    assert answer.status_code == 303, answer.text
    assert len(desk.journeys.executed) == 1
    body = desk.journeys.executed[0].body
    assert isinstance(body, RecordTalk)
    kinds = [item.kind for item in body.settles]
    assert kinds == ["take_consent", "take_consent", "record_step", "agree_commitment", "offer_appointment"]
    page = (await browser.get(f"/faelle/{journey}")).text
    assert "Kursträger in Wohnortnähe suchen" in page
    stored = desk.journeys.executed[0].model_dump_json()
    assert "Wohnortnähe" not in stored


async def test_a_talk_with_one_mistake_changes_nothing_and_names_it(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    hidden = hidden_of((await browser.get(f"/faelle/{journey}/gespraech")).text)
    data = {**hidden, "about": "first_talk", "on": TODAY, "consent_casework": "given", "new0_side": "office"}

    answer = await browser.post(f"/faelle/{journey}/gespraech", data=data)

    assert answer.status_code == 422
    assert desk.journeys.executed == []


async def test_refusing_consent_ends_the_case_and_says_so(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    opened = await browser.get(f"/faelle/{journey}/aktion/take_consent")
    data = {**hidden_of(opened.text), "purpose": "casework", "outcome": "refused", "on": TODAY}

    answer = await browser.post(f"/faelle/{journey}/aktion/take_consent", data=data)

    body = desk.journeys.executed[0].body
    assert answer.status_code == 303
    assert isinstance(body, TakeConsent)
    assert "Einwilligung abgelehnt" in (await browser.get(f"/faelle/{journey}")).text


async def test_while_the_clock_is_moving_every_command_waits(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    from store import clock  # noqa: PLC0415

    with desk.store.write() as session:
        clock.begin_move(session, clock.now(session).replace(year=2028))
    opened = await browser.get(f"/faelle/{journey}/aktion/record_contact")
    answer = await browser.post(
        f"/faelle/{journey}/aktion/record_contact",
        data={**hidden_of(opened.text), "contact": "call", "on": TODAY},
    )

    assert answer.status_code == 422
    assert "Die Uhr läuft" in answer.text
    assert desk.journeys.executed == []
