"""The house: the demo's clock, health, and the files that pages are made of."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import InvalidInput, NotFound, PaktError, Refusal
from domain.permissions import Permission
from store import clock
from web import assets
from web.access import Requires, Visit
from web.pages import go, page
from web.sentences import sentence

router = APIRouter()
Anyone = Annotated[Visit, Depends(Requires(Permission.HOUSE_PAGE_VISIT))]
ClockReading = Annotated[Visit, Depends(Requires(Permission.HOUSE_CLOCK_READ))]
ClockMoving = Annotated[Visit, Depends(Requires(Permission.HOUSE_CLOCK_MOVE))]
STEPS = (1, 7, 14, 30, 90, 182, 365)
FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/uhr")
def clock_page(visit: ClockReading) -> Response:
    """Where the demo's clock stands, and how to move it."""
    return _clock(visit)


@router.post("/uhr")
def move_clock(visit: ClockMoving, tage: Annotated[str, Form(max_length=4)] = "") -> Response:
    """Start moving the clock; commands answer „Uhr läuft“ until it has arrived."""
    _only_in_demo(visit)
    if tage not in {str(days) for days in STEPS}:
        return _clock(visit, error=sentence("not_in_list", {}, visit.lang))
    try:
        if clock.state(visit.services.store).moving_to is not None:
            raise Refusal("clock_moving")
        if visit.services.forward is None:
            raise InvalidInput("away", field="clock")
        visit.services.forward(int(tage))
    except PaktError as refused:
        return _clock(visit, error=sentence(refused.code, refused.params, visit.lang))
    return go("/uhr", said="clock")


@router.get("/uhr/stand")
def clock_state(visit: ClockReading) -> Response:
    """The part of the page that shows the move under way."""
    _only_in_demo(visit)
    return page(visit, "clock_state.html", state=clock.state(visit.services.store), moving=_under_way(visit))


def _clock(visit: Visit, *, error: str = "") -> Response:
    _only_in_demo(visit)
    state = clock.state(visit.services.store)
    return page(
        visit,
        "clock.html",
        status=409 if error else 200,
        state=state,
        moving=_under_way(visit),
        steps=STEPS,
        error=error,
    )


def _under_way(visit: Visit) -> bool:
    """True from the press of the button until the clock has arrived."""
    if clock.state(visit.services.store).moving_to is not None:
        return True
    return visit.services.forwarding is not None and visit.services.forwarding()


def _only_in_demo(visit: Visit) -> None:
    if not visit.services.demo:
        raise NotFound("clock")


@router.get("/healthz")
def alive(_: Anyone) -> Response:
    """The process answers."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
def ready(visit: Anyone) -> Response:
    """The database is reachable and its schema is the newest; whatever else was handed in is there."""
    try:
        with visit.services.store.read() as session:
            session.connection().execute(text("SELECT version_num FROM alembic_version")).one()
        if visit.services.ready is not None:
            visit.services.ready()
    except SQLAlchemyError:
        return JSONResponse({"status": "away", "part": "store"}, status_code=503)
    except PaktError as away:
        return JSONResponse({"status": "away", "part": away.code}, status_code=503)
    return JSONResponse({"status": "ready"})


@router.get("/assets/{build}/{name}")
def asset(request: Request, _: Anyone, build: str, name: str) -> Response:
    """A style, script or font; its address changes with its content, so browsers may keep it."""
    if name not in assets.SOURCES or build != assets.build():
        raise NotFound("asset")
    found = assets.asset(name)
    headers = {"cache-control": FOR_EVER, "vary": "accept-encoding"}
    if found.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            found.packed, media_type=found.media_type, headers={**headers, "content-encoding": "gzip"}
        )
    return Response(found.content, media_type=found.media_type, headers=headers)
