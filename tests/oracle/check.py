"""`python -m tests.oracle.check EXPORT.json`: every broken invariant of an exported run, as a JSON list.

Exit code 0: the run was right; 1: it was not.
"""

import json
import sys
from datetime import date
from pathlib import Path

from tests.oracle.export import Export
from tests.oracle.notices import check

FIELDS = ("journeys", "notices", "mails", "ledger", "commands")


def broken(file: Path) -> list[str]:
    """What is broken in an exported run."""
    rows = json.loads(file.read_text("utf-8"))
    given = {name: rows[name] for name in FIELDS if name in rows}
    grace = {"grace_days": rows["grace_days"]} if "grace_days" in rows else {}
    return check(Export(until=date.fromisoformat(rows["until"]), **given, **grace))


if __name__ == "__main__":
    found = broken(Path(sys.argv[1]))
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    sys.exit(1 if found else 0)
