"""The engine in a process of its own: if it dies, the worker lives, and the answer is asked for once more.

The parent never loads the C module. A child that crashes, errs or hangs is replaced; if the same facts bring
down two in a row, their hash is quarantined and a person has to look.
"""

import json
import select
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from domain.errors import PaktError
from rules.plain import Holds
from rules.to_engine import Compilation, Row, definition, held, wire

ROWS_AT_ONCE = 200
ANSWER_WITHIN_S = 10.0
RECYCLE_AFTER = 1_000_000
MOST_BOOKS = 8
_ROOT = str(Path(__file__).resolve().parents[1])
# Each evaluation asks for some hundred kilobytes and gives them back. Without these three the C library returns
# the memory to the system every time, and the page faults cost more than the evaluation.
KEEP_MEMORY = (
    "MALLOC_TRIM_THRESHOLD_=268435456",
    "MALLOC_MMAP_THRESHOLD_=268435456",
    "MALLOC_TOP_PAD_=16777216",
)
_COMMAND = ("/usr/bin/env", *KEEP_MEMORY, sys.executable, "-m", "rules.engine")


class Quarantined(PaktError):
    """These facts brought the engine down twice: nothing is decided on them until a person has looked."""


class _DeathError(Exception):
    """The child crashed, hung or answered with an error."""


class EngineChild:
    """One supervised engine process; safe to share between threads, one evaluation at a time."""

    def __init__(
        self, command: Sequence[str] = _COMMAND, *, answer_within_s: float = ANSWER_WITHIN_S
    ) -> None:
        """Nothing is started before the first question."""
        self._command = tuple(command)
        self._within_s = answer_within_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._sent: set[str] = set()
        self._answered = 0
        self._rest = b""
        self.quarantined: set[str] = set()
        self.started = 0

    def __enter__(self) -> Self:
        """Use as a context, so that no process is left behind."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the child."""
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the running child, or None."""
        return self._process.pid if self._process else None

    def holds(self, book: Compilation, rows: Sequence[Row], facts_sha256: str) -> Holds:
        """The engine's answer; a crash is retried once, then the facts are quarantined."""
        if facts_sha256 in self.quarantined:
            raise Quarantined("quarantined", facts_sha256=facts_sha256, book=book.id)
        with self._lock:
            try:
                return self._twice(book, rows)
            except _DeathError as died:
                self.quarantined.add(facts_sha256)
                raise Quarantined(
                    "engine_died_twice", facts_sha256=facts_sha256, book=book.id, reason=str(died)
                ) from died

    def close(self) -> None:
        """End the child, if there is one; the next question starts another."""
        with self._lock:
            self._stop()

    def _twice(self, book: Compilation, rows: Sequence[Row]) -> Holds:
        try:
            return self._holds(book, rows)
        except _DeathError:
            self._stop()
        try:
            return self._holds(book, rows)
        except _DeathError:
            self._stop()
            raise

    def _holds(self, book: Compilation, rows: Sequence[Row]) -> Holds:
        found: set[tuple[int, int]] = set()
        for offset in range(0, len(rows), ROWS_AT_ONCE):
            part = rows[offset : offset + ROWS_AT_ONCE]
            found |= held(self._ask(book, wire(part)), offset, part)
        return frozenset(found)

    def _ask(self, book: Compilation, facts: str) -> list[Any]:
        if self._answered >= RECYCLE_AFTER:
            self._stop()
        process = self._process or self._start()
        request: dict[str, Any] = {"book": book.sha256, "facts": facts}
        if book.sha256 not in self._sent:
            request |= self._introduction(book)
        answer = self._exchange(process, json.dumps(request).encode() + b"\n")
        if "fired" not in answer:
            raise _DeathError(str(answer.get("error", "no answer")))
        self._sent.add(book.sha256)
        self._answered += 1
        fired: list[Any] = answer["fired"]
        return fired

    def _introduction(self, book: Compilation) -> dict[str, Any]:
        """The book itself, for a child that has not seen it; with too many, it forgets the others."""
        forget = len(self._sent) >= MOST_BOOKS
        if forget:
            self._sent.clear()
        return {"definition": definition(book), "forget": forget}

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module, no shell
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            bufsize=0,
        )
        self._sent.clear()
        self._answered = 0
        self._rest = b""
        self.started += 1
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], line: bytes) -> dict[str, Any]:
        try:
            _write_all(process, line)
            answer: dict[str, Any] = json.loads(self._read_line(process))
        except (OSError, ValueError) as failure:
            raise _DeathError(f"{type(failure).__name__}, exit code {process.poll()}") from failure
        return answer

    def _read_line(self, process: subprocess.Popen[bytes]) -> bytes:
        assert process.stdout is not None  # noqa: S101  opened as a pipe above
        while b"\n" not in self._rest:
            ready, _, _ = select.select([process.stdout], [], [], self._within_s)
            chunk = process.stdout.read(65536) if ready else b""
            if not chunk:
                raise _DeathError(
                    "silent for too long" if not ready else f"gone, exit code {process.wait(5)}"
                )
            self._rest += chunk
        line, _, self._rest = self._rest.partition(b"\n")
        return line

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _write_all(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin is not None  # noqa: S101  opened as a pipe above
    view = memoryview(line)
    while view:
        view = view[process.stdin.write(view) or 0 :]
