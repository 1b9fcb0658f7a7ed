"""Cases beside a case: the others of the office, those of one household, and a possible duplicate side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session

from domain.codes import ContactKind
from domain.commands import Body
from domain.errors import NotFound, Refusal
from domain.ids import derived_id
from domain.permissions import Permission
from store import households, participants, people, queries
from store.keys import KeyDestroyed
from store.tables import JourneyRow
from web.access import Visit, open_journey
from web.commanding import Ordered, body_of
from web.naming import reference
from web.reading import CaseFile

MERGERS = ("merge_into", "absorb_duplicate")
WITH_OTHERS = ("link_household", *MERGERS)
MOST = 1000


@dataclass(frozen=True)
class Member:
    """Somebody of the same household, as far as the viewer may know of them."""

    journey: str
    relation: str
    since: date
    name: str = field(repr=False)


@dataclass(frozen=True)
class Household:
    """A household of the case, with the members inside the viewer's walls."""

    id: str
    relation: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Side:
    """One of two cases that may be the same person's; `name` and `birth_date` are never shown by `repr`."""

    row: JourneyRow
    language: str
    talks: int
    last_contact: date | None
    worker: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)


def with_others(visit: Visit, file: CaseFile) -> CaseFile:
    """The case with the other running ones of its office to choose from, by name."""
    store = visit.services.store
    with store.read() as session:
        lines = queries.journey_list(
            session, store, offices=[file.row.office_id], states=queries.OPEN_STATES, limit=MOST
        )
    found = [(line.row.id, line.name or "–") for line in lines if line.row.id != file.row.id]
    found.sort(key=lambda pair: pair[1].casefold())
    return replace(file, others=tuple((id_, f"{name} ({reference(id_)})") for id_, name in found))


def with_households(visit: Visit, file: CaseFile) -> CaseFile:
    """The case with its households to choose from, each named by who else belongs to it."""
    named = [(home.id, _home_name(file, home)) for home in households_of(visit, file.row)]
    return replace(file, households=tuple(named))


def _home_name(file: CaseFile, home: Household) -> str:
    who = ", ".join(member.name for member in home.members) or "–"
    return f"{file.names.of('Haushalt mit', 'Household with')} {who}"


def households_of(visit: Visit, row: JourneyRow) -> list[Household]:
    """The households of a case; of their members only those inside the viewer's walls."""
    with visit.services.store.read() as session:
        own = households.of_journey(session, row.id)
        return [
            Household(home.household_id, home.relation, _members(visit, session, home.household_id, row.id))
            for home in own
        ]


def _members(visit: Visit, session: Session, household: str, own: str) -> tuple[Member, ...]:
    rows = [row for row in households.members(session, household) if row.journey_id != own]
    seen = [row for row in rows if visit.allowed(Permission.OFFICE_JOURNEY_OPEN, row.office_id)]
    names = participants.names_of(session, visit.services.store, [row.journey_id for row in seen])
    return tuple(
        Member(
            row.journey_id, row.relation, row.since, names.get(row.journey_id) or reference(row.journey_id)
        )
        for row in seen
    )


def link_orders(
    visit: Visit, file: CaseFile, values: Mapping[str, object], command_id: str
) -> list[tuple[JourneyRow, Ordered]]:
    """The one or two commands that put two cases into one household, the other case first.

    Raises:
        NotFound: the other case is not one of this person's office.
        Refusal: both belong to the same household already.
    """
    other = open_journey(visit, str(values["other"]), Permission.OFFICE_JOURNEY_COMMAND, purpose="command")
    if other.office_id != file.row.office_id or other.id == file.row.id:
        raise NotFound("journey")
    with visit.services.store.read() as session:
        mine = {home.household_id for home in households.of_journey(session, file.row.id)}
        theirs = {home.household_id for home in households.of_journey(session, other.id)}
    if mine & theirs:
        raise Refusal("exists_already", field="other")
    pair = sorted((file.row.id, other.id))
    home = next(iter(sorted(mine | theirs)), derived_id("household", *pair, command_id))
    wanted = ((other, theirs, values["other_relation"], derived_id("command", command_id, "other")),
              (file.row, mine, values["relation"], command_id))  # fmt: skip
    return [
        (row, Ordered(id_, _link(home, relation, values["on"])))
        for row, homes, relation, id_ in wanted
        if home not in homes
    ]


def _link(household: str, relation: object, on: object) -> Body:
    return body_of({"kind": "link_household", "household": household, "relation": relation, "on": on})


def side_by_side(visit: Visit, file: CaseFile, other: str) -> tuple[Side, Side] | None:
    """Both cases as far as they tell whether they are one person's; None where the other is not in this office."""
    if other not in dict(file.others):
        return None
    row = open_journey(visit, other, Permission.OFFICE_JOURNEY_COMMAND, purpose="compared")
    return _side(visit, file.row), _side(visit, row)


def _side(visit: Visit, row: JourneyRow) -> Side:
    store = visit.services.store
    with store.read() as session:
        facts = queries.journey_view(store, row.id, session=session).facts
        worker = people.person(session, facts.case_worker).name if facts.case_worker else "–"
        try:
            who = participants.identity(store, row.id, session=session)
        except KeyDestroyed:
            who = None
    signs = [c.on for c in facts.contacts if c.kind != ContactKind.ATTEMPT] + [t.on for t in facts.talks]
    return Side(
        row=row,
        language=facts.language,
        talks=len(facts.talks),
        last_contact=max(signs, default=None),
        worker=worker,
        name=who.name if who else "–",
        birth_date=who.birth_date if who else None,
    )
