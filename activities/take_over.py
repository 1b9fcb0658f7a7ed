"""Running cases that an office takes over: nothing due before that day reminds, escalates or makes a task.

What would have been said until then counts as said. Of a matter that began before, the later stages are silent
too; only warnings that count down to an end still speak, with the stages that lie ahead.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from activities.draft import Draft
from activities.matters import open_task
from domain.codes import TalkKind
from domain.events import Event, JourneyStarted
from domain.facts import CaseFacts
from domain.turned import MatterTakenOver
from rules.compiled import CAUSE, Compiled
from rules.foresight import foresee
from rules.judge import weigh
from rules.ladder import Episode, Memory, Weighed
from rules.plain import all_hold

# A claim that lapses is counted from its beginning, and counts down all the same (FOE-06).
_LAPSES = ("claim",)
_ONE_DAY = timedelta(days=1)


def before(facts: CaseFacts, day: date) -> bool:
    """True for a day of which this journey knows nothing, because it was led elsewhere then."""
    return facts.taken_over_on is not None and day < facts.taken_over_on


def seed(draft: Draft, new_events: tuple[Event, ...]) -> None:
    """Count as said what was due before; once, with the first event of the journey."""
    if draft.facts.taken_over_on is None or not any(isinstance(e.body, JourneyStarted) for e in new_events):
        return
    for (rule, subject, episode), stage, on in _due_before(draft, draft.facts.taken_over_on - _ONE_DAY):
        draft.emit(MatterTakenOver(rule=rule, subject=subject, episode=episode, stage=stage, on=on))


def review(draft: Draft) -> None:
    """The first look at a journey that was taken over, on the day that spreads it among the others."""
    day = draft.facts.first_review_on
    if draft.facts.taken_over_on is not None and day is not None and draft.day >= day:
        open_task(draft, "take_over_review", "journey", (day.isoformat(),))


def reviewed(facts: CaseFacts) -> bool:
    """True once a review talk was held since the take-over."""
    since = facts.taken_over_on
    return since is not None and any(t.talk == TalkKind.REVIEW and t.on >= since for t in facts.talks)


def _due_before(draft: Draft, last: date) -> Iterator[tuple[Episode, int, date]]:
    """Each stage that counts as said, with its day; a day that is not yet over counts as today."""
    if last <= draft.facts.t0:
        return
    made_by = draft.editions
    said: dict[tuple[Episode, int], date] = {}
    for day, made in foresee(
        draft.facts, last, on=draft.facts.t0, calendar=made_by.calendar, book=made_by.book
    ):
        said.setdefault(((made.rule, made.subject, made.episode), made.stage), day)
    for entry in weigh(draft.facts, last, Memory(), calendar=made_by.calendar, book=made_by.book):
        for stage in _silent(entry, said):
            on = said.get((entry.episode, stage), last)
            yield entry.episode, stage, min(on, draft.day)


def _silent(entry: Weighed, said: dict[tuple[Episode, int], date]) -> tuple[int, ...]:
    """The stages of a matter that are not to speak any more, if it still has a cause."""
    compiled, values = entry.compiled, entry.values
    stages = range(1, len(compiled.rows))
    reached = [n for n in stages if (entry.episode, n) in said or all_hold(compiled.rows[n], values)]
    if not reached or not all_hold(compiled.rows[CAUSE], values):
        return ()
    return tuple(range(1, max(reached) + 1)) if counts_down(compiled) else tuple(stages)


def counts_down(compiled: Compiled) -> bool:
    """True for a warning before an end."""
    marks = [mark for mark in compiled.marks if mark is not None]
    return compiled.rule.subject in _LAPSES or (bool(marks) and all(op == "<=" for _, op, _ in marks))
