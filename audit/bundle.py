"""Exporting a journey: one canonical file with histories in clear, ledger streams, editions and hashes."""

import asyncio
from collections.abc import Iterable, Sequence
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

from temporalio.client import Client
from temporalio.converter import DataConverter

from audit import fetch
from audit.agreeing import told_by
from audit.fetch import Original
from audit.format import FORMAT, Bundle, canonical, sha256_of, write
from audit.histories import Json, closed, in_clear, parsed, readable, successor, undecoded
from audit.judging import calls
from audit.needles import find_needle
from domain.decisions import Edition
from domain.errors import NotPermitted, Permanent, Transient
from domain.events import SYSTEM
from domain.ids import desk_stream, house_stream, journey_stream
from rules.book import books as released_books
from store import clock, closures, ledger, participants, queries
from store.books import Library
from store.canonical import instant_text, sha256
from store.database import Store

_LOOKS = 8
_PAUSE_S = 0.4


async def export(
    store: Store,
    client: Client | None,
    journey: str,
    out: Path,
    *,
    converter: DataConverter,
    passphrase: bytes | None = None,
) -> Bundle:
    """Write the bundle of a journey to `out` and note the export in the office's stream.

    With a client, closed runs are archived first; without one, everything comes from the archive.

    Raises:
        NotFound: there is no such journey.
        Permanent: a run is missing, or something does not open.
        NotPermitted: something that names the participant stands in it; nothing is written.
        Transient: it has not begun, or changes too fast to be seen whole.
    """
    with store.read() as session:
        office = queries.journey(session, journey).office_id
    if client is not None:
        await fetch.archive_missing(store, client, journey)
    content = await _content(store, client, journey, office=office, converter=converter)
    _refuse_needles(store, journey, content)
    raw = canonical(content)
    write(out, raw, passphrase)
    with store.write() as session:
        ledger.append(
            session, house_stream(office), office=office, at=clock.now(session), actor=SYSTEM,
            type="journey_exported", body={"journey": journey, "sha256": sha256(raw)},
        )  # fmt: skip
    return Bundle.model_validate(content)


async def _content(
    store: Store, client: Client | None, journey: str, *, office: str, converter: DataConverter
) -> Json:
    """Histories first, ledger second; looked at again while a call is between being stored and being told."""
    for _ in range(_LOOKS):
        originals = await fetch.runs(store, client, journey)
        runs = await _runs(originals, converter, journey)
        content = _framed(store, journey, office=office, runs=runs)
        bundle = Bundle.model_validate(content)
        told = told_by(bundle)
        if told.pending or told.last == bundle.streams[journey_stream(journey)].head.seq:
            return content
        await asyncio.sleep(_PAUSE_S)
    raise Transient("journey_busy", journey=journey)


async def _runs(originals: Sequence[Original], converter: DataConverter, journey: str) -> list[Json]:
    decoder = fetch.decoder(converter, journey)
    shown = []
    for order, one in enumerate(originals, start=1):
        clear = await in_clear(one.history, decoder)
        if undecoded(clear):
            raise Permanent("payload_not_decoded", run=one.run)
        history = readable(clear)
        shown.append(
            {
                "order": order,
                "run_id": one.run,
                "successor": successor(one.history),
                "closed": closed(one.history),
                "events": len(history["events"]),
                "original_sha256": one.sha256,
                "sha256": sha256_of(history),
                "event_sha256": [sha256_of(event) for event in history["events"]],
                "history": history,
            }
        )
    return shown


def _framed(store: Store, journey: str, *, office: str, runs: list[Json]) -> Json:
    streams = _streams(store, journey)
    content = {
        "format": FORMAT,
        "journey": journey,
        "office": office,
        "exported_at": instant_text(clock.now(store)),
        "manifest": {
            "runs": len(runs),
            "events": sum(run["events"] for run in runs),
            "entries": sum(len(stream["entries"]) for stream in streams.values()),
            "sdk": metadata.version("temporalio"),
            "build": _build(),
        },
        "runs": runs,
        "streams": streams,
        "editions": _editions(runs, store),
    }
    return {**content, "sha256": sha256_of(content)}


def _build() -> str:
    try:
        return metadata.version("pakt")
    except metadata.PackageNotFoundError:
        return "source"


def _streams(store: Store, journey: str) -> dict[str, Json]:
    names = (journey_stream(journey), desk_stream(journey))
    with store.read() as session:
        heads = {head.stream: head for head in ledger.heads(session) if head.stream in names}
        return {
            name: {
                "head": {
                    "seq": heads[name].seq if name in heads else 0,
                    "hash": heads[name].hash if name in heads else ledger.NO_HASH,
                },
                "entries": [_entry(entry) for entry in ledger.read(session, name)],
            }
            for name in names
        }


def _entry(entry: ledger.Entry) -> Json:
    shown = {name: getattr(entry, name) for name in entry.__dataclass_fields__ if name != "stream"}
    return {**shown, "at": instant_text(entry.at), "recorded_at": instant_text(entry.recorded_at)}


def _editions(runs: Iterable[Json], store: Store) -> Json:
    library = Library(store)
    named: dict[str, dict[str, Json]] = {"book": {}, "calendar": {}, "programme": {}}
    for run in runs:
        for _, _, answer in calls(parsed(run["history"])):
            for kind, found in named.items():
                if answer is not None:
                    edition = {key: answer[kind][key] for key in ("id", "sha256")}
                    found[f"{edition['id']} {edition['sha256']}"] = edition
    ordered = {kind: [found[key] for key in sorted(found)] for kind, found in named.items()}
    return {
        "books": [{**entry, **_own_document(entry, library)} for entry in ordered["book"]],
        "calendars": [{**entry, **_own_calendar(entry, store)} for entry in ordered["calendar"]],
        "programmes": [{**entry, "text": _programme_text(entry["sha256"])} for entry in ordered["programme"]],
    }


def _own_document(entry: Json, library: Library) -> Json:
    """The document of a book that no release carries; the others come with every later release."""
    edition = Edition.model_validate(entry)
    if any(released.edition == edition for released in released_books()):
        return {}
    return {"text": library.document(edition.id)} if library.edition(edition.id) == edition else {}


def _own_calendar(entry: Json, store: Store) -> Json:
    """The document of a calendar with closure days; the published ones come with every later release."""
    with store.read() as session:
        text = closures.document(session, Edition.model_validate(entry))
    return {} if text is None else {"text": text}


def _programme_text(wanted: str) -> str | None:
    """The published file with this hash, as it stands in the package."""
    for file in sorted(files("domain").joinpath("programmes").iterdir(), key=lambda one: one.name):
        if file.is_file() and sha256(raw := file.read_bytes()) == wanted:
            return raw.decode("utf-8")
    return None


def _refuse_needles(store: Store, journey: str, content: dict[str, Any]) -> None:
    identity = participants.identity(store, journey)
    field = find_needle(identity, {"runs": content["runs"], "streams": content["streams"]})
    if field is not None:
        raise NotPermitted("bundle_names_a_person", field=field, remedy="report this: a name left its place")
