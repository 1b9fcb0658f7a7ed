"""The parts of a form: fields with labels, what they may hold, and how typed text becomes a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.codes import COURSE_DAY, FACT_CODES
from domain.decisions import StepPlan
from domain.errors import InvalidInput
from domain.facts import CaseFacts
from domain.programme import Programme
from web.dates import read_day, read_instant
from web.naming import Naming
from web.towns import read_town
from web.words import Lang

Kind = Literal["day", "instant", "choice", "many", "yesno", "note", "week", "number", "town"]
Option = tuple[str, str]
Posted = Mapping[str, list[str]]
NOTE_MAX = 200
NUMBER_MAX = 99


@dataclass(frozen=True)
class Sheet:
    """What a form draws its choices from: one journey, its programme, and the people of its office."""

    facts: CaseFacts
    plan: tuple[StepPlan, ...]
    programme: Programme | None
    today: date
    lang: Lang
    names: Naming
    staff: tuple[Option, ...] = ()
    stand_ins: tuple[Option, ...] = ()
    books: tuple[Option, ...] = ()
    offices: tuple[Option, ...] = ()
    others: tuple[Option, ...] = ()
    households: tuple[Option, ...] = ()
    code: str = ""


@dataclass(frozen=True)
class Field:
    """One field: the name of the command's field, its label in both languages, and what it may hold."""

    name: str
    label: tuple[str, str]
    kind: Kind
    options: Callable[[Sheet], list[Option]] | None = None
    required: bool = True
    hint: tuple[str, str] = ("", "")
    shown_if: str = ""
    preset: str = ""


@dataclass(frozen=True)
class Form:
    """One command as a form; `new` names the field whose fresh id is drawn when the form is opened."""

    kind: str
    title: tuple[str, str]
    submit: tuple[str, str]
    fields: tuple[Field, ...]
    new: tuple[str, str] | None = None
    intro: tuple[str, str] = ("", "")
    done: tuple[str, str] = ("Gespeichert.", "Saved.")


class FormErrors(Exception):
    """Everything that is wrong with a form, by field: code and parameters of its sentence."""

    def __init__(self, errors: Mapping[str, InvalidInput]) -> None:
        """Keep the errors by field."""
        super().__init__(*sorted(errors))
        self.errors = dict(errors)


@dataclass
class Read:
    """What was read of a form: values for the command, and notes beside it."""

    values: dict[str, object] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def first(posted: Posted, name: str) -> str:
    """The single value of a field, without blanks around it."""
    return (posted.get(name) or [""])[0].strip()


def read_form(form: Form, posted: Posted, sheet: Sheet) -> Read:
    """The values of a form.

    Raises:
        FormErrors: with one entry for each field that is missing or wrong.
    """
    read, errors = Read(), dict[str, InvalidInput]()
    for entry in form.fields:
        try:
            _read_field(entry, posted, sheet, read)
        except InvalidInput as error:
            errors[entry.name] = error
    if errors:
        raise FormErrors(errors)
    return read


def _read_field(entry: Field, posted: Posted, sheet: Sheet, read: Read) -> None:
    if entry.kind == "note":
        text = first(posted, entry.name)
        if len(text) > NOTE_MAX:
            raise InvalidInput("too_long", field=entry.name, max=str(NOTE_MAX))
        if not text and entry.required:
            raise InvalidInput("required", field=entry.name)
        if text:
            read.notes[entry.name] = text
        return
    value = _READERS[entry.kind](entry, posted, sheet)
    if value is None and entry.required and not entry.shown_if:
        raise InvalidInput("required", field=entry.name)
    if value is not None:
        read.values[entry.name] = value


def _day(entry: Field, posted: Posted, _: Sheet) -> object:
    text = first(posted, entry.name)
    return read_day(text, entry.name) if text else None


def _instant(entry: Field, posted: Posted, _: Sheet) -> object:
    day, clock = first(posted, f"{entry.name}_day"), first(posted, f"{entry.name}_time")
    return read_instant(day, clock, entry.name) if day or clock else None


def _choice(entry: Field, posted: Posted, sheet: Sheet) -> object:
    text = first(posted, entry.name)
    if text and text not in {code for code, _ in _options(entry, sheet)}:
        raise InvalidInput("not_in_list", field=entry.name)
    return text or None


def _many(entry: Field, posted: Posted, sheet: Sheet) -> object:
    chosen = [text for text in posted.get(entry.name, []) if text]
    if not set(chosen) <= {code for code, _ in _options(entry, sheet)}:
        raise InvalidInput("not_in_list", field=entry.name)
    return tuple(chosen) or None


def _yesno(entry: Field, posted: Posted, _: Sheet) -> object:
    text = first(posted, entry.name)
    if text not in ("", "yes", "no"):
        raise InvalidInput("not_in_list", field=entry.name)
    return None if not text else text == "yes"


def _week(entry: Field, posted: Posted, _: Sheet) -> object:
    letters = [first(posted, f"{entry.name}_{day}") for day in range(7)]
    if not any(letters):
        return None
    if not all(len(letter) == 1 and letter in COURSE_DAY for letter in letters):
        raise InvalidInput("week_incomplete", field=entry.name)
    return "".join(letters)


def _town(entry: Field, posted: Posted, _: Sheet) -> object:
    text = first(posted, entry.name)
    return read_town(text, entry.name) if text else None


def _number(entry: Field, posted: Posted, sheet: Sheet) -> object:
    """One of several: the kind of the chosen fact, and the number that was typed."""
    text, code = first(posted, entry.name), FACT_CODES.get(sheet.code)
    return f"{code.about}/{read_number(text, entry.name)}" if text and code else None


def read_number(text: str, field: str) -> int:
    """A number from 1 to 99, as things are counted of which a journey has several.

    Raises:
        InvalidInput: `not_a_number`, naming the field.
    """
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= NUMBER_MAX):
        raise InvalidInput("not_a_number", field=field, max=str(NUMBER_MAX))
    return int(text)


def _options(entry: Field, sheet: Sheet) -> list[Option]:
    return entry.options(sheet) if entry.options else []


_READERS: dict[str, Callable[[Field, Posted, Sheet], object]] = {
    "day": _day,
    "instant": _instant,
    "choice": _choice,
    "many": _many,
    "yesno": _yesno,
    "week": _week,
    "number": _number,
    "town": _town,
}
