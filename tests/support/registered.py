"""Offices, people and registered participants for tests, made the way the desk makes them."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import berlin_day
from domain.ids import derived_id
from store import clock, people
from store.database import Store
from store.participants import Identity, Registration, register
from store.tables import OfficeRow

OFFICE = "off_testhausen"
OTHER_OFFICE = "off_nachbarheim"
AGS = "08115003"
PASSWORD = "three plain words"


@dataclass(frozen=True)
class House:
    """The ids of an office's people."""

    office: str
    case_worker: str
    lead: str
    head: str


def house(store: Store, office: str = OFFICE) -> House:
    """An office with a case worker, a lead and a head."""
    with store.write() as session:
        session.add(OfficeRow(id=office, name=office.title(), ags=AGS, kind="municipality"))
        session.flush()
        ids = [
            people.add_person(
                session,
                login=f"{role}.{office}",
                name=role.title(),
                password=PASSWORD,
                role=role,
                office=office,
            ).id
            for role in ("case_worker", "lead", "head")
        ]
        row = session.get_one(OfficeRow, office)
        row.lead_id, row.head_id = ids[1], ids[2]
        session.add(row)
    return House(office, *ids)


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
