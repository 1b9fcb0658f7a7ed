"""The durable-rules engine, driven as measurements allow: this is the only file that loads it.

Its C module is called directly. Every batch has a sentinel, so none is empty and something always fires;
sessions are fresh and deleted after each batch; ids are small and consecutive; only bounded integers go in.

Run as a program it serves one parent over a pipe: a JSON line in, a JSON line out, until the pipe closes.
"""

import json
import signal
import sys
import threading
from itertools import count
from typing import Any

import durable_rules_engine as c_engine

SENTINEL = 9999
MOST_FACTS = 200
_SESSION = "0"
_HANDLED, _NOT_HANDLED = 0, 1
_LIMIT = 2**31
_names = count()

Fired = list[tuple[str, int]]


class EngineRefusedError(RuntimeError):
    """The engine answered with an error, or was asked what the proven subset does not allow."""


class DurableEngine:
    """One ruleset in the C engine; a lock keeps it to one evaluation at a time."""

    def __init__(self, definition: str) -> None:
        """Compile the ruleset and let the sentinel fire once, before any session is deleted."""
        self._lock = threading.Lock()
        self._handle = c_engine.create_ruleset(f"pakt{next(_names)}", definition)
        self.fired([])

    def fired(self, facts: list[dict[str, int]]) -> Fired:
        """Which rule fired for which fact id, in a fixed order; ids run from 1."""
        if len(facts) > MOST_FACTS:
            raise EngineRefusedError(f"at most {MOST_FACTS} facts at once, got {len(facts)}")
        _check(facts)
        batch = [{"id": 0, "t": SENTINEL}, *facts]
        with self._lock:
            code, state = c_engine.assert_facts(self._handle, json.dumps(batch))
            if code not in (_HANDLED, _NOT_HANDLED):
                raise EngineRefusedError(f"assert_facts answered {code}")
            try:
                return sorted(self._collect(state))
            finally:
                c_engine.delete_state(self._handle, _SESSION)

    def _collect(self, state: int) -> Fired:
        found: Fired = []
        started = c_engine.start_action_for_state(self._handle, state)
        message = started[1] if started else None
        while message:
            for rule, matches in json.loads(message).items():
                found.extend((rule, _id_of(match)) for match in _as_list(matches))
            message = c_engine.complete_and_start_action(self._handle, state)
        if ("sentinel", 0) not in found:
            raise EngineRefusedError("the sentinel did not fire")
        return [pair for pair in found if pair[1] != 0]

    def close(self) -> None:
        """Give the ruleset back."""
        c_engine.delete_ruleset(self._handle)


def _check(facts: list[dict[str, int]]) -> None:
    """Refuse whatever the engine is known to get wrong, before it gets it."""
    for expected, fact in enumerate(facts, start=1):
        if fact.get("id") != expected or "t" not in fact:
            raise EngineRefusedError("ids must run from 1 and every fact needs its type")
        if any(type(value) is not int or abs(value) >= _LIMIT for value in fact.values()):
            raise EngineRefusedError("only bounded integers may reach the engine")


def _as_list(matches: Any) -> list[Any]:
    return matches if isinstance(matches, list) else [matches]


def _id_of(match: dict[str, Any]) -> int:
    fact = match.get("m", match)
    return int(fact["id"])


def serve() -> None:
    """Answer one parent until it closes the pipe; a ruleset is kept for each book that it sends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    engines: dict[str, DurableEngine] = {}
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(engines, json.loads(line))) + "\n")
        sys.stdout.flush()


def _answer(engines: dict[str, DurableEngine], request: dict[str, Any]) -> dict[str, Any]:
    book = request["book"]
    try:
        if book not in engines:
            engines[book] = DurableEngine(request["definition"])
        return {"fired": engines[book].fired(request["facts"])}
    except Exception as failure:  # noqa: BLE001  the pipe is a boundary: the parent decides what a failure means
        engines.pop(book, None)
        return {"error": f"{type(failure).__name__}: {failure}"[:500]}


if __name__ == "__main__":
    serve()
