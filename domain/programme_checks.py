"""What a programme must keep to beyond the form of its rows; each check yields what is broken, and what helps."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from domain.codes import FACT_CODES, Addressee, Goal
from domain.duties import DUTIES
from domain.programme_rows import (
    MOST_CORE_STEPS,
    Condition,
    Due,
    Programme,
    ProgrammeStep,
    StepNotice,
)

Place = tuple[str | int, ...]
MOST_REPETITIONS = 60
_LEAST_DAYS = {"d": 1, "AT": 1, "W": 7, "M": 28}
_DAYS_OF_A_MONTH = 31


class Fault(NamedTuple):
    """One broken thing: where it is, what kind it is, and what to do about it."""

    place: Place
    problem: str
    remedy: str


def faults_of(programme: Programme) -> Iterator[Fault]:
    """Everything that is broken in a programme whose rows have the right form."""
    for of_all in _OF_ALL:
        yield from of_all(programme)
    for i, step in enumerate(programme.steps):
        for of_one in _OF_ONE:
            yield from of_one(programme, step, ("steps", i))


def _duplicates(programme: Programme) -> Iterator[Fault]:
    for name, entries in (("phases", programme.phases), ("steps", programme.steps)):
        ids = [entry.id for entry in entries]
        for i, entry in enumerate(ids):
            if entry in ids[:i]:
                yield Fault(
                    (name, i, "id"), f"duplicate_{name[:-1]}", f"give it an id of its own, not {entry}"
                )


def _core(programme: Programme) -> Iterator[Fault]:
    core = [i for i, step in enumerate(programme.steps) if step.core]
    if len(core) > MOST_CORE_STEPS:
        remedy = f"at most {MOST_CORE_STEPS} steps are core: set core to false here or elsewhere"
        yield Fault(("steps", core[MOST_CORE_STEPS], "core"), "too_many_core_steps", remedy)


def _phases(programme: Programme) -> Iterator[Fault]:
    for i, phase in enumerate(programme.phases):
        if phase.to_month <= phase.from_month:
            yield Fault(("phases", i, "to_month"), "phase_without_time", "let it end after from_month")


def _extensions(programme: Programme) -> Iterator[Fault]:
    before = programme.term_months
    for i, months in enumerate(programme.extensions):
        if months <= before:
            remedy = f"name a longer term than {before} months"
            yield Fault(("extensions", i), "extension_not_longer", remedy)
        before = max(before, months)


def _phase(programme: Programme, step: ProgrammeStep, at: Place) -> Iterator[Fault]:
    known = sorted(phase.id for phase in programme.phases)
    if step.phase not in known:
        yield Fault((*at, "phase"), "unknown_phase", f"use one of {', '.join(known)}")


def _dates(programme: Programme, step: ProgrammeStep, at: Place) -> Iterator[Fault]:
    if step.due is None and not step.parts:
        yield Fault((*at, "due"), "missing_field", "add it")
    if step.parts and (step.due is not None or step.repeat is not None):
        yield Fault((*at, "parts"), "due_twice", "give it due and repeat, or parts with a due each")
    single = {one.id for one in programme.steps if one.repeat is None and not one.parts}
    for place, due in _dues(step, at):
        yield from _reference(due.after, (*place, "after"), single)
        yield from _offset(programme, step, due, place)


def _dues(step: ProgrammeStep, at: Place) -> Iterator[tuple[Place, Due]]:
    """Every date of a step, with its place in the file."""
    if step.due is not None:
        yield (*at, "due"), step.due
    for i, part in enumerate(step.parts):
        yield (*at, "parts", i, "due"), part.due


def _offset(programme: Programme, step: ProgrammeStep, due: Due, at: Place) -> Iterator[Fault]:
    if due.back and due.after != "term":
        yield Fault((*at, "back"), "back_from_nowhere", "count back from term only, else forward")
    elif due.back and due.unit == "AT":
        yield Fault((*at, "unit"), "back_in_working_days", "count back in d, W or M")
    elif due.back and due.n * _LEAST_DAYS[due.unit] > programme.term_months * _DAYS_OF_A_MONTH:
        yield Fault((*at, "n"), "due_outside_term", "let it lie within the term")
    longest = programme.longest_months * _DAYS_OF_A_MONTH
    within = step.level == "journey" and due.after == "t0"
    if within and due.n * _LEAST_DAYS[due.unit] > longest:
        yield Fault((*at, "n"), "due_outside_term", "let it lie within the term")
    if step.level == "journey" and due.after in ("close", "year"):
        remedy = "count from t0, term, step:<id> or fact:<code>, or set level to office"
        yield Fault((*at, "after"), "not_in_a_journey", remedy)


def _reference(reference: str, place: Place, single: set[str]) -> Iterator[Fault]:
    kind, _, name = reference.partition(":")
    if kind == "step" and name not in single:
        remedy = f"name a step of this programme that does not repeat: {', '.join(sorted(single))}"
        yield Fault(place, "unknown_reference", remedy)
    if kind == "fact" and name not in FACT_CODES:
        yield Fault(place, "unknown_reference", f"name a fact: {', '.join(sorted(FACT_CODES))}")


def _conditions(_: Programme, step: ProgrammeStep, at: Place) -> Iterator[Fault]:
    for place, condition in _all_conditions(step, at):
        known = FACT_CODES.get(condition.fact)
        if known is None:
            yield Fault((*place, "fact"), "unknown_fact", f"name a fact: {', '.join(sorted(FACT_CODES))}")
        elif not set(condition.value) <= set(known.values):
            yield Fault((*place, "value"), "unknown_value", f"use values of {', '.join(known.values)}")


def _all_conditions(step: ProgrammeStep, at: Place) -> Iterator[tuple[Place, Condition]]:
    for name, condition in (("when", step.when), ("settled_by", step.settled_by)):
        if condition is not None:
            yield (*at, name), condition
    for i, part in enumerate(step.parts):
        if part.settled_by is not None:
            yield (*at, "parts", i, "settled_by"), part.settled_by


def _cycles(programme: Programme) -> Iterator[Fault]:
    after = {step.id: _waits_for(step) for step in programme.steps}
    for i, step in enumerate(programme.steps):
        seen, ahead = set[str](), list(after[step.id])
        while ahead and step.id not in seen:
            one = ahead.pop()
            if one not in seen:
                seen.add(one)
                ahead += after.get(one, ())
        if step.id in seen:
            place = next(place for place, due in _dues(step, ("steps", i)) if due.after.startswith("step:"))
            remedy = "these steps wait for each other: let one of them count from t0 or a fact"
            yield Fault((*place, "after"), "cycle", remedy)


def _waits_for(step: ProgrammeStep) -> tuple[str, ...]:
    waits = (due.after.partition(":") for _, due in _dues(step, ()))
    return tuple(name for kind, _, name in waits if kind == "step")


def _repeats(programme: Programme, step: ProgrammeStep, at: Place) -> Iterator[Fault]:
    repeat, due = step.repeat, step.due
    if repeat is None or due is None:
        return
    if repeat.until.startswith("fact:"):
        yield from _reference(repeat.until, (*at, "repeat", "until"), set())
    every = repeat.every
    if every.unit != due.unit:
        remedy = f"count every repetition like the first, in {due.unit} (marks are never chained, A-04)"
        yield Fault((*at, "repeat", "every", "unit"), "mixed_units", remedy)
    endless = due.after in ("term", "close") or repeat.until == due.after
    if endless and repeat.times is None:
        remedy = "let it count from t0, a step or another fact, so that the term ends it, or give it times"
        yield Fault((*at, "repeat"), "repeat_without_end", remedy)
    many = programme.longest_months * _DAYS_OF_A_MONTH // (every.n * _LEAST_DAYS[every.unit])
    if many > MOST_REPETITIONS and (repeat.times or many) > MOST_REPETITIONS:
        remedy = f"at most {MOST_REPETITIONS} repetitions within the longest term: take a longer distance"
        yield Fault((*at, "repeat", "every", "n"), "repeat_too_often", remedy)
    if repeat.season is not None and every.unit != "M":
        yield Fault((*at, "repeat", "season"), "season_without_months", "count the repetition in M")


def _notices(_: Programme, step: ProgrammeStep, at: Place) -> Iterator[Fault]:
    for j, notice in enumerate(step.notices):
        place = (*at, "notices", j)
        if not all(_in_time(due, notice) for _, due in _dues(step, at)):
            remedy = "the notice would come before the step is known: shorten it"
            yield Fault((*place, "before"), "notice_too_early", remedy)
        if step.at == "talk":
            remedy = "a step that waits for the next talk has no date of its own: take the notice out"
            yield Fault(place, "notice_without_date", remedy)
        if step.level != "journey":
            remedy = "only steps of a journey send notices: take it out"
            yield Fault(place, "notice_outside_journey", remedy)


def _in_time(due: Due, notice: StepNotice) -> bool:
    """True if the notice comes after the step is known: a day that lies ahead is known long before."""
    kind, _, name = due.after.partition(":")
    if kind == "term" or (kind == "fact" and name in FACT_CODES and FACT_CODES[name].is_day):
        return True
    return notice.before.n * _LEAST_DAYS[notice.before.unit] < due.n * _LEAST_DAYS[due.unit]


def _sides(_: Programme, step: ProgrammeStep, at: Place) -> Iterator[Fault]:
    if step.fordern is not None and step.foerdern is None:
        remedy = "say first what the office owes: add foerdern, or take fordern out"
        yield Fault((*at, "fordern"), "fordern_without_foerdern", remedy)
    for i, name in enumerate(step.twins):
        if name not in DUTIES:
            yield Fault((*at, "twins", i), "unknown_duty", f"use one of {', '.join(sorted(DUTIES))}")


def _voluntary(_: Programme, step: ProgrammeStep, at: Place) -> Iterator[Fault]:
    """What is offered can be asked of nobody, and a civic contact is always an offer."""
    facts = {c.fact for _, c in _all_conditions(step, at)}
    facts |= {due.after.partition(":")[2] for _, due in _dues(step, at)}
    civic = [one for one in facts if one in FACT_CODES and FACT_CODES[one].field == Goal.PARTICIPATION]
    if civic and not step.voluntary:
        yield Fault((*at, "voluntary"), "civic_not_voluntary", "set voluntary to true: it is an offer")
    if not step.voluntary:
        return
    if step.fordern is not None:
        remedy = "what is voluntary is demanded of nobody: take fordern out"
        yield Fault((*at, "fordern"), "demand_on_voluntary", remedy)
    if step.actor == "participant":
        remedy = "an offer is made by the office: set actor to office"
        yield Fault((*at, "actor"), "demand_on_voluntary", remedy)
    for j, notice in enumerate(step.notices):
        if notice.to == Addressee.PARTICIPANT:
            remedy = "nobody is reminded of what is voluntary: take the notice out"
            yield Fault((*at, "notices", j, "to"), "notice_on_voluntary", remedy)


def _talks(programme: Programme, step: ProgrammeStep, at: Place) -> Iterator[Fault]:
    waits = step.at == "talk" or any(part.at == "talk" for part in step.parts)
    if waits and not any(one.talk is not None and one.at == "date" for one in programme.steps):
        remedy = "name the talk of at least one step with a date of its own, such as talk: review"
        yield Fault((*at, "at"), "no_talk_to_wait_for", remedy)
    if step.settled_when == "talk_held" and step.talk is None:
        yield Fault(
            (*at, "settled_when"), "no_talk_named", "name the talk of this step, such as talk: review"
        )
    if step.settled_when == "talk_held" and step.repeat is not None:
        remedy = "one talk would settle every repetition: record each as done"
        yield Fault((*at, "settled_when"), "talk_settles_all", remedy)


_OF_ALL: tuple[Callable[[Programme], Iterator[Fault]], ...] = (
    _duplicates,
    _core,
    _phases,
    _extensions,
    _cycles,
)
_OF_ONE: tuple[Callable[[Programme, ProgrammeStep, Place], Iterator[Fault]], ...] = (
    _phase,
    _dates,
    _conditions,
    _repeats,
    _voluntary,
    _notices,
    _sides,
    _talks,
)
