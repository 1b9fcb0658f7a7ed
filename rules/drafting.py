"""A book of an installation's own: a book in force with other numbers, each within its limits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from domain.calendar import Calendar
from domain.errors import InvalidInput
from rules.binding import Book, assemble
from rules.check import check, draft_of
from rules.finding import Finding
from rules.shape import Parameter, Rule

Number = int | float
OWN_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
_ABOUT_CASES = ("case_fails", "no_case_of_silence", "threshold_without_boundary")
_WHOLE_UNITS = frozenset({"d", "AT", "W", "n", "%"})


@dataclass(frozen=True, slots=True)
class Changed:
    """A number that two books do not share; None where one of them has no such number."""

    name: str
    unit: str
    old: Number | None
    new: Number | None


def draft(base: Book, numbers: Mapping[str, str], book_id: str) -> Book:
    """The base with these numbers instead of its own, bound anew under another id.

    Raises:
        InvalidInput: naming the parameter, for one that is unknown, no number, outside its limits, or unchanged.
    """
    if not numbers:
        remedy = "name at least one: --set FOE-02.task=2"
        raise InvalidInput("nothing_changed", field="--set", remedy=remedy)
    new = {name: _read(base, name, text) for name, text in numbers.items()}
    rules = [_with_numbers(rule, base, new) for rule in base.rules]
    return assemble(book_id, base.valid_from, rules=rules, citations=list(base.citations.values()))


def differences(old: Book, new: Book) -> tuple[Changed, ...]:
    """Every number that differs between two books, by name."""
    names = sorted({*old.parameters, *new.parameters})
    pairs = ((name, old.parameters.get(name), new.parameters.get(name)) for name in names)
    return tuple(
        Changed(name, (new_one or old_one).unit, _value(old_one), _value(new_one))  # type: ignore[union-attr]
        for name, old_one, new_one in pairs
        if (_value(old_one), old_one and old_one.unit) != (_value(new_one), new_one and new_one.unit)
    )


def faults(book: Book, on: date, *, calendar: Calendar) -> tuple[Finding, ...]:
    """What `check` finds in a book on a day; cases belong to the release's numbers and are left out."""
    found = check(draft_of(book), on, calendar=calendar)
    return tuple(f for f in found if not f.reason.startswith(_ABOUT_CASES))


def _value(parameter: Parameter | None) -> Number | None:
    return None if parameter is None else parameter.value


def _read(base: Book, name: str, text: str) -> Number:
    known = base.parameters.get(name)
    if known is None:
        near = get_close_matches(name, base.parameters, n=1)
        remedy = f"did you mean {near[0]}?" if near else "see `pakt rules show ID`"
        raise InvalidInput("parameter_unknown", field=name, remedy=remedy)
    number = _number(name, text, known)
    if not known.low <= number <= known.high:
        remedy = f"a value from {known.low} to {known.high} {known.unit}"
        raise InvalidInput("value_out_of_range", field=name, value=text, remedy=remedy)
    if number == known.value:
        raise InvalidInput("value_unchanged", field=name, value=text, remedy="leave it out")
    return number


def _number(name: str, text: str, known: Parameter) -> Number:
    try:
        found = float(text)
        whole = found == int(found)
    except (ValueError, OverflowError):
        remedy = f"a number from {known.low} to {known.high}, in {known.unit}"
        raise InvalidInput("value_no_number", field=name, value=text, remedy=remedy) from None
    halves = known.unit not in _WHOLE_UNITS and isinstance(known.value, float)
    if not whole and not (halves and found * 2 == int(found * 2)):
        remedy = f"a whole number from {known.low} to {known.high}, in {known.unit}"
        raise InvalidInput("value_no_number", field=name, value=text, remedy=remedy)
    return int(found) if whole else found


def _with_numbers(rule: Rule, base: Book, new: Mapping[str, Number]) -> Rule:
    """The rule with the numbers of its own that change; only the version that the book reads is replaced."""
    parameters = tuple(
        replace(p, value=new[p.name], source=f"Festlegung des Kreises (zuvor {p.value} {p.unit}); {p.source}")
        if p.name in new and p == base.parameters[p.name]
        else p
        for p in rule.parameters
    )
    return rule if parameters == rule.parameters else replace(rule, parameters=parameters)
