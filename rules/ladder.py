"""What acts, over time: of all that holds, the lowest stage that has not spoken and whose turn has come."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.codes import Addressee, Outcome
from domain.decisions import Decision, Lifted
from domain.facts import CaseFacts, SpokenFact
from domain.gate import twin_open
from rules.compiled import CAUSE, Compiled
from rules.plain import Asked, Holds, asking
from rules.shape import Rule
from rules.subjects import AnyFacts, Subject

Episode = tuple[str, str, date]
Ruled = tuple[tuple[Decision, ...], tuple[Lifted, ...]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One rule with one subject and all the integers that the rule's conditions may name."""

    compiled: Compiled
    subject: Subject
    values: dict[str, int]

    @property
    def episode(self) -> Episode:
        """What the memory of spoken stages is kept under."""
        return self.compiled.rule.id, self.subject.id, self.subject.episode


class Memory:
    """Which stage of which episode acted on which day."""

    def __init__(self, spoken: Iterable[SpokenFact] = ()) -> None:
        self._stages: dict[Episode, dict[int, date]] = {}
        self._last: dict[tuple[str, str], date] = {}
        for entry in spoken:
            self.add((entry.rule, entry.subject, entry.episode), entry.stage, entry.on)

    def add(self, episode: Episode, stage: int, on: date) -> None:
        """Remember that a stage acted."""
        self._stages.setdefault(episode, {}).setdefault(stage, on)
        matter = episode[:2]
        self._last[matter] = max(on, self._last.get(matter, on))

    def forget(self, episode: Episode) -> None:
        """Let go of an episode that was lifted."""
        self._stages.pop(episode, None)

    def stages(self, episode: Episode) -> dict[int, date]:
        """The stages of an episode that acted, with their days."""
        return self._stages.get(episode, {})

    def spoke_on(self, episode: Episode, day: date) -> bool:
        """True if the matter has already spoken that day, in whatever episode."""
        return self._last.get(episode[:2]) == day

    def episodes(self) -> tuple[Episode, ...]:
        """Every episode with a stage that acted, in a fixed order."""
        return tuple(sorted(self._stages))


def ruled(
    facts: AnyFacts,
    on: date,
    weighed: Sequence[Weighed],
    holds: Holds,
    *,
    memory: Memory,
    rules: Iterable[str],
) -> Ruled:
    """What acts today, matter by matter, and which remembered episodes of these rules are over."""
    speaking = sorted(acting(weighed, holds, memory, on), key=lambda pair: pair[0].episode)
    made = (d for entry, stage in speaking for d in decisions_of(entry, stage, facts, on))
    return tuple(made), lifted(weighed, holds, memory, rules)


def acting(
    weighed: Sequence[Weighed], holds: Holds, memory: Memory, on: date
) -> Iterator[tuple[Weighed, int]]:
    """The stage of each matter that acts today; at most one for a matter."""
    for position, entry in enumerate(weighed):
        stage = next_stage(entry, position, holds, memory)
        if stage is not None and not memory.spoke_on(entry.episode, on):
            yield entry, stage


def next_stage(entry: Weighed, position: int, holds: Holds, memory: Memory) -> int | None:
    """The lowest stage that holds, may speak in this episode, and whose distance has passed."""
    spoken = memory.stages(entry.episode)
    for number in may_speak(entry.compiled.rule, spoken):
        if (position, number) in holds and distance_left(entry, number, spoken) <= 0:
            return number
    return None


def may_speak(rule: Rule, spoken: Container[int]) -> tuple[int, ...]:
    """The stages that have not spoken and wait for none that has not; the first, and one alone, wait for nobody."""
    return tuple(
        number
        for number, stage in enumerate(rule.stages, start=1)
        if number not in spoken and (number == 1 or stage.alone or number - 1 in spoken)
    )


def distance_left(entry: Weighed, stage: int, spoken: Mapping[int, date]) -> int:
    """How much of its distance from the stage before a stage that may speak still lacks, on the subject's clock."""
    before = spoken.get(stage - 1)
    if before is None or entry.compiled.rule.stages[stage - 1].alone:
        return 0
    return entry.compiled.distances[stage - 1] - entry.subject.clock(before)


def asked(entry: Weighed, memory: Memory) -> Asked:
    """The rule with the stages whose answer can matter today.

    Whether the cause still holds matters only once a stage has spoken.
    """
    spoken = memory.stages(entry.episode)
    may = may_speak(entry.compiled.rule, spoken)
    return asking(entry.compiled, (CAUSE, *may) if spoken else may)


def lifted(
    weighed: Sequence[Weighed], holds: Holds, memory: Memory, rules: Iterable[str]
) -> tuple[Lifted, ...]:
    """Every remembered episode whose cause no longer holds."""
    alive = {entry.episode for position, entry in enumerate(weighed) if (position, CAUSE) in holds}
    known = set(rules)
    gone = (e for e in memory.episodes() if e not in alive and e[0] in known)
    return tuple(Lifted(rule=rule, subject=subject, episode=day) for rule, subject, day in gone)


def decisions_of(entry: Weighed, stage: int, facts: AnyFacts, on: date) -> Iterator[Decision]:
    """One decision for each outcome of a stage that acts."""
    rule = entry.compiled.rule
    named = {field for row in (entry.compiled.rows[0], entry.compiled.rows[stage]) for field, _, _ in row}
    values = {name: entry.values[name] for name in sorted(named)}
    waiting = isinstance(facts, CaseFacts) and twin_open(facts, entry.compiled.ask, entry.subject.id, on)
    for outcome, addressee in _outcomes(rule, stage, paused=bool(entry.values["paused"])):
        yield Decision(
            rule=rule.id,
            version=rule.version,
            stage=stage,
            outcome=outcome,
            addressee=addressee,
            basis=rule.basis,
            subject=entry.subject.id,
            episode=entry.subject.episode,
            values=values,
            twin_open=waiting and bool(rule.twin),
        )


def _outcomes(rule: Rule, stage: int, *, paused: bool) -> Iterator[tuple[Outcome, Addressee]]:
    """In a pause a warning to the person becomes a task: what is written there waits for nobody's rest."""
    seen = set()
    for outcome in rule.stages[stage - 1].outcomes:
        told = (Outcome.TASK, Addressee.CASE_WORKER) if paused and outcome[0] == Outcome.REMIND else outcome
        if told not in seen:
            seen.add(told)
            yield told
