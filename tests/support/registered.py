"""Offices, people and registered participants for tests, made the way the desk makes them."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import berlin_day
from domain.ids import derived_id
from store import clock, ids
from store.database import Store
from store.participants import Identity, Registration, register
from store.tables import OfficeRow, PersonRow

OFFICE = "off_testhausen"
OTHER_OFFICE = "off_nachbarheim"
AGS = "08115003"


@dataclass(frozen=True)
class House:
    """The ids of an office's people."""

    office: str
    case_worker: str
    lead: str
    head: str


def house(store: Store, office: str = OFFICE) -> House:
    """An office with a case worker, a lead who stands in for them, and a head; nobody signs in, nothing is hashed."""
    roles = ("case_worker", "lead", "head")
    persons = [_person(role, office) for role in roles]
    lead, head = persons[1].id, persons[2].id
    with store.write() as session:
        session.add(
            OfficeRow(
                id=office, name=office.title(), ags=AGS, kind="municipality", lead_id=lead, head_id=head
            )
        )
        session.flush()
        session.add_all(persons)
        session.flush()
        persons[0].deputy_id = lead
    return House(office, *(person.id for person in persons))


def _person(role: str, office: str) -> PersonRow:
    return PersonRow(
        id=ids.new("person"),
        login=f"{role}.{office}",
        name=role.title(),
        password_hash="!",
        role=role,
        office_id=office,
    )


def form(store: Store, at: House, form_id: str = "form-0001", **changes: object) -> Registration:
    """A filled-in form; `changes` replace fields, those of the identity included."""
    today = berlin_day(clock.now(store))
    person = {
        "name": "Änne-Marie Öztürk",
        "birth_date": date(1990, 5, 17),
        "email": "aenne@example.org",
        "phone": None,
        "address": "Lindenweg 3, Testhausen",
    }
    mine = {name: changes.pop(name) for name in list(changes) if name in Identity.model_fields}
    fields = {
        "form_id": form_id,
        "actor": at.case_worker,
        "office": at.office,
        "ags": AGS,
        "t0": today - timedelta(days=2),
        "language": "tr",
        "case_worker": at.case_worker,
        "programme": "p2026_0",
        "identity": {**person, **mine},
    }
    return Registration.model_validate({**fields, **changes})


def journey(store: Store, at: House, form_id: str = "form-0001", **changes: object) -> str:
    """The id of a journey registered with this form."""
    with store.write() as session:
        return register(session, store, form(store, at, form_id, **changes))[1]


def an_id(kind: str, *parts: str) -> str:
    """An id that is the same on every run."""
    return derived_id(kind, *parts)
