"""Participants: who stands behind a journey. The identity is one blob sealed with the journey's key."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from domain.calendar import berlin_day
from domain.codes import LANGUAGES
from domain.continuing import Continuing
from domain.errors import InvalidInput, NotFound
from domain.events import Event, JourneyStarted
from domain.ids import Ags, Code, Id, OfficeId, desk_stream, house_stream
from domain.model import Handed, Instant
from domain.take_over import Brought
from store import clock, editions, ids, ledger, outbox, people
from store.database import Store
from store.keys import KeyDestroyed
from store.tables import JourneyRow, OfficeRow, ParticipantRow, PersonRow, SearchTokenRow

# One line without control characters: a line break here would end up in the head of a mail.
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]
Mail = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\s@<>,;]+@[^\s@<>,;]+$")
]
START = "start"
OLDEST_YEARS = 120
# What a journey's first event tells beside the form.
_Told = tuple[Continuing | None, Brought | None]
_QUIET = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Identity(Handed):
    """What names a person; never shown by `repr`, never in a workflow, a log line or an error."""

    model_config = _QUIET
    name: Annotated[Line, StringConstraints(min_length=1)] = Field(repr=False)
    birth_date: date = Field(repr=False)
    email: Mail | None = Field(default=None, repr=False)
    phone: Line | None = Field(default=None, repr=False)
    address: Line | None = Field(default=None, repr=False)
    nationality: Line | None = Field(default=None, repr=False)


class Registration(Handed):
    """The form of the desk: an identity, and the base data that a journey begins with."""

    model_config = _QUIET
    form_id: str = Field(min_length=8, max_length=80)
    actor: Id
    role: Code = "case_worker"
    office: OfficeId
    ags: Ags
    t0: date
    language: str = Field(max_length=20)
    interpreter: Literal["needed", "not_needed"] = "needed"
    reading: Literal["reads", "does_not_read"] = "reads"
    case_worker: Id
    substitute: Id | None = None
    programme: Code
    term_months: int = Field(default=24, ge=1, le=60)
    identity: Identity = Field(repr=False)


def register(
    session: Session,
    store: Store,
    registration: Registration,
    *,
    continuing: Continuing | None = None,
    brought: Brought | None = None,
) -> tuple[str, str]:
    """Participant, key, tokens, waiting journey, start order and ledger entry in one transaction.

    The same form sent again changes nothing and gives the same (participant id, journey id). A journey that goes on
    from another office is registered under the id that its hand-over gives it; one that was led before it came into
    Pakt brings along what is known.
    """
    if (known := _by_form(session, registration.form_id)) is not None:
        return known
    now = clock.now(session)
    _check(session, registration, berlin_day(now))
    registration = _with_deputy(session, registration)
    try:
        with session.begin_nested():
            told = (continuing, brought)
            return _write(session, store, registration, now=now, told=told)
    except IntegrityError:
        # The same form came in by another connection a moment earlier (PostgreSQL; SQLite writes one by one).
        if (known := _by_form(session, registration.form_id)) is not None:
            return known
        raise


def expect_sound(session: Session, registration: Registration) -> None:
    """Refuse now what `register` would refuse.

    Raises:
        InvalidInput: naming the field.
    """
    _check(session, registration, berlin_day(clock.now(session)))


def identity(store: Store, journey: str, *, session: Session | None = None) -> Identity:
    """Who stands behind a journey; `KeyDestroyed` once the person is erased."""
    if session is None:
        with store.read() as own:
            return identity(store, journey, session=own)
    row = _participant(session, journey)
    return _open(session, store, row)


def change_identity(
    session: Session, store: Store, journey: str, *, new: Identity, actor: str
) -> tuple[str, ...]:
    """Put a new identity in place and note in the desk stream which fields changed, by name only."""
    row, now = _participant(session, journey), clock.now(session)
    old = _open(session, store, row).model_dump()
    changed = tuple(name for name, value in new.model_dump().items() if old[name] != value)
    row.identity = _seal(session, store, journey, new)
    session.add(row)
    _replace_tokens(session, store, journey=journey, office=row.office_id, new=new)
    ledger.append(
        session,
        desk_stream(journey),
        office=row.office_id,
        at=now,
        actor=actor,
        type="identity_changed",
        body={"fields": list(changed)},
    )
    return changed


def names_of(session: Session, store: Store, journeys: Collection[str]) -> dict[str, str | None]:
    """The names behind journeys in three queries; None where a person was erased."""
    store.keys.warm(session, journeys)
    found = session.exec(select(ParticipantRow).where(col(ParticipantRow.journey_id).in_(journeys)))
    return {row.journey_id: _name(session, store, row) for row in found}


def search(session: Session, store: Store, text: str, *, offices: Collection[str] | None = None) -> list[str]:
    """The journeys whose names or birth date hold every word of the text; `offices` keeps to some offices."""
    tokens = [store.keys.token(word) for word in words(text)]
    if not tokens:
        return []
    query = select(SearchTokenRow).where(col(SearchTokenRow.token).in_(tokens))
    if offices is not None:
        query = query.where(col(SearchTokenRow.office_id).in_(offices))
    hits: dict[str, set[str]] = {}
    for row in session.exec(query):
        hits.setdefault(row.journey_id, set()).add(row.token)
    return sorted(journey for journey, found in hits.items() if found == set(tokens))


def words(text: str) -> list[str]:
    """The words of a text as they are searched for: without case, accents, punctuation; dates whole."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    bare = re.sub(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b", lambda m: f"{m[3]}-{m[2]:0>2}-{m[1]:0>2}", bare)
    return re.findall(r"\d{4}-\d{2}-\d{2}|\w+", bare)


def _check(session: Session, form: Registration, today: date) -> None:
    """What no form may say, whoever fills it in: the desk and the shell alike."""
    _check_days(form, today)
    _check_lists(form)
    if session.get(OfficeRow, form.office) is None:
        remedy = "name an office of this installation"
        raise InvalidInput("office_unknown", field="office", remedy=remedy)
    person = session.get(PersonRow, form.case_worker)
    if person is None or not person.active or person.office_id != form.office:
        remedy = "name an active person of this office by id, or leave the field out"
        raise InvalidInput("case_worker_unknown", field="case_worker", remedy=remedy)
    people.expect_stand_in(session, form.office, case_worker=form.case_worker, substitute=form.substitute)


def _with_deputy(session: Session, form: Registration) -> Registration:
    """Where nobody is named to step in, the deputy of the case worker is."""
    named = form.substitute or people.deputy_of(session, form.case_worker)
    return form.model_copy(update={"substitute": named})


def _check_days(form: Registration, today: date) -> None:
    """Born before allocated, allocated before today."""
    latest, birth = f"a day up to {today}", form.identity.birth_date
    if birth > today:
        raise InvalidInput("birth_in_future", field="birth_date", remedy=latest)
    if birth.year < today.year - OLDEST_YEARS:
        raise InvalidInput("birth_too_early", field="birth_date", remedy="correct the year")
    if form.t0 > today:
        raise InvalidInput("allocation_in_future", field="t0", remedy=latest)
    if form.t0 < birth:
        raise InvalidInput("allocation_before_birth", field="t0", remedy="correct one of the two days")
    if form.t0 < (earliest := editions.calendar()[0].first):
        raise InvalidInput("allocation_too_early", field="t0", remedy=f"a day from {earliest} on")


def _check_lists(form: Registration) -> None:
    """A municipality, a contact language and a programme that exist."""
    if form.ags not in editions.municipalities():
        remedy = "the key of a municipality of Baden-Württemberg"
        raise InvalidInput("unknown_ags", field="ags", remedy=remedy)
    # A region narrows a language that is on the list: en-GB is read as en.
    if not {form.language, form.language.partition("-")[0]} & set(LANGUAGES):
        raise InvalidInput("language_unknown", field="language", remedy=", ".join(LANGUAGES))
    try:
        editions.programme(form.programme)
    except NotFound:
        known = ", ".join(edition.id for _, edition in editions.programmes())
        raise InvalidInput("programme_unknown", field="programme", remedy=known) from None


def _write(
    session: Session, store: Store, form: Registration, *, now: datetime, told: _Told
) -> tuple[str, str]:
    continuing, _ = told
    participant = ids.new("participant")
    journey = continuing.journey if continuing else ids.new("journey")
    store.keys.create(session, journey)
    session.add(
        ParticipantRow(
            id=participant,
            journey_id=journey,
            office_id=form.office,
            ags=form.ags,
            language=form.language,
            identity=_seal(session, store, journey, form.identity),
            form_id=form.form_id,
            created_at=now,
        )
    )
    session.flush()
    _replace_tokens(session, store, journey=journey, office=form.office, new=form.identity)
    session.add(_waiting(form, journey, now))
    started = _first_event(form, now, told)
    outbox.add(
        session,
        START,
        journey=journey,
        office=form.office,
        body={"started": started.model_dump(mode="json")},
    )
    _note(session, form, participant=participant, journey=journey, now=now)
    return participant, journey


def _waiting(form: Registration, journey: str, now: datetime) -> JourneyRow:
    return JourneyRow(
        id=journey,
        office_id=form.office,
        ags=form.ags,
        case_worker_id=form.case_worker,
        state="waiting",
        t0=form.t0,
        term_months=form.term_months,
        programme=form.programme,
        opened_on=berlin_day(now),
        updated_at=now,
    )


def _first_event(form: Registration, now: Instant, told: _Told) -> Event:
    body = JourneyStarted(
        ags=form.ags,
        t0=form.t0,
        opened_on=berlin_day(now),
        programme=form.programme,
        term_months=form.term_months,
        language=form.language,
        case_worker=form.case_worker,
        substitute=form.substitute,
        interpreter=form.interpreter,
        email_address="known" if form.identity.email else "unknown",
        reading=form.reading,
    )
    continuing, brought = told
    body = continuing.told_by(body) if continuing else body
    body = brought.told_by(body) if brought else body
    return Event(seq=1, recorded_at=now, actor=form.actor, role=form.role, body=body)


def _note(session: Session, form: Registration, *, participant: str, journey: str, now: datetime) -> None:
    given = [name for name, value in form.identity.model_dump().items() if value is not None]
    ledger.append(
        session,
        house_stream(form.office),
        office=form.office,
        at=now,
        actor=form.actor,
        type="participant_registered",
        body={"participant": participant, "journey": journey, "fields": given},
    )


def _replace_tokens(session: Session, store: Store, *, journey: str, office: str, new: Identity) -> None:
    for row in session.exec(select(SearchTokenRow).where(SearchTokenRow.journey_id == journey)):
        session.delete(row)
    session.flush()
    for token in sorted({store.keys.token(word) for word in _searchable(new)}):
        session.add(SearchTokenRow(token=token, journey_id=journey, office_id=office))
    session.flush()


def _searchable(new: Identity) -> Iterable[str]:
    return (*words(new.name), new.birth_date.isoformat())


def _seal(session: Session, store: Store, journey: str, new: Identity) -> bytes:
    return store.keys.seal(journey, new.model_dump_json().encode(), aad_extra=b"identity", session=session)


def _open(session: Session, store: Store, row: ParticipantRow) -> Identity:
    plain = store.keys.open(row.journey_id, row.identity, aad_extra=b"identity", session=session)
    return Identity.model_validate_json(plain)


def _name(session: Session, store: Store, row: ParticipantRow) -> str | None:
    try:
        return _open(session, store, row).name
    except KeyDestroyed:
        return None


def _participant(session: Session, journey: str) -> ParticipantRow:
    row = session.exec(select(ParticipantRow).where(ParticipantRow.journey_id == journey)).one_or_none()
    if row is None:
        raise NotFound("journey", id=journey)
    return row


def _by_form(session: Session, form_id: str) -> tuple[str, str] | None:
    row = session.exec(select(ParticipantRow).where(ParticipantRow.form_id == form_id)).one_or_none()
    return (row.id, row.journey_id) if row else None
