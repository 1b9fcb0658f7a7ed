"""Offers as pages show them: lines of a list, an entry in its form, its history, what a journey was offered, counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.directory import LEVELS, Entry, OfferKind, Tally
from domain.errors import NotFound
from domain.facts import CaseFacts, OfferFact
from store import directory, editions, people
from web.access import Visit
from web.directory_words import (
    FIELDS,
    OUTCOMES,
    STEPS,
    care_said,
    kind_word,
    level_said,
    place_said,
    places_said,
    start_said,
    value_said,
)
from web.words import Lang

_CARE_CHOICES = (("ja", ("ja", "yes")), ("nein", ("nein", "no")), ("unbekannt", ("unbekannt", "unknown")))


@dataclass(frozen=True)
class OfferLine:
    """One entry in words; `old` says how long nobody has looked, or nothing."""

    entry: Entry
    kind: str
    place: str
    start: str
    level: str
    care: str
    places: str
    old: str


def line(entry: Entry, on: date, lang: Lang) -> OfferLine:
    """An entry in words."""
    return OfferLine(
        entry=entry,
        kind=kind_word(entry.kind, lang),
        place=place_said(entry.ags),
        start=start_said(entry.start, lang),
        level=level_said(entry.level, lang),
        care=care_said(entry.childcare, lang),
        places=places_said(entry.free_places, lang),
        old=_old(entry, on, lang),
    )


def _old(entry: Entry, on: date, lang: Lang) -> str:
    if not entry.stale(on):
        return ""
    since = entry.checked_on
    months = (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)
    return ("zuletzt geprüft vor {} Monaten", "last checked {} months ago")[lang == "en"].format(months)


def options(lang: Lang) -> dict[str, list[tuple[str, str]]]:
    """What the choices of the forms are."""
    return {
        "kinds": [(str(kind), kind_word(kind, lang)) for kind in OfferKind],
        "levels": [(level, level.upper()) for level in LEVELS],
        "care": [(code, pair[lang == "en"]) for code, pair in _CARE_CHOICES],
        "municipalities": [(m.ags, m.name) for m in editions.municipalities().values()],
    }


def as_typed(entry: Entry) -> dict[str, str]:
    """An entry as the fields of its form."""
    care = {True: "ja", False: "nein", None: "unbekannt"}[entry.childcare]
    return {
        "kind": str(entry.kind),
        "name": entry.name,
        "provider": entry.provider,
        "carrier": entry.carrier,
        "ags": f"{entry.ags} {place_said(entry.ags)}",
        "venue": entry.venue,
        "start": entry.start.isoformat() if entry.start else "",
        "level": entry.level or "",
        "childcare": care,
        "free_places": "" if entry.free_places is None else str(entry.free_places),
        "phone": entry.phone,
        "checked_on": entry.checked_on.isoformat(),
    }


@dataclass(frozen=True)
class Step:
    """One line of an entry's history."""

    at: datetime
    who: str
    what: str
    changes: tuple[str, ...]


def history(visit: Visit, offer: str) -> list[Step]:
    """What the ledger says of an entry, the latest first."""
    with visit.services.store.read() as session:
        told = directory.history(session, offer)
        named = {one.actor: _name(visit, one.actor) for one in told}
    return [
        Step(one.at, named[one.actor], STEPS[one.type][visit.english], _changes(one.body or {}, visit.lang))
        for one in reversed(told)
        if one.type in STEPS
    ]


def _name(visit: Visit, person: str) -> str:
    with visit.services.store.read() as session:
        try:
            return people.person(session, person).name
        except NotFound:
            return "System"


def _changes(body: Mapping[str, object], lang: Lang) -> tuple[str, ...]:
    changed = body.get("changed")
    if not isinstance(changed, dict):
        return ()
    return tuple(
        f"{FIELDS[field][lang == 'en']}: {value_said(field, old, lang)} → {value_said(field, new, lang)}"
        for field, (old, new) in changed.items()
        if field in FIELDS
    )


@dataclass(frozen=True)
class MadeLine:
    """An offer that was made to the person of a journey, in words."""

    offer: str
    name: str
    kind: str
    offered_on: date
    outcome: str
    settled_on: date | None
    open: bool


def made_of(visit: Visit, facts: CaseFacts) -> list[MadeLine]:
    """What was offered in a journey, the latest first."""
    with visit.services.store.read() as session:
        names = {one.id: one.name for one in directory.entries(session)} if facts.offers else {}
    return [_made(fact, names, visit.lang) for fact in reversed(facts.offers)]


def _made(fact: OfferFact, names: Mapping[str, str], lang: Lang) -> MadeLine:
    kind = kind_word(fact.kind, lang)
    said = OUTCOMES[fact.outcome][lang == "en"] if fact.outcome else ("noch offen", "open")[lang == "en"]
    return MadeLine(
        fact.id, names.get(fact.id, kind), kind, fact.offered_on, said, fact.settled_on, fact.outcome is None
    )


def counted(tallies: tuple[Tally, ...], names: Mapping[str, str], lang: Lang) -> list[dict[str, str]]:
    """The counts in words; what is too small to be told says so."""
    return [
        {
            "office": names.get(one.office, one.office),
            "kind": kind_word(one.kind, lang),
            "offered": _number(one.offered, lang, first=True),
            "taken_up": _number(one.taken_up, lang),
            "declined": _number(one.declined, lang),
        }
        for one in tallies
    ]


def _number(count: int | None, lang: Lang, *, first: bool = False) -> str:
    if count is not None:
        return str(count)
    return ("unter 5", "below 5")[lang == "en"] if first else ("nicht ausgewiesen", "not shown")[lang == "en"]
