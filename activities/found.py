"""What a look at an office finds beside the rules: late tasks, unprinted letters, empty chairs, cases of nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from domain.calendar import Calendar, berlin_day
from domain.office_facts import OfficeFacts
from store import absences, findings, notices, people
from store.findings import Found
from store.tables import JourneyRow, PersonRow, TaskRow

STUCK, NOBODYS, UNPRINTED = "stuck_tasks", "nobody_in_charge", "unprinted_letters"
STUCK_AFTER_DAYS, UNPRINTED_AFTER_DAYS = 5, 2
_OPEN = ("waiting", "open", "paused")


@dataclass(frozen=True)
class Look:
    """Everything found in one look; `stuck`, `unprinted` and `nobodys` are those not told of before."""

    found: tuple[Found, ...] = ()

    @property
    def stuck(self) -> tuple[Found, ...]:
        """Tasks that nobody finished in time."""
        return tuple(one for one in self.found if one.kind == "stuck_task")

    @property
    def unprinted(self) -> tuple[Found, ...]:
        """Letters that nobody printed in time."""
        return tuple(one for one in self.found if one.kind == "unprinted_letter")

    @property
    def nobodys(self) -> tuple[Found, ...]:
        """Cases whose case worker has gone."""
        return tuple(one for one in self.found if one.kind == NOBODYS)


def look(session: Session, facts: OfficeFacts, day: date, *, calendar: Calendar) -> Look:
    """Look for what no rule speaks of, each thing once, and for who is away today."""
    return Look(
        (
            *_stuck(session, facts.office, day, calendar),
            *_unprinted(session, facts.office, day, calendar),
            *_nobodys(session, facts.office),
            *_absent(facts, day),
            *_empty_chairs(session, facts.office, day),
        )
    )


def _stuck(session: Session, office: str, day: date, calendar: Calendar) -> Iterator[Found]:
    """Open tasks more than five working days past their day; each is told of once."""
    latest = calendar.add_working_days(day, -STUCK_AFTER_DAYS)
    query = select(TaskRow).where(
        TaskRow.office_id == office, col(TaskRow.closed_on).is_(None), col(TaskRow.answer_by) < latest
    )
    before = findings.told(session, office, "stuck_task")
    for task in session.exec(query.order_by(col(TaskRow.answer_by), col(TaskRow.id))):
        if (subject := f"task/{task.id}") not in before:
            yield Found("stuck_task", subject, "told_lead", task.journey_id)


def _unprinted(session: Session, office: str, day: date, calendar: Calendar) -> Iterator[Found]:
    """Letters that lie on their page for more than two working days; each is told of once."""
    before = findings.told(session, office, "unprinted_letter")
    for letter in notices.to_print(session, office=office):
        laid_out = berlin_day(letter.settled_at or letter.send_at)
        late = calendar.add_working_days(laid_out, UNPRINTED_AFTER_DAYS, office) < day
        if late and (subject := f"notice/{letter.id}") not in before:
            yield Found("unprinted_letter", subject, "told_lead", letter.journey_id)


def _nobodys(session: Session, office: str) -> Iterator[Found]:
    """Open cases whose case worker has gone, or never was; each is told of once for each worker."""
    query = select(JourneyRow).where(JourneyRow.office_id == office, col(JourneyRow.state).in_(_OPEN))
    gone = {row.id for row in session.exec(select(PersonRow).where(col(PersonRow.active).is_(False)))}
    before = findings.told(session, office, NOBODYS)
    for row in session.exec(query.order_by(col(JourneyRow.id))):
        if row.case_worker_id is None or row.case_worker_id in gone:
            subject = f"journey/{row.id}"
            if subject not in before:
                yield Found(NOBODYS, subject, "told_lead", row.id)


def _absent(facts: OfficeFacts, day: date) -> Iterator[Found]:
    """Case workers who are away while something of theirs is due; the rule FOE-17 says what follows."""
    for worker in sorted({post.worker for post in facts.posts if post.due_items}):
        if facts.absent(worker, day) is None:
            continue
        post = next(p for p in facts.posts if p.worker == worker)
        there = post.substitute is not None and facts.absent(post.substitute, day) is None
        kind = "absent_substituted" if there else "absent_unsubstituted"
        yield Found(kind, f"worker/{worker}", "deputy_sees" if there else "rule_decides")


def _empty_chairs(session: Session, office: str, day: date) -> Iterator[Found]:
    """Levels of the chain that nobody holds today, not even a deputy."""
    row = people.office(session, office)
    for level, named in ((1, row.lead_id), (2, row.head_id)):
        if named is not None and absences.in_place_of(session, named, day) is None:
            holder = absences.holder(session, office, level, day)
            yield Found("empty_chair", f"level/{level}", "head_holds" if holder else "nobody_holds")
