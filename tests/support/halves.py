"""The suite in two halves side by side, one for each core: `python -m tests.support.halves [pytest options]`.

What mostly computes runs beside what starts servers and browsers, so that both last about as long.
With a path among the options pytest runs alone.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMPUTING = ("tests/unit", "tests/house", "tests/store", "tests/web", "tests/audit")
_PYTEST = (sys.executable, "-m", "pytest", "-m", "not proof")
NOTHING_COLLECTED = 5


def names_a_path(options: list[str]) -> bool:
    """True if somebody asked for certain tests."""
    return any(not o.startswith("-") and (ROOT / o.partition("::")[0]).exists() for o in options)


def halves(options: list[str]) -> tuple[list[str], list[str]]:
    """The two command lines: what only computes, and all the rest."""
    others = [f"--ignore={path}" for path in COMPUTING]
    return [*_PYTEST, *options, *COMPUTING], [*_PYTEST, *options, *others]


def together(options: list[str]) -> int:
    """Run both halves at once; the computing one is told when both are done. The answer is the worse of the two."""
    computing, serving = halves(options)
    with tempfile.TemporaryFile("w+") as told:
        beside = subprocess.Popen(computing, cwd=ROOT, stdout=told, stderr=subprocess.STDOUT)
        first = subprocess.run(serving, cwd=ROOT, check=False).returncode
        second = beside.wait()
        told.seek(0)
        sys.stdout.write(told.read())
    answers = {first, second} - {NOTHING_COLLECTED}
    return max(answers, default=NOTHING_COLLECTED)


def main(options: list[str]) -> int:
    """Run what was asked for."""
    if names_a_path(options):
        return subprocess.run([*_PYTEST, *options], cwd=ROOT, check=False).returncode
    return together(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
