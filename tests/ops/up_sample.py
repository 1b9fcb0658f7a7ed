"""`pakt up` with parts that are easy to hurt: `up_sample.py DATA_DIR [part …]`."""

import sys
from pathlib import Path

from domain.errors import PaktError
from ops import exit as leaving
from ops import up
from ops.command_line import exit_code
from ops.console import refuse
from ops.settings import Settings
from ops.supervisor import Part

SLEEP = "import time; time.sleep(600)"
SCRIPTS = {
    "steady": SLEEP,
    "parent": f"import subprocess as s, sys; s.Popen([sys.executable, '-c', {SLEEP!r}, sys.argv[1]]); {SLEEP}",
    "stubborn": f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}",
    "dying": "print('cannot find the thing'); raise SystemExit(7)",
}


def table(settings: Settings) -> tuple[Part, ...]:
    """The wanted parts; each carries the data directory in its command line, so that it can be found."""
    home = str(settings.data_dir)
    return tuple(Part(name, (sys.executable, "-c", SCRIPTS[name], home)) for name in sys.argv[2:])


if __name__ == "__main__":
    try:
        code = up.run(data_dir=Path(sys.argv[1]), port=None, demo=False, table=table)
    except PaktError as refused:
        refuse(refused)
        code = exit_code(refused)
    leaving.leave(code)
