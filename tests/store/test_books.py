"""A book comes into force step by step: each has its guard, its second person and its line in the ledger."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from activities.shipped_books import enter_shipped_books
from domain.commands import PinBook
from domain.decisions import Edition
from domain.errors import InvalidInput, NotFound, PaktError, Refusal
from rules.binding import Book
from rules.book import book as of_the_release
from rules.documents import to_document
from rules.drafting import draft as with_numbers
from rules.library import decides, find
from store import book_simulations, books, clock, ledger, outbox
from store.book_simulations import Plan
from store.books import STREAM, By, Library, Printed
from store.database import Store
from store.editions import calendar
from store.tables import BookRow, BookSimulationRow, JourneyRow, OutboxRow
from tests.support.registered import an_id, house, journey

CALENDAR, CALENDAR_EDITION = calendar()
MONDAY = date(2027, 1, 11)
NOON = datetime(2027, 1, 11, 11, 0, tzinfo=UTC)
WEDNESDAY = date(2027, 1, 13)
ADMIN, HEAD, OTHER = (an_id("person", name) for name in ("admin", "head", "other"))
FIRST = of_the_release()
OWN = with_numbers(FIRST, {"FOE-02.task": "2"}, "sooner")
RESULT = {"journeys": 1, "rows": []}


def printed(of: Book) -> Printed:
    return Printed(of.id, of.sha256, to_document(of), of.valid_from)


def by(person: str, at: datetime = NOON) -> By:
    return By(person, at)


def drafted(store: Store, of: Book = OWN, *, who: str = ADMIN) -> None:
    with store.write() as session:
        clock.set_to(session, NOON)
    enter_shipped_books(store)
    with store.write() as session:
        books.draft(session, printed(of), base=FIRST.id, reason="Zwei Wochen genügen.", by=by(who))


def checked(store: Store) -> None:
    drafted(store)
    with store.write() as session:
        books.check(session, OWN.id, findings=(), by=by(ADMIN))


def plan_of(session: object = None) -> Plan:
    return Plan(OWN.id, Edition(id=FIRST.id, sha256=FIRST.sha256), CALENDAR_EDITION, MONDAY, 30)


def simulate(store: Store, result: dict[str, object] | None = None, *, who: str = ADMIN) -> str:
    with store.write() as session:
        begun = book_simulations.begin(session, plan_of(), by=by(who))
        done = book_simulations.finish(session, begun.id, result or RESULT, by=by(who))
        books.note_simulated(session, done, by=by(who))
        assert done.result_sha256 is not None
        return done.result_sha256


def simulated(store: Store) -> str:
    checked(store)
    return simulate(store)


def approve(store: Store, seen: str, *, who: str = HEAD, recomputed: str | None = None) -> None:
    with store.write() as session:
        books.approve(session, OWN.id, seen=seen, recomputed=recomputed or seen, by=by(who))


def approved(store: Store) -> None:
    approve(store, simulated(store))


def activate(store: Store, on: date = WEDNESDAY, *, at: datetime = NOON, book_id: str = OWN.id) -> None:
    with store.write() as session:
        books.activate(session, book_id, on=on, calendar=CALENDAR, by=by(HEAD, at))


def state(store: Store, book_id: str = OWN.id) -> str:
    with store.read() as session:
        return books.book(session, book_id).state


def refused(act: Callable[[], object]) -> PaktError:
    with pytest.raises(PaktError) as caught:
        act()
    return caught.value


def story(store: Store) -> list[tuple[str, str]]:
    with store.read() as session:
        assert ledger.verify(session, STREAM) is None
        return [(entry.type, entry.actor) for entry in ledger.read(session, STREAM)]


def test_in_a_fresh_installation_the_newest_book_is_in_force_from_its_first_day(store: Store) -> None:
    enter_shipped_books(store)
    enter_shipped_books(store)

    library = Library(store)
    assert library.active(FIRST.valid_from) == FIRST.edition
    assert library.active(FIRST.valid_from - timedelta(days=1)) is None
    assert [kind for kind, _ in story(store)] == ["book_activated"]


def test_a_book_of_a_later_release_enters_as_a_draft(store: Store) -> None:
    enter_shipped_books(store)
    later = with_numbers(FIRST, {"FOE-02.task": "2"}, "b2026_2")
    shipped = [printed(FIRST), printed(later)._replace(valid_from=FIRST.valid_from + timedelta(days=1))]

    with store.write() as session:
        assert books.enter_release(session, shipped, NOON) == ()
    with store.write() as session:
        assert books.enter_release(session, shipped, NOON) == ()

    assert (state(store, "b2026_2"), state(store, FIRST.id)) == ("draft", "active")
    assert [kind for kind, _ in story(store)] == ["book_activated", "book_entered"]


def test_a_shipped_book_that_says_something_else_than_the_stored_one_is_named_and_changes_nothing(
    store: Store,
) -> None:
    enter_shipped_books(store)
    altered = with_numbers(FIRST, {"FOE-02.task": "2"}, FIRST.id)

    with store.write() as session:
        assert books.enter_release(session, [printed(altered)], NOON) == (FIRST.id,)

    assert Library(store).active(MONDAY) == FIRST.edition


def test_every_step_is_written_down_with_the_person_who_took_it(store: Store) -> None:
    approved(store)
    activate(store)

    assert story(store)[1:] == [
        ("book_drafted", ADMIN),
        ("book_checked", ADMIN),
        ("book_simulated", ADMIN),
        ("book_approved", HEAD),
        ("book_superseded", HEAD),
        ("book_activated", HEAD),
    ]
    with store.read() as session:
        told = ledger.read(session, STREAM)[-1]
        assert told.body is not None
        assert (told.book, told.body["sha256"], told.body["from"]) == (OWN.id, OWN.sha256, "2027-01-13")
        assert books.reason_of(session, books.book(session, OWN.id)) == "Zwei Wochen genügen."
        assert "genügen" not in str(session.get(BookRow, OWN.id))
        former = books.book(session, FIRST.id)
        assert (former.state, former.superseded_from) == ("superseded", WEDNESDAY)


def test_the_new_book_decides_from_its_day_on_and_the_old_one_until_then_and_for_ever_where_it_is_pinned(
    store: Store,
) -> None:
    approved(store)
    activate(store)
    library = Library(store)

    assert decides(library, None, WEDNESDAY - timedelta(days=1)).edition == FIRST.edition
    assert decides(library, None, WEDNESDAY).edition == OWN.edition
    assert decides(library, FIRST.id, WEDNESDAY).edition == FIRST.edition
    assert find(library, OWN.id).parameters["FOE-02.task"].value == 2
    assert library.next_change(MONDAY) == WEDNESDAY
    assert library.next_change(WEDNESDAY) is None
    with pytest.raises(NotFound):
        decides(library, "never", WEDNESDAY)


def test_a_document_that_was_altered_in_the_database_decides_nothing(store: Store) -> None:
    other = with_numbers(FIRST, {"FOE-02.task": "1"}, "altered")
    drafted(store, other)
    with store.write() as session:
        row = books.book(session, other.id)
        row.document = row.document.replace('"value":1}', '"value":2}')
        session.add(row)

    with pytest.raises(InvalidInput, match="broken_book"):
        find(Library(store), other.id)


def test_a_draft_needs_a_reason_an_id_of_its_own_and_a_base_that_was_approved(store: Store) -> None:
    drafted(store)
    again = with_numbers(FIRST, {"FOE-02.task": "1"}, "again")

    def order(of: Book, base: str, reason: str) -> Callable[[], object]:
        def act() -> None:
            with store.write() as session:
                books.draft(session, printed(of), base=base, reason=reason, by=by(ADMIN))

        return act

    assert refused(order(again, FIRST.id, "  ")).code == "reason_needed"
    assert refused(order(OWN, FIRST.id, "x")).code == "book_id_taken"
    assert refused(order(again, OWN.id, "x")).code == "book_base_unapproved"
    assert refused(order(again, "never", "x")).code == "unknown_book"


def test_a_draft_with_findings_stays_a_draft(store: Store) -> None:
    drafted(store)

    def act() -> None:
        with store.write() as session:
            books.check(session, OWN.id, findings=("ladder_order",), by=by(ADMIN))

    assert refused(act).params["first"] == "ladder_order"
    assert state(store) == "draft"


def test_no_step_can_be_left_out(store: Store) -> None:
    drafted(store)

    assert refused(lambda: simulate(store)).code == "book_state"
    assert refused(lambda: approve(store, "0" * 64)).code == "book_state"
    assert refused(lambda: activate(store)).code == "book_state"
    with store.write() as session:
        books.check(session, OWN.id, findings=(), by=by(ADMIN))
    assert refused(lambda: approve(store, "0" * 64)).code == "book_state"
    seen = simulate(store)
    assert refused(lambda: activate(store)).code == "book_state"
    approve(store, seen)
    assert refused(lambda: approve(store, seen)).code == "book_state"
    activate(store)
    assert refused(lambda: activate(store, date(2027, 2, 1))).code == "book_state"


def test_an_unfinished_simulation_binds_nothing(store: Store) -> None:
    checked(store)

    def act() -> None:
        with store.write() as session:
            books.note_simulated(
                session, book_simulations.begin(session, plan_of(), by=by(ADMIN)), by=by(ADMIN)
            )

    assert refused(act).code == "simulation_unfinished"


@pytest.mark.parametrize("who", ["maker", "simulator"])
def test_who_made_or_simulated_a_book_cannot_approve_it(store: Store, who: str) -> None:
    checked(store)
    seen = simulate(store, who=OTHER)

    assert refused(lambda: approve(store, seen, who=ADMIN if who == "maker" else OTHER)).code == "four_eyes"
    assert state(store) == "simulated"
    approve(store, seen)


def test_an_approval_is_bound_to_the_result_that_was_seen_and_to_one_computed_anew(store: Store) -> None:
    seen = simulated(store)

    assert refused(lambda: approve(store, "0" * 64)).code == "result_changed"
    assert refused(lambda: approve(store, seen, recomputed="0" * 64)).code == "result_changed"
    approve(store, seen)


def test_a_result_that_was_altered_in_the_database_is_not_approved(store: Store) -> None:
    seen = simulated(store)
    with store.write() as session:
        row = session.exec(select(BookSimulationRow)).one()
        row.result = (row.result or "").replace("1", "2")
        session.add(row)

    assert refused(lambda: approve(store, seen)).code == "result_changed"


def test_a_journey_that_moved_on_refuses_an_approval_only_where_the_result_changed(store: Store) -> None:
    known = house(store)
    checked(store)
    one = journey(store, known)
    seen = simulate(store)
    with store.write() as session:
        row = session.get_one(JourneyRow, one)
        row.seq += 1
        session.add(row)

    assert refused(lambda: approve(store, seen, recomputed="1" * 64)).code == "result_changed"
    approve(store, seen)


def test_a_simulation_during_which_a_journey_moved_on_keeps_its_result(store: Store) -> None:
    checked(store)
    with store.write() as session:
        begun = book_simulations.begin(session, plan_of(), by=by(ADMIN)).id
    journey(store, house(store))

    with store.write() as session:
        row = book_simulations.finish(session, begun, RESULT, by=by(ADMIN))

        assert row.result_sha256 is not None


def test_the_same_simulation_is_continued_and_never_has_two_results(store: Store) -> None:
    checked(store)
    with store.write() as session:
        first = book_simulations.begin(session, plan_of(), by=by(ADMIN))
        book_simulations.save_part(session, first.id, 0, {"cases": 50})
    with store.write() as session:
        again = book_simulations.begin(session, plan_of(), by=by(OTHER))
        book_simulations.save_part(session, again.id, 0, {"cases": 51})

        assert again.id == first.id
        assert book_simulations.parts(session, again.id) == {0: {"cases": 50}}
        book_simulations.finish(session, again.id, RESULT, by=by(ADMIN))
    with store.write() as session, pytest.raises(Refusal, match="result_changed"):
        book_simulations.finish(session, first.id, {"journeys": 2}, by=by(ADMIN))


@pytest.mark.parametrize(
    ("at", "on", "code"),
    [
        ("2027-01-11T11:00:00+00:00", "2027-01-12", "activation_too_soon"),
        ("2027-01-11T11:00:00+00:00", "2027-01-11", "activation_too_soon"),
        ("2027-01-11T11:00:00+00:00", "2026-06-01", "activation_too_soon"),
        ("2027-01-15T11:00:00+00:00", "2027-01-18", "activation_too_soon"),
        ("2027-01-05T11:00:00+00:00", "2027-01-07", "activation_too_soon"),
        ("2027-01-15T23:30:00+00:00", "2027-01-18", "activation_too_soon"),
    ],
    ids=[
        "tomorrow",
        "today",
        "the past",
        "a weekend between",
        "a holiday between",
        "Saturday in Berlin already",
    ],
)
def test_a_book_comes_into_force_two_working_days_ahead_at_least(
    store: Store, at: str, on: str, code: str
) -> None:
    approved(store)

    assert (
        refused(lambda: activate(store, date.fromisoformat(on), at=datetime.fromisoformat(at))).code == code
    )


def test_the_second_working_day_is_early_enough(store: Store) -> None:
    approved(store)
    activate(store, date(2027, 1, 19), at=datetime(2027, 1, 15, 11, tzinfo=UTC))

    assert state(store) == "active"


def test_no_book_comes_into_force_before_one_that_was_activated_already(store: Store) -> None:
    approved(store)
    activate(store, date(2027, 2, 1))
    with store.write() as session:
        row = session.get_one(BookRow, FIRST.id)
        row.state = "approved"
        session.add(row)

    act = lambda: activate(store, date(2027, 1, 20), book_id=FIRST.id)  # noqa: E731
    assert refused(act).code == "activation_reaches_back"


def test_an_activation_tells_every_open_journey_to_plan_again(store: Store) -> None:
    known = house(store)
    checked(store)
    running, ended = journey(store, known), journey(store, known, "form-0002")
    with store.write() as session:
        row = session.get_one(JourneyRow, ended)
        row.state = "ended"
        session.add(row)
    approve(store, simulate(store))
    activate(store)

    with store.read() as session:
        orders = session.exec(select(OutboxRow).where(col(OutboxRow.kind) == "replan")).all()
        assert [(o.journey_id, o.body) for o in orders] == [(running, {"reason": "book_changed"})]
        assert outbox.pending(session)


def test_a_journey_is_pinned_to_an_approved_book_only(store: Store) -> None:
    drafted(store)

    assert refused(lambda: books.expect_fit_pin(store, PinBook(book="never"))).code == "pin_unknown_book"
    assert refused(lambda: books.expect_fit_pin(store, PinBook(book=OWN.id))).code == "pin_unapproved_book"
    assert FIRST.id in refused(lambda: books.expect_fit_pin(store, PinBook(book="never"))).params["known"]
    books.expect_fit_pin(store, PinBook(book=FIRST.id))
    books.expect_fit_pin(store, PinBook(book=None))
    books.expect_fit_pin(store, object())
