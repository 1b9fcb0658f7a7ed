"""The only audit code that talks to Temporal: whole histories of all runs, and their archive."""

import hashlib
from dataclasses import dataclass

from google.protobuf import json_format
from google.protobuf.message import DecodeError
from temporalio.api.history.v1 import History
from temporalio.client import Client
from temporalio.converter import DataConverter, WorkflowSerializationContext
from temporalio.service import RPCError, RPCStatusCode

from audit.histories import Decoder, closed, previous_run, run_id, successor
from domain.errors import Permanent, Transient
from domain.ids import NAMESPACE, workflow_id
from store import archive
from store.database import Store

_GONE = (RPCStatusCode.NOT_FOUND, RPCStatusCode.INVALID_ARGUMENT)
_AWAY = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED)


@dataclass(frozen=True)
class Original:
    """A run as the server keeps it: payloads encrypted, and the hash of exactly these bytes."""

    run: str
    history: History
    sha256: str


def original(history: History) -> Original:
    """The history with the hash of its bytes, as an archive keeps it."""
    return Original(run_id(history), history, hashlib.sha256(_bytes(history)).hexdigest())


def _bytes(history: History) -> bytes:
    return history.SerializeToString(deterministic=True)


async def runs(store: Store, client: Client | None, journey: str) -> list[Original]:
    """Every run of a journey, first to last; from the server where it still has them, else from the archive.

    Raises:
        Permanent: a run is neither here nor there; `Transient` if the journey has not begun yet.
    """
    kept = archived(store, journey)
    chain: list[Original] = []
    wanted = (await _latest(client, journey) if client is not None else None) or _last_kept(kept)
    while wanted is not None:
        chain.insert(0, wanted)
        before = previous_run(wanted.history)
        wanted = (kept.get(before) or await _fetched(client, journey, before)) if before else None
    if not chain:
        raise Transient("no_runs_yet", journey=journey, remedy=_remedy(client))
    return chain


def _last_kept(kept: dict[str, Original]) -> Original | None:
    continued = {previous_run(entry.history) for entry in kept.values()}
    last = [entry for run, entry in kept.items() if run not in continued]
    if len(last) > 1:
        raise Permanent(
            "run_missing", runs=", ".join(sorted(entry.run for entry in last)), remedy=_remedy(None)
        )
    after = successor(last[0].history) if last else None
    if after is not None:
        raise Permanent("run_missing", run=after, remedy=_remedy(None))
    return last[0] if last else None


def _remedy(client: Client | None) -> str:
    return "start the services and export again" if client is None else "restore it from a backup"


async def _latest(client: Client, journey: str) -> Original | None:
    try:
        return await _fetched(client, journey, None)
    except Permanent as error:
        if error.code == "run_missing":
            return None
        raise


async def _fetched(client: Client | None, journey: str, run: str | None) -> Original:
    if client is None:
        raise Permanent("run_missing", run=run or "", remedy=_remedy(None))
    handle = client.get_workflow_handle(workflow_id(journey), run_id=run)
    try:
        found = await handle.fetch_history()
    except RPCError as error:
        if error.status in _GONE:
            raise Permanent("run_missing", run=run or "latest", remedy=_remedy(client)) from error
        if error.status in _AWAY:
            raise Transient("temporal_away") from error
        raise Permanent("temporal_refuses", status=error.status.name) from error
    return original(History(events=found.events))


def archived(store: Store, journey: str) -> dict[str, Original]:
    """The archived runs of a journey by their id; one whose bytes do not have their hash raises."""
    with store.read() as session:
        return {
            row.run_id: Original(
                row.run_id, _unpacked(archive.history(session, store, row.run_id), row.run_id), row.sha256
            )
            for row in archive.runs_of(session, journey)
        }


def _unpacked(raw: bytes, run: str) -> History:
    try:
        return json_format.Parse(raw, History()) if raw.startswith(b"{") else History.FromString(raw)
    except (DecodeError, json_format.ParseError) as error:
        raise Permanent("archive_unreadable", run=run) from error


async def archive_missing(store: Store, client: Client, journey: str) -> int:
    """Seal every closed run that is not archived yet with the journey's key; say how many that were."""
    found = [entry for entry in await runs(store, client, journey) if closed(entry.history)]
    with store.write() as session:
        kept = {row.run_id for row in archive.runs_of(session, journey)}
        new = [entry for entry in found if entry.run not in kept]
        for entry in new:
            after = successor(entry.history)
            raw = _bytes(entry.history)
            archive.put(session, store, entry.run, journey=journey, history=raw, successor=after)
    return len(new)


def decoder(converter: DataConverter, journey: str) -> Decoder | None:
    """The converter's codec as it works for this journey, or None where payloads are not encoded."""
    context = WorkflowSerializationContext(namespace=NAMESPACE, workflow_id=workflow_id(journey))
    return converter.with_context(context).payload_codec
