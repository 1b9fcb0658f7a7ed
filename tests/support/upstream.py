"""What durable-rules 2.0.28 does when it is used as its papers say: one row for each way in which it goes wrong.

`raw` runs in a process of its own against the bare C module. `shows` is what that process must do: die by a
signal, hang, or print the line. Where it depends on what lay in memory before, `spared` allows it to end well.
"""

import json
import subprocess
import sys
from dataclasses import dataclass

HANGS = "hangs"
SEGV, FPE, ABORT = "SIGSEGV", "SIGFPE", "SIGABRT"
_SIGNALS = {-6: ABORT, -8: FPE, -11: SEGV}
_PATIENCE_S = 4.0
# Fresh memory holds this byte instead of nothing, so a pointer that nobody has set points nowhere every time.
_DIRTY = {"MALLOC_PERTURB_": "165"}
PREPARED = """
import json
import durable_rules_engine as c

def make(definition, name="raw"):
    return c.create_ruleset(name, json.dumps(definition))

def rule(*conditions):
    return {"all": [{"m" if len(conditions) == 1 else f"m_{n}": one} for n, one in enumerate(conditions)]}

def told(handle, facts):
    code, state = c.assert_facts(handle, facts if isinstance(facts, str) else json.dumps(facts))
    started, found = c.start_action_for_state(handle, state), []
    message = started[1] if started else None
    while message:
        found += [one.get("m", one) for one in json.loads(message).values()]
        message = c.complete_and_start_action(handle, state)
    return code, sorted((str(one.get("id")) for one in found))

def refused(ask):
    try:
        return ask()
    except (MemoryError, c.error) as failure:
        return f"{type(failure).__name__}: {failure}"
"""


@dataclass(frozen=True)
class Defect:
    """One way in which the bare engine goes wrong."""

    name: str
    raw: str
    shows: str
    spared: str = ""


def outcome(raw: str) -> str:
    """What becomes of a process that runs this against the bare engine."""
    try:
        ended = subprocess.run(
            [sys.executable, "-c", PREPARED + raw],
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
            env=_DIRTY,
        )
    except subprocess.TimeoutExpired:
        return HANGS
    return _SIGNALS.get(ended.returncode) or ended.stdout.strip() or ended.stderr


_DIVIDE = {"$gt": {"a": {"$div": {"$l": {"$m": "b"}, "$r": {"$m": "z"}}}}}
_JOIN = [
    {"m_0": {"t": 1}},
    {"m_1": {"$and": [{"t": 2}, {"$gt": {"x": {"m_0": "x"}}}, {"$lt": {"y": {"m_0": "y"}}}]}},
]
_ABSENT = [{"m_0": {"t": 1}}, {"m_1$not": {"$and": [{"t": 2}, {"k": {"m_0": "k"}}]}}]
_MANY = {f"p{n}": n for n in range(300)}
_ANY = "make({'r': rule({'$gte': {'a': 0}})})"
_ONE = "make({'r': rule({'a': 1})})"

DEADLY = (
    Defect("an empty batch", f"told({_ONE}, '[]')", SEGV),
    Defect("a batch whose first fact cannot be read", f"""told({_ANY}, '[{{"id":1,"a":1e-07}}]')""", SEGV),
    Defect(
        "a session deleted in which nothing fired",
        f"h = {_ONE}\nc.assert_facts(h, '[{{\"b\": 1}}]'); c.delete_state(h, '0'); print('spared')",
        SEGV,
        spared="spared",
    ),
    Defect(
        "an integer divided by nothing",
        f"told(make({{'r': rule({_DIVIDE!r})}}), [{{'a': 1, 'b': 1, 'z': 0}}])",
        FPE,
    ),
    Defect(
        "the least integer divided by -1",
        f"told(make({{'r': rule({_DIVIDE!r})}}), [{{'a': 1, 'b': -2**63, 'z': -1}}])",
        FPE,
    ),
    Defect("a key of 9 MB", f"told({_ONE}, [{{'x': {{'k' * 9_000_000: 1}}}}])", SEGV),
    Defect("an id of 9 MB", f"told({_ONE}, [{{'id': 'k' * 9_000_000, 'a': 1}}])", SEGV),
    Defect("a session's id of 9 MB", f"told({_ONE}, [{{'sid': 'k' * 9_000_000, 'a': 1}}])", SEGV),
    Defect(
        "a million nested arrays",
        f"""told({_ONE}, '[{{"a":' + '[' * 1_000_000 + ']' * 1_000_000 + '}}]')""",
        SEGV,
    ),
    Defect("a state that it does not know", f"c.start_action_for_state({_ONE}, 123_456_789)", SEGV),
    Defect(
        "a join by inequality",
        f"""from random import Random
for n in range(60):
    h, dice = make({{'r': {{'all': {_JOIN!r}}}}}, name=f'raw{{n}}'), Random(n)
    for k in range(100):
        told(h, [{{'id': i, 'sid': str(k), 't': dice.choice((1, 2)), 'x': dice.randrange(4), 'y': dice.randrange(4)}}
                 for i in range(12)])
print('spared')""",
        SEGV,
        spared="spared",
    ),
    Defect(
        "a ruleset shared between threads",
        f"""import threading
h = {_ANY}
def work():
    for n in range(20_000):
        try:
            told(h, [{{'id': i, 'a': 1}} for i in range(9)]); c.delete_state(h, '0')
        except c.error:
            pass
threads = [threading.Thread(target=work) for _ in range(8)]
for one in threads: one.start()
for one in threads: one.join()
print('spared')""",
        SEGV,
        spared="spared",
    ),
)

ENDLESS = (
    Defect(
        "six hundred values of one field at one place",
        "make({f'r{n}': rule({'a': n}) for n in range(600)})",
        HANGS,
    ),
)

SILENT = (
    Defect(
        "two facts of the same content", f"print(told({_ONE}, [{{'a': 1}}, {{'a': 1}}]))", "(2, ['None'])"
    ),
    Defect(
        "two ids with one hash",
        f"print(told({_ONE}, [{{'id': 'id522789', 'a': 1}}, {{'id': 'id739192', 'a': 1}}]))",
        "(2, ['id522789'])",
    ),
    Defect(
        "two sessions with one hash share their facts",
        "h = make({'r': rule({'a': 1}, {'b': 1})})\n"
        "told(h, [{'sid': 'id522789', 'a': 1}])\n"
        'code, state = c.assert_facts(h, \'[{"sid": "id739192", "b": 1}]\')\n'
        "message = c.start_action_for_state(h, state)[1]; print('id522789' in message and 'id739192' in message)",
        "True",
    ),
    Defect(
        "a number with an exponent",
        f"""print(refused(lambda: c.assert_fact({_ANY}, '{{"id":1,"a":1e-07}}')))""",
        "error: Could not assert fact, error code: 204",
    ),
    Defect(
        "a fact that cannot be read takes those behind it along, and all is said to be well",
        f"""print(told({_ANY}, '[{{"id":1,"a":1}},{{"id":2,"a":1e-07}},{{"id":3,"a":1}}]'))""",
        "(0, ['1'])",
    ),
    Defect(
        "huge integers are all the same",
        "print(told(make({'r': rule({'a': 10**25})}), [{'id': 1, 'a': 10**26}]))",
        "(0, ['1'])",
    ),
    Defect(
        "more than 252 fields, and all is said to be well",
        f"print(told({_ONE}, [{{'id': 1, 'a': 1}}, {{'id': 2, 'a': 1, **{json.dumps(_MANY)}}}, {{'id': 3, 'a': 1}}]))",
        "(0, ['1'])",
    ),
    Defect(
        "nothing is not unequal to one",
        "print(told(make({'r': rule({'$neq': {'a': 1}})}), [{'id': 1, 'a': None}, {'id': 2, 'a': 2}]))",
        "(1, ['2'])",
    ),
    Defect(
        "the engine's own state matches what is not there",
        "print(told(make({'r': rule({'$nex': {'a': 1}})}), [{'id': 1, 'b': 1}]))",
        "(0, ['1', 'sid-0'])",
    ),
    Defect(
        "text is more than ten",
        "print(told(make({'r': rule({'$gt': {'a': 10}})}), [{'id': 1, 'a': '9'}, {'id': 2, 'a': 'abc'}]))",
        "(0, ['1', '2'])",
    ),
    Defect(
        "true and a fraction are one",
        f"print(told({_ONE}, [{{'id': 1, 'a': True}}, {{'id': 2, 'a': 1.0}}]))",
        "(0, ['1', '2'])",
    ),
    Defect(
        "either of two fires twice",
        "print(told(make({'r': rule({'$or': [{'a': 1}, {'b': 1}]})}), [{'id': 1, 'a': 1, 'b': 1}]))",
        "(0, ['1', '1'])",
    ),
    Defect(
        "an absence that is told too late is overlooked",
        f"h = make({{'r': {{'all': {_ABSENT!r}}}}})\n"
        "positive, blocker = {'id': 1, 't': 1, 'k': 7}, {'id': 2, 't': 2, 'k': 7}\n"
        "late = len(told(h, [positive, blocker])[1])\n"
        "print(late, len(told(h, [dict(blocker, sid=2), dict(positive, sid=2)])[1]))",
        "1 0",
    ),
    Defect(
        "more than 1,024 sessions, for ever",
        f"h = {_ONE}\nfor n in range(1_024): c.assert_facts(h, json.dumps([{{'sid': str(n), 'a': 1}}]))\n"
        'print(refused(lambda: c.assert_facts(h, \'[{"sid": "x", "a": 1}]\')))',
        "MemoryError:",
    ),
    Defect(
        "more than 64 conditions met by one fact",
        "h = make({f'r{n}': rule({'$and': [{'$gte': {'a': n}}, {'b': 1}]}) for n in range(70)})\n"
        'print(refused(lambda: c.assert_fact(h, \'{"id":1,"a":100,"b":1}\')))',
        "error: Could not assert fact, error code: 303",
    ),
    Defect(
        "more than 256 rules of one condition",
        "print(refused(lambda: make({f'r{n}': rule({'a': 1}) for n in range(300)})))",
        "error: Could not create ruleset, error code: 108",
    ),
    Defect(
        "one fact in a batch that no rule reads makes the whole batch unhandled",
        f"print(told({_ONE}, [{{'id': 1, 'a': 1}}, {{'id': 2, 'b': 1}}])[0])",
        "1",
    ),
    Defect(
        "an error in an action is swallowed",
        """from durable.engine import Host
def fails(_): raise ValueError
host = Host(); host.set_rulesets({'raw': {'r': {'all': [{'m': {'a': 1}}], 'run': fails}}})
print(host.assert_fact('raw', {'id': 1, 'a': 1})['sid'])""",
        "0",
    ),
    Defect(
        "an action with a second parameter locks the session",
        """from durable.engine import Host
ran = []
def first(_, much=1): ran.append(1)
rules = {'r': {'all': [{'m': {'a': 1}}], 'run': first}, 's': {'all': [{'m': {'a': 1}}], 'run': lambda _: ran.append(2)}}
host = Host(); host.set_rulesets({'raw': rules}); host.assert_fact('raw', {'id': 1, 'a': 1}); print(ran)""",
        "[1]",
    ),
    Defect(
        "arithmetic on a field that is not there reads what lies in memory",
        "h = make({'r': rule({'$gt': {'a': {'$add': {'$l': {'$m': 'b'}, '$r': 1}}}})})\n"
        "print('fired' if any(told(h, [{'id': n, 'a': 5}])[1] for n in range(50)) else 'spared')",
        "fired",
        spared="spared",
    ),
    Defect(
        "taking facts back reads beyond their end",
        "h = make({'r': rule({'a': 1}, {'b': 1})})\n"
        "for n in range(2_000):\n    fact = json.dumps({'id': n % 20, 'a': 1, 'b': 1})\n"
        "    refused(lambda: c.assert_fact(h, fact)); refused(lambda: c.retract_fact(h, fact))\nprint('spared')",
        SEGV,
        spared="spared",
    ),
    Defect(
        "the documented host beside sessions that are deleted",
        """import time
from durable.engine import Host
host = Host(); host.set_rulesets({'raw': {'r': {'all': [{'m': {'a': 1}}], 'run': lambda _: None}}})
for n in range(300):
    host.assert_fact('raw', {'id': n, 'sid': str(n), 'a': 1}); host.delete_state('raw', str(n))
time.sleep(1.5); print('spared')""",
        SEGV,
        spared="spared",
    ),
)
