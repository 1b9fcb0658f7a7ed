"""Each known defect of durable-rules: first that it is real, then that it cannot reach a decision."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from domain.errors import InvalidInput
from rules import engine as engine_module
from rules.child import EngineChild, Quarantined
from rules.engine import MOST_FACTS, DurableEngine, EngineRefusedError
from rules.plain import Holds, holds
from rules.to_engine import (
    CAP,
    LIMIT,
    MOST_FIELDS,
    MOST_RULES,
    MOST_STAGES,
    Row,
    definition,
    hash_of,
    held,
    wire,
)
from tests.support.random_books import RandomBook, RandomRule
from tests.support.upstream import DEADLY, ENDLESS, HANGS, PREPARED, SEGV, SILENT, Defect, outcome

EVERY = (*DEADLY, *ENDLESS, *SILENT)
RULE = RandomRule(0, ((("a", ">=", 1),), (("a", ">=", 1), ("b", "==", 0))))
BOOK = RandomBook("upstream", (RULE,))
FINE: list[Row] = [(RULE, {"a": 2, "b": 0}), (RULE, {"a": 0, "b": 0})]
RIGHT = {(0, 0), (0, 1)}
"""What holds of FINE."""


def _named(defect: Defect) -> str:
    return defect.name


@pytest.mark.parametrize("defect", EVERY, ids=_named)
def test_the_bare_engine_really_does_this(defect: Defect) -> None:
    assert outcome(defect.raw) in {defect.shows, defect.spared or defect.shows}


def _answered(rows: list[Row], book: RandomBook = BOOK) -> Holds:
    """What our engine says of these rows."""
    engine = DurableEngine(definition(book))
    try:
        return held(engine.fired(wire(rows)), 0, rows)
    finally:
        engine.close()


def _refused(call: Callable[[], object], by: type[Exception], telling: str = "") -> bool:
    try:
        call()
    except by as refusal:
        return telling in str(refusal)
    return False


def _value_refused(value: Any) -> bool:
    return _refused(lambda: _answered([(RULE, {"a": value, "b": 0})]), EngineRefusedError)


def _condition_refused(field: Any, op: Any, bound: Any) -> bool:
    """No book with this comparison is ever handed to the engine; the refusal names what to write instead."""
    try:
        definition(RandomBook("bad", (RandomRule(0, (((field, op, bound),),)),)))
    except InvalidInput as refusal:
        return bool(refusal.params["remedy"])
    return False


def _book_refused(code: str, *rules: RandomRule) -> bool:
    return _refused(lambda: definition(RandomBook("bad", rules)), InvalidInput, code)


def _no_rows_are_answered() -> bool:
    return _answered([]) == set()


def _values_that_cannot_be_read_are_refused() -> bool:
    return all(map(_value_refused, (1e-07, 1e20, 1.5, float("inf"), float("nan"))))


def _a_batch_that_was_not_read_whole_is_refused() -> bool:
    engine = DurableEngine(definition(BOOK))
    batch = '{"id":100,"t0":1,"f0":1e-07},{"id":101,"t0":1,"f0":2},'
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine_module, "_check", lambda facts: None)
        return _refused(lambda: engine.fired(batch), EngineRefusedError, "last sentinel")


def _sessions_in_which_no_rule_fires_end_well() -> bool:
    engine = DurableEngine(definition(BOOK))
    silent = all(engine.fired(wire([(RULE, {"a": 0, "b": 0})])) == [] for _ in range(2_000))
    return silent and held(engine.fired(wire(FINE)), 0, FINE) == RIGHT


def _arithmetic_has_no_form() -> bool:
    quotient = {"$div": {"$l": {"$m": "b"}, "$r": 0}}
    return _condition_refused("a", "/", 0) and _condition_refused("a", ">=", quotient)


def _joins_have_no_form() -> bool:
    return _condition_refused("a", ">=", {"m_0": "a"}) and _condition_refused("a", ">", 1)


def _long_texts_are_refused() -> bool:
    """As a value; as a name they never reach the engine, which knows fields by their number."""
    name = "k" * 9_000_000
    named = RandomRule(0, (((name, ">=", 1),),))
    return _value_refused(name) and _answered([(named, {name: 1})], RandomBook("long", (named,))) == {(0, 0)}


def _nested_values_are_refused() -> bool:
    nested: tuple[Any, ...] = ([1], [[]], {"id": 1}, "[" * 1_000_000 + "]" * 1_000_000)
    return all(map(_value_refused, nested))


def _states_are_never_asked_for_by_number() -> bool:
    """The six calls that the measurements allow, and where the state comes from, stand in one file."""
    tree = ast.parse(Path(engine_module.__file__).read_text("utf-8"))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "c_engine"
    }
    return used == {
        "create_ruleset",
        "assert_facts",
        "start_action_for_state",
        "complete_and_start_action",
        "delete_state",
        "delete_ruleset",
    }


def _the_documented_host_is_never_loaded() -> bool:
    code = "import sys, rules.engine; sys.exit('durable' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=False).returncode
    return loaded == 0 and _states_are_never_asked_for_by_number()


def _equal_facts_are_all_answered() -> bool:
    return _answered(FINE * 100) == {(2 * n, stage) for n in range(100) for stage in (0, 1)}


def _ids_cannot_share_a_hash() -> bool:
    apart = len({hash_of(str(ident)) for ident in range(1_000)}) == 1_000
    seen: dict[int, int] = {}
    numbers = next(
        (n, seen[h]) for n in count() if (h := hash_of(f"t{n}")) in seen or seen.setdefault(h, n) != n
    )
    return apart and _book_refused("two_names_one_hash", *(RandomRule(n, ()) for n in numbers))


def _one_session_name_is_enough() -> bool:
    engine = DurableEngine(definition(BOOK))
    named = _refused(lambda: engine.fired('{"id":100,"sid":7,"t0":1},'), EngineRefusedError)
    return named and _sessions_in_which_no_rule_fires_end_well()


def _huge_integers_are_refused() -> bool:
    huge = (LIMIT, -LIMIT, 2**31, 2**63, 10**25)
    refused = all(_value_refused(one) and _condition_refused("a", ">=", one) for one in huge)
    return refused and _answered([(RULE, {"a": LIMIT - 1, "b": 0})]) == RIGHT


def _too_many_fields_are_refused() -> bool:
    wide = tuple((f"x{n}", "==", 0) for n in range(MOST_FIELDS + 1))
    return _book_refused("too_many_fields", RandomRule(0, (wide,)))  # type: ignore[arg-type]


def _nothing_is_no_value() -> bool:
    lacking = _refused(lambda: wire([(RULE, {"a": 1})]), KeyError)
    unequal = all(_condition_refused("a", op, 1) for op in ("!=", "$neq", "$nex"))
    return lacking and unequal and _value_refused(None) and _condition_refused("a", "==", None)


def _texts_and_flags_are_refused() -> bool:
    values = all(map(_value_refused, ("9x", "abc", "", True, False)))
    return values and all(_condition_refused("a", ">=", bound) for bound in ("9", True, 1.0))


def _alternatives_and_absences_have_no_form() -> bool:
    return all(_condition_refused("a", op, 1) for op in ("or", "$or", "not", "$not", "none", "any"))


def _the_most_stages_are_all_answered() -> bool:
    """One fact that meets every condition of the longest rule; a longer rule is refused."""
    tall = RandomRule(0, tuple(((f"x{n}", ">=", n),) for n in range(MOST_STAGES)))
    rows: list[Row] = [(tall, {f"x{n}": n for n in range(MOST_STAGES)})]
    answered = _answered(rows, RandomBook("tall", (tall,)))
    refused = _book_refused("too_many_stages", RandomRule(0, ((),) * (MOST_STAGES + 1)))
    return refused and answered == {(0, n) for n in range(MOST_STAGES)}


def _the_longest_book_is_answered() -> bool:
    long = RandomBook("long", tuple(RandomRule(n, ((("a", "==", n),),)) for n in range(MOST_RULES)))
    rows: list[Row] = [(rule, {"a": rule.number}) for rule in long.compiled[:200]]
    answered = _answered(rows, long) == {(n, 0) for n in range(200)}
    longer = _book_refused("too_many_rules", *(RandomRule(n, ()) for n in range(MOST_RULES + 1)))
    return answered and longer and _book_refused("same_number_twice", RULE, RULE)


def _facts_that_no_rule_reads_harm_no_other() -> bool:
    return _answered(FINE) == RIGHT == _answered([*FINE, (RandomRule(7, ()), {})])


def _threads_wait_for_each_other() -> bool:
    return "with self._lock" in Path(engine_module.__file__).read_text("utf-8") and CAP > MOST_FACTS


OURS: dict[str, Callable[[], bool]] = {
    "an empty batch": _no_rows_are_answered,
    "a batch whose first fact cannot be read": _a_batch_that_was_not_read_whole_is_refused,
    "a session deleted in which nothing fired": _sessions_in_which_no_rule_fires_end_well,
    "an integer divided by nothing": _arithmetic_has_no_form,
    "the least integer divided by -1": _arithmetic_has_no_form,
    "a key of 9 MB": _long_texts_are_refused,
    "an id of 9 MB": _long_texts_are_refused,
    "a session's id of 9 MB": _long_texts_are_refused,
    "a million nested arrays": _nested_values_are_refused,
    "a state that it does not know": _states_are_never_asked_for_by_number,
    "a join by inequality": _joins_have_no_form,
    "a ruleset shared between threads": _threads_wait_for_each_other,
    "six hundred values of one field at one place": _the_longest_book_is_answered,
    "two facts of the same content": _equal_facts_are_all_answered,
    "two ids with one hash": _ids_cannot_share_a_hash,
    "two sessions with one hash share their facts": _one_session_name_is_enough,
    "a number with an exponent": _values_that_cannot_be_read_are_refused,
    "a fact that cannot be read takes those behind it along, and all is said to be well": (
        _a_batch_that_was_not_read_whole_is_refused
    ),
    "huge integers are all the same": _huge_integers_are_refused,
    "more than 252 fields, and all is said to be well": _too_many_fields_are_refused,
    "nothing is not unequal to one": _nothing_is_no_value,
    "the engine's own state matches what is not there": _nothing_is_no_value,
    "text is more than ten": _texts_and_flags_are_refused,
    "true and a fraction are one": _texts_and_flags_are_refused,
    "either of two fires twice": _alternatives_and_absences_have_no_form,
    "an absence that is told too late is overlooked": _alternatives_and_absences_have_no_form,
    "more than 1,024 sessions, for ever": _sessions_in_which_no_rule_fires_end_well,
    "more than 64 conditions met by one fact": _the_most_stages_are_all_answered,
    "more than 256 rules of one condition": _the_longest_book_is_answered,
    "one fact in a batch that no rule reads makes the whole batch unhandled": (
        _facts_that_no_rule_reads_harm_no_other
    ),
    "an error in an action is swallowed": _the_documented_host_is_never_loaded,
    "an action with a second parameter locks the session": _the_documented_host_is_never_loaded,
    "arithmetic on a field that is not there reads what lies in memory": _arithmetic_has_no_form,
    "taking facts back reads beyond their end": _states_are_never_asked_for_by_number,
    "the documented host beside sessions that are deleted": _the_documented_host_is_never_loaded,
}


@pytest.mark.parametrize("defect", EVERY, ids=_named)
def test_it_cannot_reach_a_decision(defect: Defect) -> None:
    assert OURS[defect.name]()


_DIES_FIRST = """
import os, pathlib, sys
sys.path.insert(0, os.getcwd())
mark = pathlib.Path(sys.argv[1])
if not mark.exists():
    mark.touch()
    sys.stdin.readline()
    exec(pathlib.Path(sys.argv[2]).read_text())
    os.abort()
from rules.engine import serve
serve()
"""


@pytest.mark.parametrize("defect", [*DEADLY, *ENDLESS], ids=_named)
def test_if_it_did_happen_the_engine_comes_back_and_the_answer_is_made(
    defect: Defect, tmp_path: Path
) -> None:
    (tmp_path / "raw.py").write_text(PREPARED + defect.raw)
    words = (sys.executable, "-c", _DIES_FIRST, f"{tmp_path}/mark", f"{tmp_path}/raw.py")
    with EngineChild(words, answer_within_s=2.0) as child:
        assert child.holds(BOOK, FINE, "facts") == RIGHT == holds(FINE)
        assert child.started == 2
        assert not child.quarantined


_DIES_OF_13 = """
import os, sys
sys.path.insert(0, os.getcwd())
from rules import engine
plainly = engine._check
engine._check = lambda facts: os.abort() if '"f0":13' in facts else plainly(facts)
engine.serve()
"""


def test_facts_that_crash_the_engine_every_time_are_set_aside_and_the_next_are_answered() -> None:
    deadly: list[Row] = [(RULE, {"a": 13, "b": 0})]
    with EngineChild((sys.executable, "-c", _DIES_OF_13)) as child:
        assert child.holds(BOOK, FINE, "before") == RIGHT
        with pytest.raises(Quarantined) as caught:
            child.holds(BOOK, deadly, "deadly")
        assert child.holds(BOOK, FINE, "after") == RIGHT
        with pytest.raises(Quarantined):
            child.holds(BOOK, deadly, "deadly")

        assert caught.value.params["facts_sha256"] == "deadly"
        assert child.quarantined == {"deadly"}
        assert child.started == 3


def test_a_value_and_a_comparison_that_are_let_through_are_noticed() -> None:
    assert not _value_refused(2)
    assert not _condition_refused("a", ">=", 1)
    assert not _book_refused("too_many_rules", RULE)


def test_every_defect_has_its_answer() -> None:
    assert {defect.name for defect in EVERY} == set(OURS)


def test_a_defect_that_does_not_show_would_be_noticed() -> None:
    assert outcome("print('well')") == "well"
    assert outcome("import os; os.kill(os.getpid(), 11)") == SEGV
    assert outcome("while True: pass") == HANGS
    assert os.name == "posix"
