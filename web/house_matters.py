"""What an office itself has to do: its own tasks and matters, each for the one who is to answer, and what was found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from domain.codes import Addressee, Outcome
from domain.decisions import Decision
from domain.errors import PaktError
from domain.permissions import Permission, Role
from rules.binding import Book
from rules.library import decides
from rules.sentences import describe, explain
from store import absences, office_rows, people
from store.books import Library
from store.office_tables import OfficeMatterRow, OfficeTaskRow
from store.tables import PersonRow
from web.access import Visit
from web.dates import today
from web.lights import Light, light
from web.naming import Naming
from web.office_words import TASKS

_DISTRICT_WIDE = (Role.ADMINISTRATOR, Role.DPO)
_FOR = {
    Role.CASE_WORKER: (),
    Role.LEAD: (Addressee.LEAD, Addressee.SUBSTITUTE),
    Role.HEAD: (Addressee.LEAD, Addressee.HEAD),
    Role.ADMINISTRATOR: (Addressee.RULE_OWNER,),
    Role.DPO: (Addressee.DATA_PROTECTION,),
}


@dataclass(frozen=True)
class HouseTask:
    """A task of the office itself as a page shows it."""

    row: OfficeTaskRow
    office: str
    text: str
    subject: str
    light: Light


@dataclass(frozen=True)
class HouseMatter:
    """A matter of the office itself as a page shows it."""

    row: OfficeMatterRow
    office: str
    subject: str
    why: str
    light: Light
    holder: str
    resting: bool
    may: bool


def house_tasks(visit: Visit) -> list[HouseTask]:
    """The open tasks of the offices themselves that this person is to do."""
    day = today(visit.services.now())
    with visit.services.store.read() as session:
        offices = _offices(visit, session)
        rows = [row for row in office_rows.open_tasks(session, sorted(offices)) if _for(visit, session, row)]
        naming = _naming(visit, session, [row.subject for row in rows])
    return [
        HouseTask(
            row,
            offices[row.office_id],
            _text(row, visit),
            naming.subject(row.subject) if row.rule else "",
            light(row.answer_by, day, visit.lang),
        )
        for row in rows
    ]


def house_matters(visit: Visit) -> list[HouseMatter]:
    """The open matters of the offices whose chain this person stands in, with who holds each today."""
    if not visit.allowed(Permission.OFFICE_ESCALATION_READ):
        return []
    day = today(visit.services.now())
    book = decides(Library(visit.services.store), None, day)
    with visit.services.store.read() as session:
        offices = _offices(visit, session)
        rows = office_rows.open_matters(session, sorted(offices))
        naming = _naming(visit, session, [row.subject for row in rows])
        held = {row.id: held_by(session, row.office_id, row.level, day, visit=visit) for row in rows}
    return [
        HouseMatter(
            row,
            offices[row.office_id],
            naming.subject(row.subject),
            _why(row, visit, book),
            light(row.answer_by, day, visit.lang),
            held[row.id],
            row.silent_until is not None and row.silent_until >= day,
            visit.allowed(Permission.OFFICE_ESCALATION_ANSWER, row.office_id),
        )
        for row in rows
    ]


def held_by(session: Session, office: str, level: int, day: date, *, visit: Visit) -> str:
    """Who holds a level today, and in whose place."""
    row = people.office(session, office)
    named = row.lead_id if level <= 1 else row.head_id
    holder = absences.holder(session, office, level, day)
    if holder is None:
        return "niemandem" if visit.lang == "de" else "nobody"
    if holder.id == named or named is None:
        return holder.name
    absent = session.get(PersonRow, named)
    place = "in Vertretung für" if visit.lang == "de" else "standing in for"
    return f"{holder.name} ({place} {absent.name if absent else '–'})"


def stood_in_for(visit: Visit) -> Mapping[str, str]:
    """The names of colleagues who are away and for whom this person stands in today, by their ids."""
    day = today(visit.services.now())
    with visit.services.store.read() as session:
        return {row.id: row.name for row in absences.stood_in_for(session, visit.actor.id, day)}


def may_complete(visit: Visit, session: Session, row: OfficeTaskRow) -> bool:
    """Whether the task is for this person; a foreign one answers like one that does not exist."""
    return row.office_id in _offices(visit, session) and _for(visit, session, row)


def _offices(visit: Visit, session: Session) -> dict[str, str]:
    every = {row.id: row.name for row in people.offices(session)}
    if visit.actor.role in _DISTRICT_WIDE:
        return every
    return {office: name for office, name in every.items() if office in visit.offices}


def _for(visit: Visit, session: Session, row: OfficeTaskRow) -> bool:
    if row.addressee in _FOR.get(visit.actor.role, ()):
        return True
    if row.addressee != Addressee.SUBSTITUTE:
        return False
    worker = session.get(PersonRow, row.subject.partition("/")[2])
    return worker is not None and worker.deputy_id == visit.actor.id


def _naming(visit: Visit, session: Session, subjects: Collection[str]) -> Naming:
    ids = (subject.partition("/")[2] for subject in subjects if subject.startswith("worker/"))
    names = {one.id: one.name for id_ in ids if (one := session.get(PersonRow, id_)) is not None}
    return Naming(visit.lang, people=names)


def _text(row: OfficeTaskRow, visit: Visit) -> str:
    """What the task asks for: in words of its own, else the sentence of its rule."""
    if row.what in TASKS:
        return TASKS[row.what][visit.lang == "en"].format(n=row.number)
    try:
        return describe(row.rule or "", visit.lang)
    except PaktError:
        return row.what.replace("_", " ")


def _why(row: OfficeMatterRow, visit: Visit, book: Book) -> str:
    """Why the matter is there: the stage that spoke with its numbers, or the rule's sentence."""
    addressee = Addressee.LEAD if row.level <= 1 else Addressee.HEAD
    try:
        made: Sequence[int] = [
            stage.no
            for rule in book.rules
            if rule.id == row.rule
            for stage in rule.stages
            if (Outcome.ESCALATE, addressee) in stage.outcomes and _known(stage.says_de, row.decision_values)
        ]
        if made:
            return explain(_decision(row, made[0], addressee, book), visit.lang, book=book)
        return describe(row.rule, visit.lang)
    except (PaktError, KeyError, IndexError):
        return row.rule


def _known(says: str, values: Mapping[str, int]) -> bool:
    return all(f"{{{name}}}" not in says or name in values for name in _names(says))


def _names(says: str) -> list[str]:
    return [part.partition("}")[0] for part in says.split("{")[1:]]


def _decision(row: OfficeMatterRow, stage: int, addressee: Addressee, book: Book) -> Decision:
    version = max(rule.version for rule in book.rules if rule.id == row.rule)
    return Decision(
        rule=row.rule,
        version=version,
        stage=stage,
        outcome=Outcome.ESCALATE,
        addressee=addressee,
        basis=(),
        subject=row.subject,
        episode=row.episode,
        values=row.decision_values,
        twin_open=False,
    )
