"""Pin the wire contracts anew: `python -m tests.house.pin_wire`, after the change is in docs/contracts.md."""

import json
import sys
from pathlib import Path

from tests.house.wire import breaking, differences, wire

PINNED = Path(__file__).with_name("wire.json")
EVEN_SO = "--even-though-it-breaks"


def pin(arguments: list[str]) -> int:
    """Write wire.json; a breaking change is refused unless it is demanded by name."""
    now = wire()
    found = differences(json.loads(PINNED.read_text("utf-8")), now) if PINNED.exists() else []
    sys.stdout.writelines(f"{line}\n" for line in found)
    if breaking(found) and EVEN_SO not in arguments:
        sys.stderr.write(f"This breaks stored histories. To pin it all the same: {EVEN_SO}\n")
        return 1
    PINNED.write_text(json.dumps(now, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(pin(sys.argv[1:]))
