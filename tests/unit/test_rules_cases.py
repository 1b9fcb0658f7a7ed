"""Every rule does what its own literal cases say, in the engine and in plain Python."""

from collections.abc import Iterator

import pytest

from rules.catalogue import RULES
from rules.check_cases import facts_of
from rules.child import EngineChild
from rules.judge import decide
from rules.shape import Case, Rule
from tests.support.facts import BOOK, CALENDAR

EVERY_CASE = [pytest.param(rule, case, id=f"{rule.id} {case.name}") for rule in RULES for case in rule.cases]


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineChild]:
    with EngineChild() as child:
        yield child


@pytest.mark.parametrize(("rule", "case"), EVERY_CASE)
def test_a_case_comes_out_as_it_is_written(rule: Rule, case: Case, engine: EngineChild) -> None:
    facts = facts_of(case)

    ruling = decide(facts, case.on, calendar=CALENDAR, book=BOOK, judge=engine)

    assert ruling.agreement
    assert {d.stage for d in ruling.decisions if (d.rule, d.version) == (rule.id, rule.version)} == {
        case.stage
    } - {0}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_has_a_yes_for_every_stage_and_a_no(rule: Rule) -> None:
    assert {case.stage for case in rule.cases} == {0, *(stage.no for stage in rule.stages)}


def test_the_plain_evaluation_alone_says_so_and_says_the_same(engine: EngineChild) -> None:
    for rule in RULES:
        for case in rule.cases:
            facts = facts_of(case)
            alone = decide(facts, case.on, calendar=CALENDAR, book=BOOK)
            both = decide(facts, case.on, calendar=CALENDAR, book=BOOK, judge=engine)

            assert not alone.agreement
            assert alone.decisions == both.decisions
