"""One journey as a page needs it: facts, plan, identity, notes, people and the ledger, read at one moment."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from domain.errors import NotFound
from domain.programme import Programme
from store import books, notes, participants, people, queries
from store.books import ACTIVE, APPROVED, SUPERSEDED
from store.keys import KeyDestroyed
from store.ledger import Entry
from store.queries import View
from store.tables import EscalationRow, JourneyRow, NoticeRow, TaskRow
from web.access import Visit
from web.dates import day_text, today
from web.form_fields import Sheet
from web.naming import Naming
from web.programmes import programme_of, step_settled
from web.timeline import revisions

PINNABLE = (APPROVED, ACTIVE, SUPERSEDED)


@dataclass(frozen=True)
class CaseFile:
    """Everything about one journey; `identity` is None once the person is erased.

    `programme` is None where this process cannot read it: then steps have no titles and no phases.
    """

    row: JourneyRow
    view: View
    programme: Programme | None
    identity: participants.Identity | None
    names: Naming
    staff: tuple[tuple[str, str], ...]
    stand_ins: tuple[tuple[str, str], ...]
    books: tuple[tuple[str, str], ...]
    escalations: tuple[EscalationRow, ...]
    notices: tuple[NoticeRow, ...]
    tasks: tuple[TaskRow, ...]
    entries: tuple[Entry, ...]
    today: date
    offices: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    households: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The name of the person, or that it was erased."""
        return self.identity.name if self.identity else self.names.of("(gelöscht)", "(erased)")

    @property
    def revs(self) -> dict[str, int]:
        """How often each subject has changed."""
        return revisions(list(self.entries))

    def done(self, step: str) -> bool:
        """True once a step is done, or a fact has made it needless."""
        return step_settled(self.programme, self.view.facts, step)

    def sheet(self, code: str = "") -> Sheet:
        """What forms draw their choices from."""
        return Sheet(
            facts=self.view.facts,
            plan=self.view.plan,
            programme=self.programme,
            today=self.today,
            lang=self.names.lang,
            names=self.names,
            staff=self.staff,
            stand_ins=self.stand_ins,
            books=self.books,
            offices=self.offices,
            others=self.others,
            households=self.households,
            code=code,
        )


def case_file(visit: Visit, row: JourneyRow) -> CaseFile:
    """Read all of a journey that was opened."""
    store = visit.services.store
    with store.read() as session:
        view = queries.journey_view(store, row.id, session=session)
        programme = programme_of(row.programme)
        everyone = {p.id: p.name for p in people.colleagues(session, row.office_id)}
        workers = tuple((p.id, p.name) for p in people.case_workers(session, row.office_id))
        stand_ins = tuple((p.id, p.name) for p in people.stand_ins(session, row.office_id))
        entries = tuple(queries.timeline(store, row.id, session=session))
        named = {entry.actor for entry in entries} | {view.facts.case_worker, view.facts.substitute}
        named |= {str(one) for entry in entries for one in (entry.body or {}).get("approved_by") or ()}
        offices = {office.id: office.name for office in people.offices(session)}
        for person in named - everyone.keys():
            everyone.update(_one(session, person))
        said = {note.subject: note.text for note in notes.of(session, store, row.id)}
        try:
            identity = participants.identity(store, row.id, session=session)
        except KeyDestroyed:
            identity = None
        names = Naming(visit.lang, programme, view.facts, everyone | offices, said)
        return CaseFile(
            row=row,
            view=view,
            programme=programme,
            identity=identity,
            names=names,
            staff=workers,
            stand_ins=stand_ins,
            books=_approved(session, names),
            escalations=tuple(queries.escalations_of(session, row.id)),
            notices=tuple(queries.notices_of(session, row.id)),
            tasks=tuple(line.row for line in queries.open_tasks(session, store, journey_id=row.id)),
            entries=entries,
            today=today(visit.services.now()),
            offices=tuple((id_, name) for id_, name in offices.items() if id_ != row.office_id),
        )


def _approved(session: Session, names: Naming) -> tuple[tuple[str, str], ...]:
    """The books that a case may be held to, each with the day from which it is meant to be in force."""
    since = names.of("gilt ab", "in force from")
    approved = (row for row in books.books(session) if row.state in PINNABLE)
    return tuple((row.id, f"{row.id} ({since} {day_text(row.valid_from)})") for row in approved)


def _one(session: Session, person: str | None) -> dict[str, str]:
    if person is None:
        return {}
    try:
        return {person: people.person(session, person).name}
    except NotFound:
        return {}
