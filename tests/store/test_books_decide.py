"""`decide` goes by the book in force in the installation, or by the one that a journey is held to."""

from datetime import UTC, date, datetime, timedelta

from activities.decide import judge_call
from audit.shipped import judge
from domain.calendar import berlin_day
from domain.calls import DecideAnswer, DecideRequest, Pins
from domain.decisions import Edition
from domain.facts import CaseFacts
from rules.book import book
from rules.documents import to_document
from rules.drafting import draft
from tests.support.facts import person

FIRST = book()
OWN = draft(FIRST, {"FOE-02.task": "2"}, "sooner")
CHANGE = date(2027, 1, 18)


class TwoBooks:
    """An installation in which the own book comes into force on 18 January."""

    def active(self, on: date) -> Edition | None:
        return OWN.edition if on >= CHANGE else FIRST.edition

    def edition(self, book_id: str) -> Edition | None:
        return {FIRST.id: FIRST.edition, OWN.id: OWN.edition}.get(book_id)

    def document(self, book_id: str) -> str:
        return to_document(OWN if book_id == OWN.id else FIRST)

    def next_change(self, after: date) -> date | None:
        return CHANGE if after < CHANGE else None


def asked(on: date, *, pin: str | None = None, acting: bool = True) -> DecideRequest:
    facts = CaseFacts.model_validate(person(programme="p2026_0"))
    return DecideRequest(
        journey=facts.journey,
        office=facts.office,
        run="run",
        call=1,
        acting=acting,
        now=datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
        seq=1,
        new_events=(),
        facts=facts,
        pins=Pins(programme="p2026_0", book=pin),
    )


def answer(on: date, **more: object) -> DecideAnswer:
    return judge_call(asked(on, **more), None, TwoBooks()).answer  # type: ignore[arg-type]


def rules_of(made: DecideAnswer) -> set[str]:
    return {event.body.rule for event in made.events if event.body.type == "decision_made"}


def test_the_book_in_force_on_the_day_of_the_call_decides() -> None:
    before, after = answer(CHANGE - timedelta(days=3)), answer(CHANGE)

    assert (before.book, after.book) == (FIRST.edition, OWN.edition)
    assert "FOE-02" not in rules_of(before)
    assert "FOE-02" in rules_of(after)


def test_a_pinned_journey_keeps_its_book() -> None:
    held = answer(CHANGE, pin=FIRST.id)

    assert held.book == FIRST.edition
    assert "FOE-02" not in rules_of(held)


def test_a_journey_wakes_on_the_day_of_the_next_book_at_the_latest_unless_it_is_pinned() -> None:
    free = answer(date(2027, 1, 12))
    held = answer(date(2027, 1, 12), pin=FIRST.id)

    assert free.next_wake is not None
    assert held.next_wake is not None
    assert berlin_day(free.next_wake) <= CHANGE
    assert berlin_day(held.next_wake) >= berlin_day(free.next_wake)


def test_an_auditor_makes_a_decision_of_an_own_book_again_from_its_document() -> None:
    made = answer(CHANGE)
    again = judge(asked(CHANGE).facts, CHANGE, made, {OWN.sha256: to_document(OWN)})

    assert {d.rule for d in again} == rules_of(made)
