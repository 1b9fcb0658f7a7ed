"""One bad row: a case whose programme nobody here can read is marked, and every page goes on showing the rest."""

import html

import pytest
from sqlmodel import select

from domain.errors import NotFound
from store import editions
from store.tables import EscalationRow, JourneyRow, TaskRow
from tests.web.conftest import Desk

MARK = "Programm nicht lesbar – bitte Verwaltung verständigen"


def _spoil(desk: Desk, journey: str) -> None:
    """Give a case a programme that this process does not know."""
    with desk.store.write() as session:
        row = session.get(JourneyRow, journey)
        assert row is not None
        row.programme = "nope"
        session.add(row)
    with pytest.raises(NotFound):
        editions.programme("nope")


def _pressing(desk: Desk) -> str:
    """A case of the first office with an open task and an open matter."""
    own = desk.journey_of()
    with desk.store.read() as session:
        for table in (TaskRow, EscalationRow):
            assert session.exec(select(table).where(table.journey_id == own, table.closed_on == None)).all()  # noqa: E711
    return own


async def test_a_case_with_an_unknown_programme_is_marked_and_takes_no_page_down(desk: Desk) -> None:
    desk.journeys.pass_days(30)
    worker, lead, auditor = await desk.as_("maier"), await desk.as_("vogt"), await desk.as_("pruefer")
    journey = _pressing(desk)
    before = (await worker.get("/faelle?wer=alle")).text
    _spoil(desk, journey)

    shown = {
        "list": await worker.get("/faelle?wer=alle"),
        "tasks": await worker.get("/aufgaben?wer=alle"),
        "inbox": await lead.get("/eskalationen"),
        "page": await worker.get(f"/faelle/{journey}"),
    }
    others = [
        await worker.get("/briefe"),
        await worker.get(f"/faelle/{journey}/gespraech"),
        await worker.get(f"/faelle/{journey}/aktion/record_step"),
        await worker.get(f"/api/v1/journeys/{journey}"),
        await auditor.get(f"/pruefung/{journey}"),
    ]

    assert {name: answer.status_code for name, answer in shown.items()} == dict.fromkeys(shown, 200)
    assert [answer.status_code for answer in others] == [200] * len(others)
    for name, answer in shown.items():
        assert MARK in html.unescape(answer.text), name
    assert shown["list"].text.count(MARK) == 1
    assert shown["list"].text.count("/faelle/jrn_") == before.count("/faelle/jrn_")
    assert MARK not in before


async def test_a_case_whose_facts_cannot_be_opened_leaves_tasks_and_inbox_to_the_others(desk: Desk) -> None:
    desk.journeys.pass_days(30)
    worker, lead = await desk.as_("maier"), await desk.as_("vogt")
    journey = _pressing(desk)
    with desk.store.write() as session:
        row = session.get(JourneyRow, journey)
        assert row is not None
        assert row.view is not None
        row.view = row.view[:-1] + bytes([row.view[-1] ^ 1])
        session.add(row)

    answers = [await worker.get("/aufgaben?wer=alle"), await lead.get("/eskalationen")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all(journey in answer.text for answer in answers)


async def test_the_inbox_says_what_the_office_owes_by_its_own_rules(desk: Desk) -> None:
    """Two offers are owed although nobody promised them to the person."""
    desk.journeys.pass_days(30)
    worker, lead, journey = await desk.as_("maier"), await desk.as_("vogt"), desk.journey_of()

    inbox = (await lead.get("/eskalationen")).text
    german = (await worker.get(f"/faelle/{journey}")).text
    english = (await worker.get(f"/faelle/{journey}?lang=en")).text

    owed = "Die Stelle bietet bis Woche 4 zwei Termine mit Sprachmittlung an (FOE-02)"
    assert owed in inbox
    assert owed in german
    assert "The office offers two interpreted appointments by week 4 (FOE-02)" in english
    assert "nichts Vereinbartes" not in inbox
