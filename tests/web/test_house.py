"""The office's own tasks and matters on the desk, absences, and who sees what in whose place."""

import re
from datetime import date

from sqlmodel import select

from store import absences, findings, ledger
from store.office_tables import AbsenceRow, OfficeMatterRow, OfficeTaskRow
from store.seed import FIRST_OFFICE
from store.tables import EscalationRow, JourneyRow
from tests.web.conftest import Desk

TODAY = date(2027, 1, 11)


def away(desk: Desk, login: str, first: date, last: date | None = None) -> None:
    with desk.store.write() as session:
        absences.add(
            session, person=desk.person(login), first=first, last=last, actor=desk.person("vogt"),
            at=desk.services.now(),
        )  # fmt: skip


def something_is_due(desk: Desk) -> None:
    with desk.store.write() as session:
        for row in session.exec(select(JourneyRow).where(JourneyRow.office_id == FIRST_OFFICE)):
            row.next_due = date(2027, 1, 8)
            session.add(row)


def matters(desk: Desk) -> list[OfficeMatterRow]:
    with desk.store.read() as session:
        return list(session.exec(select(OfficeMatterRow)).all())


def the_task(desk: Desk) -> OfficeTaskRow:
    """The one that an absence gave to the substitute."""
    with desk.store.read() as session:
        return session.exec(select(OfficeTaskRow).where(OfficeTaskRow.rule == "FOE-17")).one()


def overloaded(desk: Desk) -> OfficeMatterRow:
    """The matter of a case worker who has cases and no share of a post."""
    with desk.store.write() as session:
        absences.set_post(
            session, person=desk.person("maier"), since=TODAY, share=0, actor=desk.person("vogt"),
            at=desk.services.now(),
        )  # fmt: skip
    desk.journeys.look(FIRST_OFFICE)
    [found] = matters(desk)
    return found


async def test_the_lead_answers_a_matter_of_the_office_with_a_date(desk: Desk) -> None:
    matter, browser = overloaded(desk), await desk.as_("vogt")

    shown = await browser.get("/haus")
    fields = {"kennung": "cmd_" + "a" * 32, "stand": "1", "antwort": "take_over", "bis": "2027-02-01"}
    answer = await browser.post(f"/haus/angelegenheiten/{matter.id}", data=fields)
    again = await browser.post(f"/haus/angelegenheiten/{matter.id}", data=fields)

    assert "Auf eine volle Stelle gerechnet laufen hier" in shown.text
    assert "Fachkraft: Sabine Maier" in shown.text
    assert "Ulrike Vogt" in shown.text
    assert (answer.status_code, again.status_code) == (303, 303)
    [resting] = matters(desk)
    assert (resting.silent_until, resting.level) == (date(2027, 2, 1), 1)
    with desk.store.read() as session:
        said = [one.type for one in ledger.read(session, f"house/{FIRST_OFFICE}")]
    assert said.count("escalation_answered") == 1


async def test_a_refused_answer_is_a_sentence_and_is_written_down(desk: Desk) -> None:
    matter, browser = overloaded(desk), await desk.as_("vogt")

    no_date = await browser.post(f"/haus/angelegenheiten/{matter.id}", data={"antwort": "take_over"})
    stale = await browser.post(f"/haus/angelegenheiten/{matter.id}", data={"antwort": "close", "stand": "9"})
    nonsense = await browser.post(f"/haus/angelegenheiten/{matter.id}", data={"antwort": "perhaps"})

    assert (no_date.status_code, stale.status_code, nonsense.status_code) == (409, 409, 409)
    assert "inzwischen geändert" in stale.text
    with desk.store.read() as session:
        entries = ledger.read(session, f"house/{FIRST_OFFICE}")
    codes = [(one.body or {})["code"] for one in entries if one.type == "command_refused"]
    assert codes == ["until_missing", "stale_rev", "not_in_list"]


async def test_a_case_worker_and_another_office_may_not_answer_a_matter(desk: Desk) -> None:
    matter = overloaded(desk)
    worker, stranger = await desk.as_("maier"), await desk.as_("lang")

    by_worker = await worker.post(f"/haus/angelegenheiten/{matter.id}", data={"antwort": "close"})
    by_stranger = await stranger.post(f"/haus/angelegenheiten/{matter.id}", data={"antwort": "close"})

    assert (by_worker.status_code, by_stranger.status_code) == (403, 404)
    assert matter.subject not in (await stranger.get("/haus")).text
    assert matters(desk)[0].closed_on is None


async def test_the_substitute_sees_the_task_of_an_absence_and_completes_it(desk: Desk) -> None:
    something_is_due(desk)
    away(desk, "maier", date(2027, 1, 4))
    desk.journeys.look(FIRST_OFFICE)
    task = the_task(desk)
    deputy, other = await desk.as_("okafor"), await desk.as_("keller")

    shown = await deputy.get("/aufgaben")
    foreign = await other.post(f"/haus/aufgaben/{task.id}", data={})
    done = await deputy.post(f"/haus/aufgaben/{task.id}", data={"stand": str(task.rev)})

    assert (task.what, task.addressee) == ("foe_17_1", "substitute")
    assert "Fällt die Fachkraft aus, übernimmt die Vertretung." in shown.text
    assert foreign.status_code == 404
    assert done.status_code == 303
    assert the_task(desk).closed_reason == "completed"


async def test_a_deputy_sees_what_is_due_from_the_first_day_of_an_absence(desk: Desk) -> None:
    name = desk.name_of(desk.journey_of())
    browser = await desk.as_("okafor")

    before = (await browser.get("/faelle?wer=ich")).text
    away(desk, "maier", TODAY, TODAY)
    during = (await browser.get("/faelle?wer=ich")).text

    assert name not in before
    assert name in during
    assert "in Vertretung für Sabine Maier" in during


async def test_who_holds_an_escalation_now_is_shown_when_the_lead_is_away(desk: Desk) -> None:
    with desk.store.write() as session:
        journey = desk.journey_of()
        session.add(
            EscalationRow(
                id="esc_" + "1" * 32, journey_id=journey, office_id=FIRST_OFFICE, rule="FOE-02",
                subject="offers", episode=TODAY, level=1, raised_on=TODAY, answer_by=date(2027, 1, 25),
                because="stage",
            )
        )  # fmt: skip
    away(desk, "vogt", TODAY)
    browser = await desk.as_("brandt")

    shown = (await browser.get("/eskalationen")).text

    assert "Joachim Brandt (in Vertretung für Ulrike Vogt)" in shown


async def test_a_lead_records_an_absence_and_its_end_and_nothing_asks_why(desk: Desk) -> None:
    browser = await desk.as_("vogt")

    page = (await browser.get("/abwesenheiten")).text
    added = await browser.post("/abwesenheiten", data={"wer": desk.person("maier"), "von": "2027-01-11"})
    twice = await browser.post("/abwesenheiten", data={"wer": desk.person("maier"), "von": "2027-01-12"})
    [row] = _absences(desk)
    shown = (await browser.get("/abwesenheiten")).text
    ended = await browser.post(f"/abwesenheiten/{row.id}/ende", data={"bis": "2027-01-15"})

    assert (added.status_code, twice.status_code, ended.status_code) == (303, 422, 303)
    assert "schon eine Abwesenheit" in twice.text
    assert re.search(r"Sabine Maier.*?Daniel Okafor", shown, re.DOTALL)
    assert _absences(desk)[0].last == date(2027, 1, 15)
    assert "Grund" not in page
    with desk.store.read() as session:
        entries = ledger.read(session, f"house/{FIRST_OFFICE}")
    said = [(one.type, one.actor) for one in entries if one.type.startswith("absence")]
    assert said == [("absence_recorded", desk.person("vogt")), ("absence_ended", desk.person("vogt"))]


async def test_absences_of_another_office_answer_like_none(desk: Desk) -> None:
    away(desk, "maier", TODAY)
    browser = await desk.as_("lang")

    foreign = await browser.post("/abwesenheiten", data={"wer": desk.person("okafor"), "von": "2027-01-11"})
    end = await browser.post(f"/abwesenheiten/{_absences(desk)[0].id}/ende", data={"bis": "2027-01-15"})

    assert (foreign.status_code, end.status_code) == (422, 404)
    assert len(_absences(desk)) == 1


async def test_the_lead_reads_what_was_found_and_what_was_done(desk: Desk) -> None:
    journey = desk.journey_of()
    with desk.store.write() as session:
        found = findings.Found("lapsed_timer", f"journey/{journey}", "replan", journey)
        findings.note(session, FIRST_OFFICE, found, on=TODAY, at=desk.services.now())
    browser = await desk.as_("vogt")

    shown = (await browser.get("/haus")).text
    english = (await browser.get("/haus?lang=en")).text

    assert "Fall ist nicht aufgewacht" in shown
    assert "neu geplant" in shown
    assert "Case did not wake" in english


def _absences(desk: Desk) -> list[AbsenceRow]:
    with desk.store.read() as session:
        return list(session.exec(select(AbsenceRow)).all())
