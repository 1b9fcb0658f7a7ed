"""Who may import whom: the contracts hold, and each kind of breach is caught."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("domain", "rules", "workflows", "activities", "store", "gateway", "notices", "audit", "web", "ops")


def broken(home: Path) -> str:
    """What the linter says of a tree; empty if every contract is kept."""
    script = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", script, "--no-cache", "--config", str(home / "pyproject.toml")],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        env={"PYTHONPATH": str(home), "PATH": "/usr/bin:/bin"},
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_every_room_keeps_to_its_neighbours() -> None:
    assert broken(ROOT) == ""


@pytest.mark.parametrize(
    ("file", "breach", "contract"),
    [
        ("domain/ids.py", "import sqlmodel", "domain knows nobody"),
        ("rules/book.py", "import store.ids", "rules know the domain only"),
        ("workflows/journey.py", "import store.ids", "workflows know the domain only"),
        ("store/ids.py", "import temporalio", "the store and the notices know the domain only"),
        ("audit/chain.py", "import gateway.relay", "the audit changes nothing"),
        ("web/words.py", "import activities.decide", "pages reach journeys through the gateway alone"),
        ("web/words.py", "import durable_rules_engine", "only the rules' engine loads durable-rules"),
        ("web/words.py", "import temporalio.client", "only the gateway, the workers"),
    ],
)
def test_a_breach_is_named(tmp_path: Path, file: str, breach: str, contract: str) -> None:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / file).open("a") as stream:
        stream.write(f"\n{breach}\n")
    said = " ".join(broken(tmp_path).split())
    assert re.search(rf"{re.escape(contract)}(?:(?!KEPT|BROKEN).)*BROKEN", said), said
