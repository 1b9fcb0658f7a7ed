"""Hand-overs between offices: asked without a name, answered by the asked office alone, and never lost or doubled."""

import asyncio
import html

import httpx

from domain.facts import HandOverFact
from domain.ids import derived_id
from gateway.hand_overs import Finishing
from store import continuing, hand_overs, participants, queries
from store.seed import FIRST_OFFICE, SECOND_OFFICE
from tests.web.acting import act, command, consent
from tests.web.conftest import Desk
from tests.web.filling import TODAY

REASON = "no_capacity"


def _asked(desk: Desk, journey: str) -> HandOverFact:
    return desk.journeys.states[journey].facts.hand_overs[-1]


async def _ready(desk: Desk) -> tuple[httpx.AsyncClient, str]:
    """A case worker and a journey with all that a hand-over needs, a step done, a value and an opinion on e-mail."""
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey, "casework", "hand_over")
    await command(browser, journey, kind="take_consent", purpose="email", outcome="refused", on=TODAY)
    await command(browser, journey, kind="record_contact", contact="visit", on=TODAY)
    for code, value in (("language_level", "a2"), ("move_checked", "yes")):
        body = {"kind": "record_fact", "code": code, "value": value, "valid_from": TODAY}
        assert (await command(browser, journey, **body)).status_code == 200
    await command(browser, journey, kind="record_step", step="first_contact", on=TODAY)
    return browser, journey


async def _offered(desk: Desk) -> tuple[httpx.AsyncClient, str, str]:
    browser, journey = await _ready(desk)
    answer = await act(browser, journey, "offer_hand_over", to_office=SECOND_OFFICE, to_ags="", on=TODAY)
    assert answer.status_code == 303, html.unescape(answer.text)
    return browser, journey, _asked(desk, journey).id


async def _accept(desk: Desk, hand_over: str, login: str = "lang") -> httpx.Response:
    browser = await desk.as_(login)
    data = {"case_worker": desk.person("keller"), "substitute": desk.person("lang")}
    return await browser.post(f"/uebergaben/{hand_over}/annehmen", data=data)


def _journeys(desk: Desk, office: str) -> set[str]:
    with desk.store.read() as session:
        lines = queries.journey_list(session, desk.store, offices=[office], limit=1000)
    return {line.row.id for line in lines}


async def test_the_asked_office_sees_a_reference_and_dates_and_nobodys_name(desk: Desk) -> None:
    _, journey, _ = await _offered(desk)
    lead = await desk.as_("lang")

    page = html.unescape((await lead.get("/uebergaben")).text)
    listed = (await lead.get("/api/v1/hand-overs")).text

    assert "Musterstadt" in page
    assert "25.01.2027" in page  # ten working days after the eleventh
    for told in (page, listed):
        assert desk.name_of(journey) not in told
    assert (await lead.get(f"/faelle/{journey}")).status_code == 404
    assert (await lead.get(f"/api/v1/journeys/{journey}")).status_code == 404


async def test_an_accepted_case_ends_here_and_goes_on_there_with_what_it_still_needs(desk: Desk) -> None:
    browser, journey, hand_over = await _offered(desk)
    before = _journeys(desk, SECOND_OFFICE)

    answer = await _accept(desk, hand_over)
    desk.journeys.begin_all()

    (new,) = _journeys(desk, SECOND_OFFICE) - before
    assert answer.headers["location"] == f"/faelle/{new}"
    old, facts = desk.journeys.states[journey].facts, desk.journeys.states[new].facts
    assert (old.closed_reason, _asked(desk, journey).continued_as) == ("moved_away", new)
    assert (facts.continues, facts.t0, facts.programme) == (journey, old.t0, old.programme)
    assert (facts.case_worker, facts.substitute) == (desk.person("keller"), desk.person("lang"))
    assert facts.taken_over_on is not None
    assert facts.first_review_on is not None
    assert facts.step_done("first_contact")
    assert facts.value("language_level", facts.taken_over_on) == "a2"
    assert facts.value("move_checked", facts.taken_over_on) is None
    assert {(c.purpose, c.outcome) for c in facts.consents} == {("casework", "given"), ("email", "refused")}
    assert participants.identity(desk.store, new) == participants.identity(desk.store, journey)
    theirs = html.unescape((await (await desk.as_("keller")).get(f"/faelle/{new}")).text)
    assert "Führt einen anderen Fall fort" in theirs
    assert journey not in theirs
    ours = html.unescape((await browser.get(f"/faelle/{journey}")).text)
    assert "Fortgeführt in einem anderen Büro" in ours
    assert new not in ours
    # The head of both offices stands inside both walls.
    assert new in (await (await desk.as_("brandt")).get(f"/faelle/{journey}")).text


async def test_accepting_twice_gives_one_case(desk: Desk) -> None:
    _, _, hand_over = await _offered(desk)
    before = _journeys(desk, SECOND_OFFICE)

    first, second = [await _accept(desk, hand_over) for _ in range(2)]

    assert (first.status_code, second.status_code) == (303, 409)
    assert len(_journeys(desk, SECOND_OFFICE) - before) == 1


async def test_a_case_is_neither_lost_nor_doubled_if_the_process_dies_after_the_yes(desk: Desk) -> None:
    """The old journey has agreed; the continuing one is registered by whoever comes first, once."""
    _, journey, hand_over = await _offered(desk)
    before = _journeys(desk, SECOND_OFFICE)
    desk.journeys.lost_answers = 1

    lost = await _accept(desk, hand_over)
    between = _journeys(desk, SECOND_OFFICE) - before
    await asyncio.gather(*(Finishing(desk.store).all() for _ in range(2)))
    await Finishing(desk.store).all()

    assert lost.status_code == 202
    assert between == set()
    assert _journeys(desk, SECOND_OFFICE) - before == {_asked(desk, journey).continued_as}
    assert _asked(desk, journey).continued_as == derived_id("journey", "hand_over", hand_over)


async def test_a_withdrawn_consent_stops_the_hand_over_before_anything_is_copied(desk: Desk) -> None:
    browser, journey, hand_over = await _offered(desk)
    await command(browser, journey, kind="take_consent", purpose="hand_over", outcome="withdrawn", on=TODAY)
    before = _journeys(desk, SECOND_OFFICE)

    answer = await _accept(desk, hand_over)

    assert answer.status_code == 409
    assert _journeys(desk, SECOND_OFFICE) == before
    with desk.store.write() as session:
        assert continuing.finish(session, desk.store, hand_over) is None


async def test_a_returned_case_stays_and_both_sides_read_why(desk: Desk) -> None:
    browser, journey, hand_over = await _offered(desk)
    lead = await desk.as_("lang")

    bare = await lead.post(f"/uebergaben/{hand_over}/zurueckgeben", data={"reason": ""})
    done = await lead.post(f"/uebergaben/{hand_over}/zurueckgeben", data={"reason": REASON})

    assert (bare.status_code, done.status_code) == (422, 303)
    assert desk.journeys.states[journey].facts.closed_on is None
    for reader in (browser, lead):
        page = html.unescape((await reader.get("/uebergaben")).text)
        assert "zurückgegeben" in page
        assert "keine freie Kapazität" in page


async def test_only_the_asked_office_answers(desk: Desk) -> None:
    browser, journey, hand_over = await _offered(desk)
    body = {
        "kind": "answer_hand_over",
        "hand_over": hand_over,
        "accepted": True,
        "on": TODAY,
        "continued_as": "jrn_" + "0" * 32,
    }

    page = await browser.post(f"/uebergaben/{hand_over}/annehmen", data={"case_worker": desk.person("maier")})
    back = await browser.post(f"/uebergaben/{hand_over}/zurueckgeben", data={"reason": REASON})
    sent = await command(browser, journey, **body)
    across = await command(await desk.as_("lang"), journey, **body)

    assert (page.status_code, back.status_code) == (404, 404)
    assert (sent.status_code, sent.json()["code"]) == (422, "hand_over_elsewhere")
    assert across.status_code == 404
    assert _asked(desk, journey).state == "open"


async def test_a_case_worker_of_the_asked_office_must_be_named(desk: Desk) -> None:
    _, journey, hand_over = await _offered(desk)
    lead = await desk.as_("lang")

    nobody = await lead.post(f"/uebergaben/{hand_over}/annehmen", data={"case_worker": ""})
    foreign = await lead.post(f"/uebergaben/{hand_over}/annehmen", data={"case_worker": desk.person("maier")})

    assert (nobody.status_code, foreign.status_code) == (422, 422)
    assert "Zuständige Person" in html.unescape(nobody.text)
    assert _asked(desk, journey).state == "open"


async def test_a_hand_over_needs_consent_the_residence_check_and_another_office(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    await consent(browser, journey, "casework")
    fields = {"to_office": SECOND_OFFICE, "to_ags": "", "on": TODAY}

    no_consent = await act(browser, journey, "offer_hand_over", **fields)
    await consent(browser, journey, "hand_over")
    unchecked = await act(browser, journey, "offer_hand_over", **fields)
    own = await command(
        browser, journey, kind="offer_hand_over", hand_over="hov_" + "1" * 32, to_office=FIRST_OFFICE,
        to_ags="08115003", on=TODAY,
    )  # fmt: skip
    nowhere = await command(
        browser, journey, kind="offer_hand_over", hand_over="hov_" + "1" * 32, to_office="off_nowhere",
        to_ags="08115003", on=TODAY,
    )  # fmt: skip

    assert "Für die Übergabe fehlt die Einwilligung" in html.unescape(no_consent.text)
    assert "§ 12a" in html.unescape(unchecked.text)
    assert (own.status_code, own.json()["code"]) == (409, "own_office")
    assert (nowhere.status_code, nowhere.json()["code"]) == (422, "office_unknown")


async def test_another_office_is_asked_for_a_municipality_that_it_serves(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    elsewhere = await command(
        browser, journey, kind="offer_hand_over", hand_over="hov_" + "1" * 32, to_office=SECOND_OFFICE,
        to_ags="08115003", on=TODAY,
    )  # fmt: skip

    assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "ags_of_another_office")
    assert "08115045" in elsewhere.json()["title"]


async def test_a_question_taken_back_is_gone_for_the_asked_office(desk: Desk) -> None:
    browser, journey, hand_over = await _offered(desk)

    await act(browser, journey, "withdraw_hand_over", hand_over=hand_over, on=TODAY)
    late = await _accept(desk, hand_over)

    assert late.status_code == 409
    assert _asked(desk, journey).state == "withdrawn"


async def test_behind_an_address_block_only_the_name_goes_along_and_the_block_stays(desk: Desk) -> None:
    browser, journey, hand_over = await _offered(desk)
    await act(browser, journey, "block_address", on=TODAY)
    before = _journeys(desk, SECOND_OFFICE)

    await _accept(desk, hand_over)
    desk.journeys.begin_all()

    (new,) = _journeys(desk, SECOND_OFFICE) - before
    who = participants.identity(desk.store, new)
    assert who.name == participants.identity(desk.store, journey).name
    assert (who.address, who.phone, who.email) == (None, None, None)
    assert desk.journeys.states[new].facts.address_blocked_on is not None


async def test_a_program_answers_by_the_same_rules(desk: Desk) -> None:
    _, journey, hand_over = await _offered(desk)
    lead = await desk.as_("lang")
    path = f"/api/v1/hand-overs/{hand_over}/answer"

    nobody = await lead.post(path, json={"accept": True})
    done = await lead.post(path, json={"accept": True, "case_worker": desk.person("keller")})

    assert nobody.status_code == 422
    assert (done.json()["state"], done.json()["continued_as"]) == (
        "accepted",
        _asked(desk, journey).continued_as,
    )


async def test_a_question_of_a_case_that_has_ended_is_shown_to_nobody(desk: Desk) -> None:
    browser, journey, hand_over = await _offered(desk)

    await act(browser, journey, "close", reason="death", on=TODAY)

    with desk.store.read() as session:
        rows = hand_overs.asked_of(session, [SECOND_OFFICE])
    assert hand_over not in {row.id for row in rows if row.state == "open"}
    assert (await _accept(desk, hand_over)).status_code == 409
