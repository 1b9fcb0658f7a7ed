"""Whatever happens in whatever order, the gate stands as the oracle says: open only where all that comes first is done.

Orders of up to five events of offer, cancel, confirm, promise, keep, excuse, answer, pause, resume, consent and
withdraw: 11 + 11² + 11³ + 11⁴ + 11⁵ = 177 155 for each setting.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.facts import CaseFacts
from domain.gate import gate
from rules.shape import ask_of
from tests.oracle import rules
from tests.support.facts import BOOK
from tests.support.gate_orders import KINDS, SETTINGS, Node, Setting, orders

Gate = Callable[[CaseFacts, str, str, date], bool]
LATER = timedelta(days=7)
FEW, ALL = 3, 5
_ASKS = {rule.id: ask_of(rule) for rule in BOOK.rules if rule.side == "fordern"}


def _open(facts: CaseFacts, rule: str, subject: str, day: date) -> bool:
    return gate(facts, _ASKS[rule], subject, day).open


def _differences(node: Node, ours: Gate, seen: Counter[tuple[str, bool]]) -> list[str]:
    """Where the two sides differ after this order, on its last day and a week later."""
    found = []
    for rule, subject in node.subjects():
        for day in (node.day, node.day + LATER):
            wanted = rules.gate_open(node.told, rule, subject, day)
            seen[rule, wanted] += 1
            if ours(node.state.facts, rule, subject, day) != wanted:
                found.append(f"{'-'.join(node.order)} {rule} {subject} {day}: the oracle says {wanted}")
    return found


def _compared(setting: Setting, length: int, first: str | None = None, ours: Gate = _open) -> list[str]:
    seen: Counter[tuple[str, bool]] = Counter()
    found = [
        x for node in orders(setting, length=length, first=first) for x in _differences(node, ours, seen)
    ]
    assert {rule for rule, _ in seen} == {rule for rule, wanted in seen if wanted is False}
    return found


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_after_every_order_of_up_to_three_events_the_gate_stands_as_the_oracle_says(setting: Setting) -> None:
    assert _compared(setting, FEW)[:5] == []


@pytest.mark.parametrize("first", KINDS)
def test_after_every_order_of_up_to_four_events_the_gate_stands_as_the_oracle_says(first: str) -> None:
    assert _compared(SETTINGS[0], 4, first)[:5] == []


@pytest.mark.proof
@pytest.mark.parametrize("setting", SETTINGS, ids=str)
@pytest.mark.parametrize("first", KINDS)
def test_after_every_order_of_up_to_five_events_the_gate_stands_as_the_oracle_says(
    first: str, setting: Setting
) -> None:
    assert _compared(setting, ALL, first)[:5] == []


def test_the_orders_are_all_orders_and_none_is_told_twice() -> None:
    told = [node.order for node in orders(SETTINGS[0], length=FEW)]

    assert len(told) == len(set(told)) == 11 + 11**2 + 11**3


def test_every_demand_finds_the_gate_open_after_some_order_and_shut_after_another() -> None:
    seen: Counter[tuple[str, bool]] = Counter()
    for node in orders(SETTINGS[0], length=2):
        _differences(node, _open, seen)

    asked = {rule for rule, _ in seen}
    assert asked == {"MIT-01", "MIT-02", "MIT-03", "MIT-06", "MIT-07", "MIT-08", "MIT-09", "MIT-10"}
    assert {rule for rule, wanted in seen if wanted} == asked
    assert {rule for rule, wanted in seen if not wanted} == asked


FORGOTTEN: dict[str, dict[str, object]] = {
    "a pause": {"pauses": ()},
    "a reason that was given": {"excuses": ()},
    "the promises of the office": {"commitments": ()},
    "that consent was withdrawn": {"consents": "first two"},
}


@pytest.mark.parametrize("what", FORGOTTEN)
def test_a_gate_that_forgets_something_is_noticed(what: str) -> None:
    def forgetful(facts: CaseFacts, rule: str, subject: str, day: date) -> bool:
        update = FORGOTTEN[what]
        less = {"consents": facts.consents[:2]} if "consents" in update else update
        return _open(facts.model_copy(update=less), rule, subject, day)

    assert _compared(SETTINGS[0], 2, ours=forgetful)


def test_a_gate_that_lets_an_appointment_pass_that_the_office_took_back_is_noticed() -> None:
    def lenient(facts: CaseFacts, rule: str, subject: str, day: date) -> bool:
        kept = tuple(a.model_copy(update={"cancelled_by": None}) for a in facts.appointments)
        return _open(facts.model_copy(update={"appointments": kept}), rule, subject, day)

    assert _compared(SETTINGS[0], 4, "offer", ours=lenient)
