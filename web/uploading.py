"""A list on its way through the desk: uploaded, shown line by line, confirmed; the same for cases and allocations."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from domain.errors import InvalidInput
from domain.list_cells import Columns, Table
from store import allocations, take_overs, uploads
from store.reading_lists import BYTES_MAX, read_table, to_csv
from store.uploads import Upload
from web.access import Visit
from web.lists import Said, said
from web.pages import go
from web.sentences import sentence

UPLOAD_MAX = BYTES_MAX + 40_000
FIELD = "datei"
NOT_TAKEN = ("refused", "question")
Verdict = take_overs.Verdict | allocations.Verdict
TONES = {"ready": "success", "taken": "success", "known": "info", "question": "warning", "refused": "danger"}
WORDS: Mapping[str, tuple[str, str]] = {
    "ready": ("wird übernommen", "will be taken"),
    "taken": ("übernommen", "taken"),
    "known": ("schon übernommen", "known already"),
    "question": ("Rückfrage", "question"),
    "refused": ("abgelehnt", "refused"),
}


@dataclass(frozen=True)
class Row:
    """One line of the preview: what it says in short, and what becomes of it."""

    no: int
    kind: str
    name: str = field(repr=False)
    t0: str
    who: str
    first_review_on: date | None
    faults: tuple[Said, ...]
    journey: str | None

    @property
    def tone(self) -> str:
        """The colour of its badge."""
        return TONES[self.kind]


async def file_of(request: Request) -> bytes:
    """The file that a form has sent; it stays in memory, for the door lets nothing through that would not fit.

    Raises:
        InvalidInput: `list_missing`, where no file was chosen.
    """
    async with request.form(max_fields=4, max_files=1) as form:
        sent = form.get(FIELD)
        content = b"" if sent is None or isinstance(sent, str) else await sent.read()
    if not content:
        raise InvalidInput("list_missing", field=FIELD)
    return content


async def uploaded(
    visit: Visit,
    place: str,
    *,
    keeping: Callable[[Visit, bytes], str],
    beginning: Callable[..., Response],
) -> Response:
    """Keep the uploaded list and show its lines; one that cannot be read is told where it was chosen."""
    try:
        content = await file_of(visit.request)
        kept = await run_in_threadpool(keeping, visit, content)
    except InvalidInput as wrong:
        error = sentence(wrong.code, wrong.params, visit.lang)
        return await run_in_threadpool(beginning, visit, error=error)
    return go(f"{place}/{kept}")


def keep(visit: Visit, content: bytes, kind: str, table: Table) -> str:
    """Keep an uploaded list, sealed, for the person who sent it."""
    store, whose = visit.services.store, (visit.actor.id, visit.actor.office)
    with store.write() as session:
        hashed = sha256(content).hexdigest()
        return uploads.keep(session, store, table, kind=kind, sha256=hashed, whose=whose)


def table_of(content: bytes) -> Table:
    """The table in a file, as `read_table`."""
    return read_table(content)


def rows(upload: Upload, verdicts: Sequence[Verdict], columns: Columns, visit: Visit) -> list[Row]:
    """The lines as the page shows them; what is wrong comes first."""
    cells = dict(upload.table.rows)
    made = [_row(v, columns, cells.get(v.no, ()), visit) for v in verdicts]
    return sorted(made, key=lambda row: (row.kind not in NOT_TAKEN, row.no))


def _row(verdict: Verdict, columns: Columns, cells: tuple[object, ...], visit: Visit) -> Row:
    by_field = {name: _shown(cell) for name, cell in zip(columns.fields, cells, strict=False)}
    faults = tuple(said(verdict.no, fault, columns, visit.lang) for fault in verdict.faults)
    known = next((f.params["journey"] for f in verdict.faults if "journey" in f.params), None)
    mine = isinstance(verdict, take_overs.Verdict)
    return Row(
        no=verdict.no,
        kind=verdict.kind,
        name=by_field.get("name", ""),
        t0=by_field.get("t0", ""),
        who=by_field.get("case_worker" if mine else "municipality", ""),
        first_review_on=verdict.first_review_on if isinstance(verdict, take_overs.Verdict) else None,
        faults=faults,
        journey=known or (verdict.journey if isinstance(verdict, take_overs.Verdict) else None),
    )


def _shown(cell: object) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    return cell[:80] if isinstance(cell, str) else "–"


def counts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many lines of each kind there are."""
    return dict(Counter(verdict.kind for verdict in verdicts))


def after(visit: Visit, upload: Upload, verdicts: Sequence[Verdict]) -> None:
    """What is taken leaves the kept list; what was refused stays for half a day, to be corrected."""
    rest = frozenset(v.no for v in verdicts if v.kind in NOT_TAKEN)
    taken = sum(v.kind == "taken" for v in verdicts)
    with visit.services.store.write() as session:
        uploads.keep_rest(session, visit.services.store, upload, lines=rest, taken=taken)


def refused_csv(visit: Visit, upload: Upload, verdicts: Sequence[Verdict], columns: Columns) -> Response:
    """The lines that were not taken, as a list that can be corrected and sent again."""
    wrong = {v.no: [said(v.no, f, columns, visit.lang) for f in v.faults] for v in verdicts if v.faults}
    told = {
        no: (_joined(f.column for f in found), _joined(f.text for f in found)) for no, found in wrong.items()
    }
    extra = ("line", "column", "what is wrong") if visit.english else ("Zeile", "Spalte", "Was fehlt")
    headers = {"content-disposition": 'attachment; filename="abgelehnt.csv"'}
    content = to_csv(upload.table, told, extra)
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _joined(texts: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(texts))
