"""Recorded facts as people read them: which one, about whom, and its value; weeks of a course day by day."""

from datetime import date
from itertools import groupby

from domain.codes import FACT_CODES
from web.dates import WEEKDAYS, day_text
from web.words import Lang, word
from web.words_of_facts import ABOUT, COURSE_DAYS, OF_FACT

DAYS_OF_A_WEEK = 7


def fact_said(code: str, lang: Lang, about: str = "") -> str:
    """The name of a fact; where there are several, with the one that is meant: "Kind 2: Platz vorhanden"."""
    label, known = word("fact", code, lang), FACT_CODES.get(code)
    kind = about or (known.about if known else "")
    return f"{about_said(kind, lang)}: {label}" if kind else label


def about_said(about: str, lang: Lang) -> str:
    """One of several: `child/2` is "Kind 2"; a term is named by its months."""
    kind, _, number = about.partition("/")
    name = ABOUT[kind][0][lang == "en"] if kind in ABOUT else kind
    if kind == "term" and number:
        return f"{name}, {number} {('Monate', 'months')[lang == 'en']}"
    return f"{name} {number}" if number else name


def value_said(code: str, value: str, lang: Lang) -> str:
    """A recorded value: a day as a day, a week day by day, anything else by its word."""
    known = FACT_CODES.get(code)
    if known is not None and known.is_week:
        return week_said(value, lang)
    try:
        return day_text(date.fromisoformat(value))
    except ValueError:
        pair = OF_FACT.get((code, value))
        return pair[lang == "en"] if pair else word("value", value, lang)


def week_said(letters: str, lang: Lang) -> str:
    """A week of a course in words: "Mo–Do anwesend, Fr krank"; days without a course are left out."""
    if len(letters) != DAYS_OF_A_WEEK:
        return letters
    said = []
    for letter, run in groupby(enumerate(letters), key=lambda day: day[1]):
        held = [place for place, _ in run]
        if letter != "-":
            said.append(f"{_span(held, lang)} {course_day_said(letter, lang)}")
    return ", ".join(said) or course_day_said("-", lang)


def course_day_said(letter: str, lang: Lang) -> str:
    """What one letter of a week means."""
    pair = COURSE_DAYS.get(letter)
    return pair[lang == "en"] if pair else letter


def _span(places: list[int], lang: Lang) -> str:
    first, last = WEEKDAYS[lang][places[0]], WEEKDAYS[lang][places[-1]]
    return first if len(places) == 1 else f"{first}–{last}"
