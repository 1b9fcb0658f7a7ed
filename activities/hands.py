"""The hands that a notice needs beside the post: a word in person, an explanation in the person's own language.

A letter needs none: it waits on the page of the letters until somebody has printed it, and the office's daily look
finds the one that nobody printed. One conversation settles what has come up until then, so one open task of a kind
is enough; what leaned on a task that goes gets one of its own.
"""

from datetime import date

from activities.draft import Draft
from activities.matters import open_task
from domain.codes import WAITING_NOTICE, AppointmentStatus, Channel, ContactKind
from domain.events import TaskClosed
from domain.facts import CaseFacts, NoticeFact, TaskFact
from notices.texts import checked

SPEAK, EXPLAIN = "speak_in_person", "explain_in_language"
INVITATION = "appointment_invitation"
SPOKEN = (ContactKind.CALL, ContactKind.VISIT, ContactKind.HELPER)
TOLD = ("entitlement_explained", "exam_told", "residence_rule_explained")


def call_for(draft: Draft, notice: NoticeFact) -> None:
    """Ask for the hands that a planned notice needs, once for a matter and its date."""
    _call(draft, notice, SPEAK)
    _call(draft, notice, EXPLAIN)


def _call(draft: Draft, notice: NoticeFact, kind: str) -> None:
    if not _needs(draft, notice, kind) or _open(draft.facts, kind):
        return
    if kind == SPEAK:
        open_task(draft, "speak_in_person", notice.matter, (_about(notice),))
    else:
        open_task(draft, "explain_in_language", notice.matter, (_about(notice),))


def speak(draft: Draft, matter: str, about: str) -> None:
    """What may not be written any more, or not in time, is a person's work: once for a matter and its date."""
    open_task(draft, "speak_in_person", matter, (about,))


def speak_instead(draft: Draft, notice: NoticeFact) -> None:
    """What may not be posted to a blocked address still has to reach the person."""
    if not _open(draft.facts, SPEAK):
        speak(draft, notice.matter, _about(notice))


def spare(draft: Draft, matter: str) -> None:
    """A notice that need not leave needs no hands either, unless another about the same matter waits."""
    if any(n.matter == matter and n.state in WAITING_NOTICE for n in draft.facts.notices):
        return
    for task in (*_open(draft.facts, SPEAK), *_open(draft.facts, EXPLAIN)):
        if task.subject == matter:
            _close(draft, task, "notice_lapsed")


def close_needless(draft: Draft) -> None:
    """Close the explanations of appointments for which nobody waits any more."""
    for task in _open(draft.facts, EXPLAIN):
        if _needless(draft, task):
            _close(draft, task, "cause_gone")


def _needless(draft: Draft, task: TaskFact) -> bool:
    """True once an appointment is over, taken back, or confirmed by the person: nobody waits to understand it."""
    kind, _, ref = task.subject.partition("/")
    if kind != "appointment":
        return False
    return all(a.id != ref or a.status != AppointmentStatus.OFFERED for a in draft.facts.appointments)


def said_before(facts: CaseFacts, matter: str, refers_to: date | None) -> bool:
    """True if this date of a matter was said already, or is about to be."""
    if refers_to is None:
        return False
    noticed = ((n.matter, n.refers_to) for n in facts.notices if n.state != "lapsed")
    return (matter, refers_to) in noticed or _arranged_aloud(facts, matter, refers_to)


def _close(draft: Draft, task: TaskFact, reason: str) -> None:
    """Close a task; the first that leaned on it gets one of its own, and the others lean on that."""
    draft.emit(TaskClosed(task=task.id, reason=reason, on=draft.day))
    for notice in draft.facts.notices:
        leaned = notice.state != "lapsed" and notice.planned_on >= task.opened_on
        over = notice.refers_to is not None and notice.refers_to < draft.day
        if leaned and not over:
            _call(draft, notice, task.what)


def _needs(draft: Draft, notice: NoticeFact, what: str) -> bool:
    if _follows(draft.facts, notice) or _arranged_aloud(draft.facts, notice.matter, notice.refers_to):
        return False
    if what == SPEAK:
        return notice.channel == Channel.IN_PERSON
    written = notice.channel != Channel.IN_PERSON
    return written and not checked(notice.text, draft.facts.language) and not _understood(draft, notice)


def _follows(facts: CaseFacts, notice: NoticeFact) -> bool:
    """True for a second word about the same: the first has called for the hands."""
    # What a rule says has no date of its own: its stages follow each other, and its first begins anew.
    return any(
        (n.matter, n.rule, n.refers_to) == (notice.matter, notice.rule, notice.refers_to)
        and n.id != notice.id
        and n.state != "lapsed"
        and _comes_before(n, notice)
        for n in facts.notices
    )


def _comes_before(earlier: NoticeFact, notice: NoticeFact) -> bool:
    if notice.rule is not None:
        return earlier.stage < notice.stage
    return _place(earlier) < _place(notice)


def _place(notice: NoticeFact) -> tuple[date, bool, str]:
    return notice.planned_on, notice.text != INVITATION, notice.id


def _understood(draft: Draft, notice: NoticeFact) -> bool:
    """True for the reminder of what a talk agreed, and of a step that was explained in the person's language."""
    facts, (kind, _, ref) = draft.facts, notice.matter.partition("/")
    if notice.rule is not None:
        return False
    if kind == "commitment":
        return any(c.agreed_on in _talks(facts) for c in facts.commitments if c.id == ref)
    step = draft.editions.programme.step(ref) if kind == "step" else None
    told = step.twins if step else ()
    return any(code in TOLD and draft.facts.value(code, draft.day) == "yes" for code in told)


def _arranged_aloud(facts: CaseFacts, matter: str, refers_to: date | None) -> bool:
    """True for an appointment that was offered in a talk or a call of that day, and still has the date of then."""
    kind, _, ref = matter.partition("/")
    offer = next((a for a in facts.appointments if a.id == ref), None) if kind == "appointment" else None
    if offer is None or refers_to is None:
        return False
    moved = any(n.matter == matter and n.refers_to not in (None, refers_to) for n in facts.notices)
    return not moved and offer.offered_on in (*_talks(facts), *_calls(facts))


def _talks(facts: CaseFacts) -> list[date]:
    return [talk.on for talk in facts.talks]


def _calls(facts: CaseFacts) -> list[date]:
    return [contact.on for contact in facts.contacts if contact.kind in SPOKEN]


def _about(notice: NoticeFact) -> str:
    return notice.id if notice.refers_to is None else notice.refers_to.isoformat()


def _open(facts: CaseFacts, what: str) -> list[TaskFact]:
    return [task for task in facts.tasks if task.what == what and task.closed_on is None]
