"""The oracle stays independent: it imports the standard library and itself, and nothing of the product."""

import sys
from collections.abc import Iterable

from tests.house.sources import Source, imported, product, python

ALLOWED = frozenset(sys.stdlib_module_names)


def borrowed(sources: Iterable[Source]) -> list[str]:
    """Imports that come from neither the standard library nor the oracle itself."""
    return [
        f"{one.path} imports {name}"
        for one in sources
        for name in sorted(set(imported(one.tree).values()))
        if name.partition(".")[0] not in ALLOWED and not name.startswith("tests.oracle")
    ]


def importers_of_tests(sources: Iterable[Source]) -> list[str]:
    """Product files that import from the tests."""
    return [
        f"{one.path} imports {name}"
        for one in sources
        for name in imported(one.tree).values()
        if name.partition(".")[0] == "tests"
    ]


def test_the_oracle_borrows_nothing() -> None:
    assert borrowed(one for one in python() if one.path.startswith("tests/oracle/")) == []


def test_the_product_does_not_lean_on_its_tests() -> None:
    assert importers_of_tests(product()) == []


def test_a_borrowing_oracle_is_found() -> None:
    assert borrowed([Source("tests/oracle/bad.py", "from rules.judge import decide")])
    assert borrowed([Source("tests/oracle/bad.py", "import pydantic")])
    assert not borrowed([Source("tests/oracle/good.py", "from tests.oracle import days\nimport json")])


def test_a_product_that_leans_on_tests_is_found() -> None:
    assert importers_of_tests([Source("web/bad.py", "from tests.oracle import rules")])
