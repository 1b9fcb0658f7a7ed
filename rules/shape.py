"""The shape of a rule: what a file of the catalogue may say, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.codes import Addressee, Outcome
from domain.gate import Ask

Op = Literal[">=", "<=", "=="]
StageOp = Literal[">=", "<=", ">"]
Unit = Literal["d", "AT", "W", "M", "n", "%"]
Side = Literal["foerdern", "fordern", "quality"]
DAYS_PER_WEEK = 7
HALVES = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """One integer field of the subject against a number, or against a parameter named in the book."""

    field: str
    op: Op
    bound: int | str


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the ladder: reached when `field` has come to the parameter `after`.

    A field that counts towards something grows (`>=`, `>`); one that counts down to an end falls (`<=`).
    `gap` names how long after the stage before it acted this one may act; without it that is the distance of
    the two marks. With a gap a stage needs no mark of its own. `alone`: it waits for no stage before it.
    `quiet` holds back this stage only, where the others of its rule may speak.
    """

    no: int
    outcomes: tuple[tuple[Outcome, Addressee], ...]
    says_de: str
    says_en: str
    field: str = ""
    after: str = ""
    op: StageOp = ">="
    gap: str = ""
    alone: bool = False
    quiet: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A literal case: what was recorded, the day, and the stage that acts then (0: none)."""

    name: str
    on: date
    stage: int
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated number with its source and the limits within which a district may set it.

    Months may be halves (§ 189 (2) BGB); `n` and `%` are counts and whole percents.
    """

    name: str
    value: int | float
    unit: Unit
    counted_from: str
    low: int | float
    high: int | float
    source: str
    since: date
    until: date | None = None

    def bound(self, unit: str) -> int:
        """The number that a field of this unit is compared with: weeks as days, months as halves for `hM`."""
        if self.unit == "W":
            return int(self.value * DAYS_PER_WEEK)
        return int(self.value * HALVES) if unit == "hM" else int(self.value)

    def in_force(self, on: date) -> bool:
        """True from `since` to `until`, both included (A-26)."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule about one subject.

    `cause` must hold for every stage; when it ends, the episode ends. `quiet` holds back without ending it.
    `twin` names the duties of the office that come first. `parameters` are its numbers, each named `ID.word`.
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
    parameters: tuple[Parameter, ...] = ()

    @property
    def side(self) -> Side:
        """Whose duty it is: the office's (foerdern), the participant's (fordern), or the house's (quality)."""
        sides: dict[str, Side] = {"FOE": "foerdern", "MIT": "fordern"}
        return sides.get(self.id[:3], "quality")

    def in_force(self, on: date) -> bool:
        """True from `since` to `until`, both included (A-26)."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision that a rule rests on, its validity, when a person last read it, and by when one must.

    The notes say what was checked, or what nobody has verified.
    """

    key: str
    provision: str
    source: str
    since: date
    until: date | None
    checked: date | None
    recheck_by: date
    note_de: str = ""
    note_en: str = ""


FIRST_DAY = date(2026, 1, 1)


def number(
    name: str,
    value: float,
    unit: Unit,
    counted_from: str,
    *,
    low: float,
    high: float,
    source: str,
    since: date = FIRST_DAY,
    until: date | None = None,
) -> Parameter:
    """A parameter: its name, value and unit, from where it counts, its limits for a district, its source."""
    return Parameter(name, value, unit, counted_from, low, high, source, since, until)


RUNNING = Condition("running", "==", 1)
CONSENTED = Condition("consented", "==", 1)
ATTENDANCE_ALLOWED = Condition("attendance_allowed", "==", 1)
UNANSWERED = Condition("silenced", "==", 0)
NOT_PAUSED = Condition("paused", "==", 0)
GATE_OPEN = Condition("gate_open", "==", 1)

# What is help although it stands in a Fordern rule; every other stage of such a rule passes the gate.
HELP: dict[str, tuple[int, ...]] = {
    "MIT-06": (1,),
    "MIT-10": (1, 2),
    "MIT-11": (1,),
    "MIT-12": (1, 2, 3),
}


def asks_participant(rule: Rule) -> bool:
    """True if an outcome asks something of the participant, or escalates about the participant."""
    return rule.side == "fordern" and any(
        who == Addressee.PARTICIPANT or outcome in (Outcome.REMIND, Outcome.ESCALATE)
        for stage in rule.stages
        for outcome, who in stage.outcomes
    )


def is_help(rule: Rule, stage: Stage) -> bool:
    """True for a stage that inquires, explains or averts harm, and for every warning of the office's own rules."""
    return rule.side != "fordern" or stage.no in HELP.get(rule.id, ())


def ask_of(rule: Rule, *, help: bool = False) -> Ask:  # noqa: A002 - the word of A-10
    """Who asks, as the gate sees it."""
    demand = rule.side == "fordern" and not help
    attendance = ATTENDANCE_ALLOWED in rule.quiet
    return Ask(rule.id, rule.twin, demand=demand, help=not demand, attendance=attendance)


def held_back_by(rule: Rule, stage: Stage) -> tuple[Condition, ...]:
    """Every condition that silences the stage: the rule's, its own, and the gate where it asks and is no help.

    This is the only place that adds the gate; compiler, plain evaluation and explanation all come here.
    """
    common = (RUNNING, UNANSWERED)
    gate = (GATE_OPEN,) if asks_participant(rule) and not is_help(rule, stage) else ()
    return (*common, *rule.quiet, *stage.quiet, *gate)
