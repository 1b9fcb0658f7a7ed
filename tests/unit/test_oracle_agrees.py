"""The rule base and the oracle, written apart from the same texts, agree about made-up lives."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from domain.decisions import Decision, Ruling
from domain.facts import CaseFacts
from domain.office_facts import OfficeFacts
from rules.book import book
from rules.judge import decide
from store.editions import calendar
from tests.oracle import lives, rules

Row = dict[str, Any]
LIVES = 600
OFFICES_LIVED = 300
CHUNKS = 10
MANY_LIVES = 4_000
DEEP_CHUNKS = 40
_MATTER = "esc_" + "1" * 32
BOOK = book()
CALENDAR = calendar()[0]


def _seeds(numbers: range) -> Iterator[str]:
    return (f"agree/{number}" for number in numbers)


def _ruling(facts: Row, on: date) -> Ruling:
    model = CaseFacts if "journey" in facts else OfficeFacts
    return decide(model.model_validate(facts), on, calendar=CALENDAR, book=BOOK)


def _engine_acts(ruling: Ruling) -> set[rules.Act]:
    return {_act(d) for d in ruling.decisions}


def _act(made: Decision) -> rules.Act:
    return (made.rule, made.subject, made.stage, made.outcome.value, made.addressee.value)


def _spoken(rule: str, subject: str, stage: int, *days: date) -> Row:
    episode, on = days
    return {
        "rule": rule,
        "subject": subject,
        "episode": episode.isoformat(),
        "stage": stage,
        "on": on.isoformat(),
    }


class Memory:
    """What one side has said so far, in its own names for episodes, and how people answered it."""

    def __init__(self) -> None:
        self.spoken: list[Row] = []
        self.matters: list[Row] = []

    def forget(self, gone: set[rules.Episode], day: date) -> None:
        """The causes of these episodes are gone, and with them their matters."""
        names = {(rule, subject, episode.isoformat()) for rule, subject, episode in gone}
        self.spoken = [s for s in self.spoken if (s["rule"], s["subject"], s["episode"]) not in names]
        for matter in self.matters:
            if (matter["rule"], matter["subject"], matter["episode"]) in names and not matter["closed_on"]:
                matter["closed_on"] = day.isoformat()

    def remember(self, act: rules.Act, episode: date, day: date, answer: int) -> None:
        """A stage spoke; an escalation is answered in one of four ways."""
        rule, subject, stage, outcome, _ = act
        self.spoken.append(_spoken(rule, subject, stage, episode, day))
        if outcome != "escalate":
            return
        until = (day + timedelta(days=20)).isoformat() if answer == 1 else None
        closed = day.isoformat() if answer == 2 else None
        same = {"rule": rule, "subject": subject, "episode": episode.isoformat(), "silent_until": until}
        rest = {"id": _MATTER, "level": 1, "raised_on": day.isoformat(), "answer_by": day.isoformat()}
        self.matters.append({**same, **rest, "closed_on": closed})

    def on(self, facts: Row) -> Row:
        """The facts as this side knows them."""
        return {**facts, "spoken": self.spoken, "matters": self.matters}


@dataclass(frozen=True)
class World:
    """Journeys or offices: how a life is made, when it is looked at, and what the oracle says of it."""

    life: Callable[[str], Row]
    visits: Callable[[str, Row], Iterable[date]]
    known_by: Callable[[Row, date], Row]
    acts: Callable[[Row, date], set[tuple[rules.Act, date]]]
    lifted: Callable[[Row, date], set[rules.Episode]]


JOURNEYS = World(lives.life, lives.visits, lives.known_by, rules.acts_with_episode, rules.lifted)
OFFICES = World(
    lives.office_life,
    lives.office_visits,
    lives.office_known_by,
    rules.office_acts_with_episode,
    rules.office_lifted,
)


def differences(seed: str, world: World = JOURNEYS) -> list[str]:
    """Live one life with both; each keeps its own memory, so how an episode is named does not matter."""
    whole, dice = world.life(seed), lives.Dice(f"{seed}/answers")
    ours, theirs = Memory(), Memory()
    for day in (day for day in world.visits(seed, whole) if day >= BOOK.valid_from):
        facts = world.known_by(whole, day)
        ruling = _ruling(theirs.on(facts), day)
        expected = world.acts(ours.on(facts), day)
        found, wanted = _engine_acts(ruling), {act for act, _ in expected}
        if found != wanted:
            return [f"{seed} {day}: rules say {sorted(found - wanted)}, oracle {sorted(wanted - found)}"]
        gone = world.lifted(ours.on(facts), day)
        lifted = {(one.rule, one.subject) for one in ruling.lifted}
        # What a closed journey lifts changes nothing any more: neither side says anything again.
        if facts.get("closed_on") is None and lifted != {(rule, subject) for rule, subject, _ in gone}:
            return [f"{seed} {day}: rules lift {sorted(lifted)}, oracle {sorted(gone)}"]
        ours.forget(gone, day)
        theirs.forget({(one.rule, one.subject, one.episode) for one in ruling.lifted}, day)
        named = {_act(d): d.episode for d in ruling.decisions}
        for act, episode in sorted(expected):
            answer = dice.below(4)
            ours.remember(act, episode, day, answer)
            theirs.remember(act, named[act], day, answer)
    return []


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_both_say_the_same_for_every_day_of_every_life(chunk: int) -> None:
    found = [line for seed in _seeds(range(chunk, LIVES, CHUNKS)) for line in differences(seed)]

    assert not found, "\n".join(found[:10])


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_both_say_the_same_of_every_office(chunk: int) -> None:
    seeds = _seeds(range(chunk, OFFICES_LIVED, CHUNKS))

    found = [line for seed in seeds for line in differences(seed, OFFICES)]

    assert not found, "\n".join(found[:10])


@pytest.mark.proof
@pytest.mark.parametrize("chunk", range(DEEP_CHUNKS))
def test_both_say_the_same_in_many_more_lives(chunk: int) -> None:
    numbers = range(LIVES + chunk, MANY_LIVES, DEEP_CHUNKS)

    found = [line for seed in _seeds(numbers) for line in differences(seed)]

    assert not found, "\n".join(found[:10])


def test_the_lives_make_every_stage_of_every_rule_speak() -> None:
    seen: set[tuple[str, int]] = set()
    for number in range(150):
        seed = f"agree/{number}"
        whole = lives.life(seed)
        spoken: list[Row] = []
        for day in lives.visits(seed, whole):
            for act, episode in rules.acts_with_episode(
                {**lives.known_by(whole, day), "spoken": spoken}, day
            ):
                seen.add((act[0], act[2]))
                spoken.append(_spoken(act[0], act[1], act[2], episode, day))

    assert seen == {
        (rule, stage + 1) for rule, stages in rules.OUTCOMES.items() for stage in range(len(stages))
    }


def test_a_rule_base_that_is_one_day_off_is_noticed() -> None:
    seed = next(s for s in (f"agree/{n}" for n in range(LIVES)) if _speaks_at_once(s))
    whole = lives.life(seed)
    t0 = date.fromisoformat(whole["t0"])
    facts = {**lives.known_by(whole, t0), "spoken": []}

    early = _engine_acts(_ruling(facts, t0.fromordinal(t0.toordinal() + 20)))
    due = rules.acts(facts, t0.fromordinal(t0.toordinal() + 21))

    assert ("FOE-02", "offers", 1, "task", "case_worker") in due - early


def _speaks_at_once(seed: str) -> bool:
    whole = lives.life(seed)
    return not any(p["start"] <= whole["t0"] for p in whole["pauses"])
