"""A pause is looked at again every eight weeks, and on the day it was meant to end; it never ends by itself."""

from collections.abc import Iterator
from datetime import date, timedelta

from activities.draft import Draft
from activities.matters import open_task
from domain.facts import CaseFacts, PauseFact, TaskFact

REVIEW = timedelta(weeks=8)
_LOOKS = ("review_pause", "review_pause_end")


def running(facts: CaseFacts) -> Iterator[PauseFact]:
    """The pauses that nobody has ended."""
    return (p for p in facts.pauses if p.ended_on is None)


def ask(draft: Draft) -> None:
    """Let somebody look: on the day it was meant to end, else after eight weeks, again and again."""
    for pause in running(draft.facts):
        subject = f"pause/{pause.id}"
        if (
            pause.until is not None
            and pause.until <= draft.day
            and not _looked_since(draft, pause, pause.until)
        ):
            open_task(draft, "review_pause_end", subject, (pause.until.isoformat(),))
        elif not _waits(draft.facts, subject) and (due := review_on(draft.facts, pause)) <= draft.day:
            open_task(draft, "review_pause", subject, (due.isoformat(),))


def days(facts: CaseFacts) -> Iterator[date]:
    """The days on which somebody has to look."""
    for pause in running(facts):
        yield review_on(facts, pause)
        if pause.until is not None:
            yield pause.until


def review_on(facts: CaseFacts, pause: PauseFact) -> date:
    """Eight weeks after the last look at it, or after its beginning."""
    return max(_looks(facts, pause), default=pause.start) + REVIEW


def looked_at(facts: CaseFacts, task: TaskFact) -> bool:
    """True once the pause is over, or somebody has reviewed it since the task was opened."""
    ref = task.subject.partition("/")[2]
    still = (p for p in running(facts) if p.id == ref)
    return not any(p.reviewed_on is None or p.reviewed_on < task.opened_on for p in still)


def _waits(facts: CaseFacts, subject: str) -> bool:
    """True while a task about this pause is open: one question at a time is enough."""
    return any(t.subject == subject and t.what in _LOOKS and t.closed_on is None for t in facts.tasks)


def _looked_since(draft: Draft, pause: PauseFact, day: date) -> bool:
    return any(look >= day for look in _looks(draft.facts, pause))


def _looks(facts: CaseFacts, pause: PauseFact) -> Iterator[date]:
    """Each day on which somebody looked: reviewed it, or finished a task about it."""
    if pause.reviewed_on is not None:
        yield pause.reviewed_on
    about = (t for t in facts.tasks if t.subject == f"pause/{pause.id}" and t.what in _LOOKS)
    yield from (t.closed_on for t in about if t.closed_on is not None)
