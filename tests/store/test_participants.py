"""Registering, finding and changing people, without a name in the clear anywhere."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlmodel import func, select

from domain.errors import InvalidInput, NotFound
from domain.events import Event, JourneyStarted
from domain.ids import desk_stream, house_stream
from store import clock, ids, ledger, notes, outbox, participants, people, queries
from store.database import Store
from store.keys import KeyDestroyed
from store.participants import Identity, Registration, register
from store.tables import JourneyRow, OutboxRow, ParticipantRow, PersonRow
from tests.support.registered import OFFICE, OTHER_OFFICE, form, house, journey


def registered(store: Store, filled: Registration) -> tuple[str, str]:
    with store.write() as session:
        return register(session, store, filled)


def found(store: Store, text: str, **limits: object) -> list[str]:
    with store.read() as session:
        return participants.search(session, store, text, **limits)


def test_registering_leaves_a_waiting_journey_and_one_start_order(store: Store) -> None:
    filled = form(store, house(store))

    participant, subject = registered(store, filled)

    with store.read() as session:
        row = session.get_one(JourneyRow, subject)
        (order,) = outbox.pending(session)
        (entry,) = ledger.read(session, house_stream(OFFICE))
    started = Event.model_validate(order.body["started"])
    assert (row.state, row.case_worker_id) == ("waiting", filled.case_worker)
    assert (order.kind, order.journey_id, order.office_id) == ("start", subject, OFFICE)
    assert (started.seq, started.body.type) == (1, "journey_started")
    assert started.body.email_address == "known"
    assert entry.body == {
        "participant": participant,
        "journey": subject,
        "fields": ["name", "birth_date", "email", "address"],
    }
    assert participants.identity(store, subject) == filled.identity


def test_the_same_form_twice_is_one_person(store: Store) -> None:
    filled = form(store, house(store))

    assert registered(store, filled) == registered(store, filled)

    with store.read() as session:
        counts = [
            session.exec(select(func.count()).select_from(table)).one()
            for table in (ParticipantRow, JourneyRow, OutboxRow)
        ]
    assert counts == [1, 1, 1]


def test_the_same_form_from_many_sides_at_once_is_one_person(store: Store) -> None:
    filled = form(store, house(store))

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: registered(store, filled), range(16)))

    assert len(answers) == 1
    with store.read() as session:
        assert len(outbox.pending(session)) == 1


def test_another_form_is_another_person(store: Store) -> None:
    at = house(store)

    assert journey(store, at, "form-0001") != journey(store, at, "form-0002")


def substitute_of(store: Store, filled: Registration) -> str | None:
    """Who steps in, as the first event of the journey says it."""
    _, subject = registered(store, filled)
    with store.read() as session:
        (order,) = (order for order in outbox.pending(session) if order.journey_id == subject)
    body = Event.model_validate(order.body["started"]).body
    assert isinstance(body, JourneyStarted)
    return body.substitute


def test_the_deputy_of_the_case_worker_steps_in_unless_somebody_else_is_named(store: Store) -> None:
    at = house(store)
    with store.write() as session:
        other = people.add_person(
            session, login="other", name="O", password="x" * 12, role="case_worker", office=OFFICE
        ).id

    assert substitute_of(store, form(store, at, "form-0001")) == at.lead
    assert substitute_of(store, form(store, at, "form-0002", substitute=other)) == other


@pytest.mark.parametrize("change", [{"active": False}, {"role": "auditor"}, {"office_id": OTHER_OFFICE}])
def test_a_deputy_who_may_do_no_casework_here_does_not_step_in(
    store: Store, change: dict[str, object]
) -> None:
    at = house(store)
    house(store, OTHER_OFFICE)
    with store.write() as session:
        session.get_one(PersonRow, at.lead).sqlmodel_update(change)

    assert substitute_of(store, form(store, at)) is None


def test_nobody_steps_in_for_themselves(store: Store) -> None:
    at = house(store)

    with pytest.raises(InvalidInput, match="own_substitute"):
        registered(store, form(store, at, substitute=at.case_worker))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"birth_date": lambda today: today + timedelta(days=1)}, "birth_in_future", "birth_date"),
        ({"birth_date": lambda _: date(1850, 1, 1)}, "birth_too_early", "birth_date"),
        ({"t0": lambda _: date(1990, 5, 16)}, "allocation_before_birth", "t0"),
        ({"t0": lambda today: today + timedelta(days=2)}, "allocation_in_future", "t0"),
        ({"ags": lambda _: "08999999"}, "unknown_ags", "ags"),
        ({"language": lambda _: "xx"}, "language_unknown", "language"),
        ({"programme": lambda _: "p1999_9"}, "programme_unknown", "programme"),
        ({"office": lambda _: "off_nowhere"}, "office_unknown", "office"),
        ({"case_worker": lambda _: "usr_" + "f" * 32}, "case_worker_unknown", "case_worker"),
        ({"substitute": lambda _: "usr_" + "f" * 32}, "substitute_unknown", "substitute"),
    ],
)
def test_a_wrong_form_names_the_field_and_changes_nothing(
    store: Store, changes: dict[str, Callable[[date], object]], code: str, field: str
) -> None:
    today = clock.now(store).date()
    filled = form(store, house(store), **{name: make(today) for name, make in changes.items()})

    with pytest.raises(InvalidInput, match=code) as caught:
        registered(store, filled)

    assert caught.value.params["field"] == field
    assert caught.value.params["remedy"]
    with store.read() as session:
        assert outbox.pending(session) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"ags": "09162000"},
        {"ags": "0811500"},
        {"email": "a@b\r\nBcc: x@y"},
        {"name": ""},
        {"name": "a\nb"},
        {"term_months": 0},
        {"nickname": "x"},
    ],
)
def test_a_malformed_form_is_refused_without_repeating_what_it_said(
    store: Store, wrong: dict[str, object]
) -> None:
    at = house(store)

    with pytest.raises(ValidationError) as caught:
        form(store, at, **wrong)

    assert "zt\u00fcrk" not in str(caught.value)
    assert "Bcc" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["Öztürk", "ozturk", "OZTÜRK änne", "Marie Öztürk", "17.5.1990", "1990-05-17 öztürk"]
)
def test_a_person_is_found_by_whole_words_in_any_spelling(store: Store, text: str) -> None:
    at = house(store)
    subject = journey(store, at)
    journey(store, at, "form-0002", name="Jemand Anderes", birth_date=date(1980, 1, 1))

    assert found(store, text) == [subject]


@pytest.mark.parametrize("text", ["", "   ", "Özt", "Öztürk Anderes", "17.5.1991"])
def test_what_does_not_match_every_word_is_not_found(store: Store, text: str) -> None:
    journey(store, house(store))

    assert found(store, text) == []


def test_a_search_stays_inside_the_offices_it_is_given(store: Store) -> None:
    mine, foreign = house(store), house(store, OTHER_OFFICE)
    subject = journey(store, mine)
    journey(store, foreign, "form-0002")

    assert found(store, "öztürk", offices={OFFICE}) == [subject]


def test_a_changed_identity_is_noted_by_field_names_and_found_anew(store: Store) -> None:
    at = house(store)
    subject = journey(store, at)
    old = participants.identity(store, subject)
    new = Identity(**{**old.model_dump(), "name": "Änne Yılmaz", "phone": "07031 1"})

    with store.write() as session:
        changed = participants.change_identity(session, store, subject, new=new, actor=at.case_worker)

    assert changed == ("name", "phone")
    assert found(store, "yılmaz") == [subject]
    assert found(store, "öztürk") == []
    with store.read() as session:
        (entry,) = ledger.read(session, desk_stream(subject))
    assert entry.body == {"fields": ["name", "phone"]}


def test_after_the_key_is_destroyed_nobody_is_named(store: Store) -> None:
    subject = journey(store, house(store))
    with store.write() as session:
        notes.add(
            session,
            store,
            queries.journey(session, subject),
            text="x",
            author=ids.new("person"),
            about="talk",
        )
        store.keys.destroy(session, subject)

    with pytest.raises(KeyDestroyed):
        participants.identity(store, subject)
    with store.read() as session:
        (line,) = queries.journey_list(session, store, offices={OFFICE})
        assert notes.of(session, store, subject) == []
    assert line.name is None


def test_an_unknown_journey_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        participants.identity(store, ids.new("journey"))


def test_no_personal_word_stands_in_the_file(sqlite_store: Store, tmp_path: Path) -> None:
    at = house(sqlite_store)
    subject = journey(sqlite_store, at, name="Nadelwort Heuhaufen", email="nadelpost@example.org")
    with sqlite_store.write() as session:
        row = queries.journey(session, subject)
        notes.add(session, sqlite_store, row, text="Nadelnotiz", author=at.lead, about="talk#summary")
        (note,) = notes.of(session, sqlite_store, subject)
    sqlite_store.close()

    stored = b"".join(path.read_bytes() for path in tmp_path.glob("pakt.sqlite*"))

    assert (note.text, note.subject, note.kind) == ("Nadelnotiz", "talk", "summary")
    assert at.office.encode() in stored
    for needle in ("Nadelwort", "nadelwort", "nadelpost", "1990-05-17", "Lindenweg", "Nadelnotiz"):
        assert needle.encode() not in stored
