"""`pakt simulate …`: synthetic lives on parts of their own, away from any installation."""

from pathlib import Path

from ops import logging
from ops.simulate import cli


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:  # noqa: ARG001 - it lives in a place of its own
    """Simulate; workers run in this process, so its log needs what a worker's log needs."""
    logging.configure("simulate", screen=False)
    return cli.run([*argv, *(["--json"] if as_json else [])])
