"""The doors of the desk: every route declares one, and every journey is opened through one function."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from sqlmodel import Session
from starlette.routing import BaseRoute

from domain.errors import NotPermitted, PaktError
from domain.permissions import PUBLIC, Actor, Permission, Role, may
from store import opening, people
from store.tables import JourneyRow, PersonRow
from web.services import Services
from web.words import Lang

COOKIE_LANG = "pakt_lang"


class SignInNeeded(Exception):
    """Nobody is signed in; a page leads to the sign-in, the API answers 401."""


class RouteWithoutPermission(PaktError):
    """A route declares no permission: the desk does not start."""


@dataclass
class Visit:
    """One request: who asks, in which language, and the parts to answer with."""

    request: Request
    services: Services
    lang: Lang
    person: PersonRow | None = None
    actor_or_none: Actor | None = None

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        if self.actor_or_none is None:
            raise SignInNeeded
        return self.actor_or_none

    @property
    def someone(self) -> PersonRow:
        """The row of who is signed in."""
        if self.person is None:
            raise SignInNeeded
        return self.person

    @property
    def offices(self) -> frozenset[str]:
        """The offices inside whose walls the person stands."""
        return frozenset({self.actor.office}) | self.actor.chain

    @cached_property
    def english(self) -> bool:
        """True for readers of English."""
        return self.lang == "en"

    def allowed(self, permission: Permission, office: str | None = None) -> bool:
        """Whether the person may do this, here."""
        return may(self.actor_or_none, permission, office)


class Requires:
    """The door of a route: asks for one permission before anything else happens."""

    def __init__(self, permission: Permission) -> None:
        """Name the permission."""
        self.permission = permission

    def __call__(self, request: Request) -> Visit:
        """The visit, if the person may."""
        visit = visit_of(request)
        if self.permission in PUBLIC:
            return visit
        if visit.actor_or_none is None:
            raise SignInNeeded
        if not may(visit.actor, self.permission):
            raise NotPermitted("not_permitted", permission=self.permission)
        return visit


def visit_of(request: Request) -> Visit:
    """Who asks and how; without a session, nobody."""
    services: Services = request.app.state.services
    visit = Visit(request=request, services=services, lang=_language(request))
    secret = request.cookies.get(cookie_name(services))
    if secret:
        with services.store.read() as session:
            person = people.session_person(session, secret, now=services.wall())
            if person is not None:
                visit.person = person
                visit.actor_or_none = actor_of(session, person)
    if visit.person is not None and secret:
        _touch(services, secret, request)
        request.state.person = visit.person.id
    return visit


def actor_of(session: Session, person: PersonRow) -> Actor:
    """A person as the permissions see them."""
    chain = people.chain_of(session, person.id)
    return Actor(id=person.id, role=Role(person.role), office=person.office_id, chain=chain)


def cookie_name(services: Services) -> str:
    """The name of the session cookie; only over TLS may it carry the strict prefix."""
    return "__Host-pakt" if services.production else "pakt"


def _touch(services: Services, secret: str, request: Request) -> None:
    # One write a minute is enough to measure thirty idle minutes.
    seen: dict[str, float] = request.app.state.touched
    at = services.wall()
    if at.timestamp() - seen.get(secret, 0.0) < 60:  # noqa: PLR2004 - seconds
        return
    seen[secret] = at.timestamp()
    with services.store.write() as session:
        people.touch_session(session, secret, now=at)


def _language(request: Request) -> Lang:
    asked = request.query_params.get("lang") or request.cookies.get(COOKIE_LANG)
    return "en" if asked == "en" else "de"


def open_journey(visit: Visit, journey: str, permission: Permission, *, purpose: str) -> JourneyRow:
    """The row of a journey, through the one door that asks and writes down."""
    row = opening.open_journey(visit.services.store, visit.actor, journey, permission, purpose=purpose)
    visit.request.state.journey = journey
    return row


def routes_of(app: FastAPI) -> Iterator[BaseRoute]:
    """Every route of the desk, those of included routers too."""
    yield from _flat(app.routes)


def _flat(routes: Sequence[BaseRoute]) -> Iterator[BaseRoute]:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from _flat(inner.routes)


def permission_of(route: BaseRoute) -> Permission | None:
    """The permission that a route declares, or None."""
    if not isinstance(route, APIRoute):
        return None
    doors = [d.call for d in route.dependant.dependencies if isinstance(d.call, Requires)]
    return doors[0].permission if len(doors) == 1 else None


def refuse_open_routes(app: FastAPI) -> None:
    """Fail at start-up if any route declares no permission, or more than one."""
    for route in routes_of(app):
        if permission_of(route) is None:
            raise RouteWithoutPermission("route_without_permission", route=str(getattr(route, "path", route)))
