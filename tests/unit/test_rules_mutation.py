"""A small wrong turn in any rule is noticed by that rule's own cases."""

from dataclasses import replace

import pytest

from rules.shape import Rule
from tests.support.facts import BOOK, CALENDAR
from tests.support.rule_mutants import killed, mutants

KILLED_AT_LEAST = 0.98
_NEVER_NEGATIVE = "days since something are never negative, so a threshold of -1 is reached as early as 0"
SURVIVORS = {
    "MIT-06/1 MIT-06.contact -1": _NEVER_NEGATIVE,
    "MIT-11/1 MIT-11.task -1": _NEVER_NEGATIVE,
    "QS-01/1 QS-01.approval -1": _NEVER_NEGATIVE,
}
EVERY = list(mutants(BOOK))


def test_at_least_98_of_100_mutants_are_killed_and_each_survivor_has_its_reason() -> None:
    alive = {mutant.name for mutant in EVERY if not killed(mutant, CALENDAR)}

    assert alive == set(SURVIVORS)
    assert 1 - len(alive) / len(EVERY) >= KILLED_AT_LEAST


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: f"{rule.id}/{rule.version}")
def test_every_rule_has_mutants_of_its_numbers_its_conditions_and_its_comparisons(rule: Rule) -> None:
    names = [m.name.removeprefix(f"{rule.id}/{rule.version} ") for m in EVERY if m.rule is rule]

    assert any(name.endswith(("+1", "-1")) for name in names)
    assert any(name.startswith("turned ") for name in names)
    assert any(name.startswith("without ") for name in names) or not (rule.cause or rule.quiet)


def test_a_rule_without_cases_would_let_every_mutant_live() -> None:
    blind = [m for m in EVERY if m.rule.id == "FOE-04"]

    assert blind
    assert not any(killed(replace(m, rule=replace(m.rule, cases=())), CALENDAR) for m in blind)
