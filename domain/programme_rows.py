"""The rows of a programme as they stand in its file: steps, dates, sides, service notices. Data, not code."""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from domain.codes import Addressee, ExcuseReason, TalkKind
from domain.ids import Code, RuleId
from domain.model import Handed

MOST_CORE_STEPS = 12
Unit = Literal["d", "AT", "W", "M"]
Count = Annotated[int, Field(strict=True, ge=0, le=1000)]
Positive = Annotated[int, Field(strict=True, ge=1, le=1000)]
Months = Annotated[int, Field(strict=True, ge=1, le=60)]
MonthOfYear = Annotated[int, Field(strict=True, ge=1, le=12)]
StepId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,39}$")]
StepCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][1-9][0-9]?$")]
Reference = Annotated[
    str, StringConstraints(pattern=r"^(t0|term|close|year|(step|fact):[a-z][a-z0-9_]{1,39})$")
]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Actor = Literal["office", "participant", "both", "lead", "system", "provider", "department"]
Second = Literal["lead", "data_protection", "jobcenter", "provider"]
Level = Literal["journey", "aftercare", "office"]
Evidence = Literal["staffed", "consent_answered", "talk_held", "contact"]


class Wording(Handed):
    """What a person reads, in German and in English."""

    de: Sentence
    en: Sentence


class Named(NamedTuple):
    """What a step of a journey is called, in German and in English."""

    de: str
    en: str


class Due(Handed):
    """A date counted from one event (A-01, A-02, A-04), in days, working days, weeks or months.

    `after` is `t0`, `term` (the end of the term), `close` (the end of the journey), `year` (each 1 January),
    `step:<id>` (the day it was done) or `fact:<code>` (the day since which it holds; the day itself where the
    fact is a day). `back` counts from the end of the term towards its beginning.
    """

    after: Reference
    n: Count
    unit: Unit
    back: bool = False


class Every(Handed):
    """The distance between two repetitions, counted from the same event as the first (A-04)."""

    n: Positive
    unit: Unit


class Season(Handed):
    """The months of the year in which a step comes, both included; 10 to 3 spans the new year."""

    from_month: MonthOfYear
    to_month: MonthOfYear

    def includes(self, month: int) -> bool:
        """True in a month of the season."""
        if self.from_month <= self.to_month:
            return self.from_month <= month <= self.to_month
        return month >= self.from_month or month <= self.to_month


class Repeat(Handed):
    """A step that comes again: before the end of the term, not after the day of the fact, at most `times`."""

    every: Every
    until: Annotated[str, StringConstraints(pattern=r"^(term|fact:[a-z][a-z0-9_]{1,39})$")] = "term"
    times: Positive | None = None
    season: Season | None = None


class Condition(Handed):
    """True while the latest recorded value of the fact is one of these; of a day, once a day is known."""

    fact: Code
    value: Annotated[tuple[str, ...], Field(min_length=1)]


class Before(Handed):
    """How long before a date: counted back in days or weeks (A-04)."""

    n: Positive
    unit: Literal["d", "W"]


class StepNotice(Handed):
    """A service notice before a date; `text` names the template of a letter, or the kind of a task."""

    before: Before
    to: Literal[Addressee.PARTICIPANT, Addressee.CASE_WORKER, Addressee.LEAD]
    text: Code


class Phase(Handed):
    """A stretch of the journey, for pictures and headings only."""

    id: StepId
    title: Wording
    from_month: Count
    to_month: Count


class Part(Handed):
    """One of several dates of a step, with a name of its own; `at` is that of the step where not given."""

    title: Wording
    due: Due
    at: Literal["date", "talk"] | None = None
    settled_by: Condition | None = None


class ProgrammeStep(Handed):
    """One step: whose it is, when it is due, whether it exists, and what either side owes.

    It has one date (`due`), or several (`parts`), each with a name of its own.
    `at: talk` has no date of its own: the step waits for the next talk from its date on. A `chosen` step exists
    where the plan chose it, or where `when` holds; every other where `when` holds or is not given. `settled_by`
    and `settled_when` name what makes the step needless, without a record that it was done. What is `voluntary`
    is offered and can be asked of nobody. `twins` are the duties of the office that come before a reminder.
    """

    id: StepId
    code: StepCode | None = None
    title: Wording
    actor: Actor
    second: Second | None = None
    core: bool
    level: Level = "journey"
    phase: StepId
    due: Due | None = None
    at: Literal["date", "talk"] = "date"
    talk: TalkKind | None = None
    parts: tuple[Part, ...] = ()
    repeat: Repeat | None = None
    chosen: bool = False
    when: Condition | None = None
    settled_by: Condition | None = None
    settled_when: Evidence | None = None
    voluntary: bool = False
    foerdern: Wording | None = None
    fordern: Wording | None = None
    excuses: tuple[ExcuseReason, ...] | None = None
    twins: tuple[Sentence, ...] = ()
    notices: tuple[StepNotice, ...] = ()
    rules: tuple[RuleId, ...] = ()
    basis: tuple[Sentence, ...] = ()

    @property
    def dates(self) -> tuple[Part, ...]:
        """The one date of the step, or each of its parts."""
        return self.parts or (() if self.due is None else (Part(title=self.title, due=self.due),))

    def part(self, subject: str) -> Part | None:
        """The part that a subject such as `recognition/2` names, or None."""
        number = subject.partition("/")[2]
        named = number.isdigit() and 0 < int(number) <= len(self.parts)
        return self.parts[int(number) - 1] if named else None


class Programme(Handed):
    """A version of the steps; immutable once a journey has used it."""

    id: Code
    title: Wording
    term_months: Months
    extensions: tuple[Months, ...] = ()
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    steps: Annotated[tuple[ProgrammeStep, ...], Field(min_length=1)]
    excuses: tuple[ExcuseReason, ...] = ()
    appointment_notices: tuple[StepNotice, ...] = ()
    commitment_notices: tuple[StepNotice, ...] = ()
    basis: tuple[Sentence, ...] = ()

    @property
    def longest_months(self) -> int:
        """The longest term that the programme knows."""
        return max((self.term_months, *self.extensions))

    @property
    def stretches(self) -> tuple[Phase, ...]:
        """The phases that follow one another; one that runs beside them is none of these."""
        found: list[Phase] = []
        for phase in self.phases:
            if not found or phase.from_month >= found[-1].to_month:
                found.append(phase)
        return tuple(found)

    def step(self, subject: str) -> ProgrammeStep | None:
        """The step of a subject such as `profile` or `half_year_review/2`, or None."""
        wanted = subject.partition("/")[0]
        return next((step for step in self.steps if step.id == wanted), None)

    def name_of(self, subject: str) -> Named | None:
        """What the step of a subject is called: with its part, or the number of its repetition."""
        step = self.step(subject)
        if step is None:
            return None
        part, number = step.part(subject), subject.partition("/")[2]
        if part is not None:
            return Named(f"{step.title.de}: {part.title.de}", f"{step.title.en}: {part.title.en}")
        return Named(f"{step.title.de} {number}".strip(), f"{step.title.en} {number}".strip())

    def choosable(self) -> tuple[ProgrammeStep, ...]:
        """The steps that the plan may choose."""
        return tuple(step for step in self.steps if step.chosen)

    def excuses_of(self, step: ProgrammeStep) -> tuple[ExcuseReason, ...]:
        """The reasons that count for a step: its own, else those of the programme."""
        return self.excuses if step.excuses is None else step.excuses
