"""The allocation list of the Landratsamt: uploaded, confirmed, sent to the offices; and what came back."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from domain.allocation_list import COLUMNS, NEEDED, Line, read_allocations
from domain.errors import PaktError
from domain.list_cells import Columns
from domain.permissions import Permission
from store import allocations, uploads
from store.allocations import Verdict
from store.uploads import Upload
from web.access import Requires, Visit
from web.list_words import REASONS, STATES
from web.lists import around_allocations
from web.pages import go, page
from web.routes.journeys import municipality_name
from web.uploading import WORDS as KINDS
from web.uploading import after, counts, keep, refused_csv, rows, table_of, uploaded

router = APIRouter()
Sending = Annotated[Visit, Depends(Requires(Permission.HOUSE_ALLOCATION_SEND))]
PLACE = "/zuteilungen/liste"
KIND = "allocations"


@router.get(PLACE)
def begin(visit: Sending) -> Response:
    """What was sent and what came of it, returned cards first, and the form to upload a list."""
    return _begin(visit)


def _begin(visit: Visit, *, error: str = "") -> Response:
    store = visit.services.store
    with store.read() as session:
        sent = allocations.sent_by(session, store, visit.actor.office)
    sent.sort(key=lambda shown: shown.row.state != "declined")
    return page(
        visit,
        "allocation_list.html",
        status=422 if error else 200,
        error=error,
        columns=[(names, field in NEEDED) for field, names in COLUMNS.items()],
        sent=[(shown, municipality_name(shown.row.ags)) for shown in sent],
        states=STATES,
        reasons=REASONS,
    )


@router.post(PLACE)
async def upload(visit: Sending) -> Response:
    """Read an uploaded list and keep it, sealed, until it is confirmed."""
    return await uploaded(visit, PLACE, keeping=_keep, beginning=_begin)


def _keep(visit: Visit, content: bytes) -> str:
    table = table_of(content)
    with visit.services.store.read() as session:
        read_allocations(table, around_allocations(session))
    return keep(visit, content, KIND, table)


@router.get(PLACE + "/{upload}")
def preview(visit: Sending, upload: str) -> Response:
    """What would become of each line; after the confirmation, what was not sent and why."""
    kept, columns, verdicts = _weighed(visit, upload)
    return page(
        visit,
        "take_over_lines.html",
        error="",
        upload=kept,
        rows=rows(kept, verdicts, columns, visit),
        counts=counts(verdicts),
        kinds={
            **KINDS,
            "ready": ("wird zugestellt", "will be sent"),
            "known": ("schon zugestellt", "sent already"),
        },
        place=PLACE,
    )


@router.get(PLACE + "/{upload}/abgelehnt.csv")
def refused(visit: Sending, upload: str) -> Response:
    """The lines that are not sent, with what is wrong behind each."""
    kept, columns, verdicts = _weighed(visit, upload)
    return refused_csv(visit, kept, verdicts, columns)


@router.post(PLACE + "/{upload}")
def confirm(visit: Sending, upload: str) -> Response:
    """Put everybody into the inbox of their office; sending it twice makes no second card."""
    kept, _, lines = _read(visit, upload)
    done = allocations.send(visit.services.store, lines, actor=visit.actor, sha256=kept.sha256)
    after(visit, kept, done)
    return go(f"{PLACE}/{upload}")


@router.post(PLACE + "/{upload}/verwerfen")
def discard(visit: Sending, upload: str) -> Response:
    """Forget an uploaded list."""
    store = visit.services.store
    try:
        kept, _, _ = _read(visit, upload)
    except PaktError:
        return go(PLACE)
    with store.write() as session:
        uploads.discard(session, store, kept.id)
    return go(PLACE, said="list_discarded")


@router.post("/zuteilungen/{allocation}/gesehen")
def put_away(visit: Sending, allocation: str) -> Response:
    """The sender has seen why a card came back."""
    store = visit.services.store
    with store.write() as session:
        allocations.put_away(session, store, allocation, actor=visit.actor)
    return go(PLACE, said="allocation_put_away")


def _read(visit: Visit, upload: str) -> tuple[Upload, Columns, Sequence[Line]]:
    store = visit.services.store
    with store.read() as session:
        kept = uploads.find(session, store, upload, kind=KIND, person=visit.actor.id)
        columns, lines = read_allocations(kept.table, around_allocations(session))
    return kept, columns, lines


def _weighed(visit: Visit, upload: str) -> tuple[Upload, Columns, Sequence[Verdict]]:
    kept, columns, lines = _read(visit, upload)
    with visit.services.store.read() as session:
        return kept, columns, allocations.weigh(session, visit.services.store, lines)
