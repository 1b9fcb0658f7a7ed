"""One table: how long each activity may take and how often it is tried. Nowhere else is a timeout set."""

from dataclasses import dataclass
from datetime import timedelta

from domain.calls import DECIDE, OFFICE_DAY, SEND_NOTICE, SWEEP
from domain.ids import DECIDE_QUEUE, JOURNEY_QUEUE, NOTICES_QUEUE


@dataclass(frozen=True)
class Policy:
    """The row of one activity; `attempts` 0 means without end."""

    queue: str
    start_to_close: timedelta
    first_pause: timedelta
    longest_pause: timedelta
    attempts: int


POLICIES: dict[str, Policy] = {
    # A decision is never given up: the journey waits until database and rules answer again.
    DECIDE: Policy(DECIDE_QUEUE, timedelta(seconds=60), timedelta(seconds=1), timedelta(seconds=30), 0),
    # The same holds for an office: its day is looked at, however late.
    OFFICE_DAY: Policy(DECIDE_QUEUE, timedelta(seconds=120), timedelta(seconds=1), timedelta(seconds=30), 0),
    # Under time skipping back-off takes no time, so the attempts are bounded; then a third state follows.
    SEND_NOTICE: Policy(NOTICES_QUEUE, timedelta(seconds=90), timedelta(seconds=2), timedelta(seconds=60), 6),
    SWEEP: Policy(JOURNEY_QUEUE, timedelta(minutes=5), timedelta(seconds=5), timedelta(seconds=60), 3),
}
