"""The one place where an error becomes an answer: a page with a sentence, or problem details for the interface."""

from typing import Any
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    PaktError,
    Permanent,
    Refusal,
    Transient,
    Unconfirmed,
)
from domain.events import SYSTEM
from store import people
from web.access import SignInNeeded, visit_of
from web.pages import go, page
from web.refusals import SENTENCES
from web.sentences import sentence
from web.services import Services

log = structlog.get_logger("web")
STATUS: tuple[tuple[type[PaktError], int, str], ...] = (
    (InvalidInput, 422, ""),
    (NotPermitted, 403, "not_permitted"),
    (NotFound, 404, "not_found"),
    (Refusal, 409, ""),
    (Unconfirmed, 202, "unconfirmed"),
    (Transient, 503, "away"),
    (Permanent, 500, "internal"),
)
HEADINGS = {
    202: ("Nicht bestätigt", "Not confirmed"),
    403: ("Nicht erlaubt", "Not allowed"),
    404: ("Nicht gefunden", "Not found"),
    409: ("Abgelehnt", "Refused"),
    422: ("Bitte prüfen", "Please check"),
    500: ("Das hat nicht geklappt", "This did not work"),
    503: ("Gerade nicht erreichbar", "Not reachable just now"),
}


def install(app: FastAPI) -> None:
    """Let every error end here."""
    app.add_exception_handler(PaktError, _told)
    app.add_exception_handler(SignInNeeded, _sign_in)
    app.add_exception_handler(HTTPException, _plain_http)
    app.add_exception_handler(RequestValidationError, _wrong_request)
    app.add_exception_handler(OperationalError, _database_away)
    app.add_exception_handler(Exception, _unexpected)


def status_of(error: PaktError) -> tuple[int, str]:
    """The HTTP status of an error, and the code of its sentence."""
    for kind, status, code in STATUS:
        if isinstance(error, kind):
            return status, error.code if not code or error.code in SENTENCES else code
    return 500, "internal"


async def _told(request: Request, error: Exception) -> Response:
    if not isinstance(error, PaktError):
        return _answer(request, 500, "internal", {})
    status, code = status_of(error)
    if status >= 500:  # noqa: PLR2004 - server errors only
        log.error("request_failed", code=error.code, error=type(error).__name__)
    return _answer(request, status, code, dict(error.params))


async def _sign_in(request: Request, _: Exception) -> Response:
    if _wants_json(request):
        return problem(401, "sign_in_needed", "Sign in first.")
    onward = request.url.path if request.method == "GET" else ""
    return go(f"/anmelden?weiter={quote(onward)}" if onward not in ("", "/") else "/anmelden")


async def _plain_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    answer = _answer(request, status, "not_found" if status in (404, 405) else "internal", {})
    allow = (getattr(error, "headers", None) or {}).get("Allow")
    if allow:
        answer.headers["allow"] = allow
    return answer


async def _wrong_request(request: Request, error: Exception) -> Response:
    field = ""
    if isinstance(error, RequestValidationError) and error.errors():
        field = ".".join(str(part) for part in error.errors()[0]["loc"][1:])
    return _answer(request, 422, "not_in_list", {"field": field})


async def _database_away(request: Request, error: Exception) -> Response:
    log.error("request_failed", code="store_away", error=type(error).__name__)
    return _answer(request, 503, "away", {})


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("request_failed", code="unexpected", exc_info=error)
    return _answer(request, 500, "internal", {})


def _answer(request: Request, status: int, code: str, params: dict[str, str]) -> Response:
    if _wants_json(request):
        return problem(status, code, sentence(code, _named(request, params), "en"), **params)
    lang = "en" if request.cookies.get("pakt_lang") == "en" else "de"
    heading = HEADINGS.get(status, HEADINGS[500])[lang == "en"]
    text = sentence(code, _named(request, params), "en" if lang == "en" else "de")
    number = request.state.request_id if status >= 500 else ""  # noqa: PLR2004 - server errors only
    try:
        visit = visit_of(request)
        tone = "warn" if status < 500 else "bad"  # noqa: PLR2004 - server errors only
        return page(
            visit, "message.html", status=status, heading=heading, text=text, tone=tone, request_id=number
        )
    except (OperationalError, PaktError):
        # Without the database there is no shell to draw; the sentence still arrives.
        return Response(f"{heading}. {text}", status_code=status, media_type="text/plain; charset=utf-8")


def _named(request: Request, params: dict[str, str]) -> dict[str, str]:
    """The parameters of a sentence with the name of a colleague in place of the id; never with a bare id."""
    by = params.get("by")
    if not by or by == SYSTEM:
        return {**params, "by": "System"} if by else params
    services: Services = request.app.state.services
    try:
        with services.store.read() as session:
            return {**params, "by": people.person(session, by).name}
    except (OperationalError, PaktError):
        # Who it was cannot be said just now; that something changed still can.
        return {**params, "by": ""}


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def problem(status: int, code: str, title: str, **params: Any) -> JSONResponse:
    """Problem details (RFC 9457) with our own code and parameters beside them."""
    content = {"type": "about:blank", "title": title, "status": status, "code": code, "params": params}
    return JSONResponse(content, status_code=status, media_type="application/problem+json")
