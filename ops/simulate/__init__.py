"""Synthetic people live through the programme on the real parts, in virtual time; same seed, same lives."""

import os
from collections.abc import Sequence
from pathlib import Path


def run(words: Sequence[str], *, data_dir: Path, as_json: bool) -> int:  # noqa: ARG001 - leaves it alone
    """`pakt simulate` from the shell; it plays in a directory of its own and never touches `data_dir`."""
    from ops import logging  # noqa: PLC0415 - the shell lists its rooms without loading them
    from ops.simulate import cli  # noqa: PLC0415

    # The shell configures its logs without Temporal; here workers run, whose core must not print by itself.
    logging.configure("simulate", screen=bool(os.environ.get("PAKT_LOG")))
    return cli.run([*words, *(("--json",) if as_json else ())])
