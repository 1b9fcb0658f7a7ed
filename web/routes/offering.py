"""Offers within a case: those that fit its facts, one offered, and what the person said to it."""

import re
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool

from domain.directory import Entry, fitting, found
from domain.errors import InvalidInput, NotFound, Refusal, Unconfirmed
from domain.ids import ID_PATTERN
from domain.permissions import Permission
from store import directory, ids
from web import offers_shown as shown
from web.access import Requires, Visit, open_journey
from web.commanding import Ordered, body_of, send
from web.dates import read_day
from web.directory_words import OUTCOMES
from web.form_fields import Posted, first
from web.offer_filters import Chosen, around, chips, chosen, typed_of
from web.pages import go, page
from web.posted import form_of
from web.reading import CaseFile, case_file
from web.routes.directory import entry_of
from web.sentences import sentence

router = APIRouter()
Working = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_COMMAND))]
PLACE = "/faelle/{journey}/angebote"
FILTERED = "gefiltert"


@router.get(PLACE)
def fitting_page(visit: Working, journey: str) -> Response:
    """The directory with the filters that the facts of the case suggest; each is shown and can be taken away."""
    file = _opened(visit, journey, purpose="offers")
    by, params = around(visit), visit.request.query_params
    if FILTERED in params:
        seen = chosen(params, by)
    else:
        wanted = fitting(file.view.facts, file.today)
        seen = Chosen(wanted, typed_of(wanted), {})
    with visit.services.store.read() as session:
        entries = found(directory.entries(session), seen.wanted)
    place = f"/faelle/{journey}/angebote"
    return page(
        visit,
        "offers.html",
        status=422 if seen.errors else 200,
        file=file,
        place=place,
        lines=[shown.line(entry, file.today, visit.lang) for entry in entries],
        made={fact.id: fact for fact in file.view.facts.offers},
        typed=seen.typed,
        errors={name: sentence(wrong.code, wrong.params, visit.lang) for name, wrong in seen.errors.items()},
        chips=chips(seen, place, visit.lang, **{FILTERED: "1"}),
        **shown.options(visit.lang),
    )


@router.get(PLACE + "/{offer}")
def present_page(visit: Working, journey: str, offer: str) -> Response:
    """The form by which one entry is offered."""
    file, entry = _opened(visit, journey, purpose="offers"), entry_of(visit, offer)
    return _shown(visit, file, entry, _fresh(file), error=_withdrawn(entry))


@router.post(PLACE + "/{offer}")
async def present(visit: Working, journey: str, offer: str) -> Response:
    """Offer it: recorded in the case, and for a club, a tandem or volunteering as the civic contact it is."""
    posted = await form_of(visit.request)
    file = await run_in_threadpool(_opened, visit, journey, purpose="command")
    entry = await run_in_threadpool(entry_of, visit, offer)
    if (error := _withdrawn(entry)) is not None:
        return await run_in_threadpool(_shown, visit, file, entry, _fresh(file), error=error)
    values: dict[str, object] = {"kind": "present_offer", "offer": offer, "offer_kind": str(entry.kind)}
    return await _send(visit, file, entry, posted=posted, values=values, said="offer_presented")


@router.get(PLACE + "/{offer}/antwort")
def answer_page(visit: Working, journey: str, offer: str) -> Response:
    """The form for what the person said; both answers are equally good."""
    file = _opened(visit, journey, purpose="offers")
    return _shown(visit, file, _offered(visit, file, offer), _fresh(file), answering=True)


@router.post(PLACE + "/{offer}/antwort")
async def answer(visit: Working, journey: str, offer: str) -> Response:
    """Record what the person said; declining has no consequence."""
    posted = await form_of(visit.request)
    file = await run_in_threadpool(_opened, visit, journey, purpose="command")
    entry = await run_in_threadpool(_offered, visit, file, offer)
    values: dict[str, object] = {"kind": "settle_offer", "offer": offer, "outcome": first(posted, "outcome")}
    return await _send(visit, file, entry, posted=posted, values=values, said="offer_settled")


async def _send(
    visit: Visit, file: CaseFile, entry: Entry, *, posted: Posted, values: dict[str, object], said: str
) -> Response:
    answering = values["kind"] == "settle_offer"
    try:
        order = Ordered(_command_id(posted), body_of({**values, "on": read_day(first(posted, "on"), "on")}))
        receipt = await send(visit, file.row, order)
    except (Refusal, InvalidInput) as wrong:
        return await run_in_threadpool(_shown, visit, file, entry, posted, error=wrong, answering=answering)
    except Unconfirmed as open_:
        return await run_in_threadpool(_shown, visit, file, entry, posted, error=open_, answering=answering)
    return go(f"/faelle/{file.row.id}", said=said if receipt.stored else f"{said}+pending")


def _opened(visit: Visit, journey: str, *, purpose: str) -> CaseFile:
    row = open_journey(visit, journey, Permission.OFFICE_JOURNEY_COMMAND, purpose=purpose)
    return case_file(visit, row)


def _offered(visit: Visit, file: CaseFile, offer: str) -> Entry:
    """The entry that was offered in this case; `NotFound` for any other."""
    if not any(fact.id == offer for fact in file.view.facts.offers):
        raise NotFound("offer")
    return entry_of(visit, offer)


def _fresh(file: CaseFile) -> Posted:
    return {"command_id": [ids.new("command")], "on": [file.today.isoformat()]}


def _command_id(posted: Posted) -> str:
    text = first(posted, "command_id")
    if not re.fullmatch(ID_PATTERN, text):
        raise InvalidInput("form_id_bad", field="command_id")
    return text


def _withdrawn(entry: Entry) -> Refusal | None:
    if entry.withdrawn_on is None:
        return None
    return Refusal("offer_withdrawn", on=entry.withdrawn_on.isoformat())


def _shown(
    visit: Visit,
    file: CaseFile,
    entry: Entry,
    typed: Posted,
    *,
    error: InvalidInput | Refusal | Unconfirmed | None = None,
    answering: bool = False,
) -> Response:
    fact = next((fact for fact in reversed(file.view.facts.offers) if fact.id == entry.id), None)
    unsure = isinstance(error, Unconfirmed)
    return page(
        visit,
        "offer_action.html",
        status=200 if error is None else (202 if unsure else 422),
        file=file,
        line=shown.line(entry, file.today, visit.lang),
        fact=fact,
        answering=answering,
        outcomes=[(code, pair[visit.english]) for code, pair in OUTCOMES.items()],
        typed={name: first(typed, name) for name in ("command_id", "on", "outcome")},
        errors=_errors(error, visit),
        unsure=sentence("unconfirmed", {}, visit.lang) if unsure else "",
    )


def _errors(error: InvalidInput | Refusal | Unconfirmed | None, visit: Visit) -> Mapping[str, str]:
    if error is None or isinstance(error, Unconfirmed):
        return {}
    field = error.params.get("field", "")
    return {field if field in ("on", "outcome") else "": sentence(error.code, error.params, visit.lang)}
