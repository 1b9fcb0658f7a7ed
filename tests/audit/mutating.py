"""The shipped workflow with one thing changed, loaded as a module of its own."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "workflows" / "journey.py"

_TOLD = """if self._pending or self._replan:
                await self._decide(acting=False)
            el"""
_DUE = """if self._wake_at is not None and self._now() >= self._wake_at:
                await self._decide(acting=True)"""
_DUE_FIRST = f"""{_DUE}
            elif self._pending or self._replan:
                await self._decide(acting=False)"""

# What is changed, the text as it stands, and the text that takes its place.
MUTANTS: dict[str, tuple[str, str]] = {
    "argument: every call acts": ("acting=acting,\n", "acting=True,\n"),
    "argument: calls are numbered otherwise": ("self._state.call + 1", "self._state.call + 2"),
    "argument: the business instant is a second later": (
        "now=self._now(),\n                seq",
        "now=self._now() + timedelta(seconds=1),\n                seq",
    ),
    "argument: another programme is pinned": (
        "Pins(programme=self._state.facts.programme,",
        'Pins(programme="p2099_0",',
    ),
    "argument: new events are not told": ("new_events=new_events,", "new_events=(),"),
    "argument: another notice is sent": ("notice=order.notice, now", 'notice="not_" + "0" * 32, now'),
    "timer: the roll-over waits longer": (
        'timedelta(seconds=1), summary="before roll-over"',
        'timedelta(seconds=2), summary="before roll-over"',
    ),
    "timer: every wake is a minute late": (
        "else max(until - self._now(), timedelta(seconds=1))",
        "else max(until - self._now(), timedelta(seconds=1)) + timedelta(minutes=1)",
    ),
    "missing: notices are never handed over": ("for order in answer.send:", "for order in ():"),
    "missing: no timer before the roll-over": (
        'await workflow.sleep(timedelta(seconds=1), summary="before roll-over")',
        "pass",
    ),
    "missing: never rolls over": ("return long_enough or (", "return False and ("),
    "added: a sleep before each decision": (
        "async with self._deciding:\n            new_events",
        "async with self._deciding:\n            await workflow.sleep(1)\n            new_events",
    ),
    "order: what is due goes before what people told": (_TOLD + _DUE, _DUE_FIRST),
    "type: another activity is called": ("call_activity(SEND_NOTICE,", "call_activity(DECIDE,"),
    "answer: the receipt names another event": ("first_seq=first,", "first_seq=first + 1,"),
    "answer: given before the events are stored": (
        "await workflow.wait_condition(lambda: self._stored_seq >= receipt.last_seq)",
        "pass",
    ),
    "result: the last number is lost": (
        "JourneyEnded(journey=order.journey, seq=self._state.seq)",
        "JourneyEnded(journey=order.journey, seq=0)",
    ),
    "next run: forgets when to wake": ("wake_at=self._wake_at,", "wake_at=None,"),
    "next run: forgets after-care": ("after_care=self._state.closed,", "after_care=False,"),
    "next run: forgets receipts": ("self._state = remember(self._state, receipt)", "pass"),
    "breaks: a defect raises": (
        "self._stored_seq = self._state.seq\n",
        "self._stored_seq = self._nothing.seq\n",
    ),
    "state: a failed notice counts as sent": ("outcome=answer.outcome", 'outcome="failed"'),
}


@contextmanager
def mutant(home: Path, name: str) -> Iterator[type]:
    """The class `Journey` of the changed source; the module is forgotten at the end."""
    before, after = MUTANTS[name]
    text = SOURCE.read_text("utf-8")
    assert text.count(before) >= 1, f"the text of mutant {name!r} is no longer in the workflow: write it anew"
    module = f"mutant_{sorted(MUTANTS).index(name)}"
    (home / f"{module}.py").write_text(text.replace(before, after), "utf-8")
    sys.path.insert(0, str(home))
    try:
        loaded: type = importlib.import_module(module).Journey
        yield loaded
    finally:
        sys.path.remove(str(home))
        sys.modules.pop(module, None)
