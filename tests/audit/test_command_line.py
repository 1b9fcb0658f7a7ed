"""`pakt audit`: exit codes 0, 1 and 2, one JSON document, and one clear line for bad input."""

import io
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from audit.cli import Services, run
from audit.format import MARK
from ops.codec import data_converter
from tests.audit.altering import rewritten, stream_of
from tests.audit.conftest import Lived

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/replay/golden/0.1.0-half-a-year.json"


def told(*argv: str, lived: Lived | None = None) -> tuple[int, str]:
    @asynccontextmanager
    async def services() -> AsyncIterator[Services]:
        assert lived is not None, "only an export opens services"
        yield Services(store=lived.store, converter=data_converter(lived.store.keys))

    out = io.StringIO()
    return run(argv, open_services=services, out=out), out.getvalue()


def pakt(*argv: str) -> "subprocess.CompletedProcess[str]":
    words = [sys.executable, "-m", "ops.command_line", "audit", *argv]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)


def test_export_works_while_the_services_are_stopped(lived: Lived, tmp_path: Path) -> None:
    out = tmp_path / "bundle.json"
    code, said = told("export", lived.journey, "-o", str(out), "--json", lived=lived)
    document = json.loads(said)
    assert (code, document["bundle"]) == (0, str(out))
    assert told("verify", str(out))[0] == 0
    assert out.stat().st_mode & 0o077 == 0


def test_a_sealed_bundle_opens_with_its_passphrase_only(lived: Lived, tmp_path: Path) -> None:
    out, right, wrong = tmp_path / "sealed", tmp_path / "right", tmp_path / "wrong"
    right.write_text("correct horse battery\n")
    wrong.write_text("incorrect horse battery\n")
    sealed = ("--passphrase-file", str(right))

    assert told("export", lived.journey, "-o", str(out), *sealed, lived=lived)[0] == 0
    assert MARK not in out.read_bytes()
    assert told("verify", str(out), *sealed)[0] == 0
    assert told("verify", str(out))[0] == 2
    assert told("verify", str(out), "--passphrase-file", str(wrong))[0] == 2
    torn = bytearray(out.read_bytes())
    torn[len(torn) // 2] ^= 1
    out.write_bytes(torn)
    assert told("verify", str(out), *sealed)[0] == 2


def test_a_short_passphrase_is_refused_and_nothing_is_written(lived: Lived, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("abc")
    out = tmp_path / "out"
    words = ("export", lived.journey, "-o", str(out), "--passphrase-file", str(short))
    assert told(*words, lived=lived)[0] == 2
    assert not out.exists()


def test_verify_says_no_to_an_altered_bundle_and_names_the_entry(lived: Lived, tmp_path: Path) -> None:
    content = json.loads(lived.bundle)
    name, entries = stream_of(content)
    entries[2]["actor"] = "usr_" + "1" * 32
    altered = tmp_path / "altered.json"
    altered.write_bytes(rewritten(content))

    code, said = told("verify", str(altered), "--json")

    document = json.loads(said)
    assert (code, document["ok"]) == (1, False)
    assert (document["first_bad"]["stream"], document["first_bad"]["seq"]) == (name, 3)
    assert "entry 3" in told("verify", str(altered))[1]


def test_replay_answers_in_the_agreed_words() -> None:
    done = pakt("replay", str(GOLDEN), "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert set(document) >= {"ok", "runs", "commands_compared", "decisions_reevaluated", "differences"}


@pytest.mark.parametrize("task", ["verify", "replay"])
@pytest.mark.parametrize("content", [None, b"", b"\x00\xff", b"{}", b"[1,", b'{"format":"other/1"}'])
def test_bad_input_is_one_clear_line(
    tmp_path: Path, task: str, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "input"
    if content is not None:
        path.write_bytes(content)
    code, said = told(task, str(path))
    error = capsys.readouterr().err
    assert (code, said, error.count("\n")) == (2, "", 1)
    assert "bundle" in error
    assert "Traceback" not in error


def test_replay_of_a_torn_bundle_is_refused_with_the_way_out(lived: Lived, tmp_path: Path) -> None:
    torn = tmp_path / "torn.json"
    torn.write_bytes(lived.bundle[:-200])
    assert told("replay", str(torn))[0] == 2
    assert told("verify", str(torn))[0] == 1


def test_replay_of_an_altered_bundle_says_so_first_and_where_the_code_disagrees(tmp_path: Path) -> None:
    text = GOLDEN.read_text("utf-8")
    altered = tmp_path / "altered.json"
    altered.write_text(text.replace('"acting":true', '"acting":false'), "utf-8")

    done = pakt("replay", str(altered), "--json")

    told_first, *others = json.loads(done.stdout)["differences"]
    assert done.returncode == 1
    assert told_first["what"] == "bundle"
    assert others


@pytest.mark.parametrize("argv", [[], ["frob"], ["verify"], ["export", "jrn_1"]])
def test_wrong_words_are_bad_input(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert told(*argv)[0] == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_five_replays_end_five_times_cleanly() -> None:
    assert [pakt("replay", str(GOLDEN)).returncode for _ in range(5)] == [0] * 5


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_thirty_replays_end_thirty_times_cleanly() -> None:
    assert [pakt("replay", str(GOLDEN)).returncode for _ in range(30)] == [0] * 30
