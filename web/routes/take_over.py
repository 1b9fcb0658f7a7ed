"""Running cases that an office brings along: a list is uploaded, shown line by line, and confirmed."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from domain.errors import PaktError, Refusal
from domain.ids import house_stream
from domain.list_cells import Columns
from domain.permissions import Permission
from domain.take_over_reading import COLUMNS, NEEDED, Line, read_cases
from store import ledger, people, take_overs, uploads
from store.take_overs import Order, Verdict
from store.uploads import Upload
from web.access import Requires, Visit
from web.lists import around_cases
from web.pages import go, page
from web.sentences import sentence
from web.uploading import WORDS, after, counts, keep, refused_csv, rows, table_of, uploaded

router = APIRouter()
TakingOver = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_TAKE_OVER))]
PLACE = "/uebernahme"
KIND = "cases"
_RECENT = 5


@router.get(PLACE)
def begin(visit: TakingOver) -> Response:
    """What a list holds, the form to upload one, and the take-overs of this office so far."""
    return _begin(visit)


def _begin(visit: Visit, *, error: str = "") -> Response:
    office = visit.actor.office
    with visit.services.store.read() as session:
        entries = ledger.read(session, house_stream(office))
        names = {row.id: row.name for row in people.colleagues(session, office)}
    ended = [entry for entry in entries if entry.type == "take_over_ended"][-_RECENT:]
    return page(
        visit,
        "take_over.html",
        status=422 if error else 200,
        error=error,
        columns=[(names_, field in NEEDED) for field, names_ in COLUMNS.items()],
        before=[(e.at, names.get(e.actor, "–"), e.body or {}) for e in reversed(ended)],
    )


@router.post(PLACE)
async def upload(visit: TakingOver) -> Response:
    """Read an uploaded list and keep it, sealed, until it is confirmed."""
    return await uploaded(visit, PLACE, keeping=_keep, beginning=_begin)


def _keep(visit: Visit, content: bytes) -> str:
    table = table_of(content)
    with visit.services.store.read() as session:
        read_cases(table, around_cases(session, visit.actor.office))
    return keep(visit, content, KIND, table)


@router.get(PLACE + "/{upload}")
def preview(visit: TakingOver, upload: str) -> Response:
    """What would become of each line; after the confirmation, what was not taken and why."""
    return _preview(visit, upload)


def _preview(visit: Visit, upload: str, *, error: str = "") -> Response:
    kept, columns, verdicts = _weighed(visit, upload)
    return page(
        visit,
        "take_over_lines.html",
        status=409 if error else 200,
        error=error,
        upload=kept,
        rows=rows(kept, verdicts, columns, visit),
        counts=counts(verdicts),
        kinds=WORDS,
        place=PLACE,
    )


@router.get(PLACE + "/{upload}/abgelehnt.csv")
def refused(visit: TakingOver, upload: str) -> Response:
    """The lines that are not taken, with what is wrong behind each."""
    kept, columns, verdicts = _weighed(visit, upload)
    return refused_csv(visit, kept, verdicts, columns)


@router.post(PLACE + "/{upload}")
def confirm(visit: TakingOver, upload: str) -> Response:
    """Take over every line that can be; sending it twice takes nothing twice."""
    try:
        kept, _, lines = _read(visit, upload)
        order = Order(visit.actor, visit.actor.office, kept.sha256)
        after(visit, kept, take_overs.take_over(visit.services.store, lines, order))
    except Refusal as wrong:
        return _preview(visit, upload, error=sentence(wrong.code, wrong.params, visit.lang))
    return go(f"{PLACE}/{upload}")


@router.post(PLACE + "/{upload}/verwerfen")
def discard(visit: TakingOver, upload: str) -> Response:
    """Forget an uploaded list."""
    store = visit.services.store
    try:
        kept, _, _ = _read(visit, upload)
    except PaktError:
        return go(PLACE)
    with store.write() as session:
        uploads.discard(session, store, kept.id)
    return go(PLACE, said="list_discarded")


def _read(visit: Visit, upload: str) -> tuple[Upload, Columns, Sequence[Line]]:
    store = visit.services.store
    with store.read() as session:
        kept = uploads.find(session, store, upload, kind=KIND, person=visit.actor.id)
        columns, lines = read_cases(kept.table, around_cases(session, visit.actor.office))
    return kept, columns, lines


def _weighed(visit: Visit, upload: str) -> tuple[Upload, Columns, Sequence[Verdict]]:
    kept, columns, lines = _read(visit, upload)
    with visit.services.store.read() as session:
        found = take_overs.weigh(session, visit.services.store, lines, visit.actor.office)
    return kept, columns, found
