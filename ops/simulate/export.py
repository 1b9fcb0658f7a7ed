"""What a run left behind, as plain rows: for the structural checks, the hash, and a checker that knows none of us."""

import email
import email.policy
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from domain.calendar import berlin_day
from ops.simulate.traveller import Travelled
from store import ledger
from store.canonical import canonical, sha256
from store.database import Store
from store.tables import LedgerRow, NoticeRow

Row = dict[str, Any]
# Real milliseconds leak into these two: a wake, and what leaves at once, happen when the machine gets to it.
_INSTANTS = ("recorded_at", "send_at")


def export(store: Store, lives: list[Travelled], mails: Path, *, until: date) -> Row:
    """Everything that left its mark: events, notices, mails, ledger positions, acknowledged commands."""
    with store.read() as session:
        journeys = [
            {"journey": life.journey, "events": _events(session, life.journey)}
            for life in sorted(lives, key=lambda life: life.journey)
        ]
        notices = [_notice(row) for row in session.exec(select(NoticeRow).order_by(col(NoticeRow.id)))]
        positions = session.exec(select(LedgerRow.stream, LedgerRow.seq)).all()
    commands = [{"journey": life.journey, "command_id": one} for life in lives for one in life.acknowledged]
    return {
        "until": until.isoformat(),
        "journeys": journeys,
        "notices": notices,
        "mails": caught(mails),
        "ledger": [{"stream": stream, "seq": seq} for stream, seq in sorted(positions)],
        "commands": commands,
    }


def _events(session: Session, journey: str) -> list[Row]:
    return [entry.body or {} for entry in ledger.read(session, f"journey/{journey}")]


def _notice(row: NoticeRow) -> Row:
    fields = row.model_dump(mode="json")
    instants = {key: _text(getattr(row, key)) for key in ("send_at", "settled_at", "foreseen_at")}
    return {**fields, **instants}


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def caught(folder: Path) -> list[Row]:
    """Every message that the catcher holds, as often as it holds it."""
    return [_mail(path) for path in sorted(folder.glob("*.eml"))]


def _mail(path: Path) -> Row:
    head = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return {"message_id": str(head["Message-ID"]).strip("<>"), "date": str(head["Date"])}


def ledger_sha256(journeys: list[Row]) -> str:
    """One hash over what every journey's stream says, in order of stream and sequence.

    Business days stand for instants; salts, keys, runs and the time of writing are no part of it.
    """
    said = [
        [journey["journey"], [_timeless(event) for event in journey["events"]]]
        for journey in sorted(journeys, key=lambda one: str(one["journey"]))
    ]
    return sha256(canonical(said))


def _timeless(event: Row) -> Row:
    return {key: _by_day(key, value) for key, value in event.items()}


def _by_day(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return _timeless(value)
    if key in _INSTANTS and isinstance(value, str):
        return berlin_day(datetime.fromisoformat(value)).isoformat()
    return value
