"""The demo's directory: a dozen invented local offers around the two demo offices."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, select

from domain.calendar import berlin_day
from domain.directory import Entry, OfferKind
from domain.ids import derived_id
from store import directory
from store.directory import By
from store.tables_directory import OfferRow

_HERE, _THERE = "08115003", "08115045"
_CARE, _NO_CARE = True, False
_LISTED: tuple[tuple[OfferKind, str, str, dict[str, Any]], ...] = (
    (
        OfferKind.COURSE,
        "Integrationskurs am Vormittag",
        "Volkshochschule Musterstadt",
        {"carrier": "Stadt Musterstadt", "venue": "Haus der Bildung", "level": "a1", "places": 6, "in": 21},
    ),
    (
        OfferKind.COURSE,
        "Deutsch am Abend A2",
        "Volkshochschule Musterstadt",
        {"carrier": "Stadt Musterstadt", "level": "a2", "places": 3, "in": 28, "care": _NO_CARE},
    ),
    (
        OfferKind.COURSE,
        "Eltern lernen Deutsch",
        "Bildungswerk Beispielheim",
        {"venue": "Familienzentrum", "level": "a1", "care": _CARE, "places": 4, "in": 35, "ags": _THERE},
    ),
    (
        OfferKind.COURSE,
        "Berufssprachkurs B2",
        "Bildungswerk Beispielheim",
        {"level": "b1", "places": 0, "in": 42, "care": _NO_CARE, "ags": _THERE},
    ),
    (
        OfferKind.CLUB,
        "Fußball für alle",
        "Sportverein Musterstadt",
        {"venue": "Sportplatz Süd", "places": 15},
    ),
    (OfferKind.CLUB, "Offener Chor", "Musikverein Beispielheim", {"level": "a1", "ags": _THERE, "ago": 240}),
    (
        OfferKind.TANDEM,
        "Sprachtandem im Lesecafé",
        "Freundeskreis Musterstadt",
        {"carrier": "Freundeskreis Asyl e. V.", "venue": "Stadtbücherei", "care": _CARE, "places": 5},
    ),
    (
        OfferKind.CIVIC,
        "Mithelfen im Repair-Café",
        "Bürgertreff Musterstadt",
        {"venue": "Bürgertreff am Markt", "places": 8, "in": 14},
    ),
    (
        OfferKind.MBE_JMD,
        "Migrationsberatung für Erwachsene (MBE)",
        "Beratungsstelle Musterstadt",
        {"carrier": "Wohlfahrtsverband Mitte", "phone": "07000 100200"},
    ),
    (
        OfferKind.MBE_JMD,
        "Jugendmigrationsdienst (JMD), 12 bis 27 Jahre",
        "Jugendhilfe Beispielheim",
        {"carrier": "Jugendhilfe Neckar", "phone": "07000 100300", "ags": _THERE},
    ),
    (
        OfferKind.DAYCARE,
        "Kita Regenbogen, Plätze ab drei Jahren",
        "Stadt Musterstadt",
        {"venue": "Kita Regenbogen", "care": _CARE, "places": 2, "in": 60, "phone": "07000 100400"},
    ),
    (
        OfferKind.INTERNSHIP,
        "Praktikum in der Großküche",
        "Klinikum Beispielheim",
        {"level": "a2", "places": 2, "in": 30, "ags": _THERE},
    ),
)


def seed_directory(session: Session, by: By) -> None:
    """Make sure of the demo's offers; where anybody has entered one already, nothing is added."""
    if session.exec(select(OfferRow.id)).first() is not None:
        return
    for kind, name, provider, more in _LISTED:
        directory.enter(session, _entry((kind, name, provider), more, berlin_day(by.at)), by)


def _entry(said: tuple[OfferKind, str, str], more: dict[str, Any], today: date) -> Entry:
    kind, name, provider = said
    return Entry(
        id=derived_id("offer", "demo", name),
        kind=kind,
        name=name,
        provider=provider,
        carrier=more.get("carrier", ""),
        ags=more.get("ags", _HERE),
        venue=more.get("venue", ""),
        start=today + timedelta(days=more["in"]) if "in" in more else None,
        level=more.get("level"),
        childcare=more.get("care"),
        free_places=more.get("places"),
        phone=more.get("phone", ""),
        checked_on=today - timedelta(days=more.get("ago", 20)),
    )
