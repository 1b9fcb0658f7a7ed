"""Traffic lights: a tone and always words, so that nobody has to tell colours apart."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from web.dates import days_between
from web.words import Lang

Tone = Literal["danger", "warning", "success", "info", "neutral", "ahead"]
SOON_DAYS = 3
WEEK_DAYS = 7


@dataclass(frozen=True)
class Light:
    """How urgent something is, in a tone and in words."""

    tone: Tone
    words: str
    days: int | None = None


def light(due: date | None, day: date, lang: Lang) -> Light:
    """The light of something due on a day, seen from another."""
    if due is None:
        return Light("neutral", ("keine Frist", "no date")[lang == "en"])
    days = days_between(day, due)
    if days < 0:
        return Light("danger", _overdue(-days, lang), days)
    return Light("warning" if days <= SOON_DAYS else "ahead", _ahead(days, lang), days)


def _overdue(days: int, lang: Lang) -> str:
    if lang == "en":
        return f"{days} day{'s' if days > 1 else ''} overdue"
    return f"{days} Tag{'e' if days > 1 else ''} überfällig"


def _ahead(days: int, lang: Lang) -> str:
    if days == 0:
        return ("heute fällig", "due today")[lang == "en"]
    if days == 1:
        return ("morgen fällig", "due tomorrow")[lang == "en"]
    return (f"in {days} Tagen", f"in {days} days")[lang == "en"]
