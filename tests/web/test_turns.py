"""The turns of life on the desk: what a form asks, what it means, and what nobody sees across a wall."""

import html

import httpx
import pytest
from pydantic import TypeAdapter

from domain import turned
from domain.codes import FACT_CODES
from domain.events import Event, EventBody
from domain.facts import CaseFacts
from store import households, notices, queries
from store.seed import FIRST_OFFICE
from store.tables import NoticeRow
from tests.web.acting import act, consent
from tests.web.conftest import BEGINNING, Desk
from tests.web.filling import TODAY, hidden_of
from web.forms_office import FORMS
from web.naming import Naming
from web.timeline import _TELLERS

_BODY: TypeAdapter[EventBody] = TypeAdapter(EventBody)


def _facts(desk: Desk, journey: str) -> CaseFacts:
    return desk.journeys.states[journey].facts


def _others(desk: Desk, journey: str) -> list[str]:
    return [one for one, office in desk.journeys.offices.items() if office == FIRST_OFFICE and one != journey]


async def test_a_new_status_is_one_form_and_three_facts(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey, "casework")

    answer = await act(
        browser,
        journey,
        "change_status",
        status="recognised",
        valid_from=TODAY,
        permit_on=TODAY,
        benefit="sgb2",
        source="document",
    )

    day = BEGINNING.date()
    assert answer.status_code == 303, html.unescape(answer.text)
    assert _facts(desk, journey).value("residence_status", day) == "recognised"
    assert _facts(desk, journey).day_value("course_claim_since", day) == day
    assert _facts(desk, journey).value("benefit", day) == "sgb2"
    assert "Aufenthaltsstatus: anerkannt" in html.unescape((await browser.get(f"/faelle/{journey}")).text)


async def test_consent_of_parents_is_recorded_as_theirs(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    await act(browser, journey, "take_consent", purpose="casework", outcome="given", by="parents", on=TODAY)

    assert _facts(desk, journey).consents[-1].by == "parents"


async def test_a_fact_is_disputed_settled_and_taken_back_by_its_own_words(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    seq = _facts(desk, journey).values[0].seq
    reading = f"{seq}:reading:"

    await act(browser, journey, "dispute_fact", fact=reading, by="participant", on=TODAY)
    disputed = {v.code for v in _facts(desk, journey).values if v.disputed}
    await act(browser, journey, "settle_dispute", fact=reading, upheld="no", on=TODAY)
    await act(browser, journey, "withdraw_fact", fact=f"{seq}:interpreter:", reason="mistake", on=TODAY)

    gone = {v.code for v in _facts(desk, journey).values if v.superseded}
    assert disputed == {"reading"}
    assert gone == {"reading", "interpreter"}
    page = html.unescape((await browser.get(f"/faelle/{journey}")).text)
    assert "Strittige Angabe verworfen – Lesen" in page
    assert "Versehen bei der Eingabe" in page


async def test_a_household_links_both_cases_and_shows_only_those_inside_the_walls(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    other = _others(desk, journey)[0]

    answer = await act(
        browser, journey, "link_household", other=other, relation="adult", other_relation="child", on=TODAY
    )
    again = await act(
        browser, journey, "link_household", other=other, relation="adult", other_relation="child", on=TODAY
    )

    assert answer.status_code == 303, html.unescape(answer.text)
    assert again.status_code == 422
    (home,) = _facts(desk, journey).households
    assert [h.id for h in _facts(desk, other).households] == [home.id]
    assert desk.name_of(other) in html.unescape((await browser.get(f"/faelle/{journey}")).text)
    with desk.store.write() as session:
        households.bring_up(session, desk.foreign(), "off_beispielheim", (home,))
    page = html.unescape((await browser.get(f"/faelle/{journey}")).text)
    assert desk.name_of(desk.foreign()) not in page
    assert desk.foreign() not in page


async def test_a_third_person_joins_the_same_household_and_leaves_it(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    second, third = _others(desk, journey)[:2]
    relations = {"relation": "adult", "other_relation": "adult", "on": TODAY}
    await act(browser, journey, "link_household", other=second, **relations)

    await act(browser, third, "link_household", other=journey, **relations)
    home = _facts(desk, third).households[0].id
    await act(browser, second, "leave_household", household=home, on=TODAY)

    with desk.store.read() as session:
        assert {row.journey_id for row in households.members(session, home)} == {journey, third}


async def test_behind_an_address_block_no_address_stands_on_a_page_and_no_letter_is_printed(
    desk: Desk,
) -> None:
    browser = await desk.as_("maier")
    letter = await _letter(desk, browser)
    journey = letter.journey_id
    before = html.unescape((await browser.get(f"/faelle/{journey}")).text)

    await act(browser, journey, "block_address", on=TODAY)

    page = html.unescape((await browser.get(f"/faelle/{journey}")).text)
    assert "Hauptstraße" in before
    assert "Hauptstraße" not in page
    assert "+49 711" not in page
    assert "Adresse gesperrt" in page
    assert letter.id not in (await browser.get("/briefe")).text
    assert (await browser.get(f"/briefe/{letter.id}")).status_code in (404, 409)
    assert (await browser.post(f"/briefe/{letter.id}/gedruckt", data={})).status_code in (404, 409)


async def _letter(desk: Desk, browser: httpx.AsyncClient) -> NoticeRow:
    """A letter of the office that waits for a printer: the invitation of somebody without e-mail."""
    with desk.store.read() as session:
        lines = queries.journey_list(session, desk.store, offices=[FIRST_OFFICE], text="Tesfay")
    journey = lines[0].row.id
    fields = {"talk": "first_talk", "start_day": "2027-01-27", "start_time": "10:30", "place": "office"}
    more = {"interpreter": "requested", "invited_in_language": "yes"}
    await act(browser, journey, "offer_appointment", **fields, **more)
    with desk.store.read() as session:
        return next(n for n in notices.to_print(session, office=FIRST_OFFICE) if n.journey_id == journey)


async def test_another_programme_shows_what_would_change_before_it_can_be_sent(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    path = f"/faelle/{journey}/aktion/move_programme"
    other = "p2026_1" if _facts(desk, journey).programme != "p2026_1" else "p2026_0"

    chosen = await browser.get(f"{path}?programme={other}")
    answer = await browser.post(path, data={**hidden_of(chosen.text), "on": TODAY})

    text = html.unescape(chosen.text)
    assert "Was sich ändert" in text
    assert "kommt dazu" in text or "entfällt" in text
    assert answer.status_code == 303, html.unescape(answer.text)
    assert _facts(desk, journey).programme == other
    assert (await browser.get(f"/faelle/{journey}")).status_code == 200


async def test_a_course_start_is_announced_and_a_cancelled_course_is_nobodys_fault(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey, "casework")

    await act(browser, journey, "announce_course_start", start="2027-03-01", on=TODAY, source="provider")
    await act(browser, journey, "cancel_course", on=TODAY, source="provider")

    day = BEGINNING.date()
    assert _facts(desk, journey).value("course_start_announced", day) is None
    assert _facts(desk, journey).value("course_place", day) == "none"


async def test_a_step_is_chosen_and_dropped_again(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey, "casework")
    path = f"/faelle/{journey}/aktion/choose_step"
    first = (await browser.get(path)).text
    offered = [line.split('"')[1] for line in first.split("<option ")[1:]] or [
        part.split('"')[0] for part in first.split('name="step" value="')[1:]
    ]
    step = next((code for code in offered if code), "")
    if not step:
        pytest.skip("this programme leaves nothing to choose")

    await act(browser, journey, "choose_step", step=step, on=TODAY)
    chosen = _facts(desk, journey).chosen_steps
    await act(browser, journey, "drop_step", step=step, on=TODAY)

    assert chosen == (step,)
    assert _facts(desk, journey).chosen_steps == ()


async def test_the_menu_shows_four_groups_and_only_what_fits(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    page = html.unescape((await browser.get(f"/faelle/{journey}")).text)

    for group in ("Alltag", "Wendepunkte", "Berichtigen", "Ende"):
        assert f"<h3>{group}</h3>" in page
    assert "aktion/unblock_address" not in page
    assert "aktion/withdraw_hand_over" not in page
    assert "aktion/block_address" in page


def test_every_event_of_a_turn_has_its_sentence_in_both_languages() -> None:
    kinds = {arg.model_fields["type"].default for arg in turned.Turned.__args__}
    assert kinds <= _TELLERS.keys()
    for kind in kinds:
        event = Event(seq=2, recorded_at=BEGINNING, body=_BODY.validate_python(_made_up(kind)))
        german, english = (_TELLERS[kind](event.body, Naming(lang)) for lang in ("de", "en"))
        assert german[0] != english[1], kind
        assert kind not in (*german, *english), kind


def _made_up(kind: str) -> dict[str, object]:
    """A body with something in every field."""
    body = next(arg for arg in turned.Turned.__args__ if arg.model_fields["type"].default == kind)
    values: dict[str, object] = {
        "hand_over": "hov_" + "1" * 32, "to_office": "off_beispielheim", "to_ags": "08115045", "on": TODAY,
        "accepted": True, "reason": "other", "pause": "pau_" + "1" * 32, "household": "hhd_" + "1" * 32,
        "relation": "child", "months": 36, "into": "jrn_" + "1" * 32, "duplicate": "jrn_" + "2" * 32,
        "appointment": "apt_" + "1" * 32, "status": "kept", "fact": 1, "code": next(iter(FACT_CODES)),
        "by": "office", "upheld": True, "step": "profile", "offer": "ofr_" + "1" * 32, "offer_kind": "club",
        "outcome": "taken_up", "programme": "p2026_0", "purpose": "casework", "rule": "MIT-01",
        "subject": "course", "episode": TODAY, "stage": 1, "said_on": TODAY, "because": 3,
    }  # fmt: skip
    if kind in ("appointment_corrected", "fact_withdrawn"):
        values["reason"] = "mistake"
    return {"type": kind, **{name: values[name] for name in body.model_fields if name in values}}


def test_every_form_of_a_turn_says_what_it_means() -> None:
    quiet = ("withdraw_hand_over", "leave_household", "drop_step", "settle_dispute")
    from web.forms_turns import DOUBTS, TURNS  # noqa: PLC0415 - only this test asks for the two tables

    for form in (*TURNS, *DOUBTS):
        assert form.kind in FORMS
        assert form.kind in quiet or all(form.intro), form.kind
        assert form.intro[0] != form.intro[1] or form.kind in quiet


async def test_a_talk_takes_steps_into_the_plan_and_says_who_consented(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await act(browser, journey, "move_programme", query="?programme=p2026_1", on=TODAY)
    path = f"/faelle/{journey}/gespraech"
    opened = (await browser.get(path)).text
    step = opened.split('name="choose" value="')[1].split('"')[0]
    data = {**hidden_of(opened), "about": "first_talk", "on": TODAY, "consent_casework": "given"}

    answer = await browser.post(path, data={**data, "consent_by": "parents", "choose": step})

    assert answer.status_code == 303, html.unescape(answer.text)
    assert _facts(desk, journey).chosen_steps == (step,)
    assert _facts(desk, journey).consents[-1].by == "parents"
