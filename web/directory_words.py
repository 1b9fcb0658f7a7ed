"""The words of the directory of local offers: its fields, its kinds, and facts as people read them."""

from collections.abc import Callable
from datetime import date
from typing import Final

from domain.directory import DISTRICT_DIGITS
from store import editions
from web.dates import day_text
from web.words import Lang

Pair = tuple[str, str]
FIELDS: Final[dict[str, Pair]] = {
    "kind": ("Art", "Kind"),
    "name": ("Angebot", "Offer"),
    "provider": ("Anbieter", "Provider"),
    "carrier": ("Träger", "Carrier"),
    "ags": ("Gemeinde", "Municipality"),
    "venue": ("Adresse oder Treffpunkt", "Address or meeting point"),
    "start": ("Beginn", "Start"),
    "level": ("Nötiges Deutsch", "German needed"),
    "childcare": ("Kinderbetreuung", "Childcare"),
    "free_places": ("Freie Plätze", "Free places"),
    "phone": ("Telefon der Stelle", "Phone of the office"),
    "checked_on": ("Zuletzt geprüft", "Last checked"),
}
KINDS: Final[dict[str, Pair]] = {
    "course": ("Kurs", "Course"),
    "club": ("Verein", "Club"),
    "tandem": ("Tandem", "Tandem partners"),
    "civic": ("Ehrenamt", "Volunteering"),
    "mbe_jmd": ("Beratung (MBE/JMD)", "Advice (MBE/JMD)"),
    "daycare": ("Kita", "Daycare"),
    "internship": ("Praktikum", "Internship"),
}
STEPS: Final[dict[str, Pair]] = {
    "offer_entered": ("eingetragen", "entered"),
    "offer_changed": ("geändert", "changed"),
    "offer_checked": ("geprüft, unverändert", "checked, unchanged"),
    "offer_withdrawn": ("zurückgezogen", "withdrawn"),
}
OUTCOMES: Final[dict[str, Pair]] = {
    "taken_up": ("angenommen", "taken up"),
    "declined": ("nicht gewünscht", "declined"),
}
_CARE: Final[dict[bool | None, Pair]] = {
    True: ("mit Kinderbetreuung", "with childcare"),
    False: ("ohne Kinderbetreuung", "without childcare"),
    None: ("Kinderbetreuung unbekannt", "childcare unknown"),
}


def kind_word(kind: str, lang: Lang) -> str:
    """The word for a kind; the code where the list has none."""
    return KINDS.get(kind, (kind, kind))[lang == "en"]


def start_said(start: date | None, lang: Lang) -> str:
    """The first day, or that one can begin at any time."""
    return day_text(start) if start else ("jederzeit", "any time")[lang == "en"]


def level_said(level: str | None, lang: Lang) -> str:
    """The German that taking part needs."""
    return level.upper() if level else ("ohne Vorkenntnisse", "none needed")[lang == "en"]


def care_said(care: bool | None, lang: Lang) -> str:  # noqa: FBT001 - the fact itself
    """Whether there is childcare, or that nobody knows."""
    return _CARE[care][lang == "en"]


def places_said(places: int | None, lang: Lang) -> str:
    """How many places are free, or that nobody knows."""
    if places is None:
        return ("Plätze unbekannt", "places unknown")[lang == "en"]
    if places == 0:
        return ("keine freien Plätze", "no free places")[lang == "en"]
    if places == 1:
        return ("1 freier Platz", "1 free place")[lang == "en"]
    return (f"{places} freie Plätze", f"{places} free places")[lang == "en"]


def place_said(ags: str) -> str:
    """The name of a municipality; its key where the list has none."""
    found = editions.municipalities().get(ags)
    return found.name if found else ags


def district_said(district: str) -> str:
    """The name of a district by its five digits."""
    names = (
        entry.district
        for ags, entry in editions.municipalities().items()
        if ags[:DISTRICT_DIGITS] == district
    )
    return next(names, district)


def value_said(field: str, value: object, lang: Lang) -> str:
    """A value of the ledger as people read it."""
    if value is None or value == "":
        return "–"
    said = _SAID.get(field)
    return said(value, lang) if said else str(value)


_SAID: Final[dict[str, Callable[[object, Lang], str]]] = {
    "kind": lambda value, lang: kind_word(str(value), lang),
    "ags": lambda value, _: place_said(str(value)),
    "level": lambda value, _: str(value).upper(),
    "start": lambda value, _: day_text(date.fromisoformat(str(value))),
    "checked_on": lambda value, _: day_text(date.fromisoformat(str(value))),
    "childcare": lambda value, lang: care_said(bool(value), lang),
}
