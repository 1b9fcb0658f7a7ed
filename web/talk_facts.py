"""What a talk brings to light: facts to record with it, chosen from one list under their fields of life."""

from datetime import date

from domain.codes import FACT_CODES, FactCode, Goal
from domain.errors import InvalidInput
from domain.facts import CaseFacts
from web.dates import read_day
from web.fact_form import first_number
from web.facts_said import fact_said, value_said
from web.form_fields import Posted, first, read_number
from web.words import Lang, word

NEW_FACTS = 3
Group = tuple[str, list[tuple[str, str]]]


def fact_choices(lang: Lang) -> list[Group]:
    """Fact and value in one choice, under their fields of life; a week of a course has a form of its own."""
    found: list[Group] = []
    for goal in Goal:
        codes = (code for code in FACT_CODES.values() if code.field == goal and not code.is_week)
        options = [option for code in codes for option in _options(code, lang)]
        if options:
            found.append((word("goal", goal, lang), options))
    return found


def _options(code: FactCode, lang: Lang) -> list[tuple[str, str]]:
    name = fact_said(code.code, lang)
    if code.is_day:
        return [(f"{code.code}=day", f"{name} … ({'Tag daneben' if lang == 'de' else 'day beside it'})")]
    return [
        (f"{code.code}={value}", f"{name}: {value_said(code.code, value, lang)}") for value in code.values
    ]


def read_fact(posted: Posted, prefix: str, on: object, facts: CaseFacts) -> dict[str, object] | None:
    """One recorded fact of the form, or None where the row was left empty.

    Raises:
        InvalidInput: naming the field that is missing or wrong.
    """
    what, day, number = (first(posted, prefix + part) for part in ("what", "day", "number"))
    if not (what or day or number):
        return None
    code, value = _chosen(what, prefix)
    about = ""
    if code.about:
        typed = read_number(number or first_number(code, facts), f"{prefix}number")
        about = f"{code.about}/{typed}"
    item: dict[str, object] = {"kind": "record_fact", "code": code.code, "about": about}
    if code.is_day:
        return {**item, "value": _day(day, f"{prefix}day").isoformat(), "valid_from": on}
    since = _day(day, f"{prefix}day") if day else on
    return {**item, "value": value, "valid_from": since}


def _chosen(what: str, prefix: str) -> tuple[FactCode, str]:
    name, _, value = what.partition("=")
    code = FACT_CODES.get(name)
    if code is None or code.is_week or value not in code.values:
        raise InvalidInput("not_in_list", field=f"{prefix}what")
    return code, value


def _day(text: str, field: str) -> date:
    if not text:
        raise InvalidInput("required", field=field)
    return read_day(text, field)
