"""`OfficeFacts`: what was recorded about one office, its posts, its rules and its papers; nothing computed."""

from datetime import date
from typing import Literal

from pydantic import Field

from domain.facts import MatterFact, SpokenFact, TaskFact
from domain.ids import Id, OfficeId, RuleId
from domain.model import Wire

DataClass = Literal["plan", "notes", "access_log", "history"]


class PostFact(Wire):
    """A case worker's post; `share` is in hundredths of a full one, paused and closed cases do not run."""

    worker: Id
    since: date
    share: int = Field(ge=0, le=100)
    running_cases: int = Field(ge=0)
    due_items: int = Field(default=0, ge=0)
    substitute: Id | None = None


class AbsenceFact(Wire):
    """An absence, planned or not, from its first to its last day; open while nobody knows the last."""

    worker: Id
    first: date
    last: date | None = None


class ValidityFact(Wire):
    """Until when a rule may speak, whether another follows, and by when its source is to be read again."""

    rule: RuleId
    until: date | None = None
    successor: bool = False
    recheck_by: date | None = None


class RetentionFact(Wire):
    """One class of data of a closed journey; a hold suspends the deletion, not the period."""

    journey: Id
    data: DataClass
    closed_on: date
    withdrawn_on: date | None = None
    held: bool = False
    erased_on: date | None = None


class ReportFact(Wire):
    """The yearly figures: for which year, until when, and when they were sent."""

    year: int = Field(ge=2017, le=2100)
    due: date
    sent_on: date | None = None


class OfficeFacts(Wire):
    """All that the rules may know of one office."""

    schema_version: int = 1
    office: OfficeId
    posts: tuple[PostFact, ...] = ()
    absences: tuple[AbsenceFact, ...] = ()
    validities: tuple[ValidityFact, ...] = ()
    retentions: tuple[RetentionFact, ...] = ()
    reports: tuple[ReportFact, ...] = ()
    spoken: tuple[SpokenFact, ...] = ()
    matters: tuple[MatterFact, ...] = ()
    tasks: tuple[TaskFact, ...] = ()

    def absent(self, worker: str, on: date) -> AbsenceFact | None:
        """The absence that holds on a day, its first and last day included, or None; the longest of several."""
        covering = (
            a
            for a in self.absences
            if a.worker == worker and a.first <= on and (a.last is None or on <= a.last)
        )
        return min(covering, key=lambda a: a.first, default=None)
