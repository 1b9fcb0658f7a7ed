"""The demo: two offices of one district, one person per role, twelve invented participants and local offers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import Literal

from sqlmodel import Session, select

from domain.calendar import berlin_day
from domain.ids import derived_id
from store import ledger, people
from store.database import Store
from store.directory import By
from store.participants import Identity, Registration, register
from store.seed_allocations import seed_allocations
from store.seed_directory import seed_directory
from store.tables import OfficeRow, PersonRow

PROGRAMME = "p2026_1"
FIRST_OFFICE = "off_musterstadt"
SECOND_OFFICE = "off_beispielheim"
SETTER_UP = "usr_" + "0" * 32


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can sign in to the demo."""

    login: str
    name: str
    role: str
    office: str
    deputy: str | None = None


@dataclass(frozen=True)
class DemoParticipant:
    """Somebody who was never born."""

    name: str
    birth_date: date
    language: str
    days_ago: int
    email: bool = False
    interpreter: Literal["needed", "not_needed"] = "needed"
    reading: Literal["reads", "does_not_read"] = "reads"
    office: str = FIRST_OFFICE


DEMO_OFFICES = (
    (FIRST_OFFICE, "Musterstadt, Integrationsmanagement", "08115003"),
    (SECOND_OFFICE, "Beispielheim, Integrationsmanagement", "08115045"),
)
DEMO_PEOPLE = (
    DemoPerson("maier", "Sabine Maier", "case_worker", FIRST_OFFICE, deputy="okafor"),
    DemoPerson("okafor", "Daniel Okafor", "case_worker", FIRST_OFFICE, deputy="maier"),
    DemoPerson("vogt", "Ulrike Vogt", "lead", FIRST_OFFICE, deputy="brandt"),
    DemoPerson("brandt", "Joachim Brandt", "head", FIRST_OFFICE, deputy="vogt"),
    DemoPerson("pruefer", "Petra Prüfer", "auditor", FIRST_OFFICE),
    DemoPerson("datenschutz", "Dietmar Schütz", "dpo", FIRST_OFFICE),
    DemoPerson("admin", "Anna Admin", "administrator", FIRST_OFFICE),
    DemoPerson("keller", "Thomas Keller", "case_worker", SECOND_OFFICE),
    DemoPerson("lang", "Miriam Lang", "lead", SECOND_OFFICE),
)
DEMO_PARTICIPANTS = (
    DemoParticipant("Oksana Melnyk", date(1988, 3, 14), "uk", 2, email=True),
    DemoParticipant("Yusuf al-Hamwi", date(1993, 7, 2), "ar", 1, email=True),
    DemoParticipant("Tesfay Gebremariam", date(1999, 11, 23), "ti", 3),
    DemoParticipant("Elif Yıldırım", date(1985, 5, 9), "tr", 0, email=True),
    DemoParticipant("Farzaneh Rahimi", date(1991, 1, 30), "fa", 4, email=True),
    DemoParticipant("Andrii Bondarenko", date(1979, 9, 17), "uk", 2, email=True, interpreter="not_needed"),
    DemoParticipant("Grace Adeyemi", date(1996, 12, 5), "en", 1, email=True, interpreter="not_needed"),
    DemoParticipant("Rasha Khoury", date(2001, 4, 21), "ar", 3, reading="does_not_read"),
    DemoParticipant("Ion Ceban", date(1983, 8, 11), "de", 0, email=True, interpreter="not_needed"),
    DemoParticipant("Selam Haile", date(1994, 2, 28), "ti", 5),
    DemoParticipant("Navid Karimi", date(1990, 6, 16), "fa", 2, email=True, office=SECOND_OFFICE),
    DemoParticipant("Halyna Kovalchuk", date(1968, 10, 3), "uk", 1, office=SECOND_OFFICE),
)


@dataclass(frozen=True)
class Seeded:
    """What the first seeding made; `password` is known only then, as the database keeps its hash."""

    journeys: tuple[str, ...]
    password: str | None


def seed_demo(store: Store, now: datetime, *, password: str | None = None) -> Seeded:
    """Make sure of the demo's offices, people and participants; a second call changes nothing.

    `now` is the business instant near which people were allocated. Without a password one is drawn.
    """
    chosen = password or token_urlsafe(9)
    with store.write() as session:
        fresh = _offices(session, now)
        if fresh:
            _people(session, chosen)
        seed_directory(session, By(SETTER_UP, FIRST_OFFICE, now))
        seed_allocations(session, store, berlin_day(now))
        journeys = tuple(
            _participant(session, store, who, today=berlin_day(now)) for who in DEMO_PARTICIPANTS
        )
    return Seeded(journeys=journeys, password=chosen if fresh else None)


def _offices(session: Session, now: datetime) -> bool:
    if session.get(OfficeRow, FIRST_OFFICE) is not None:
        return False
    for office, name, ags in DEMO_OFFICES:
        session.add(OfficeRow(id=office, name=name, ags=ags, kind="municipality"))
        session.flush()
        ledger.append(
            session,
            f"house/{office}",
            office=office,
            at=now,
            actor=SETTER_UP,
            type="office_opened",
            body={"ags": ags, "kind": "municipality"},
        )
    return True


def _people(session: Session, password: str) -> None:
    rows = {
        who.login: people.add_person(
            session, login=who.login, name=who.name, password=password, role=who.role, office=who.office
        )
        for who in DEMO_PEOPLE
    }
    for who in DEMO_PEOPLE:
        rows[who.login].deputy_id = rows[who.deputy].id if who.deputy else None
    first, second = session.get_one(OfficeRow, FIRST_OFFICE), session.get_one(OfficeRow, SECOND_OFFICE)
    first.lead_id, second.lead_id = rows["vogt"].id, rows["lang"].id
    # One head for the whole district: the chain of the second office crosses the wall with its cards.
    first.head_id = second.head_id = rows["brandt"].id
    session.add_all((*rows.values(), first, second))
    session.flush()


def _participant(session: Session, store: Store, who: DemoParticipant, *, today: date) -> str:
    office = session.get_one(OfficeRow, who.office)
    worker = session.exec(
        select(PersonRow).where(PersonRow.login == ("maier" if who.office == FIRST_OFFICE else "keller"))
    ).one()
    form = Registration(
        form_id="demo-" + derived_id("participant", who.name)[4:],
        actor=worker.id,
        office=office.id,
        ags=office.ags,
        t0=today - timedelta(days=who.days_ago),
        language=who.language,
        interpreter=who.interpreter,
        reading=who.reading,
        case_worker=worker.id,
        programme=PROGRAMME,
        identity=_identity(who, office.name.split(",")[0]),
    )
    return register(session, store, form)[1]


def _identity(who: DemoParticipant, town: str) -> Identity:
    first = who.name.split()[0].casefold()
    return Identity(
        name=who.name,
        birth_date=who.birth_date,
        email=f"{first}@example.org" if who.email else None,
        phone=None if who.email else "+49 711 0000000",
        address=f"Hauptstraße {who.birth_date.day}, {town}",
    )
