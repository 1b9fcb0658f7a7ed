"""What holds for anybody at all: both evaluations agree, clocks count day by day, foresight is deciding."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.codes import Side
from domain.decisions import Decision
from domain.facts import CaseFacts, SpokenFact
from domain.gate import blocked_on, net_days
from rules.engine import DurableEngine
from rules.foresight import foresee, watch
from rules.judge import decide, weigh
from rules.ladder import Memory
from rules.plain import holds
from rules.shape import ask_of
from rules.subjects import FIELDS
from rules.to_engine import definition, held, wire
from tests.support.facts import BOOK, CALENDAR
from tests.support.made_up_facts import FIRST, LAST, made_up_facts

OFTEN = settings(max_examples=140, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
SELDOM = settings(OFTEN, max_examples=60)
RARELY = settings(OFTEN, max_examples=25)
ANY_DAY = st.dates(FIRST, LAST + timedelta(days=60))
TOGETHER = 6


@pytest.fixture(scope="module")
def engine() -> Iterator[DurableEngine]:
    engine = DurableEngine(definition(BOOK))
    yield engine
    engine.close()


@OFTEN
@given(facts=made_up_facts(), days=st.lists(ANY_DAY, min_size=TOGETHER, max_size=TOGETHER))
def test_both_evaluations_give_one_answer(engine: DurableEngine, facts: CaseFacts, days: list[date]) -> None:
    for on in days:
        rows = [(e.compiled, e.values) for e in weigh(facts, on, Memory(), calendar=CALENDAR, book=BOOK)]

        assert held(engine.fired(wire(rows)), 0, rows) == holds(rows)


@SELDOM
@given(facts=made_up_facts(), on=ANY_DAY)
def test_every_field_keeps_its_limits_and_none_is_missing(facts: CaseFacts, on: date) -> None:
    for entry in weigh(facts, on, Memory(), calendar=CALENDAR, book=BOOK):
        fields = FIELDS[entry.subject.kind]

        assert set(entry.values) == set(fields)
        assert all(type(v) is int and fields[n].low <= v <= fields[n].high for n, v in entry.values.items())


@SELDOM
@given(facts=made_up_facts(), after=ANY_DAY, span=st.integers(0, 250))
def test_a_net_clock_counts_as_day_by_day(facts: CaseFacts, after: date, span: int) -> None:
    until = after + timedelta(days=span)
    asked = [("MIT-02", "entitlement")]
    asked += [("MIT-08", f"commitment/{c.id}") for c in facts.commitments if c.side == Side.PARTICIPANT]
    asked += [("MIT-01", f"appointment/{a.id}") for a in facts.appointments]
    for rule, subject in asked:
        days = (after + timedelta(days=n) for n in range(1, span + 1))

        ask = ask_of(BOOK.rule(rule))
        by_hand = sum(not blocked_on(facts, ask, subject, day) for day in days)

        assert by_hand == net_days(facts, ask, subject, after, until)


@RARELY
@given(facts=made_up_facts(), on=ANY_DAY, span=st.integers(1, 220))
def test_foresight_is_deciding_day_by_day(facts: CaseFacts, on: date, span: int) -> None:
    until = on + timedelta(days=span)

    by_hand = _lived(facts, on, until)

    assert by_hand == list(foresee(facts, until, on=on, calendar=CALENDAR, book=BOOK))
    later = [day for day, _ in by_hand if day > on]
    assert watch(facts, on=on, calendar=CALENDAR, book=BOOK, days=span) == (later[0] if later else None)


def _lived(facts: CaseFacts, on: date, until: date) -> list[tuple[date, Decision]]:
    """Decide on every single day and fold the effects back, as the journey does."""
    found = []
    for number in range((until - on).days + 1):
        day = on + timedelta(days=number)
        ruling = decide(facts, day, calendar=CALENDAR, book=BOOK)
        gone = {(x.rule, x.subject, x.episode) for x in ruling.lifted}
        kept = tuple(s for s in facts.spoken if (s.rule, s.subject, s.episode) not in gone)
        new = {
            SpokenFact(rule=d.rule, subject=d.subject, episode=d.episode, stage=d.stage, on=day): None
            for d in ruling.decisions
        }
        facts = facts.model_copy(update={"spoken": (*kept, *new)})
        found += [(day, decision) for decision in ruling.decisions]
    return found


@SELDOM
@given(facts=made_up_facts(), on=ANY_DAY)
def test_no_matter_speaks_twice_on_a_day_and_no_stage_is_skipped(facts: CaseFacts, on: date) -> None:
    spoken: dict[tuple[str, str, date], list[int]] = {}
    matters: set[tuple[str, str, date]] = set()
    seen: set[tuple[date, str, str, int]] = set()
    for day, decision in foresee(facts, on + timedelta(days=200), on=on, calendar=CALENDAR, book=BOOK):
        one = (day, decision.rule, decision.subject, decision.stage)
        if one in seen:
            continue
        seen.add(one)
        assert (decision.rule, decision.subject, day) not in matters
        matters.add((decision.rule, decision.subject, day))
        ladder = spoken.setdefault((decision.rule, decision.subject, decision.episode), [])
        alone = BOOK.version(decision.rule, decision.version).stages[decision.stage - 1].alone
        assert decision.stage == 1 or alone or decision.stage - 1 in ladder
        assert decision.stage not in ladder
        ladder.append(decision.stage)
