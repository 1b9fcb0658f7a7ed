"""Four eyes: what one person alone cannot do waits for a second one, and never for the same in another seat."""

import html
from collections.abc import Sequence

import httpx
import pytest

from store import approvals, ledger, people
from store.seed import FIRST_OFFICE, SECOND_OFFICE
from store.tables import OfficeRow, PersonRow
from store.tables_turns import ApprovalRow
from tests.web.acting import act, command, consent
from tests.web.conftest import Desk
from tests.web.filling import TODAY, hidden_of

EXTENSION = {"months": "36", "reason": "course_running", "on": TODAY, "why": "Kurs endet erst im Mai"}


def _rows(desk: Desk, journey: str) -> Sequence[ApprovalRow]:
    with desk.store.read() as session:
        return approvals.of_journey(session, journey)


async def _extension(desk: Desk) -> tuple[httpx.AsyncClient, str, str]:
    """A case worker who has asked for an extension: browser, journey and request."""
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey, "casework")
    answer = await act(browser, journey, "extend_term", **EXTENSION)
    assert answer.status_code == 303, html.unescape(answer.text)
    return browser, journey, _rows(desk, journey)[0].id


def _months(desk: Desk, journey: str) -> int:
    return desk.journeys.states[journey].facts.term_months


async def _agree(desk: Desk, login: str, approval: str) -> httpx.Response:
    return await (await desk.as_(login)).post(f"/freigaben/{approval}/freigeben", data={})


async def test_a_request_changes_nothing_and_the_second_person_carries_it_out(desk: Desk) -> None:
    browser, journey, approval = await _extension(desk)
    before = _months(desk, journey)

    waiting = html.unescape((await (await desk.as_("vogt")).get("/freigaben")).text)
    done = await _agree(desk, "vogt", approval)

    assert before == 24
    assert "Laufzeit verlängern" in waiting
    assert "Kurs endet erst im Mai" in waiting
    assert done.status_code == 303, done.text
    assert _months(desk, journey) == 36
    sent = desk.journeys.executed[-1]
    assert (sent.actor, sent.approvals) == (desk.person("maier"), (desk.person("vogt"),))
    page = html.unescape((await browser.get(f"/faelle/{journey}")).text)
    assert "Laufzeit auf 36 Monate verlängert: Kurs läuft noch" in page
    assert "freigegeben von Ulrike Vogt" in page
    assert "Weg über 36 Monate" in page
    with desk.store.read() as session:
        types = [entry.type for entry in ledger.read(session, f"desk/{journey}")]
    assert [t for t in types if t.startswith("approval")] == ["approval_requested", "approval_given"]


async def test_the_word_for_the_second_person_is_never_in_the_clear(desk: Desk) -> None:
    _, journey, _ = await _extension(desk)

    assert b"Mai" not in _rows(desk, journey)[0].command


async def test_the_same_form_sent_twice_is_one_request_and_another_one_is_refused(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey, "casework")
    path = f"/faelle/{journey}/aktion/extend_term"
    data = {**hidden_of((await browser.get(path)).text), **EXTENSION}

    first, second = [await browser.post(path, data=data) for _ in range(2)]
    other = await act(browser, journey, "extend_term", **EXTENSION)

    assert (first.status_code, second.status_code, other.status_code) == (303, 303, 422)
    assert "wartet schon ein Antrag" in other.text
    assert len(_rows(desk, journey)) == 1


async def test_approving_twice_does_it_once(desk: Desk) -> None:
    _, journey, approval = await _extension(desk)

    first, second = [await _agree(desk, "vogt", approval) for _ in range(2)]

    assert (first.status_code, second.status_code) == (303, 409)
    assert [c.body.kind for c in desk.journeys.executed].count("extend_term") == 1
    assert _months(desk, journey) == 36


async def test_an_answer_that_got_lost_is_asked_for_again_and_nothing_is_done_twice(desk: Desk) -> None:
    browser, _, approval = await _extension(desk)
    lead = await desk.as_("vogt")
    desk.journeys.lost_answers = 1

    lost = await lead.post(f"/freigaben/{approval}/freigeben", data={})
    withdrawn = await browser.post(f"/freigaben/{approval}/zurueckziehen", data={})
    rejected = await lead.post(f"/freigaben/{approval}/ablehnen", data={"reason": "nein"})
    again = await lead.post(f"/freigaben/{approval}/freigeben", data={})

    assert lost.status_code == 202
    assert "noch einmal" in html.unescape(lost.text)
    assert (withdrawn.status_code, rejected.status_code) == (409, 409)
    assert again.status_code == 303
    assert [c.body.kind for c in desk.journeys.executed].count("extend_term") == 1


async def test_who_asks_cannot_approve_even_as_lead_and_not_through_the_own_deputy(desk: Desk) -> None:
    lead, journey = await desk.as_("vogt"), desk.journey_of()
    with desk.store.write() as session:
        session.get_one(PersonRow, desk.person("vogt")).deputy_id = desk.person("okafor")
    await consent(await desk.as_("maier"), journey, "casework")
    await act(lead, journey, "extend_term", **EXTENSION)
    approval = _rows(desk, journey)[0].id

    answers = {
        login: (await _agree(desk, login, approval)).status_code
        for login in ("vogt", "okafor", "maier", "lang", "brandt")
    }

    assert answers == {"vogt": 404, "okafor": 404, "maier": 404, "lang": 404, "brandt": 303}


async def test_a_deputy_of_the_lead_decides_but_never_on_the_own_request(desk: Desk) -> None:
    with desk.store.write() as session:
        session.get_one(PersonRow, desk.person("vogt")).deputy_id = desk.person("okafor")
    _, _, approval = await _extension(desk)
    await act(await desk.as_("okafor"), desk.journey_of(), "close", reason="own_wish", on=TODAY)
    own = next(row.id for row in _rows(desk, desk.journey_of()) if row.kind == "close")

    assert (await _agree(desk, "okafor", own)).status_code == 404
    assert (await _agree(desk, "okafor", approval)).status_code == 303


async def test_in_an_office_of_one_a_lead_of_another_office_sees_that_card_only(desk: Desk) -> None:
    keller, journey = await desk.as_("keller"), desk.foreign()
    with desk.store.write() as session:
        row = session.get_one(OfficeRow, SECOND_OFFICE)
        row.lead_id, row.head_id = desk.person("keller"), None
    await consent(keller, journey, "casework")
    await act(keller, journey, "extend_term", **EXTENSION)
    approval, vogt = _rows(desk, journey)[0].id, await desk.as_("vogt")

    card = html.unescape((await vogt.get("/freigaben")).text)
    behind = await vogt.get(f"/faelle/{journey}")
    own = await keller.post(f"/freigaben/{approval}/freigeben", data={})
    done = await vogt.post(f"/freigaben/{approval}/freigeben", data={})

    assert "nur diese Karte" in card
    assert desk.name_of(journey) not in card
    assert (behind.status_code, own.status_code, done.status_code) == (404, 404, 303)
    assert _months(desk, journey) == 36


async def test_a_lead_of_another_office_sees_nothing_while_somebody_of_the_own_is_there(desk: Desk) -> None:
    await _extension(desk)

    assert "Laufzeit verlängern" not in (await (await desk.as_("lang")).get("/freigaben")).text


async def test_a_rejection_needs_a_reason_and_the_requester_reads_it(desk: Desk) -> None:
    browser, journey, approval = await _extension(desk)
    lead = await desk.as_("vogt")

    bare = await lead.post(f"/freigaben/{approval}/ablehnen", data={"reason": " "})
    done = await lead.post(f"/freigaben/{approval}/ablehnen", data={"reason": "Bitte erst Kursende klären"})

    assert (bare.status_code, done.status_code) == (422, 303)
    page = html.unescape((await browser.get("/freigaben")).text)
    assert "abgelehnt: Ulrike Vogt" in page
    assert "Bitte erst Kursende klären" in page
    assert _months(desk, journey) == 24
    assert b"Kursende" not in (_rows(desk, journey)[0].reason or b"")


async def test_the_requester_takes_the_own_request_back_and_nobody_else_does(desk: Desk) -> None:
    browser, journey, approval = await _extension(desk)

    foreign = await (await desk.as_("okafor")).post(f"/freigaben/{approval}/zurueckziehen", data={})
    own = await browser.post(f"/freigaben/{approval}/zurueckziehen", data={})
    late = await _agree(desk, "vogt", approval)

    assert (foreign.status_code, own.status_code, late.status_code) == (404, 303, 409)
    assert _rows(desk, journey)[0].state == "withdrawn"


async def test_where_the_journey_says_no_its_sentence_is_shown_and_the_request_stays(desk: Desk) -> None:
    browser, journey, approval = await _extension(desk)
    await act(browser, journey, "close", reason="death", on=TODAY)

    refused = await _agree(desk, "vogt", approval)

    assert refused.status_code == 409
    assert "beendet" in html.unescape(refused.text)
    assert _rows(desk, journey)[0].state == "requested"
    assert "der Fall lässt es nicht zu" in html.unescape((await browser.get("/freigaben")).text)


async def test_what_the_journey_would_refuse_anyway_is_said_before_anybody_is_asked(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    answer = await act(browser, journey, "unblock_address", on=TODAY)

    assert answer.status_code == 422
    assert "nicht gesperrt" in answer.text
    assert _rows(desk, journey) == []


@pytest.mark.parametrize("reason", ["goals_reached", "own_wish", "moved_away", "takes_no_part"])
async def test_an_early_end_waits_for_a_second_person(desk: Desk, reason: str) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    answer = await act(browser, journey, "close", reason=reason, on=TODAY)

    assert answer.status_code == 303
    assert _rows(desk, journey)[0].kind == "close"
    assert desk.journeys.states[journey].facts.closed_on is None


async def test_death_acts_at_once(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    await act(browser, journey, "close", reason="death", on=TODAY)

    assert _rows(desk, journey) == []
    assert desk.journeys.states[journey].facts.closed_on is not None


async def test_a_program_is_told_that_its_command_waits_and_decides_by_the_same_rules(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey, "casework")

    asked = await command(browser, journey, kind="extend_term", months=36, reason="illness", on=TODAY)
    approval = asked.json()["approval"]
    own = await browser.post(f"/api/v1/approvals/{approval}/decision", json={"agree": True})
    lead = await desk.as_("vogt")
    listed = (await lead.get("/api/v1/approvals")).json()
    done = await lead.post(f"/api/v1/approvals/{approval}/decision", json={"agree": True})

    assert (asked.status_code, asked.json()["state"]) == (202, "requested")
    assert own.status_code == 404
    assert [entry["id"] for entry in listed] == [approval]
    assert done.json()["state"] == "approved"
    assert _months(desk, journey) == 36


async def test_nobody_puts_an_approval_into_a_command_or_hides_it_in_a_talk(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey, "casework")
    extend = {"kind": "extend_term", "months": 48, "reason": "illness", "on": TODAY}
    talk = {
        "kind": "record_talk",
        "talk": "tlk_" + "0" * 32,
        "about": "other",
        "on": TODAY,
        "settles": [extend],
    }
    path, id_ = f"/api/v1/journeys/{journey}/commands", "cmd_" + "6" * 32
    lead = desk.person("vogt")

    outer = await browser.post(path, json={"command_id": id_, "approvals": [lead], "body": extend})
    inner = await browser.post(path, json={"command_id": id_, "body": {**extend, "approvals": [lead]}})
    hidden = await browser.post(path, json={"command_id": id_, "body": talk})

    assert (outer.status_code, inner.status_code) == (422, 422)
    assert (hidden.status_code, hidden.json()["code"]) == (409, "second_person_needed")
    assert _months(desk, journey) == 24


def _another(desk: Desk, journey: str) -> str:
    offices = desk.journeys.offices
    return next(one for one, office in offices.items() if office == FIRST_OFFICE and one != journey)


async def test_a_merger_changes_both_cases_with_one_approval(desk: Desk) -> None:
    browser, duplicate = await desk.as_("maier"), desk.journey_of()
    kept = _another(desk, duplicate)
    compared = await browser.get(f"/faelle/{duplicate}/aktion/merge_into?into={kept}")
    asked = await act(browser, duplicate, "merge_into", query=f"?into={kept}", on=TODAY)

    done = await _agree(desk, "vogt", _rows(desk, duplicate)[0].id)

    both = html.unescape(compared.text)
    assert desk.name_of(duplicate) in both
    assert desk.name_of(kept) in both
    assert (asked.status_code, done.status_code) == (303, 303), html.unescape(asked.text)
    assert desk.journeys.states[duplicate].facts.merged_into == kept
    assert desk.journeys.states[duplicate].facts.closed_reason == "merged"
    assert desk.journeys.states[kept].facts.duplicates == (duplicate,)


async def test_a_case_behind_a_wall_cannot_be_merged_into(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    sent = await command(browser, journey, kind="merge_into", into=desk.foreign(), on=TODAY)
    page = await browser.get(f"/faelle/{journey}/aktion/merge_into?into={desk.foreign()}")

    assert (sent.status_code, sent.json()["code"]) == (422, "other_journey_unknown")
    assert desk.name_of(desk.foreign()) not in page.text


def test_only_people_who_are_still_there_decide(desk: Desk) -> None:
    with desk.store.write() as session:
        session.get_one(PersonRow, desk.person("vogt")).active = False
    with desk.store.read() as session:
        found = approvals.deciders(session, FIRST_OFFICE, desk.person("maier"))
        names = {people.person(session, one).login for one in found}

    assert names == {"brandt"}
