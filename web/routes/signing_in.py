"""Signing in and out, the reader's language, the way home, and the page on technology."""

from threading import Semaphore
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse
from sqlmodel import select

from domain.permissions import Permission, Role
from store import people
from store.tables import PersonRow
from web.access import COOKIE_LANG, Requires, Visit, cookie_name
from web.pages import NAVIGATION, go, page
from web.sentences import sentence

router = APIRouter()
Anyone = Annotated[Visit, Depends(Requires(Permission.HOUSE_PAGE_VISIT))]
SignedIn = Annotated[Visit, Depends(Requires(Permission.OWN_PAGE_VISIT))]
SESSION_S = 10 * 3600
# Each check of a password takes 64 MiB and a fifth of a second: two at a time leave room for pages.
_CHECKING = Semaphore(2)


@router.get("/")
def home(visit: Anyone) -> Response:
    """The first page that the role may see, or the sign-in."""
    if visit.person is None:
        return go("/anmelden")
    return go(next(path for path, _, permission in NAVIGATION if visit.allowed(permission)))


@router.get("/anmelden")
def sign_in_page(visit: Anyone, weiter: str = "") -> Response:
    """The form to sign in."""
    return _form(visit, onward=_inside(weiter))


@router.post("/anmelden")
def sign_in(
    visit: Anyone,
    login: Annotated[str, Form(max_length=80)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    weiter: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """A new session with a new secret, or the form again with a sentence."""
    throttle, services = visit.request.app.state.throttle, visit.services
    place, now = visit.request.client.host if visit.request.client else "", services.wall()
    minutes = throttle.wait_minutes(login, place, now)
    if minutes:
        said = sentence("sign_in_slow_down", {"minutes": str(minutes)}, visit.lang)
        return _form(visit, login=login, error=said, status=429, onward=_inside(weiter))
    person = _checked(visit, login, password)
    if person is None:
        throttle.failed(login, place, now)
        said = sentence("sign_in_failed", {}, visit.lang)
        return _form(visit, login=login, error=said, status=401, onward=_inside(weiter))
    throttle.succeeded(login, place)
    return _signed_in(visit, person, _inside(weiter))


def _checked(visit: Visit, login: str, password: str) -> PersonRow | None:
    with _CHECKING, visit.services.store.read() as session:
        return people.verify_password(session, login, password)


def _signed_in(visit: Visit, person: PersonRow, onward: str) -> Response:
    services, name = visit.services, cookie_name(visit.services)
    old = visit.request.cookies.get(name)
    with services.store.write() as session:
        if old:
            people.close_session(session, old)
        secret = people.open_session(session, person.id, now=services.wall())
    answer = go(onward or "/")
    answer.set_cookie(
        name, secret, max_age=SESSION_S, path="/", httponly=True, samesite="lax", secure=services.production
    )
    return answer


@router.post("/abmelden")
def sign_out(visit: Anyone) -> Response:
    """The session ends at once, here and for every copy of its cookie."""
    name = cookie_name(visit.services)
    secret = visit.request.cookies.get(name)
    if secret:
        with visit.services.store.write() as session:
            people.close_session(session, secret)
    answer = go("/anmelden", said="signed_out")
    answer.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=visit.services.production)
    return answer


@router.get("/sprache/{lang}")
def choose_language(visit: Anyone, lang: str) -> RedirectResponse:
    """Remember the reader's language and go back to where the reader was."""
    came_from = visit.request.headers.get("referer", "").partition("//")[2].partition("/")[2]
    answer = go(_inside("/" + came_from) or "/")
    answer.set_cookie(
        COOKIE_LANG, "en" if lang == "en" else "de", max_age=31_536_000, path="/", samesite="lax"
    )
    return answer


@router.get("/technik")
def technology(visit: Anyone) -> Response:
    """What the desk is built with, and under which licences."""
    return page(visit, "technology.html")


def _form(visit: Visit, *, login: str = "", error: str = "", status: int = 200, onward: str = "") -> Response:
    return page(
        visit,
        "signin.html",
        status=status,
        login=login,
        error=error,
        onward=onward,
        demo_people=_demo_people(visit) if visit.services.demo else [],
        demo_password=visit.services.demo_password,
    )


def _demo_people(visit: Visit) -> list[PersonRow]:
    with visit.services.store.read() as session:
        everyone = list(session.exec(select(PersonRow)))
    order = list(Role)
    return sorted(
        everyone, key=lambda person: (order.index(Role(person.role)), person.office_id, person.login)
    )


def _inside(path: str) -> str:
    """A path of the desk itself, or nothing: a sign-in never leads to another site."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path
    return path if plain and path.isprintable() and not path.startswith("/anmelden") else ""
