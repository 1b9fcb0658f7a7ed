"""Keeps the parts of an installation alive, or says which one cannot live; never a half-dead system."""

import json
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ops import children, logging

DEATHS_AT_MOST = 5
DEATHS_WITHIN_S = 60.0
YOUNG_S = 30.0
BACKOFF_S = (0.1, 0.5, 1.0, 2.0, 4.0)
READY_WITHIN_S = 60.0
LAST_LINES = 12
_LOOK_S = 0.05
log = logging.logger("supervisor")


@dataclass(frozen=True)
class Part:
    """One process: how to start it, how to see that it serves, and what runs in it."""

    name: str
    argv: tuple[str, ...]
    ready: Callable[[], bool] = lambda: True


class PartFailureError(Exception):
    """A part that does not come up or keeps dying; carries the end of what it wrote."""

    def __init__(self, name: str, why: str, last_lines: Sequence[str]) -> None:
        """Name the part and keep its last words."""
        super().__init__(name, why)
        self.name, self.why, self.last_lines = name, why, tuple(last_lines)


@dataclass
class _Running:
    part: Part
    child: subprocess.Popen[bytes]
    born: float = field(default_factory=time.monotonic)
    young_deaths: int = 0
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=DEATHS_AT_MOST))
    again_at: float | None = None


class Supervisor:
    """Starts parts in order, restarts what dies, ends all in the opposite order.

    All methods but `stop` belong to one thread: the kernel ends the children with the thread that made them.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        logs: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        on_death: Callable[[str, int], None] = lambda _name, _code: None,
    ) -> None:
        """Nothing starts yet; each part's output will stand in `logs/<name>.out`."""
        self._on_death = on_death
        self._parts, self._logs, self._env, self._cwd = tuple(parts), logs, env, cwd
        self._running: list[_Running] = []
        self._stop = threading.Event()
        logs.mkdir(parents=True, exist_ok=True, mode=0o700)

    def stop(self) -> None:
        """Ask `watch` and a waiting `start` to end; may be called from a signal handler."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """True once somebody has asked to end."""
        return self._stop.is_set()

    def pids(self) -> dict[str, int]:
        """The process of each part."""
        return {running.part.name: running.child.pid for running in self._running}

    def start(self) -> None:
        """Start every part and wait for each to serve, or raise `PartFailureError` with its last lines."""
        for part in self._parts:
            if self.stopping:
                return
            running = _Running(part, self._spawn(part))
            self._running.append(running)
            self._await_ready(running)

    def watch(self) -> None:
        """Restart what dies until asked to stop; raises `PartFailureError` when a part dies too often."""
        while not self._stop.wait(_LOOK_S):
            for running in self._running:
                self._look_after(running)

    def end(self) -> None:
        """End all parts, last started first, and leave no process behind."""
        while self._running:
            children.end(self._running.pop().child)

    def last_lines(self, name: str) -> list[str]:
        """The end of what a part wrote, shortened to what a person needs."""
        try:
            content = (self._logs / f"{name}.out").read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return []
        return [_readable(line) for line in content.splitlines()[-LAST_LINES:]]

    def _spawn(self, part: Part) -> subprocess.Popen[bytes]:
        output = self._logs / f"{part.name}.out"
        return children.spawn(part.argv, output=output, env=self._env, cwd=self._cwd)

    def _await_ready(self, running: _Running) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while not self.stopping:
            self._look_after(running)
            if running.again_at is None and running.part.ready():
                log.info("part_started", part=running.part.name)
                return
            if time.monotonic() > deadline:
                raise self._failure(running, "not_ready")
            self._stop.wait(_LOOK_S)

    def _look_after(self, running: _Running) -> None:
        if running.again_at is not None:
            if time.monotonic() >= running.again_at:
                running.child, running.again_at = self._spawn(running.part), None
                running.born = time.monotonic()
            return
        code = running.child.poll()
        if code is None:
            return
        children.end(running.child)  # what it had started must not live on beside its successor
        self._note_death(running, code)
        self._on_death(running.part.name, code)

    def _note_death(self, running: _Running, code: int) -> None:
        """Set when to try again; a part that dies too often, or never grows old, will not get better."""
        now = time.monotonic()
        running.deaths.append(now)
        running.young_deaths = running.young_deaths + 1 if now - running.born < YOUNG_S else 0
        log.warning("part_died", part=running.part.name, exit_code=code, restarts=len(running.deaths))
        often = len(running.deaths) == DEATHS_AT_MOST and now - running.deaths[0] < DEATHS_WITHIN_S
        if often or running.young_deaths == DEATHS_AT_MOST:
            raise self._failure(running, "keeps_dying")
        recent = sum(1 for death in running.deaths if now - death < DEATHS_WITHIN_S)
        running.again_at = now + BACKOFF_S[min(recent, len(BACKOFF_S)) - 1]

    def _failure(self, running: _Running, why: str) -> PartFailureError:
        return PartFailureError(running.part.name, why, self.last_lines(running.part.name))


def _readable(line: str) -> str:
    """A log line without its machinery; other output as it is."""
    try:
        content = json.loads(line)
    except ValueError:
        return line
    if not isinstance(content, dict):
        return line
    shown = ("event", "error", "code", "where", "part", "exit_code", "reason")
    return " ".join(str(content[key]) for key in shown if key in content)
