"""One case: everything about a journey on one page."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from domain.calendar import add_months
from domain.codes import FACT_CODES, Purpose
from domain.decisions import Upcoming
from domain.facts import CaseFacts
from domain.permissions import Permission
from domain.programme import Phase
from store.books import Library
from store.opening import peek
from web.access import Requires, Visit, open_journey
from web.band import Band, Mark, draw
from web.dates import day_text, instant_text, today
from web.facts_said import fact_said, value_said
from web.forms_office import FORMS, MENU
from web.lights import Light, light
from web.naming import Naming
from web.offers_shown import made_of
from web.owed import owed_by_office
from web.pages import page
from web.promises import promises
from web.reading import CaseFile, case_file
from web.routes.journeys import municipality_name
from web.timeline import tell
from web.turns_shown import offered_now, turns_of
from web.wording import notice_reason, notice_text, task_text
from web.words import word

router = APIRouter()
Opening = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_OPEN))]
NOTICE_TONES = {
    "sent": "success",
    "printed": "success",
    "failed": "danger",
    "unknown": "warning",
    "to_print": "warning",
}

UNSENT = ("failed", "unknown", "deferred", "lapsed")


@dataclass(frozen=True)
class StepLine:
    """One step of the plan: its date, the date as counted, and how it stands."""

    name: str
    due: date
    raw: date
    done: bool
    light: Light
    at_talk: bool = False
    before: bool = False


@dataclass(frozen=True)
class Coming:
    """Something that happens by itself, in words."""

    on: date
    text: str
    rule: str | None


@router.get("/faelle/{journey}")
def journey_page(visit: Opening, journey: str) -> Response:
    """The page of one case; opening it is written down."""
    row = open_journey(visit, journey, Permission.OFFICE_JOURNEY_OPEN, purpose="journey_page")
    file = case_file(visit, row)
    facts = file.view.facts
    since = facts.taken_over_on or date.min
    left = (p for p in file.view.plan if p.due >= since and not file.done(p.step))
    ahead = sorted(left, key=lambda p: (p.due, p.step))
    lines = tell(list(file.entries), file.names)
    return page(
        visit,
        "journey.html",
        file=file,
        names=file.names,
        next=ahead[0] if ahead and not facts.closed_on else None,
        next_light=light(ahead[0].due if ahead else None, file.today, visit.lang),
        closed=facts.closed_on is not None,
        waiting=file.view.state == "waiting",
        ends=add_months(row.t0, row.term_months),
        phase=_phase(file),
        municipality=municipality_name(row.ags),
        picture=picture(file),
        promised=promises(facts, file.today),
        steps=steps_of(file),
        story=[line for line in lines if not line.quiet and line.stream == "journey"],
        full=lines,
        matters=[m for m in facts.matters if m.closed_on is None],
        owed=owed_by_office(facts, file.today, file.names, Library(visit.services.store)),
        foresee=[coming(u, file.names) for u in file.view.upcoming],
        appointments=sorted(facts.appointments, key=lambda a: a.start, reverse=True),
        tasks=_tasks(file),
        consents=[{"purpose": p, "answer": facts.consent(p)} for p in Purpose],
        notices=_notices(file),
        facts=_facts(facts, file),
        offers=made_of(visit, facts),
        turns=turns_of(visit, file),
        menu=[(group, [FORMS[k] for k in kinds if _fits(k, file)]) for group, kinds in MENU],
        may_command=visit.allowed(Permission.OFFICE_JOURNEY_COMMAND, row.office_id),
        may_answer=visit.allowed(Permission.OFFICE_ESCALATION_ANSWER, row.office_id),
    )


@router.get("/faelle/{journey}/stand")
def journey_state(visit: Opening, journey: str) -> Response:
    """Whether a waiting case has begun: then the open page is told to load itself anew."""
    row = peek(visit.services.store, visit.actor, journey, Permission.OFFICE_JOURNEY_OPEN)
    headers = {} if row.state == "waiting" else {"HX-Refresh": "true"}
    return Response(status_code=204 if not headers else 200, headers=headers)


def steps_of(file: CaseFile) -> list[StepLine]:
    """The plan with the state of each step; what was due before a take-over says so and presses nobody."""
    since = file.view.facts.taken_over_on or date.min
    brought = {step.step for step in file.view.facts.steps if step.before_take_over}
    return [
        StepLine(
            file.names.step(p.step),
            p.due,
            p.raw_due,
            file.done(p.step),
            light(p.due, file.today, file.names.lang),
            p.at_talk,
            p.step in brought or (p.due < since and not file.done(p.step)),
        )
        for p in file.view.plan
    ]


def picture(file: CaseFile) -> Band:
    """The journey over its term: steps, talks, notices and escalations."""
    lang, row = file.names.lang, file.row
    phases = [
        (ph.title.en if lang == "en" else ph.title.de, ph.from_month, ph.to_month) for ph in _phases(file)
    ]
    return draw(row.t0, row.term_months, file.today, phases=phases, marks=_marks(file))


def _marks(file: CaseFile) -> list[Mark]:
    names, facts = file.names, file.view.facts
    marks = [_step_mark(file, p.step, p.due) for p in file.view.plan]
    for a in facts.appointments:
        tone = {"missed": "warn", "cancelled": "open"}.get(a.status, "plain")
        text = f"{names.appointment(a)}: {word('appointment', a.status, names.lang)}"
        marks.append(Mark("talk", today(a.start), tone, text))
    marks += [
        Mark("notice", today(n.send_at), "notice", f"{notice_text(n.text, names)}, {instant_text(n.send_at)}")
        for n in file.notices
        if n.state in ("sent", "printed", "unknown")
    ]
    marks += [
        Mark(
            "escalation",
            m.raised_on,
            "good" if m.closed_on else "danger",
            f"{m.rule}: {names.subject(m.subject)}, {day_text(m.raised_on)}",
        )
        for m in file.escalations
    ]
    return marks


def _step_mark(file: CaseFile, step: str, due: date) -> Mark:
    done = file.done(step)
    before = due < (file.view.facts.taken_over_on or date.min)
    tone = "good" if done else ("late" if due < file.today and not before else "open")
    on = next((s.on for s in file.view.facts.steps if s.step == step), due)
    return Mark("step", on if done else due, tone, f"{file.names.step(step)}: {day_text(due)}")


def _phases(file: CaseFile) -> tuple[Phase, ...]:
    return file.programme.stretches if file.programme else ()


def _phase(file: CaseFile) -> str:
    months = (file.today - file.row.t0).days / 30.44
    for phase in _phases(file):
        if phase.from_month <= months < phase.to_month:
            return phase.title.en if file.names.lang == "en" else phase.title.de
    return ""


def coming(entry: Upcoming, names: Naming) -> Coming:
    """What happens by itself, as a sentence."""
    who = word("addressee", entry.addressee, names.lang)
    about = names.subject(entry.subject)
    if entry.what == "step_due":
        text = names.of(f"Frist: {about}", f"Due: {about}")
    elif entry.what == "escalation":
        level = names.of(
            f"Eskalation Stufe {entry.level} an {who}", f"Escalation level {entry.level} to {who}"
        )
        text = f"{level}: {about}"
    elif entry.what == "task":
        what = task_text(entry.code, names)
        text = names.of(f"Aufgabe für {who}: {what} – {about}", f"Task for {who}: {what} – {about}")
    else:
        text = f"{notice_text(entry.code, names)} ({who}): {about}"
    return Coming(entry.on, text, entry.rule)


def _tasks(file: CaseFile) -> list[dict[str, object]]:
    return [
        {"row": row, "text": task_text(row.what, file.names), "subject": file.names.subject(row.subject)}
        for row in file.tasks
    ]


def _notices(file: CaseFile) -> list[dict[str, object]]:
    return [
        {
            "row": row,
            "text": f"{notice_text(row.text, file.names)}: {file.names.subject(row.matter)}",
            "tone": NOTICE_TONES.get(row.state, "neutral"),
            "why": notice_reason(row.reason, file.names) if row.state in UNSENT else "",
        }
        for row in reversed(file.notices)
    ]


def _facts(facts: CaseFacts, file: CaseFile) -> list[dict[str, object]]:
    """What holds today, each of several by itself."""
    lang, day = file.names.lang, file.today
    every = (
        (code, about)
        for code, entry in FACT_CODES.items()
        for about in (facts.numbered(entry.about, day) if entry.about else ("",))
    )
    held = ((code, about, facts.entry(code, day, about)) for code, about in every)
    return [
        {
            "name": fact_said(code, lang, about),
            "text": value_said(code, found.value, lang),
            "since": found.valid_from,
        }
        for code, about, found in held
        if found is not None
    ]


def _fits(kind: str, file: CaseFile) -> bool:
    closed = file.view.facts.closed_on is not None
    if kind in ("reopen", "record_follow_up"):
        return closed
    return (not closed or kind == "take_consent") and offered_now(kind, file.view.facts)
