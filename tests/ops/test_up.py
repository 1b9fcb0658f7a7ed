"""`pakt up`: what dies comes back or the whole says why; whatever ends it, no process stays behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ops import ports

SAMPLE = Path(__file__).with_name("up_sample.py")
ROOT = SAMPLE.parents[2]
PATIENCE_S = 20


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, f"waited too long until {what}"
        time.sleep(0.05)


def living(mark: str) -> dict[int, str]:
    """Every process whose command line names `mark` as an argument, or a path below it."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = (entry / "cmdline").read_bytes().decode().split("\0")
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if state != "Z" and any(word == mark or word.startswith(mark + "/") for word in words):
                found[int(entry.name)] = " ".join(words)
    return found


class Up:
    """One `pakt up` with sample parts."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.process: subprocess.Popen[str] | None = None

    def start(self, *parts: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(SAMPLE), str(self.home), *parts]
        env = {"PYTHONPATH": str(ROOT), "PAKT_LANGUAGE": "en"}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env, cwd=ROOT)
        return self.process

    def parts(self) -> dict[int, str]:
        own = self.process.pid if self.process else 0
        return {pid: words for pid, words in living(str(self.home)).items() if pid != own}

    def wait_for(self, count: int) -> dict[int, str]:
        log = self.home / "logs" / "up.log"
        until(lambda: log.exists() and "all_started" in log.read_text(), "all parts are there")
        until(lambda: len(self.parts()) == count, f"{count} processes run")
        return self.parts()


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    sample = Up(tmp_path / "home")
    yield sample
    for pid in living(str(sample.home)):
        os.kill(pid, signal.SIGKILL)
    if sample.process is not None:
        sample.process.communicate()


def test_ctrl_c_ends_every_process_even_a_stubborn_one_and_grandchildren(up: Up) -> None:
    process = up.start("steady", "parent", "stubborn")
    up.wait_for(4)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert "http://localhost:" in out
    assert living(str(up.home)) == {}


def test_a_killed_supervisor_takes_its_parts_with_it(up: Up) -> None:
    process = up.start("steady", "stubborn")
    up.wait_for(2)
    process.kill()
    process.communicate()
    until(lambda: living(str(up.home)) == {}, "no process is left")


def test_a_dead_part_comes_back_and_the_others_stay(up: Up) -> None:
    up.start("steady", "stubborn")
    before = up.wait_for(2)
    victim, other = sorted(before)
    os.kill(victim, signal.SIGKILL)
    until(lambda: victim not in up.parts() and len(up.parts()) == 2, "it is back")
    assert other in up.parts()


def test_what_a_dead_part_had_started_does_not_live_on_beside_its_successor(up: Up) -> None:
    up.start("parent")
    before = up.wait_for(2)
    os.kill(min(before), signal.SIGKILL)
    until(lambda: len(up.parts()) == 2 and not set(before) & set(up.parts()), "both are new")


def test_a_part_that_keeps_dying_ends_the_whole_with_its_last_words(up: Up) -> None:
    process = up.start("steady", "dying")
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 1
    assert "“dying” keeps dying" in err
    assert "cannot find the thing" in err
    assert living(str(up.home)) == {}


def test_a_second_up_on_the_same_directory_is_refused_and_hurts_nobody(up: Up) -> None:
    first = up.start("steady")
    before = up.wait_for(1)
    command = [sys.executable, str(SAMPLE), str(up.home), "steady"]
    second = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}
    )
    assert second.returncode == 1
    assert str(first.pid) in second.stderr
    assert "läuft Pakt schon" in second.stderr
    assert second.stderr.count("\n") == 1
    assert up.parts() == before


def test_a_second_start_keeps_the_key_and_the_data(up: Up) -> None:
    kept = []
    for _ in range(2):
        process = up.start("steady")
        up.wait_for(1)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)
        kept.append(((up.home / "master.key").read_text(), (up.home / "pakt.sqlite").stat().st_ino))
        (up.home / "logs" / "up.log").unlink()
    assert kept[0] == kept[1]


def test_an_installation_takes_a_port_of_its_own_for_each_part(up: Up) -> None:
    up.start("steady")
    up.wait_for(1)
    chosen = json.loads((up.home / "settings.json").read_text())
    temporal = int(chosen["temporal_address"].split(":")[1])
    assert len({chosen["desk_port"], chosen["smtp_port"], temporal}) == 3


def test_a_free_port_is_found_where_the_usual_one_is_taken() -> None:
    usual = ports.free_port()
    assert ports.free_port(usual) == usual
    with socket.socket() as holder:
        holder.bind((ports.LOOPBACK, usual))
        holder.listen()
        assert ports.free_port(usual) != usual
    assert ports.free_port(usual, taken=frozenset({usual})) != usual
