"""Examination: an auditor finds a journey with a reason, reads its ledger, verifies it and takes a bundle."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Response

from domain.errors import NotFound
from domain.ids import desk_stream, journey_stream
from domain.permissions import Permission
from store import ledger, notes, queries
from store.opening import write_down
from store.tables import JourneyRow
from web.access import Requires, Visit, open_journey
from web.naming import digits_of_reference
from web.pages import page
from web.reading import case_file
from web.sentences import sentence
from web.timeline import tell

router = APIRouter()
Searching = Annotated[Visit, Depends(Requires(Permission.AUDIT_JOURNEY_SEARCH))]
Reading = Annotated[Visit, Depends(Requires(Permission.AUDIT_JOURNEY_READ))]
Verifying = Annotated[Visit, Depends(Requires(Permission.AUDIT_JOURNEY_VERIFY))]
Exporting = Annotated[Visit, Depends(Requires(Permission.AUDIT_JOURNEY_EXPORT))]
REASON_MIN = 8


@router.get("/pruefung")
def examination(visit: Searching) -> Response:
    """The empty search."""
    return page(visit, "examination.html", lines=None, q="", grund="", error="")


@router.post("/pruefung")
def search(
    visit: Searching,
    q: Annotated[str, Form(max_length=200)] = "",
    grund: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Find journeys; the reason is kept in the desk stream of everything that is found."""
    if len(grund.strip()) < REASON_MIN:
        said = sentence("reason_missing", {}, visit.lang)
        return page(visit, "examination.html", status=422, lines=None, q=q, grund=grund, error=said)
    lines = _found(visit, q)
    with visit.services.store.write() as session:
        for line in lines:
            # Free text is sealed beside the ledger: a name in it must not stand in a bundle for ever.
            note = notes.add(
                session,
                visit.services.store,
                line["row"],
                text=grund.strip(),
                author=visit.actor.id,
                about="journey#audit_reason",
            )
            write_down(session, visit.actor, line["row"], type_="audit_searched", body={"note": note})
    return page(visit, "examination.html", lines=lines, q=q, grund=grund, error="")


def _found(visit: Visit, text: str) -> list[dict[str, Any]]:
    store, digits = visit.services.store, digits_of_reference(text)
    with store.read() as session:
        found = queries.journey_list(session, store, text="" if digits else text, limit=1000)
    kept = [line for line in found if digits is None or line.row.id.startswith(f"jrn_{digits}")]
    return [{"row": line.row, "name": line.name} for line in kept][:50] if text.strip() else []


@router.get("/pruefung/{journey}")
def ledger_page(visit: Reading, journey: str) -> Response:
    """Both streams of a journey, entry by entry."""
    row = open_journey(visit, journey, Permission.AUDIT_JOURNEY_READ, purpose="audit")
    return _ledger(visit, row)


@router.post("/pruefung/{journey}/nachrechnen")
def verify(visit: Verifying, journey: str) -> Response:
    """Compute both chains anew and say which entry is the first that is not as it was written."""
    row = open_journey(visit, journey, Permission.AUDIT_JOURNEY_VERIFY, purpose="audit")
    with visit.services.store.read() as session:
        bad = [
            found
            for stream in (journey_stream(row.id), desk_stream(row.id))
            if (found := ledger.verify(session, stream)) is not None
        ]
    return _ledger(visit, row, verified=True, bad=bad)


@router.post("/pruefung/{journey}/paket")
async def bundle(visit: Exporting, journey: str) -> Response:
    """The bundle as a file; `pakt audit verify` and `pakt audit replay` check it anywhere."""
    row = open_journey(visit, journey, Permission.AUDIT_JOURNEY_EXPORT, purpose="audit")
    if visit.services.bundle is None:
        raise NotFound("bundle")
    content = await visit.services.bundle(row.id)
    with visit.services.store.write() as session:
        write_down(session, visit.actor, row, type_="bundle_exported", body={})
    headers = {"content-disposition": f'attachment; filename="pakt-{row.id[4:12]}.json"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _ledger(
    visit: Visit, row: JourneyRow, *, verified: bool = False, bad: list[ledger.Bad] | None = None
) -> Response:
    file = case_file(visit, row)
    hashes = {(e.stream.partition("/")[0], e.seq): e.hash for e in file.entries}
    return page(
        visit,
        "ledger.html",
        row=row,
        lines=tell(list(file.entries), file.names),
        hashes=hashes,
        verified=verified,
        bad=bad or [],
        has_bundle=visit.services.bundle is not None and visit.allowed(Permission.AUDIT_JOURNEY_EXPORT),
    )
