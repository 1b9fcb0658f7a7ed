"""The directory of local offers: what an entry says, filters by facts, and counts that name nobody.

Entries are found by what is recorded of them and stand in one order for everybody: by start, then by name. Nothing
here knows a person beyond the filters that somebody has set and can take away again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.calendar import add_months
from domain.codes import FACT_CODES, OfferOutcome
from domain.facts import CaseFacts

STALE_MONTHS = 6
SMALLEST_CELL = 5
DISTRICT_DIGITS = 5
LEVELS = FACT_CODES["language_level"].values


class OfferKind(StrEnum):
    """What is offered; `mbe_jmd` is the migration advice of the federation for adults and for the young."""

    COURSE = "course"
    CLUB = "club"
    TANDEM = "tandem"
    CIVIC = "civic"
    MBE_JMD = "mbe_jmd"
    DAYCARE = "daycare"
    INTERNSHIP = "internship"


CIVIC_KINDS = frozenset({OfferKind.CLUB, OfferKind.TANDEM, OfferKind.CIVIC})
"""What counts as civic engagement: offered, and never demanded."""


@dataclass(frozen=True)
class Entry:
    """One local offer as somebody last saw it; `level` is the German that taking part needs.

    None says: of `start`, that one can begin at any time; of `level`, that none is needed; of `childcare` and
    `free_places`, that nobody knows. `phone` belongs to an office, never to a person.
    """

    id: str
    kind: OfferKind
    name: str
    provider: str
    ags: str
    checked_on: date
    carrier: str = ""
    venue: str = ""
    start: date | None = None
    level: str | None = None
    childcare: bool | None = None
    free_places: int | None = None
    phone: str = ""
    rev: int = 1
    withdrawn_on: date | None = None

    @property
    def identity(self) -> tuple[str, str, str, str, date | None]:
        """What makes two lines of a list the same offer."""
        return (self.kind, self.name.casefold(), self.provider.casefold(), self.ags, self.start)

    def stale(self, today: date) -> bool:
        """True once nobody has looked for more than half a year."""
        return today > add_months(self.checked_on, STALE_MONTHS)


SAID = (
    "kind", "name", "provider", "carrier", "ags", "venue", "start", "level", "childcare", "free_places", "phone",
    "checked_on",
)  # fmt: skip
"""The fields that people say, in the order of forms and lists."""


def differing(old: Entry, new: Entry) -> dict[str, tuple[object, object]]:
    """Which said fields differ, each with its old and its new value."""
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in SAID)
    return {name: (before, after) for name, before, after in pairs if before != after}


@dataclass(frozen=True)
class Wanted:
    """Filters over recorded facts, each by itself; one that is None or False lets everything through."""

    kind: OfferKind | None = None
    ags: str | None = None
    district: str | None = None
    level: str | None = None
    german: str | None = None
    childcare: bool = False
    free: bool = False
    begins_from: date | None = None

    def without(self, name: str) -> "Wanted":
        """The same filters but one."""
        return replace(self, **{name: getattr(Wanted(), name)})


def found(entries: Iterable[Entry], wanted: Wanted) -> tuple[Entry, ...]:
    """The standing entries that pass every filter: by start, those that begin at any time last, then by name."""
    passed = (entry for entry in entries if entry.withdrawn_on is None and _fits(entry, wanted))
    return tuple(sorted(passed, key=lambda e: (e.start or date.max, e.name.casefold(), e.id)))


def _fits(entry: Entry, wanted: Wanted) -> bool:
    return (
        wanted.kind in (None, entry.kind)
        and wanted.ags in (None, entry.ags)
        and wanted.district in (None, district_of(entry.ags))
        and wanted.level in (None, entry.level)
        and _understands(entry.level, wanted.german)
        and (not wanted.childcare or entry.childcare is True)
        and (not wanted.free or (entry.free_places or 0) > 0)
        and (wanted.begins_from is None or entry.start is None or entry.start >= wanted.begins_from)
    )


def _understands(needed: str | None, german: str | None) -> bool:
    return german is None or needed is None or LEVELS.index(needed) <= LEVELS.index(german)


def district_of(ags: str) -> str:
    """The key of the district that a municipality lies in."""
    return ags[:DISTRICT_DIGITS]


def fitting(facts: CaseFacts, today: date) -> Wanted:
    """The filters that a journey's own facts suggest; a page shows each, and each can be taken away."""
    return Wanted(
        district=district_of(facts.ags),
        german=facts.value("language_level", today),
        childcare=facts.value("childcare", today) == "open",
        free=True,
        begins_from=today,
    )


@dataclass(frozen=True)
class Tally:
    """How often one office offered one kind, and what came of it; None is a number too small to be told."""

    office: str
    kind: str
    offered: int | None
    taken_up: int | None
    declined: int | None


@dataclass(frozen=True)
class Made:
    """One offer that was made: whose office, which kind, and what came of it. It knows no person."""

    office: str
    kind: str
    outcome: str | None


def tallies(made: Iterable[Made]) -> tuple[Tally, ...]:
    """Per office and kind, in that order; whatever could be told back to fewer than five people is left out."""
    counts: dict[tuple[str, str], dict[str | None, int]] = {}
    for one in made:
        cell = counts.setdefault((one.office, one.kind), dict.fromkeys((*OfferOutcome, None), 0))
        cell[one.outcome] += 1
    return tuple(_told(office, kind, counts[office, kind]) for office, kind in sorted(counts))


def _told(office: str, kind: str, parts: Mapping[str | None, int]) -> Tally:
    offered = sum(parts.values())
    if offered < SMALLEST_CELL:
        return Tally(office, kind, None, None, None)
    if any(0 < count < SMALLEST_CELL for count in parts.values()):
        # One gap alone could be reckoned back from the sum, two small ones as well: then only the sum is told.
        return Tally(office, kind, offered, None, None)
    return Tally(office, kind, offered, parts[OfferOutcome.TAKEN_UP], parts[OfferOutcome.DECLINED])
