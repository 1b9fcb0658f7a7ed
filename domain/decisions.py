"""What the rules answer, and what a day brings: decisions, rulings and the things to come."""

from datetime import date
from typing import Literal

from domain.codes import Addressee, Outcome
from domain.ids import Code, RuleId, Subject
from domain.model import Wire


class Decision(Wire):
    """One outcome of one stage that acts on a day; `values` are the integers that its conditions compared."""

    rule: RuleId
    version: int
    stage: int
    outcome: Outcome
    addressee: Addressee
    basis: tuple[str, ...]
    subject: Subject
    episode: date
    values: dict[str, int]
    twin_open: bool


class Lifted(Wire):
    """An episode whose cause is gone."""

    rule: RuleId
    subject: Subject
    episode: date


class Ruling(Wire):
    """The answer of the whole book for one day."""

    as_of: date
    book: str
    book_sha256: str
    agreement: bool
    decisions: tuple[Decision, ...]
    lifted: tuple[Lifted, ...]


class StepPlan(Wire):
    """A step with its due date: raw as counted, and as it stands after § 26 (3) SGB X where it moves.

    `at_talk`: it has no date of its own; `due` is the day of the next talk.
    """

    step: Subject
    due: date
    raw_due: date
    core: bool = True
    at_talk: bool = False


class Upcoming(Wire):
    """What happens by itself if nothing happens before: a notice, a task or an escalation to come."""

    on: date
    what: Literal["notice", "task", "escalation", "step_due"]
    code: Code
    subject: Subject
    addressee: Addressee
    rule: RuleId | None = None
    stage: int = 0
    level: int = 0


class Edition(Wire):
    """A named, hashed version of something that people publish: a book, a programme, a calendar."""

    id: Code
    sha256: str
