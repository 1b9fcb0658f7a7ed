"""The form of one fact: a date for a day, seven choices for a week of a course, a number where there are several."""

from dataclasses import replace
from datetime import timedelta

from domain.codes import COURSE_DAY, FACT_CODES, FactCode, Goal, Purpose
from domain.facts import CaseFacts
from domain.folding import named
from domain.ids import Subject
from web.facts_said import DAYS_OF_A_WEEK, about_said, course_day_said, fact_said
from web.form_fields import Field, Form, Posted, Sheet, first
from web.words import Lang, word
from web.words_of_facts import ABOUT

_BOTH: tuple[Lang, Lang] = ("de", "en")
_KNOWN_SINCE = ("Bekannt seit", "Known since")
_MONDAY = ("Montag der Woche", "Monday of the week")
_WEEKEND = (5, 6)
_WEEK_HINT = (
    "Für jeden Tag eine Angabe; „kein Kurs“ auch für Tage, die noch kommen.",
    "One entry for each day; “no course” also for days to come.",
)
_MONDAY_HINT = ("Eine Kurswoche beginnt am Montag.", "A week of the course begins on a Monday.")


def code_of(form: Form, posted: Posted) -> FactCode | None:
    """The fact that a form is about; None for every other form, and before one was chosen."""
    return FACT_CODES.get(first(posted, "code")) if form.kind == "record_fact" else None


def fitted(form: Form, code: FactCode | None, sheet: Sheet) -> Form:
    """The form as the chosen fact needs it."""
    if form.kind != "record_fact" or code is None:
        return form
    fields = (_fitted(field, code, sheet) for field in form.fields if field.name != "about" or code.about)
    return replace(form, fields=tuple(fields))


def _fitted(field: Field, code: FactCode, sheet: Sheet) -> Field:
    match field.name:
        case "about":
            return replace(field, label=ABOUT[code.about][1], hint=_numbered_hint(code, sheet))
        case "value" if code.is_day:
            return replace(field, kind="day", options=None)
        case "value" if code.is_week:
            return replace(field, kind="week", options=None, hint=_WEEK_HINT)
        case "valid_from" if code.is_day:
            return replace(field, label=_KNOWN_SINCE)
        case "valid_from" if code.is_week:
            return replace(field, label=_MONDAY, hint=_MONDAY_HINT)
        case _:
            return field


def _numbered_hint(code: FactCode, sheet: Sheet) -> tuple[str, str]:
    known = sheet.facts.numbered(code.about, sheet.today)
    if not known:
        return ("", "")
    de, en = (", ".join(about_said(about, lang) for about in known) for lang in _BOTH)
    return (f"Schon erfasst: {de}.", f"Recorded already: {en}.")


def presets(code: FactCode | None, sheet: Sheet) -> dict[str, list[str]]:
    """What stands in the form at first: the first of several, this week's Monday, weekends without a course."""
    if code is None:
        return {}
    found: dict[str, list[str]] = {}
    if code.about:
        found["about"] = [first_number(code, sheet.facts)]
    if code.is_week:
        found["valid_from"] = [(sheet.today - timedelta(days=sheet.today.weekday())).isoformat()]
        found |= {f"value_{day}": ["-"] for day in _WEEKEND}
    return found


def first_number(code: FactCode, facts: CaseFacts) -> str:
    """The number that is meant if nobody says another: the first; of a term, its own months."""
    return str(facts.term_months) if code.about == "term" else "1"


def fact_subject(code: FactCode | None, posted: Posted) -> Subject:
    """The subject whose revision the form has seen; empty before a fact was chosen."""
    if code is None:
        return ""
    number = first(posted, "about")
    return named(f"fact/{code.code}", f"{code.about}/{number}" if code.about else "")


def course_days(lang: Lang) -> list[tuple[str, str]]:
    """What may be said of a day of the course."""
    return [(letter, course_day_said(letter, lang)) for letter in COURSE_DAY]


def typed_days(posted: Posted) -> list[str]:
    """The seven letters as they were typed."""
    return [first(posted, f"value_{day}") for day in range(DAYS_OF_A_WEEK)]


def fact_groups(facts: CaseFacts, lang: Lang) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Every fact under its field of life: its code, its name, and whether consent lets it be recorded."""
    allowed = facts.allows(Purpose.CASEWORK)
    groups = []
    for goal in Goal:
        codes = [code for code in FACT_CODES.values() if code.field == goal]
        rows = [(code.code, fact_said(code.code, lang), code.base or allowed) for code in codes]
        if rows:
            groups.append((word("goal", goal, lang), rows))
    return groups
