"""A desk on a real, migrated and seeded SQLite store, reached through ASGI."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import structlog
from fastapi import FastAPI

from activities.shipped_books import enter_shipped_books
from domain.journey import JourneyState
from ops.desk_parts import letter_maker
from store import clock, people, queries
from store.database import Store, open_store
from store.seed import FIRST_OFFICE, SECOND_OFFICE, seed_demo
from tests.support.mail_server import MailTo
from tests.support.stores import MASTER_KEY, migrate, sqlite_url
from tests.web.living import LivingJourneys
from web.app import create_app
from web.services import Services

PASSWORD = "a-demo-password"
BEGINNING = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
HOST = "http://desk.test"


@dataclass
class Desk:
    """The app, its store and its journeys; opens clients for people."""

    app: FastAPI
    store: Store
    journeys: LivingJourneys
    services: Services
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    def client(self, *, address: str = "127.0.0.1") -> httpx.AsyncClient:
        """A browser without a session."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 40000))
        made = httpx.AsyncClient(
            transport=transport,
            base_url=HOST,
            headers={"sec-fetch-site": "same-origin"},
            follow_redirects=False,
        )
        self.clients.append(made)
        return made

    async def as_(self, login: str) -> httpx.AsyncClient:
        """A browser in which this person is signed in."""
        made = self.client()
        answer = await made.post("/anmelden", data={"login": login, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return made

    def journey_of(self, office: str = FIRST_OFFICE) -> str:
        """Some running journey of an office."""
        with self.store.read() as session:
            return queries.journey_list(session, self.store, offices=[office])[0].row.id

    def foreign(self) -> str:
        """A journey behind the other office's wall."""
        return self.journey_of(SECOND_OFFICE)

    def person(self, login: str) -> str:
        """The id of a person."""
        with self.store.read() as session:
            row = people.by_login(session, login)
            assert row is not None
            return row.id

    def name_of(self, journey: str) -> str:
        """The name behind a journey."""
        with self.store.read() as session:
            lines = queries.journey_list(session, self.store)
        return next(line.name or "" for line in lines if line.row.id == journey)


@pytest.fixture(autouse=True)
def _plain_logs() -> Iterator[None]:
    """Keep log lines short: the default of structlog paints whole frames."""
    structlog.configure(processors=[structlog.processors.KeyValueRenderer()])
    yield
    structlog.reset_defaults()


@dataclass(frozen=True)
class Template:
    """A seeded database with its running journeys, made once; every test gets a copy of its own."""

    file: Path
    states: dict[str, JourneyState]
    wakes: dict[str, datetime | None]
    offices: dict[str, str]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Seed and start the twelve journeys; judging their outlook is what takes the time."""
    return make_template(tmp_path_factory.mktemp("template"))


def make_template(home: Path) -> Template:
    """Make a template in a directory."""
    url = sqlite_url(home)
    migrate(url)
    store = open_store(url, MASTER_KEY)
    with store.write() as session:
        clock.set_to(session, BEGINNING)
    enter_shipped_books(store)
    seed_demo(store, clock.now(store), password=PASSWORD)
    journeys = LivingJourneys(store)
    journeys.begin_all()
    store.close()
    return Template(home / "pakt.sqlite", journeys.states, journeys.wakes, journeys.offices)


@pytest.fixture
async def desk(tmp_path: Path, template: Template) -> AsyncIterator[Desk]:
    """A seeded desk with twelve running journeys, at a fixed business instant."""
    with open_desk(tmp_path, template) as opened:
        yield opened
        for made in opened.clients:
            await made.aclose()


@contextmanager
def open_desk(home: Path, template: Template) -> Iterator[Desk]:
    """A desk on a copy of the template; closed at the end."""
    shutil.copy(template.file, home / "pakt.sqlite")
    store = open_store(sqlite_url(home), MASTER_KEY)
    with store.write() as session:
        clock.set_to(session, BEGINNING)
    journeys = LivingJourneys(store)
    journeys.states = dict(template.states)
    journeys.wakes = dict(template.wakes)
    journeys.offices = dict(template.offices)
    services = Services(
        store=store, gateway=journeys, demo=True, demo_password=PASSWORD,
        letter=letter_maker(store, MailTo("127.0.0.1", 1)),
        forward=journeys.pass_days,
    )  # fmt: skip
    try:
        yield Desk(create_app(services), store, journeys, services)
    finally:
        store.close()
