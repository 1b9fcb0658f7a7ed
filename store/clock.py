"""Business time: real time, moved on by the demo's clock where there is one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from sqlmodel import Session

from domain.errors import InvalidInput, Refusal
from store.database import Store
from store.tables import ClockRow


@dataclass(frozen=True)
class ClockState:
    """Where the clock stands; `moving_to` is set while a move is under way."""

    offset_s: int
    moving_to: datetime | None = None
    started_at: datetime | None = None
    progress: int = 0

    @property
    def offset_after_s(self) -> int:
        """The offset once the move is finished: fixed when it begins, also if interrupted."""
        if self.moving_to is None or self.started_at is None:
            return self.offset_s
        return ceil((self.moving_to - self.started_at).total_seconds())


def state(source: Session | Store) -> ClockState:
    """Where the clock stands; without a row, business time is real time."""
    if isinstance(source, Store):
        with source.read() as session:
            return state(session)
    row = source.get(ClockRow, 1)
    return ClockState(row.offset_s, row.moving_to, row.started_at, row.progress) if row else ClockState(0)


def offset_s(source: Session | Store) -> int:
    """Seconds that business time is ahead of real time."""
    return state(source).offset_s


def now(source: Session | Store) -> datetime:
    """The business instant, aware and in UTC."""
    return datetime.now(UTC) + timedelta(seconds=offset_s(source))


def real() -> datetime:
    """The real instant, for where there is no installation whose clock could be asked."""
    return datetime.now(UTC)


def begin_move(session: Session, target: datetime) -> ClockState:
    """Begin to move to a target instant; the same target again continues, another one is refused."""
    row = _row(session)
    if row.moving_to is not None:
        if row.moving_to != target:
            raise Refusal("clock_moving")
        return state(session)
    if target <= now(session):
        raise InvalidInput("clock_backwards", field="target")
    row.moving_to, row.started_at, row.progress = target, datetime.now(UTC), 0
    session.add(row)
    session.flush()
    return state(session)


def note_progress(session: Session, done: int) -> None:
    """Say how many journeys have arrived."""
    row = _row(session)
    row.progress = done
    session.add(row)


def finish_move(session: Session) -> ClockState:
    """End the move: from now on business time has reached the target."""
    row = _row(session)
    row.offset_s = state(session).offset_after_s
    row.moving_to = row.started_at = None
    row.progress = 0
    session.add(row)
    session.flush()
    return state(session)


def set_to(session: Session, instant: datetime) -> ClockState:
    """Let business time be this instant now: for a fresh data directory, before anything was recorded."""
    row = _row(session)
    row.offset_s = ceil((instant - datetime.now(UTC)).total_seconds())
    session.add(row)
    session.flush()
    return state(session)


def _row(session: Session) -> ClockRow:
    row = session.get(ClockRow, 1, with_for_update=True)
    if row is None:
        row = ClockRow(id=1)
        session.add(row)
        session.flush()
    return row
