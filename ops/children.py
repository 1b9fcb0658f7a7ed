"""Child processes that never outlive their parent, not even one that is killed."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND
_libc = ctypes.CDLL(None, use_errno=True)


def spawn(
    argv: Sequence[str],
    *,
    output: Path | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in its own process group that the kernel kills when the calling thread ends.

    Call it from a thread that lives as long as the child should: the kernel watches that thread.
    """
    parent = os.getpid()

    def bind_to_parent() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and here
            os._exit(1)

    sink = (
        subprocess.DEVNULL
        if output is None
        else os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    )
    try:
        return subprocess.Popen(  # noqa: S603 - the callers name fixed programs
            list(argv),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=bind_to_parent,  # noqa: PLW1509 - one system call through a library loaded before the fork
        )
    finally:
        if output is not None:
            os.close(sink)


def signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal the child and everything it has started; a group that is gone already is fine."""
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return


def end(child: subprocess.Popen[bytes], *, patience_s: float = 8.0) -> int:
    """Ask the child to end, insist after `patience_s`, and leave nothing of its group behind."""
    if child.poll() is None:
        signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + patience_s
        while child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
    signal_group(child, signal.SIGKILL)
    return child.wait()
