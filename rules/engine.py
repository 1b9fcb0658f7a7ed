"""The durable-rules engine, driven as measurements allow: this is the only file that loads it.

Its C module is called directly. A sentinel begins every batch, so that none is empty and each session fires;
another one ends it, and because the engine silently stops at the first thing that it cannot read, a last
sentinel that fired proves that the batch was read.
Sessions are fresh and deleted after each batch; ids are positions; only bounded integers go in.

Run as a program it serves one parent over a pipe: a JSON line in, a JSON line out, until the pipe closes.
"""

import json
import signal
import sys
import threading
from collections.abc import Iterator
from itertools import count
from typing import Any

import durable_rules_engine as c_engine

MOST_FACTS = 200
FIRST_ID = 100
_SENTINEL_RULE = "s"
_SENTINEL = {"all": [{"m": {"s": 1}}], "cap": 2}
_FIRST, _LAST = "998", "999"
_BEFORE, _AFTER = f'[{{"id":{_FIRST},"s":1}},', f'{{"id":{_LAST},"s":1}}]'
_FACT = '{"id":'
_END = "},"
# Three digits each: an id is cut out of a message by its place, and no two of them share the engine's hash.
_IDS = [str(FIRST_ID + position) for position in range(MOST_FACTS)]
_POSITIONS = {ident: position for position, ident in enumerate(_IDS)}
# What whole numbers and short names are written with: no fraction, exponent, true, null or text passes.
_CHARACTERS = b'0123456789-":,ftid'
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_TOO_LONG = b"0" * 10
_SESSION = "0"
_HANDLED, _NOT_HANDLED = 0, 1
_names = count()

Fired = list[tuple[int, int, list[int]]]


class EngineRefusedError(RuntimeError):
    """The engine answered with an error, or was asked what the proven subset does not allow."""


class DurableEngine:
    """One ruleset in the C engine; a lock keeps it to one evaluation at a time."""

    def __init__(self, definition: str) -> None:
        """Compile the ruleset and let the sentinels fire once, before any session is deleted."""
        self._lock = threading.Lock()
        rules = json.loads(definition)
        self._heads = {_head(name): (int(n), int(s)) for name in rules for n, s in [name.split("_")]}
        ruleset = json.dumps({_SENTINEL_RULE: _SENTINEL, **rules})
        self._handle = c_engine.create_ruleset(f"pakt{next(_names)}", ruleset)
        self.fired("")

    def fired(self, facts: str) -> Fired:
        """Which stage of which rule fired for the facts at which positions."""
        _check(facts)
        with self._lock:
            code, state = c_engine.assert_facts(self._handle, _BEFORE + facts + _AFTER)
            if code not in (_HANDLED, _NOT_HANDLED):
                raise EngineRefusedError(f"assert_facts answered {code}")
            try:
                return self._collect(state)
            finally:
                c_engine.delete_state(self._handle, _SESSION)

    def _collect(self, state: int) -> Fired:
        found: Fired = []
        read_whole = False
        for message in self._messages(state):
            head, *matches = message.split(_FACT)
            if head in self._heads:
                found.append((*self._heads[head], [_POSITIONS[match[:3]] for match in matches]))
            else:
                read_whole = {match[:3] for match in matches} == {_FIRST, _LAST}
        if not read_whole:
            raise EngineRefusedError("the last sentinel did not fire")
        return found

    def _messages(self, state: int) -> Iterator[str]:
        """What fired, one message for each rule."""
        started = c_engine.start_action_for_state(self._handle, state)
        message = started[1] if started else None
        while message:
            yield message
            message = c_engine.complete_and_start_action(self._handle, state)

    def close(self) -> None:
        """Give the ruleset back."""
        c_engine.delete_ruleset(self._handle)


def _head(name: str) -> str:
    """How a message of this rule begins: everything before its first fact."""
    return f'{{"{name}":[{{"m":'


def _check(facts: str) -> None:
    """Refuse whatever the engine is known to get wrong, before it gets it."""
    before, *found = (_END + facts).split(_END + _FACT)
    if len(found) > MOST_FACTS:
        raise EngineRefusedError(f"at most {MOST_FACTS} facts at once, got {len(found)}")
    whole = facts.endswith(_END) or not facts
    if (before and before != _END) or not whole or [fact[:3] for fact in found] != _IDS[: len(found)]:
        raise EngineRefusedError("facts are flat and their ids consecutive")
    raw = facts.encode()
    braces = raw.translate(None, _CHARACTERS)
    if braces != b"{}" * len(found) and not braces.translate(None, b"{}"):
        raise EngineRefusedError("facts are flat and their ids consecutive")
    if braces != b"{}" * len(found) or _TOO_LONG in raw.translate(_DIGITS):
        raise EngineRefusedError("only whole numbers of at most nine digits may reach the engine")


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
        if request.get("forget"):
            _close_all(engines)
        if book not in engines:
            engines[book] = DurableEngine(request["definition"])
        return {"fired": engines[book].fired(request["facts"])}
    except Exception as failure:  # noqa: BLE001  the pipe is a boundary: the parent decides what a failure means
        engines.pop(book, None)
        return {"error": f"{type(failure).__name__}: {failure}"[:500]}


def _close_all(engines: dict[str, DurableEngine]) -> None:
    while engines:
        engines.popitem()[1].close()


if __name__ == "__main__":
    serve()
