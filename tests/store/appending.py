"""One process of the race for a stream: `python -m tests.store.appending URL STREAM COUNT`."""

import sys
from datetime import UTC, datetime

from store import ledger
from store.database import open_store
from tests.support.stores import MASTER_KEY


def main(url: str, stream: str, count: int) -> None:
    """Append entries one transaction at a time."""
    store = open_store(url, MASTER_KEY)
    for number in range(count):
        with store.write() as session:
            ledger.append(
                session,
                stream,
                office="off_testhausen",
                at=datetime(2027, 1, 4, 8, tzinfo=UTC),
                actor="usr_" + "0" * 32,
                type="race",
                body={"number": number},
            )
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
