"""Trying a book over many cases: in worker processes, with progress, continued after a kill."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from domain.decisions import Edition
from rules.binding import Book
from rules.caseload import Part, part_of, result_of
from rules.compare import Pair, pair
from rules.documents import from_document, to_document
from rules.library import proven
from store import book_simulations, books, editions
from store.book_simulations import Plan
from store.books import By, Library
from store.canonical import canonical, sha256
from store.database import Store
from store.tables import BookSimulationRow

PROCESSES = 2
PART = 100
Progress = Callable[[int, int], None]
Batch = tuple[int, Sequence[str]]


class Trial(NamedTuple):
    """What a worker process must know: both books as documents, and the days."""

    old: str
    new: str
    calendar: str
    on: date
    until: date


@dataclass(frozen=True)
class _Ready:
    books: Pair
    trial: Trial


_ready: list[_Ready] = []


def _prepare(trial: Trial) -> None:
    _ready[:] = [_Ready(pair(from_document(trial.old), from_document(trial.new)), trial)]


def _try(number: int, texts: Sequence[str]) -> tuple[int, Part]:
    (ready,) = _ready
    trial, calendar = ready.trial, editions.calendar(ready.trial.calendar)[0]
    return number, part_of(ready.books, texts, on=trial.on, until=trial.until, calendar=calendar)


def tried(
    trial: Trial, batches: Iterable[Batch], *, processes: int = PROCESSES
) -> Iterator[tuple[int, Part]]:
    """Each batch with what came of it, in whatever order they end; few are in memory at once."""
    if processes <= 1:
        _prepare(trial)
        yield from (_try(number, texts) for number, texts in batches)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, spawn, initializer=_prepare, initargs=(trial,)) as pool:
        under_way: set[Future[tuple[int, Part]]] = set()
        try:
            for number, texts in batches:
                under_way.add(pool.submit(_try, number, texts))
                if len(under_way) > 2 * processes:
                    ended, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in ended)
            yield from (one.result() for one in under_way)
        finally:
            pool.shutdown(cancel_futures=True)


def simulate(store: Store, plan: Plan, *, by: By, progress: Progress, processes: int = PROCESSES) -> str:
    """Try a book over the open journeys as they stand, and bind it to the result; gives the result's hash.

    Parts that are finished are kept: the same call after a kill goes on where it was.

    Raises:
        Refusal: the book is in no state for it, or a journey moved on meanwhile.
    """
    with store.write() as session:
        row = book_simulations.begin(session, plan, by=by)
        done = book_simulations.parts(session, row.id)

    def keep(number: int, part: Part) -> None:
        with store.write() as session:
            book_simulations.save_part(session, row.id, number, part)

    result = _result(store, row, done=done, keep=keep, progress=progress, processes=processes)
    with store.write() as session:
        finished = book_simulations.finish(session, row.id, result, by=by)
        books.note_simulated(session, finished, by=by)
        return finished.result_sha256 or ""


def recomputed(store: Store, simulation: str, *, progress: Progress, processes: int = PROCESSES) -> str:
    """The hash of a simulation's result computed anew from the facts as they stand now; nothing is kept."""
    with store.read() as session:
        row = book_simulations.simulation(session, simulation)
    result = _result(store, row, done={}, keep=_forget, progress=progress, processes=processes)
    return sha256(canonical(result))


def over_the_caseload(
    store: Store, old: Book, new: Book, days: tuple[date, date], *, progress: Progress
) -> dict[str, Any]:
    """Any two books over the open journeys as they stand, with the hash of the result; nothing is kept."""
    with store.read() as session:
        journeys = book_simulations.open_journeys(session)
    trial = Trial(to_document(old), to_document(new), editions.CALENDAR, *days)
    numbers = range(-(-len(journeys) // PART))
    batches = ((n, _facts(store, journeys[n * PART : (n + 1) * PART])) for n in numbers)
    parts: dict[int, Part] = {}
    for number, part in tried(trial, batches, processes=PROCESSES if len(numbers) > 1 else 1):
        parts[number] = part
        progress(min(len(parts) * PART, len(journeys)), len(journeys))
    head = {
        "book": new.edition.model_dump(),
        "against": old.edition.model_dump(),
        "on": days[0].isoformat(),
        "until": days[1].isoformat(),
    }
    result = result_of(head, [parts[number] for number in sorted(parts)])
    return {**result, "result_sha256": sha256(canonical(result))}


def _forget(number: int, part: Part) -> None:
    """Keep nothing of a part."""


def _result(
    store: Store,
    row: BookSimulationRow,
    *,
    done: dict[int, Part],
    keep: Callable[[int, Part], None],
    progress: Progress,
    processes: int,
) -> dict[str, Any]:
    with store.read() as session:
        journeys = book_simulations.open_journeys(session)
    parts = dict(done)
    numbers = [n for n in range(-(-len(journeys) // PART)) if n not in parts]
    batches = ((n, _facts(store, journeys[n * PART : (n + 1) * PART])) for n in numbers)
    # A process takes longer to start than a few journeys take to compare.
    workers = processes if len(numbers) > 1 else 1
    for number, part in tried(_trial(store, row), batches, processes=workers):
        parts[number] = part
        keep(number, part)
        progress(min(len(parts) * PART, len(journeys)), len(journeys))
    return result_of(_head(row), [parts[number] for number in sorted(parts)])


def _facts(store: Store, journeys: Sequence[str]) -> list[str]:
    with store.read() as session:
        return book_simulations.stored_facts(session, store, journeys)


def _trial(store: Store, row: BookSimulationRow) -> Trial:
    library = Library(store)
    old = Edition(id=row.against, sha256=row.against_sha256)
    for edition in (old, Edition(id=row.book_id, sha256=row.book_sha256)):
        proven(library.document(edition.id), edition)
    until = row.on_day + timedelta(days=row.days)
    return Trial(library.document(old.id), library.document(row.book_id), row.calendar, row.on_day, until)


def _head(row: BookSimulationRow) -> dict[str, Any]:
    return {
        "book": {"id": row.book_id, "sha256": row.book_sha256},
        "against": {"id": row.against, "sha256": row.against_sha256},
        "calendar": {"id": row.calendar, "sha256": row.calendar_sha256},
        "on": row.on_day.isoformat(),
        "until": (row.on_day + timedelta(days=row.days)).isoformat(),
        "watermark": row.watermark,
        "journeys": row.journeys,
    }
