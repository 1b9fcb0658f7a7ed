"""Reading offers that people typed or listed: every field by itself, each mistake with field, place and remedy."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.calendar import add_months, sub_months
from domain.directory import LEVELS, Entry, OfferKind
from domain.errors import InvalidInput

NAME_MAX = 120
PLACES_MAX = 9999
FARTHEST_MONTHS = 36
_PHONE = re.compile(r"\+?[0-9][0-9 /()\-]{4,28}")
# „Frau und Beruf“ is an office; „Frau Maier“ is a person, and no person stands in the directory.
_PERSON = re.compile(r"\b(?:Herrn?|Hr\.|Fr\.|Mrs?\.?|Ms\.?|Frau)\s+[A-ZÄÖÜ]\w+|\w@\w")
_ANY_TIME = ("", "-", "–", "jederzeit", "laufend", "any time", "ongoing")
_NONE = ("", "-", "–", "keins", "keine", "kein", "none")
_UNKNOWN = ("", "-", "–", "unbekannt", "unknown", "?")
_YES_NO = {"ja": True, "j": True, "yes": True, "y": True, "nein": False, "n": False, "no": False}
KIND_WORDS: Mapping[str, OfferKind] = {
    **{kind.value: kind for kind in OfferKind},
    **dict.fromkeys(("kurs", "sprachkurs", "integrationskurs"), OfferKind.COURSE),
    **dict.fromkeys(("verein", "sportverein"), OfferKind.CLUB),
    **dict.fromkeys(("sprachtandem", "patenschaft"), OfferKind.TANDEM),
    **dict.fromkeys(("ehrenamt", "engagement", "volunteering"), OfferKind.CIVIC),
    **dict.fromkeys(("mbe", "jmd", "mbe/jmd", "beratung", "advice"), OfferKind.MBE_JMD),
    **dict.fromkeys(("kita", "kinderbetreuung", "kindergarten", "childcare"), OfferKind.DAYCARE),
    **dict.fromkeys(("praktikum",), OfferKind.INTERNSHIP),
}


class Municipality(Protocol):
    """What must be known of a municipality so that an offer can be placed in it."""

    @property
    def ags(self) -> str:
        """Its key."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def district(self) -> str:
        """The name of its district."""


@dataclass(frozen=True)
class Around:
    """What a typed offer is read against: the municipalities there are, and the day."""

    municipalities: Mapping[str, Municipality]
    today: date


class Faults(Exception):
    """Everything that is wrong with an entry, by field."""

    def __init__(self, by_field: Mapping[str, InvalidInput]) -> None:
        """Keep them in the order of the fields."""
        super().__init__(*by_field)
        self.by_field = dict(by_field)


def read_entry(id_: str, typed: Mapping[str, str], around: Around) -> Entry:
    """The entry that was typed, under an id.

    Raises:
        Faults: with one refusal for each field that is missing or wrong.
    """
    read, faults = dict[str, object](), dict[str, InvalidInput]()
    for field, reader in _READERS.items():
        try:
            read[field] = reader(" ".join(typed.get(field, "").split()), field, around)
        except InvalidInput as wrong:
            faults[field] = wrong
    if faults:
        raise Faults(faults)
    # Each reader gives what its field holds.
    return Entry(id=id_, **read)  # type: ignore[arg-type]


def read_kind(text: str, field: str = "kind") -> OfferKind:
    """The kind that a word stands for, in either language.

    Raises:
        InvalidInput: `offer_kind_unknown`, naming the words there are.
    """
    found = KIND_WORDS.get(text.casefold())
    if found is None:
        raise InvalidInput("offer_kind_unknown", field=field, allowed=", ".join(OfferKind))
    return found


def read_level(text: str, field: str = "level") -> str:
    """A level of German, a0 to c2.

    Raises:
        InvalidInput: `offer_level_unknown`, naming the levels there are.
    """
    if text.casefold() not in LEVELS:
        raise InvalidInput("offer_level_unknown", field=field, allowed=", ".join(LEVELS).upper())
    return text.casefold()


def read_place(text: str, around: Around, field: str = "place") -> tuple[str | None, str | None]:
    """A municipality by key or name, or a whole district by its five digits or name: (AGS, district).

    Raises:
        InvalidInput: `offer_place_unknown`, or `ambiguous_municipality` naming those that bear the name.
    """
    known = around.municipalities
    districts = {entry.district.casefold(): key[:5] for key, entry in known.items()}
    if text in set(districts.values()):
        return None, text
    if text.casefold() in districts:
        return None, districts[text.casefold()]
    try:
        return _municipality(text, field, around), None
    except InvalidInput as wrong:
        if wrong.code != "unknown_ags":
            raise
        raise InvalidInput("offer_place_unknown", field=field) from None


def read_day(text: str, field: str) -> date:
    """A day as 2027-01-31 or 31.01.2027.

    Raises:
        InvalidInput: `not_a_day`.
    """
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
    raise InvalidInput("not_a_day", field=field)


def _kind(text: str, field: str, _: Around) -> OfferKind:
    return read_kind(_filled(text, field), field)


def _filled(text: str, field: str) -> str:
    if not text:
        raise InvalidInput("required", field=field)
    return text


def _plain(text: str, field: str, _: Around) -> str:
    if len(text) > NAME_MAX:
        raise InvalidInput("too_long", field=field, max=str(NAME_MAX))
    if not text.isprintable():
        raise InvalidInput("offer_text_unprintable", field=field)
    if _PERSON.search(text):
        raise InvalidInput("offer_names_a_person", field=field)
    return text


def _title(text: str, field: str, around: Around) -> str:
    return _filled(_plain(text, field, around), field)


def _municipality(text: str, field: str, around: Around) -> str:
    typed = _filled(text, field)
    key = typed[:8]
    if key.isdecimal() and len(key) == 8:  # noqa: PLR2004 - the length of an AGS
        if key in around.municipalities:
            return key
        raise InvalidInput("unknown_ags", field=field)
    bearing = [one for one in around.municipalities.values() if one.name.casefold() == typed.casefold()]
    if len(bearing) > 1:
        options = ", ".join(f"{one.ags} ({one.district})" for one in bearing)
        raise InvalidInput("ambiguous_municipality", field=field, options=options)
    if not bearing:
        raise InvalidInput("unknown_ags", field=field)
    return bearing[0].ags


def _start(text: str, field: str, around: Around) -> date | None:
    if text.casefold() in _ANY_TIME:
        return None
    day = read_day(text, field)
    latest = add_months(around.today, FARTHEST_MONTHS)
    earliest = sub_months(around.today, FARTHEST_MONTHS)
    if not earliest <= day <= latest:
        bounds = {"earliest": earliest.isoformat(), "latest": latest.isoformat()}
        raise InvalidInput("offer_start_far", field=field, **bounds)
    return day


def _checked(text: str, field: str, around: Around) -> date:
    day = read_day(_filled(text, field), field)
    if day > around.today:
        raise InvalidInput("future_day", field=field, day=day.isoformat(), today=around.today.isoformat())
    return day


def _level(text: str, field: str, _: Around) -> str | None:
    return None if text.casefold() in _NONE else read_level(text, field)


def _childcare(text: str, field: str, _: Around) -> bool | None:
    said = text.casefold()
    if said in _UNKNOWN:
        return None
    if said not in _YES_NO:
        raise InvalidInput("offer_childcare_unclear", field=field)
    return _YES_NO[said]


def _free_places(text: str, field: str, _: Around) -> int | None:
    if text.casefold() in _UNKNOWN:
        return None
    if not (text.isascii() and text.isdigit() and int(text) <= PLACES_MAX):
        raise InvalidInput("offer_places_unclear", field=field, max=str(PLACES_MAX))
    return int(text)


def _phone(text: str, field: str, _: Around) -> str:
    if text and not _PHONE.fullmatch(text):
        raise InvalidInput("offer_phone_unclear", field=field)
    return text


_READERS: dict[str, Callable[[str, str, Around], object]] = {
    "kind": _kind,
    "name": _title,
    "provider": _title,
    "carrier": _plain,
    "ags": _municipality,
    "venue": _plain,
    "start": _start,
    "level": _level,
    "childcare": _childcare,
    "free_places": _free_places,
    "phone": _phone,
    "checked_on": _checked,
}
