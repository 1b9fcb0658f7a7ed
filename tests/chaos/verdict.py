"""What must be true after any fault: asked of the independent checker, of the ledger, and of every history."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

from sqlmodel import select
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from ops.codec import data_converter
from store import ledger
from store.tables import LedgerRow, NoticeRow
from tests.chaos.site import Site
from tests.oracle.export import Export
from tests.oracle.notices import check
from worker import runner
from workflows.journey import Journey
from workflows.office import Office
from workflows.sweeper import Sweeper

INSTANTS = ("send_at", "settled_at", "claimed_at", "foreseen_at")
Row = dict[str, Any]


async def broken(site: Site, *, until: date, grace_days: int = 1) -> list[str]:
    """Every broken promise as one line; an empty list means that the faults left no trace that matters."""
    exported = export(site, until=until, grace_days=grace_days)
    unreplayed = [line async for line in replayed_wrong(site)]
    return [*check(exported), *chains_broken(site), *mails_wrong(site), *unreplayed]


def export(site: Site, *, until: date, grace_days: int = 1) -> Export:
    """The rows of this house as the checker wants them."""
    with site.store.read() as session:
        notices = [_notice(row) for row in session.exec(select(NoticeRow))]
        positions = session.exec(select(LedgerRow.stream, LedgerRow.seq)).all()
        journeys: list[Row] = [
            {"journey": one, "events": [e.body for e in ledger.read(session, f"journey/{one}")]}
            for one in site.stage.shift_s
        ]
    return Export(
        until=until,
        journeys=journeys,
        notices=notices,
        mails=[{"message_id": taken.message_id} for taken in site.mail.taken],
        ledger=[{"stream": stream, "seq": seq} for stream, seq in positions],
        commands=site.acknowledged,
        grace_days=grace_days,
    )


def _notice(row: NoticeRow) -> Row:
    instants = {name: value.isoformat() for name in INSTANTS if (value := getattr(row, name)) is not None}
    return {**row.model_dump(mode="json"), **instants}


def chains_broken(site: Site) -> list[str]:
    """Streams that do not verify."""
    with site.store.read() as session:
        found = [ledger.verify(session, stream) for stream in ledger.streams(session)]
    return [f"ledger {bad.stream} #{bad.seq}: {bad.reason}" for bad in found if bad is not None]


def mails_wrong(site: Site) -> list[str]:
    """A sent notice without a mail, and copies that nobody was told of; copies share their Message-ID."""
    copies = Counter(taken.message_id for taken in site.mail.taken)
    with site.store.read() as session:
        rows = session.exec(select(NoticeRow).where(NoticeRow.channel == "email")).all()
    lines = [
        f"{row.id}: sent, and no mail" for row in rows if row.state == "sent" and not copies[row.message_id]
    ]
    unflagged = [row for row in rows if copies[row.message_id] > 1 and not row.possible_duplicate]
    return lines + [f"{row.id}: {copies[row.message_id]} mails, and no word of it" for row in unflagged]


async def replayed_wrong(site: Site) -> AsyncIterator[str]:
    """Runs whose history the shipped workflows do not tell again."""
    replayer = Replayer(
        workflows=[Journey, Office, Sweeper],
        workflow_runner=runner(),
        data_converter=data_converter(site.store.keys),
    )
    runs = 0
    async with replayer.workflow_replay_iterator(_histories(site)) as results:
        async for result in results:
            runs += 1
            if result.replay_failure is not None:
                yield f"replay {result.history.workflow_id}: {type(result.replay_failure).__name__}"
    if runs < len(site.stage.shift_s):
        yield f"replay: only {runs} histories of {len(site.stage.shift_s)} journeys"


async def _histories(site: Site) -> AsyncIterator[WorkflowHistory]:
    async for run in site.stage.client.list_workflows():
        yield await site.stage.client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history()
