"""Lists become journeys and cards: each line once, however often and however broken-off the list comes in."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from domain.codes import Purpose
from domain.errors import Refusal
from domain.events import Event
from domain.journey import begin
from domain.permissions import Actor, Role
from domain.take_over_reading import Line, read_cases
from store import clock, ledger, participants, take_overs
from store.database import Store
from store.keys import KeyDestroyed
from store.reading_lists import read_table
from store.tables import JourneyRow, OutboxRow
from store.tables_take_over import TakenOverRow
from store.take_overs import Order, Verdict
from tests.support.registered import House, house, journey
from web.lists import around_cases

HEAD = "Name;Geburtsdatum;Sprache;Zuweisung am;Fachkraft;Anschrift;Einwilligung am;erledigte Schritte;Aktenzeichen"
BEGINNING = datetime.fromisoformat("2027-01-13T09:00:00+00:00")


@pytest.fixture
def at(store: Store) -> House:
    with store.write() as session:
        clock.set_to(session, BEGINNING)
    return house(store)


def lines_of(store: Store, at: House, *rows: str, head: str = HEAD) -> tuple[Line, ...]:
    content = "\r\n".join((head, *rows)).encode("cp1252")
    with store.read() as session:
        return read_cases(read_table(content), around_cases(session, at.office))[1]


def row(number: int, name: str = "", t0: str = "02.03.2026", *, nr: str = "") -> str:
    who = "case_worker.off_testhausen"
    born = date(1980, 1, 2) + timedelta(days=number)
    name = name or f"Müller {number}, Jürgen"
    return f"{name};{born:%d.%m.%Y};ar;{t0};{who};Weg {number};20.03.2026;A1, A2, B3;{nr}"


def lead(at: House) -> Actor:
    return Actor(at.lead, Role.LEAD, at.office)


def taken(store: Store, at: House, lines: tuple[Line, ...]) -> tuple[Verdict, ...]:
    return take_overs.take_over(store, lines, Order(lead(at), at.office, "a" * 64))


def kinds(verdicts: Any) -> list[str]:
    return [verdict.kind for verdict in verdicts]


def journeys(store: Store) -> int:
    with store.read() as session:
        return len(session.exec(select(JourneyRow)).all())


def test_a_line_becomes_a_journey_whose_first_event_says_what_was_before(store: Store, at: House) -> None:
    (verdict,) = taken(store, at, lines_of(store, at, row(1)))

    with store.read() as session:
        order = session.exec(select(OutboxRow)).one()
    facts = begin(at.office, order.journey_id, Event.model_validate(order.body["started"])).facts
    assert verdict.journey == order.journey_id
    assert facts.taken_over_on == date(2027, 1, 13)
    assert facts.first_review_on == verdict.first_review_on == date(2027, 1, 18)
    assert [(s.step, s.before_take_over) for s in facts.steps] == [
        ("assignment", True),
        ("first_contact", True),
        ("integration_plan", True),
    ]
    assert facts.allows(Purpose.CASEWORK)
    assert facts.t0 == date(2026, 3, 2)
    assert facts.case_worker == at.case_worker


def test_what_names_a_person_stays_in_sealed_columns(store: Store, at: House) -> None:
    (verdict,) = taken(store, at, lines_of(store, at, row(1)))

    assert participants.identity(store, verdict.journey or "").name == "Müller 1, Jürgen"
    with store.read() as session:
        order = session.exec(select(OutboxRow)).one()
        entries = ledger.read(session, f"house/{at.office}")
    assert "Müller" not in str(order.body)
    assert "Müller" not in str([entry.body for entry in entries])


def test_a_preview_writes_nothing(store: Store, at: House) -> None:
    lines = lines_of(store, at, row(1), row(2))

    with store.read() as session:
        found = take_overs.weigh(session, store, lines, at.office)

    assert kinds(found) == ["ready", "ready"]
    assert [v.first_review_on for v in found] == [date(2027, 1, 18), date(2027, 1, 19)]
    assert journeys(store) == 0


def test_the_same_list_twice_starts_nothing_twice(store: Store, at: House) -> None:
    rows = [row(n) for n in range(30)]

    first = taken(store, at, lines_of(store, at, *rows))
    second = taken(store, at, lines_of(store, at, *rows))

    assert kinds(first) == ["taken"] * 30
    assert kinds(second) == ["known"] * 30
    assert [v.journey for v in first] == [v.journey for v in second]
    assert journeys(store) == 30


def test_a_list_that_broke_off_goes_on_where_it_stopped(
    store: Store, at: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after 30 of 50 lines, in the middle of a transaction; run again, each line has one journey."""
    rows = [row(n, t0=f"{1 + n % 18:02}.03.2026") for n in range(50)]
    whole, seen = participants.register, list[str]()

    def broken(*given: Any, **more: Any) -> Any:
        seen.append("")
        if len(seen) > 30:
            raise KeyboardInterrupt
        return whole(*given, **more)

    monkeypatch.setattr("store.participants.register", broken)
    with pytest.raises(KeyboardInterrupt):
        taken(store, at, lines_of(store, at, *rows))
    before = journeys(store)
    monkeypatch.setattr("store.participants.register", whole)
    again = taken(store, at, lines_of(store, at, *rows))

    assert 0 < before < 30
    assert sorted(set(kinds(again))) == ["known", "taken"]
    assert journeys(store) == 50
    with store.read() as session:
        days = [found.first_review_on for found in session.exec(select(TakenOverRow))]
    assert len(set(days)) == 50


def test_the_oldest_allocation_is_reviewed_first(store: Store, at: House) -> None:
    rows = row(1, t0="01.06.2026"), row(2, t0="01.05.2025"), row(3, t0="01.12.2025")
    without = tuple(line.replace(";20.03.2026;A1, A2, B3;", ";;;") for line in rows)
    days = [v.first_review_on for v in taken(store, at, lines_of(store, at, *without))]
    assert days == [date(2027, 1, 20), date(2027, 1, 18), date(2027, 1, 19)]


def test_a_second_list_fills_the_days_after_the_first(store: Store, at: House) -> None:
    taken(store, at, lines_of(store, at, row(1), row(2)))
    (verdict,) = taken(store, at, lines_of(store, at, row(3)))
    assert verdict.first_review_on == date(2027, 1, 20)


def test_good_lines_are_taken_though_others_are_refused(store: Store, at: House) -> None:
    found = taken(
        store, at, lines_of(store, at, row(1), ";;;;;;;;x", row(3).replace("case_worker", "nobody"))
    )

    assert kinds(found) == ["taken", "refused", "refused"]
    assert [fault.code for fault in found[2].faults] == ["colleague_unknown"]
    assert "case_worker.off_testhausen" in found[2].faults[0].params["known"]


def test_a_corrected_line_of_the_same_number_is_the_same_person(store: Store, at: House) -> None:
    taken(store, at, lines_of(store, at, row(1, nr="MU-1")))
    corrected = row(1, name="Mueller, Jürgen", nr="mu-1")
    assert kinds(taken(store, at, lines_of(store, at, corrected))) == ["known"]


def test_a_number_that_somebody_else_has_is_refused(store: Store, at: House) -> None:
    taken(store, at, lines_of(store, at, row(1, nr="MU-1")))
    (verdict,) = taken(store, at, lines_of(store, at, row(2, name="Andere, Eva", nr="MU-1")))
    assert [fault.code for fault in verdict.faults] == ["number_of_another"]


def test_a_line_that_got_a_number_since_is_known_by_the_person(store: Store, at: House) -> None:
    taken(store, at, lines_of(store, at, row(1)))
    assert kinds(taken(store, at, lines_of(store, at, row(1, nr="MU-1")))) == ["known"]


def test_somebody_who_is_erased_is_not_taken_over_again(store: Store, at: House) -> None:
    (verdict,) = taken(store, at, lines_of(store, at, row(1, nr="MU-1")))
    with store.write() as session:
        store.keys.destroy(session, verdict.journey or "")
    with pytest.raises(KeyDestroyed):
        participants.identity(store, verdict.journey or "")
    assert kinds(taken(store, at, lines_of(store, at, row(1, name="M., Jürgen", nr="MU-1")))) == ["known"]


def test_a_likely_double_is_a_question_until_somebody_has_looked(store: Store, at: House) -> None:
    journey(store, at, name="Jürgen Müller", birth_date=date(1980, 1, 3))

    asked = taken(store, at, lines_of(store, at, row(1, name="Mueller, Jürgen")))
    answered = lines_of(store, at, row(1, name="Mueller, Jürgen") + ";ja", head=HEAD + ";kein Doppel")

    assert [fault.code for fault in asked[0].faults] == ["likely_known"]
    assert kinds(asked) == ["question"]
    assert kinds(taken(store, at, answered)) == ["taken"]


def test_the_first_of_january_and_one_name_are_not_enough_for_a_question(store: Store, at: House) -> None:
    journey(store, at, name="Ahmad Karimi", birth_date=date(1990, 1, 1))
    line = row(1, name="Ahmad, Sayed").replace("03.01.1980", "01.01.1990")
    assert kinds(taken(store, at, lines_of(store, at, line))) == ["taken"]


def test_two_lines_of_a_list_that_are_likely_one_person_are_a_question(store: Store, at: House) -> None:
    lines = lines_of(store, at, row(1, name="Ali, Omar"), row(1, name="Ali, Omar", t0="03.03.2026"))
    found = taken(store, at, lines)
    assert kinds(found) == ["taken", "question"]
    assert found[1].faults[0].params["line"] == "2"


def test_a_list_of_another_office_does_not_learn_who_is_known_here(store: Store, at: House) -> None:
    journey(store, at, name="Jürgen Müller", birth_date=date(1980, 1, 3))
    other = house(store, "off_nachbarheim")
    line = row(1, name="Müller, Jürgen").replace("off_testhausen", "off_nachbarheim")
    assert kinds(taken(store, other, lines_of(store, other, line))) == ["taken"]


def test_the_ledger_says_who_took_over_how_many_and_no_name(store: Store, at: House) -> None:
    taken(store, at, lines_of(store, at, row(1), ";;;;;;;;x"))

    with store.read() as session:
        entries = [e for e in ledger.read(session, f"house/{at.office}") if e.type.startswith("take_over")]
    assert [(e.type, e.actor) for e in entries] == [
        ("take_over_began", at.lead),
        ("take_over_ended", at.lead),
    ]
    assert entries[1].body == {"sha256": "a" * 64, "taken": 1, "known": 0, "question": 0, "refused": 1}


def test_nothing_is_taken_over_while_the_clock_moves(store: Store, at: House) -> None:
    with store.write() as session:
        clock.begin_move(session, clock.now(session) + timedelta(days=3))
    with pytest.raises(Refusal) as refused:
        taken(store, at, lines_of(store, at, row(1)))
    assert refused.value.code == "clock_moving"
    assert journeys(store) == 0
