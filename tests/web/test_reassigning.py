"""All cases of one person to another: each an audited command, repeatable without harm, refusals named."""

import html

import httpx
import pytest

from domain.commands import Command, Receipt
from domain.errors import Refusal
from store import queries
from store.seed import FIRST_OFFICE, SECOND_OFFICE
from store.tables import PersonRow
from tests.web.conftest import Desk
from tests.web.filling import hidden_of
from web.routes import reassigning


def _of(desk: Desk, login: str) -> set[str]:
    with desk.store.read() as session:
        lines = queries.journey_list(session, desk.store, case_worker=desk.person(login), limit=1000)
    return {line.row.id for line in lines}


def _typed(desk: Desk, giver: str, taker: str, office: str = FIRST_OFFICE) -> dict[str, str]:
    return {"giver": f"{office} {desk.person(giver)}", "case_worker": desk.person(taker), "substitute": ""}


async def _sent(desk: Desk, **changed: str) -> httpx.Response:
    lead = await desk.as_("vogt")
    hidden = hidden_of((await lead.get("/zustaendigkeiten")).text)
    return await lead.post("/zustaendigkeiten", data={**hidden, **_typed(desk, "maier", "okafor"), **changed})


async def test_every_open_case_of_somebody_gone_moves_in_one_action(desk: Desk) -> None:
    before = _of(desk, "maier")
    with desk.store.write() as session:
        session.get_one(PersonRow, desk.person("maier")).active = False

    answer = await _sent(desk)

    assert len(before) == 10
    assert "10 von 10 Fällen übergeben" in html.unescape(answer.text)
    assert before <= _of(desk, "okafor")
    assert _of(desk, "maier") == set()
    sent = [c for c in desk.journeys.executed if c.body.kind == "assign_case_worker"]
    assert {c.actor for c in sent} == {desk.person("vogt")}
    assert len({c.command_id for c in sent}) == 10


async def test_the_same_action_sent_twice_changes_nothing_more(desk: Desk) -> None:
    lead = await desk.as_("vogt")
    data = {**hidden_of((await lead.get("/zustaendigkeiten")).text), **_typed(desk, "maier", "okafor")}

    await lead.post("/zustaendigkeiten", data=data)
    done = len(desk.journeys.executed)
    again = await lead.post("/zustaendigkeiten", data=data)

    assert again.status_code == 409
    assert "keine offenen Fälle" in html.unescape(again.text)
    assert len(desk.journeys.executed) == done


async def test_a_long_action_goes_on_part_by_part_and_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reassigning, "PART", 4)
    lead = await desk.as_("vogt")

    part = await _sent(desk)
    said = [html.unescape(part.text)]
    while "data-go-on" in part.text:
        part = await lead.post("/zustaendigkeiten", data=hidden_of(part.text))
        said.append(html.unescape(part.text))

    assert ["4 von 10" in said[0], "8 von 10" in said[1], "10 von 10" in said[2]] == [True] * 3
    assert _of(desk, "maier") == set()


async def test_a_case_that_refuses_is_named_and_the_others_go(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stubborn = min(_of(desk, "maier"))
    real = desk.journeys.execute

    async def execute(journey: str, command: Command, *, wait_s: float = 3.0) -> Receipt:
        if journey == stubborn:
            raise Refusal("journey_closed", on="2027-01-11")
        return await real(journey, command, wait_s=wait_s)

    monkeypatch.setattr(desk.journeys, "execute", execute)

    page = html.unescape((await _sent(desk)).text)

    assert "9 von 10 Fällen übergeben" in page
    assert desk.name_of(stubborn) in page
    assert "Nicht übergeben" in page
    assert _of(desk, "maier") == {stubborn}


async def test_a_wrong_form_names_the_field(desk: Desk) -> None:
    same = await _sent(desk, case_worker=desk.person("maier"))
    nobody = await _sent(desk, case_worker="")
    foreign = await _sent(desk, giver=f"{SECOND_OFFICE} {desk.person('keller')}")

    assert [answer.status_code for answer in (same, nobody, foreign)] == [422, 422, 422]
    assert "dieselbe Person" in html.unescape(same.text)
    assert desk.journeys.executed == []


async def test_only_leads_and_heads_reassign_all(desk: Desk) -> None:
    assert (await (await desk.as_("maier")).get("/zustaendigkeiten")).status_code == 403
