"""The cases of a rule are literal days and outcomes: one that worked out its own days would agree with itself only."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.house.sources import Source, python

CATALOGUE = "rules/catalogue/"
PARAMETER = re.compile(r"(FOE|MIT|QS)-\d\d\.\w+")
COMPUTES = frozenset(
    {
        "add_half_months",
        "add_months",
        "combine",
        "fromisocalendar",
        "fromisoformat",
        "fromordinal",
        "fromtimestamp",
        "half_months_since",
        "map",
        "months_since",
        "next_working_day",
        "number",
        "range",
        "replace",
        "strftime",
        "strptime",
        "sub_months",
        "timedelta",
        "today",
        "toordinal",
        "zip",
    }
)
LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)
ON, STAGE = 1, 2


def computed_cases(sources: Iterable[Source]) -> list[str]:
    """Everything in the cases of these files that is no literal."""
    return [f"{one.path}:{line} {what}" for one in sources for line, what in _found(one)]


def _found(source: Source) -> Iterator[tuple[int, str]]:
    named = _named(source.tree)
    for part in _parts_of_cases(source.tree, named):
        for node in ast.walk(part):
            what = _wrong(node, named)
            if what:
                yield getattr(node, "lineno", 0), what


def _named(tree: ast.Module) -> dict[str, ast.AST]:
    """What each name of the file stands for: a value, or a function that puts facts together."""
    found: dict[str, ast.AST] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            found.update({target.id: node.value for target in node.targets if isinstance(target, ast.Name)})
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found[node.target.id] = node.value
        elif isinstance(node, ast.FunctionDef):
            found[node.name] = node
    return found


def _parts_of_cases(tree: ast.Module, named: dict[str, ast.AST]) -> list[ast.AST]:
    """The values of every `cases=`, and whatever of the file they are made of."""
    keywords = (node for node in ast.walk(tree) if isinstance(node, ast.keyword))
    parts: list[ast.AST] = [keyword.value for keyword in keywords if keyword.arg == "cases"]
    known: set[str] = set()
    for part in parts:
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and node.id in named and node.id not in known:
                known.add(node.id)
                parts.append(named[node.id])
    return parts


def _wrong(node: ast.AST, named: dict[str, ast.AST]) -> str:
    if isinstance(node, LOOPS):
        return "a loop: write each case down"
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.BitOr) and not _constant_text(node):
        return f"works out {ast.unparse(node)}: write the value"
    if isinstance(node, ast.Name | ast.Attribute):
        name = node.id if isinstance(node, ast.Name) else node.attr
        return f"uses {name}: write the day" if name in COMPUTES else ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and PARAMETER.fullmatch(node.value):
        return f"names the parameter {node.value}"
    if isinstance(node, ast.JoinedStr) and any(re.search(r"\d", _text(part)) for part in node.values):
        return f"puts a number into {ast.unparse(node)}"
    return _wrong_call(node, named) if isinstance(node, ast.Call) else ""


def _wrong_call(node: ast.Call, named: dict[str, ast.AST]) -> str:
    called = node.func.id if isinstance(node.func, ast.Name) else ""
    if called == "date" and not _literal_day(node):
        return f"works out {ast.unparse(node)}: write the day"
    if called == "Case":
        given: dict[object, ast.expr] = dict(enumerate(node.args))
        given |= {keyword.arg: keyword.value for keyword in node.keywords}
        on, stage = given.get(ON, given.get("on")), given.get(STAGE, given.get("stage"))
        if not _literal_day(named.get(on.id, on) if isinstance(on, ast.Name) else on):
            return "the day of a case is no literal"
        if not (isinstance(stage, ast.Constant) and type(stage.value) is int):
            return "the outcome of a case is no literal"
    return ""


def _literal_day(node: object) -> bool:
    """`date(2027, 3, 1)` and nothing else."""
    if not isinstance(node, ast.Call) or ast.unparse(node.func) != "date" or node.keywords:
        return False
    return all(isinstance(arg, ast.Constant) and type(arg.value) is int for arg in node.args)


def _constant_text(node: ast.AST) -> bool:
    """An id written as a prefix and a digit many times over."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return isinstance(node.left, ast.Constant) and isinstance(node.left.value, str)
    if isinstance(node, ast.BinOp):
        return _constant_text(node.left) and _constant_text(node.right)
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _text(part: ast.expr) -> str:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""


def _catalogue() -> list[Source]:
    files = (one for one in python() if one.path.startswith(CATALOGUE))
    return [one for one in files if not one.path.endswith("__init__.py")]


def test_every_case_of_the_catalogue_is_literal() -> None:
    assert computed_cases(_catalogue()) == []


def test_every_file_of_the_catalogue_has_cases_that_are_looked_at() -> None:
    for one in _catalogue():
        calls = [n for part in _parts_of_cases(one.tree, _named(one.tree)) for n in ast.walk(part)]

        assert sum(isinstance(n, ast.Call) and ast.unparse(n.func) == "Case" for n in calls) > 1, one.path


FILE = """
from datetime import date, timedelta
from rules.literals import person, value
_T0 = date(2027, 1, 4)
_PERIOD = 14
_DUE = {due}
def _facts(day):
    return person(values=[value(1, "childcare", "open", day)])
_CASES = ({case},)
_TASK = number("FOE-99.task", 14, "d", "t0", low=7, high=14, source="plan")
RULE = Rule(id="FOE-99", parameters=(_TASK,), cases=_CASES)
"""
GOOD = 'Case("reached", date(2027, 1, 18), 1, _facts("2027-01-04"))'
PLANTED = {
    "a day worked out": ('Case("reached", _T0 + timedelta(days=14), 1, _facts("2027-01-04"))', "_T0"),
    "a day worked out elsewhere": ('Case("reached", _DUE, 1, _facts("2027-01-04"))', "_T0 + timedelta(days=_PERIOD)"),
    "a changed day": ('Case("reached", _DUE, 1, _facts("2027-01-04"))', "_T0.replace(day=18)"),
    "months added": ('Case("reached", _DUE, 1, _facts("2027-01-04"))', "add_months(_T0, 1)"),
    "a day with a number of the rule": ('Case("reached", date(2027, 1, 4 + 14), 1, _facts("2027-01-04"))', "_T0"),
    "a day with a name": ('Case("reached", date(2027, 1, _PERIOD), 1, _facts("2027-01-04"))', "_T0"),
    "days in a loop": ('*(Case("reached", date(2027, 1, d), 1, _facts("2027-01-04")) for d in (18, 19))', "_T0"),
    "a day put together": ('Case("reached", date(2027, 1, 18), 1, _facts(f"2027-01-{_PERIOD}"))', "_T0"),
    "a parameter": ('Case("reached", date(2027, 1, 18), 1, _facts(BOUNDS["FOE-99.task"]))', "_T0"),
    "an outcome worked out": ('Case("reached", date(2027, 1, 18), int(True), _facts("2027-01-04"))', "_T0"),
    "an outcome by name": ('Case("reached", date(2027, 1, 18), stage=_PERIOD, facts=_facts("2027-01-04"))', "_T0"),
}  # fmt: skip


def _planted(case: str, due: str) -> Source:
    return Source("rules/catalogue/foe_99.py", FILE.format(case=case, due=due))


def test_literal_cases_pass() -> None:
    assert computed_cases([_planted(GOOD, "date(2027, 1, 18)")]) == []
    assert computed_cases([_planted(GOOD.replace("date(2027, 1, 18)", "_DUE"), "date(2027, 1, 18)")]) == []


@pytest.mark.parametrize("what", PLANTED)
def test_a_case_that_is_worked_out_is_found(what: str) -> None:
    assert computed_cases([_planted(*PLANTED[what])]), what


def test_what_the_cases_do_not_use_may_compute() -> None:
    assert computed_cases([_planted(GOOD, "_T0 + timedelta(days=_PERIOD)")]) == []
