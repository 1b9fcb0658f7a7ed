"""The shape of a rule: what a file of the catalogue may say, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.codes import Addressee, Outcome

Op = Literal[">=", "<=", "=="]
Unit = Literal["d", "AT", "W", "M"]
Side = Literal["foerdern", "fordern"]
DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class Condition:
    """One integer field of the subject against a number, or against a parameter named in the book."""

    field: str
    op: Op
    bound: int | str


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the ladder: reached when `field` has come to the parameter `after`.

    `quiet` holds back this stage alone, where the others of its rule may speak.
    """

    no: int
    field: str
    after: str
    outcomes: tuple[tuple[Outcome, Addressee], ...]
    says_de: str
    says_en: str
    quiet: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A literal case: what was recorded, the day, and the stage that acts then (0: none)."""

    name: str
    on: date
    stage: int
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule about one subject.

    `cause` must hold for every stage; when it ends, the episode ends. `quiet` holds back without ending it.
    `help` gives the reason why the gate does not stop the rule; only what is no demand may carry one.
    """

    id: str
    version: int
    title_de: str
    title_en: str
    basis: tuple[str, ...]
    since: date
    subject: str
    cause: tuple[Condition, ...]
    quiet: tuple[Condition, ...]
    stages: tuple[Stage, ...]
    never: tuple[str, ...]
    cases: tuple[Case, ...] = field(repr=False)
    until: date | None = None
    twin: tuple[str, ...] = ()
    help: str = ""

    @property
    def side(self) -> Side:
        """Whose duty it is: the office's (foerdern) or the participant's (fordern)."""
        return "foerdern" if self.id.startswith("FOE") else "fordern"

    def in_force(self, on: date) -> bool:
        """True from `since` to `until`, both included (A-26)."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated threshold with its source and the limits within which a district may set it."""

    name: str
    value: int
    unit: Unit
    counted_from: str
    low: int
    high: int
    source: str
    since: date
    until: date | None = None

    @property
    def bound(self) -> int:
        """The number that a field is compared with: weeks become days, all other units stay."""
        return self.value * DAYS_PER_WEEK if self.unit == "W" else self.value


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision that a rule rests on, its validity, when a person last read it, and by when one must."""

    key: str
    provision: str
    source: str
    since: date
    until: date | None
    checked: date | None
    recheck_by: date


RUNNING = Condition("running", "==", 1)
CONSENTED = Condition("consented", "==", 1)
UNANSWERED = Condition("silenced", "==", 0)
NOT_PAUSED = Condition("paused", "==", 0)
GATE_OPEN = Condition("gate_open", "==", 1)


def asks_participant(rule: Rule) -> bool:
    """True if an outcome asks something of the participant, or escalates about the participant."""
    return rule.side == "fordern" and any(
        who == Addressee.PARTICIPANT or outcome in (Outcome.REMIND, Outcome.ESCALATE)
        for stage in rule.stages
        for outcome, who in stage.outcomes
    )


def held_back_by(rule: Rule, stage: Stage) -> tuple[Condition, ...]:
    """Every condition that silences the stage: the rule's, its own, and the gate where it asks and is no help.

    This is the only place that adds the gate; compiler, plain evaluation and explanation all come here.
    """
    common = (RUNNING, UNANSWERED)
    gate = (GATE_OPEN,) if asks_participant(rule) and not rule.help else ()
    return (*common, *rule.quiet, *stage.quiet, *gate)
