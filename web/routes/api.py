"""The interface for programs: the same actions, permissions and sentences as the pages, as JSON."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from pydantic import Field

from domain.commands import Body, Receipt
from domain.decisions import StepPlan, Upcoming
from domain.facts import CaseFacts
from domain.ids import Id
from domain.model import Handed, Wire
from domain.permissions import Permission
from store import participants
from web.access import Requires, Visit, open_journey
from web.commanding import Filed, Ordered, send_or_ask
from web.dates import today
from web.form_fields import FormErrors
from web.reading import case_file
from web.registration import read_registration
from web.routes.journeys import rows_of

router = APIRouter(prefix="/api/v1")
Listing = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_LIST))]
Opening = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_OPEN))]
Starting = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_START))]
SignedIn = Annotated[Visit, Depends(Requires(Permission.OWN_PAGE_VISIT))]


class JourneyEntry(Wire):
    """One journey of the list, without the person's name."""

    id: str
    state: str
    office: str
    programme: str
    next_step: str | None = None
    next_due: str | None = None
    level: int = 0


class JourneyShown(Wire):
    """One journey: facts, plan, what is to come, and the revision of every subject."""

    id: str
    state: str
    office: str
    facts: CaseFacts
    plan: tuple[StepPlan, ...]
    upcoming: tuple[Upcoming, ...]
    revs: dict[str, int]


class Start(Handed):
    """What the start form asks for; `form_id` makes repeating harmless."""

    form_id: str
    name: str = Field(repr=False)
    birth_date: str = Field(repr=False)
    language: str
    municipality: str
    t0: str
    interpreter: Literal["needed", "not_needed"] = "needed"
    reading: Literal["reads", "does_not_read"] = "reads"
    address: str = Field(default="", repr=False)
    phone: str = Field(default="", repr=False)
    email: str = Field(default="", repr=False)
    substitute: str = ""


class Started(Wire):
    """The ids of a registered participant and the journey that begins."""

    participant: str
    journey: str


class Asked(Handed):
    """A command as a program sends it; actor and role come from the session."""

    command_id: Id
    rev: int | None = None
    body: Body


@router.get("/journeys")
def list_journeys(visit: Listing) -> list[JourneyEntry]:
    """The journeys inside the person's walls."""
    return [
        JourneyEntry(
            id=row.id,
            state=row.state,
            office=row.office_id,
            programme=row.programme,
            next_step=row.next_step,
            next_due=row.next_due.isoformat() if row.next_due else None,
            level=row.level,
        )
        for row in rows_of(visit)
    ]


@router.get("/journeys/{journey}")
def show_journey(visit: Opening, journey: str) -> JourneyShown:
    """One journey; reading it is written down."""
    row = open_journey(visit, journey, Permission.OFFICE_JOURNEY_OPEN, purpose="api")
    file = case_file(visit, row)
    return JourneyShown(
        id=row.id,
        state=file.view.state,
        office=row.office_id,
        facts=file.view.facts,
        plan=file.view.plan,
        upcoming=file.view.upcoming,
        revs=file.revs,
    )


@router.post("/journeys", status_code=201)
def start_journey(visit: Starting, asked: Start) -> Started:
    """Register a participant and order the start; the same `form_id` gives the same journey."""
    store = visit.services.store
    posted = {name: [str(value)] for name, value in asked.model_dump().items()}
    try:
        registration = read_registration(posted, visit.actor, today(visit.services.now()))
    except FormErrors as wrong:
        raise next(iter(wrong.errors.values())) from None
    with store.write() as session:
        participant, journey = participants.register(session, store, registration)
    return Started(participant=participant, journey=journey)


class Requested(Wire):
    """The command needs a second person: it was filed and waits (`/api/v1/approvals`)."""

    approval: str
    state: Literal["requested"] = "requested"


@router.post("/journeys/{journey}/commands", responses={202: {"model": Requested}})
async def command(visit: Opening, journey: str, asked: Asked, answer: Response) -> Receipt | Requested:
    """Carry a command out: a receipt, 202 where it waits for a second person, or problem details of the refusal."""
    row = await run_in_threadpool(open_journey, visit, journey, Permission.OFFICE_JOURNEY_OPEN, purpose="api")
    outcome = await send_or_ask(visit, row, Ordered(asked.command_id, asked.body, asked.rev))
    if isinstance(outcome, Filed):
        answer.status_code = 202
        return Requested(approval=outcome.approval)
    return outcome


@router.get("/openapi.json")
def description(request: Request, _: SignedIn) -> JSONResponse:
    """The OpenAPI document of this interface."""
    routes = [route for route in request.app.routes if getattr(route, "path", "").startswith("/api/")]
    return JSONResponse(get_openapi(title="Pakt", version="1", routes=routes or request.app.routes))
