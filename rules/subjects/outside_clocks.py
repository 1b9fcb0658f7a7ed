"""The clocks of others that the office watches: recognition bodies, places for children, the end of school."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import add_months, months_since, sub_months
from domain.facts import CaseFacts, ValueFact
from rules.subjects.fields import Kind, Reading, Subject, flag, months, subject

_ONE_DAY = timedelta(days=1)
_LONGEST_REST = timedelta(days=14)
_ANSWERS = ("acknowledged", "decided")
Span = tuple[date, date]


def recognitions(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Each application for recognition, until the body has acknowledged and decided it (FOE-12, A-23)."""
    facts, on = reading.facts, reading.on
    for ref in facts.numbered("recognition", on):
        filed = facts.day_value("recognition_filed", on, ref)
        acknowledged, decided = (_said_yes(reading, f"recognition_{what}", ref) for what in _ANSWERS)
        if filed is None or (acknowledged and decided):
            continue
        yield subject(
            "recognition",
            _RECOGNITION,
            ref,
            filed,
            lambda since: (on - since).days,
            turns=tuple(_late_from(reading, ref, filed)),
            acknowledged=acknowledged,
            recognition_decided=decided,
            months_to_acknowledge=_months_over(reading, filed, ()),
            months_to_decide=_months_to_decide(reading, ref),
        )


def _said_yes(reading: Reading[CaseFacts], code: str, ref: str) -> bool:
    return reading.facts.value(code, reading.on, ref) == "yes"


def _months_to_decide(reading: Reading[CaseFacts], ref: str) -> int:
    """Months over since the papers were complete; an extension says itself when the last of them is."""
    facts, on = reading.facts, reading.on
    complete = facts.day_value("recognition_complete", on, ref)
    over = 0 if complete is None else _months_over(reading, complete, _stopped(facts, on, ref))
    extended = facts.day_value("recognition_extended_until", on, ref)
    if extended is None or complete is None:
        return over
    period = reading.bounds["FOE-12.decide"]
    return max(over, period) if _is_over(reading, extended) else min(over, period - 1)


def _months_over(reading: Reading[CaseFacts], start: date, stops: tuple[Span, ...]) -> int:
    """How many months of a body's period are over: the last day of each, moved to a working day, is past."""
    found = months_since(start, reading.on)
    while found > 0:
        last = _last_day(start, found, stops)
        if last is not None and _is_over(reading, last):
            break
        found -= 1
    return found


def _is_over(reading: Reading[CaseFacts], last: date) -> bool:
    """True from the day after the last day, moved off weekends; a long past one needs no calendar."""
    if reading.on - last > _LONGEST_REST:
        return True
    return last < reading.on and reading.calendar.next_working_day(last) < reading.on


def _last_day(start: date, period: int, stops: tuple[Span, ...]) -> date | None:
    """The last day of so many months without the stopped days, or None while a stop has no end."""
    left = (add_months(start, period) - start).days
    reached = start
    for first, last in stops:
        runs = (first - _ONE_DAY - reached).days
        if runs >= left:
            break
        if last == date.max:
            return None
        left -= max(0, runs)
        reached = max(reached, last)
    return reached + timedelta(days=left)


def _stopped(facts: CaseFacts, on: date, ref: str) -> tuple[Span, ...]:
    """The spans in which the body's clock stands still: the day of `yes` to the day before `no`."""
    spans: list[Span] = []
    since: date | None = None
    for entry in _in_order(facts, on, ref):
        if entry.value == "yes":
            since = since or entry.valid_from
        elif since is not None:
            spans.append((since, entry.valid_from - _ONE_DAY))
            since = None
    return (*spans, (since, date.max)) if since is not None else tuple(spans)


def _in_order(facts: CaseFacts, on: date, ref: str) -> list[ValueFact]:
    """What was said of the clock, day by day; what was put right on its own day does not count."""
    said = {
        v.valid_from: v
        for v in sorted(facts.values, key=lambda v: v.seq)
        if v.code == "recognition_stopped" and v.about == ref and v.valid_from <= on and not v.superseded
    }
    return [said[day] for day in sorted(said)]


def _late_from(reading: Reading[CaseFacts], ref: str, filed: date) -> Iterator[date]:
    """The days from which the body is late: they stand in no fact."""
    calendar = reading.calendar
    for last in _last_days(reading, ref, filed):
        if calendar.first <= last <= calendar.last - _LONGEST_REST:
            yield calendar.next_working_day(last) + _ONE_DAY


def _last_days(reading: Reading[CaseFacts], ref: str, filed: date) -> Iterator[date]:
    """The last days of the body's periods that have begun, and of its extension."""
    facts, on = reading.facts, reading.on
    if filed <= on:
        yield add_months(filed, reading.bounds["FOE-12.acknowledge"])
    complete = facts.day_value("recognition_complete", on, ref)
    if complete is not None and complete <= on:
        last = _last_day(complete, reading.bounds["FOE-12.decide"], _stopped(facts, on, ref))
        yield from () if last is None else (last,)
    extended = facts.day_value("recognition_extended_until", on, ref)
    yield from () if extended is None else (extended,)


def children(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Each child's place at school or day care, from its arrival or first birthday (FOE-13, A-36)."""
    facts, on = reading.facts, reading.on
    for ref in facts.numbered("child", on):
        since = facts.day_value("child_clock_from", on, ref)
        if since is None or facts.value("child_group", on, ref) is None:
            continue
        yield subject(
            "child",
            _CHILD,
            ref,
            since,
            lambda day: months_since(day, on),
            child_has_place=_said_yes(reading, "child_place", ref),
            months_since_child_clock=months_since(since, on),
        )


def transition(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The talk about what comes after school, in months counted back from its last day (FOE-20)."""
    facts, on = reading.facts, reading.on
    end = facts.day_value("school_ends", on)
    if end is None:
        return
    yield subject(
        "transition",
        _TRANSITION,
        "transition",
        end,
        lambda day: months_since(day, on),
        school_over=end < on,
        transition_talked=facts.value("transition_talk", on) is not None,
        months_of_school_left=_months_left(on, end),
    )


def _months_left(on: date, end: date) -> int:
    """The least number of months that, counted back from the end, is reached; at least 0."""
    span = (end.year - on.year) * 12 + end.month - on.month
    if span < 0:
        return 0
    return span if sub_months(end, span) <= on else span + 1


_RECOGNITION = (
    flag("acknowledged", "the body acknowledged the application", "die Stelle hat den Empfang bestätigt"),
    flag("recognition_decided", "the body decided", "die Stelle hat entschieden"),
    months(
        "months_to_acknowledge",
        "months since filing that are over, each last day moved to a working day (A-23)",
        "abgelaufene Monate seit dem Antrag",
    ),
    months(
        "months_to_decide",
        "months since the complete file that are over, stopped days not counted (A-23)",
        "abgelaufene Monate seit den vollständigen Unterlagen",
    ),
)
_CHILD = (
    flag("child_has_place", "the child has a place at school or day care", "das Kind hat einen Platz"),
    months(
        "months_since_child_clock",
        "months since arrival, or since the first birthday where born here (A-36)",
        "Monate seit der Ankunft oder dem ersten Geburtstag",
    ),
)
_TRANSITION = (
    flag("school_over", "the last day at school is past", "die Schulzeit ist vorbei"),
    flag(
        "transition_talked",
        "a talk about the transition was offered or held",
        "ein Gespräch über den Übergang ist angeboten oder gehalten",
    ),
    months(
        "months_of_school_left",
        "months until the last day at school, counted back from it",
        "Monate bis zum letzten Schultag",
    ),
)
KINDS: tuple[Kind[CaseFacts], ...] = (
    Kind("recognition", "d", _RECOGNITION, recognitions),
    Kind("child", "M", _CHILD, children),
    Kind("transition", "M", _TRANSITION, transition),
)
