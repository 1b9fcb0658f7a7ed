"""Filters over the directory as an address carries them: read, shown one by one, and taken away one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from domain.directory import Wanted
from domain.directory_reading import Around, read_day, read_kind, read_level, read_place
from domain.errors import InvalidInput
from store import editions
from web.access import Visit
from web.dates import day_text, today
from web.directory_words import care_said, district_said, kind_word, place_said
from web.words import Lang

YES = "ja"
FILTERS = ("art", "ort", "niveau", "deutsch", "betreuung", "frei", "ab")
_FIELD_OF = {
    "art": "kind",
    "niveau": "level",
    "deutsch": "german",
    "betreuung": "childcare",
    "frei": "free",
    "ab": "begins_from",
}


@dataclass(frozen=True)
class Chosen:
    """The filters of a page: what they mean, what stands in the form, and what is wrong with them."""

    wanted: Wanted
    typed: Mapping[str, str]
    errors: Mapping[str, InvalidInput]


@dataclass(frozen=True)
class Chip:
    """One filter in words, and the address of the same list without it."""

    text: str
    href: str


def around(visit: Visit) -> Around:
    """What a typed offer is read against."""
    return Around(editions.municipalities(), today(visit.services.now()))


def chosen(params: Mapping[str, str], by: Around) -> Chosen:
    """The filters of an address; one that cannot be read filters nothing and is named."""
    typed = {name: params.get(name, "").strip()[:80] for name in FILTERS}
    read, errors = dict[str, object](), dict[str, InvalidInput]()
    for name, text in typed.items():
        try:
            read |= _read(name, text, by) if text else {}
        except InvalidInput as wrong:
            errors[name] = wrong
    return Chosen(Wanted(**read), typed, errors)  # type: ignore[arg-type]


def _read(name: str, text: str, by: Around) -> dict[str, object]:
    match name:
        case "art":
            return {"kind": read_kind(text, name)}
        case "ort":
            ags, district = read_place(text, by, name)
            return {"ags": ags, "district": district}
        case "niveau" | "deutsch":
            return {_FIELD_OF[name]: read_level(text, name)}
        case "ab":
            return {"begins_from": read_day(text, name)}
        case _ if text == YES:
            return {_FIELD_OF[name]: True}
        case _:
            raise InvalidInput("not_in_list", field=name)


def typed_of(wanted: Wanted) -> dict[str, str]:
    """The fields of the form that mean these filters."""
    place = wanted.ags or (district_said(wanted.district) if wanted.district else "")
    said = {
        "art": wanted.kind or "",
        "ort": place,
        "niveau": wanted.level or "",
        "deutsch": wanted.german or "",
        "betreuung": YES if wanted.childcare else "",
        "frei": YES if wanted.free else "",
        "ab": wanted.begins_from.isoformat() if wanted.begins_from else "",
    }
    return {name: str(text) for name, text in said.items()}


def chips(seen: Chosen, place: str, lang: Lang, **fixed: str) -> list[Chip]:
    """Every filter that holds, each with the way to take it away; `fixed` stays in the address."""
    said = _said(seen.wanted, lang)
    kept = {name: text for name, text in seen.typed.items() if text and name not in seen.errors}
    return [
        Chip(said[name], f"{place}?{urlencode({**fixed, **{k: v for k, v in kept.items() if k != name}})}")
        for name in FILTERS
        if name in said
    ]


def _said(wanted: Wanted, lang: Lang) -> dict[str, str]:
    en = lang == "en"
    found: dict[str, str] = {}
    if wanted.kind:
        found["art"] = kind_word(wanted.kind, lang)
    if wanted.ags or wanted.district:
        found["ort"] = place_said(wanted.ags) if wanted.ags else district_said(wanted.district or "")
    if wanted.level:
        found["niveau"] = ("Niveau {}", "level {}")[en].format(wanted.level.upper())
    if wanted.german:
        found["deutsch"] = ("mit Deutsch {} möglich", "possible with German {}")[en].format(
            wanted.german.upper()
        )
    if wanted.childcare:
        found["betreuung"] = care_said(True, lang)
    if wanted.free:
        found["frei"] = ("mit freien Plätzen", "with free places")[en]
    if wanted.begins_from:
        found["ab"] = ("Beginn ab {} oder jederzeit", "starts from {} on, or any time")[en].format(
            day_text(wanted.begins_from)
        )
    return found
