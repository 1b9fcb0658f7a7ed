"""Check an exported run: `python -m tests.oracle.check FILE` prints the broken invariants as one JSON list.

Exit 0 if the list is empty, 1 if it is not, 2 if the file is no export.
"""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from tests.oracle.export import Export
from tests.oracle.notices import check

BAD_INPUT = 2


def read(document: dict[str, Any]) -> Export:
    """The export that a JSON document describes; its keys are the fields of `Export`."""
    known = {key: document[key] for key in Export.__dataclass_fields__ if key in document}
    return Export(**{**known, "until": date.fromisoformat(document["until"])})


def main(arguments: list[str]) -> int:
    """Read, check, print."""
    try:
        export = read(json.loads(Path(arguments[0]).read_text("utf-8")))
    except (IndexError, OSError, ValueError, KeyError, TypeError) as wrong:
        sys.stderr.write(f"no export of a run: {type(wrong).__name__}\n")
        return BAD_INPUT
    broken = check(export)
    sys.stdout.write(json.dumps(broken, indent=1, ensure_ascii=False) + "\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
