"""What rested on a record that was wrong, or that came late: the outcome is taken back and held against nobody.

A stage is taken back if, by what is known now, it would not have spoken on its day, and would not today (A-39).
"""

from collections.abc import Iterator
from datetime import date

from activities.draft import Draft
from domain.calendar import berlin_day
from domain.decisions import Lifted, Ruling
from domain.events import Event, FactRecorded
from domain.facts import CaseFacts, SpokenFact
from domain.turned import AppointmentCorrected, DisputeSettled, FactWithdrawn, OutcomeWithdrawn
from rules.judge import weigh
from rules.ladder import Memory
from rules.plain import all_hold

# Who is responsible has no history in the facts: yesterday's gap cannot be weighed again.
_UNDATED = ("staffing",)


def withdraw(draft: Draft, new_events: tuple[Event, ...], ruling: Ruling) -> tuple[Lifted, ...]:
    """Say of each stage that lost its ground that it did, and give back the matters concerned."""
    gone: dict[tuple[str, str, date], Lifted] = {}
    for said, because in _lost(draft, new_events, ruling):
        draft.emit(
            OutcomeWithdrawn(
                rule=said.rule,
                subject=said.subject,
                episode=said.episode,
                stage=said.stage,
                said_on=said.on,
                because=because,
                on=draft.day,
            )
        )
        key = (said.rule, said.subject, said.episode)
        gone[key] = Lifted(rule=said.rule, subject=said.subject, episode=said.episode)
    return tuple(gone.values())


def _lost(draft: Draft, new_events: tuple[Event, ...], ruling: Ruling) -> Iterator[tuple[SpokenFact, int]]:
    late = [(event.seq, day) for event in new_events for day in _reaches_back(draft.facts, event)]
    if not late:
        return
    lifted = {(one.rule, one.subject, one.episode) for one in ruling.lifted}
    for said in draft.facts.spoken:
        because = next((seq for seq, day in late if day <= said.on), None)
        if because is None or not _would_have_been_silent(draft, said):
            continue
        gone = (said.rule, said.subject, said.episode) in lifted
        if gone or not _speaks(draft, said, draft.day):
            yield said, because


def _reaches_back(facts: CaseFacts, event: Event) -> Iterator[date]:
    """The day from which an event tells something else than was known: a correction, or late news."""
    body = event.body
    day = event.valid_from or getattr(body, "on", None) or getattr(body, "start", None)
    if isinstance(body, FactWithdrawn) or (isinstance(body, DisputeSettled) and not body.upheld):
        yield from (v.valid_from for v in facts.values if _is(v.seq, v.code, v.about, body))
    elif isinstance(body, AppointmentCorrected):
        yield from (berlin_day(a.start) for a in facts.appointments if a.id == body.appointment)
    elif isinstance(body, FactRecorded) and event.supersedes is not None:
        yield from (v.valid_from for v in facts.values if v.seq in (event.supersedes, event.seq))
    elif type(day) is date and day < berlin_day(event.recorded_at):
        yield day


def _is(seq: int, code: str, about: str, body: FactWithdrawn | DisputeSettled) -> bool:
    return (seq, code, about) == (body.fact, body.code, body.about)


def _would_have_been_silent(draft: Draft, said: SpokenFact) -> bool:
    return not _speaks(draft, said, said.on)


def _speaks(draft: Draft, said: SpokenFact, on: date) -> bool:
    """True if the stage holds on a day by what is known now; how people answered it meanwhile is left out."""
    made_by = draft.editions
    same = [c for c in made_by.book.compiled if c.rule.id == said.rule]
    if any(c.rule.subject in _UNDATED for c in same):
        return True
    facts = draft.facts.model_copy(update={"matters": ()})
    weighed = weigh(facts, on, Memory(), calendar=made_by.calendar, book=made_by.book, only=same)
    return any(
        entry.episode == (said.rule, said.subject, said.episode)
        and said.stage < len(entry.compiled.rows)
        and all_hold(entry.compiled.rows[said.stage], entry.values)
        for entry in weighed
    )
