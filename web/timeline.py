"""The story of a journey in plain sentences: each entry of the ledger as a person would tell it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from domain.codes import Channel
from domain.events import Event
from domain.facts import NoticeFact
from domain.folding import touched
from store.ledger import Entry
from web.dates import day_text, instant_text
from web.facts_said import fact_said, value_said
from web.naming import Naming
from web.timeline_turns import STEPS, TURNED, TURNED_TONES
from web.wording import notice_reason, notice_text, task_text
from web.words import word

QUIET = frozenset({"matter_taken_over", "episode_lifted", "decision_made", "notice_planned", "task_closed"})
QUIET_TASKS = ("print_letter", "speak_in_person", "explain_in_language", "step_due")
_TONES = {
    "decision_made": "rule",
    "escalation_raised": "danger",
    "escalation_answered": "good",
    "escalation_closed": "good",
    "appointment_missed": "warning",
    "notice_planned": "notice",
    "notice_settled": "notice",
    "notice_lapsed": "notice",
    "task_opened": "warning",
    "step_done": "good",
    "commitment_kept": "good",
    "consent_taken": "good",
    "talk_held": "good",
    "journey_started": "good",
    "judgement_withheld": "danger",
    "command_refused": "warning",
    **TURNED_TONES,
}
Told = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One entry: when, what, who, by which rule and book, and where it stands in the ledger."""

    at: datetime
    type: str
    tone: str
    text: str
    actor: str
    role: str
    rule: str | None
    book: str | None
    stream: str
    seq: int
    day: date | None
    quiet: bool


def tell(entries: list[Entry], names: Naming) -> list[Line]:
    """The lines of a story, newest first."""
    lines = [_line(entry, names) for entry in entries]
    lines.reverse()
    return lines


def revisions(entries: list[Entry]) -> dict[str, int]:
    """How often each subject has changed: what a form says it has seen."""
    revs: dict[str, int] = {}
    for event in events_of(entries):
        subject = touched(event.body)
        if subject is not None:
            revs[subject] = revs.get(subject, 0) + 1
    return revs


def events_of(entries: list[Entry]) -> list[Event]:
    """The events of the journey's own stream that can still be read."""
    bodies = [e.body for e in entries if e.stream.startswith("journey/") and e.body is not None]
    return [Event.model_validate(body) for body in bodies]


def _line(entry: Entry, names: Naming) -> Line:
    told, role, on = _told(entry, names)
    return Line(
        at=entry.at,
        type=entry.type,
        tone=_TONES.get(entry.type, "plain"),
        text=names.of(*told),
        actor=_who(entry, names),
        role=word("role", role, names.lang) if role else "",
        rule=entry.rule,
        book=entry.book,
        stream=entry.stream.partition("/")[0],
        seq=entry.seq,
        day=on,
        quiet=_quiet(entry),
    )


def _who(entry: Entry, names: Naming) -> str:
    """Who did it, and who agreed where one alone could not."""
    agreed = [names.person(str(one)) for one in (entry.body or {}).get("approved_by") or ()]
    by = names.person(entry.actor)
    return f"{by}, {names.of('freigegeben von', 'approved by')} {', '.join(agreed)}" if agreed else by


def _quiet(entry: Entry) -> bool:
    """True for what matters to an auditor but drowns the story."""
    what = str(((entry.body or {}).get("body") or {}).get("what", ""))
    return entry.type in QUIET or (entry.type == "task_opened" and what in QUIET_TASKS)


def _told(entry: Entry, names: Naming) -> tuple[Told, str, date | None]:
    if entry.body is None:
        return ("Inhalt gelöscht", "Content erased"), "", None
    if entry.stream.startswith("desk/"):
        return _DESK.get(entry.type, _unknown_desk)(entry, names), str(entry.body.get("role", "")), None
    try:
        event = Event.model_validate(entry.body)
    except ValidationError:
        return (entry.type, entry.type), "", None
    teller = _TELLERS.get(event.body.type)
    told = teller(event.body, names) if teller else (event.body.type, event.body.type)
    return told, event.role, event.valid_from or getattr(event.body, "on", None)


Teller = Callable[[Any, Naming], Told]


def _simple(german: str, english: str) -> Teller:
    return lambda _body, _names: (german, english)


def _about_appointment(german: str, english: str) -> Teller:
    def told(body: Any, n: Naming) -> Told:
        name = n.subject(f"appointment/{body.appointment}")
        return f"{german}: {name}", f"{english}: {name}"

    return told


def _about_commitment(german: str, english: str) -> Teller:
    def told(body: Any, n: Naming) -> Told:
        name = n.subject(f"commitment/{body.commitment}")
        return f"{german} – {name}", f"{english} – {name}"

    return told


def _consent(body: Any, n: Naming) -> Told:
    text = f"{word('purpose', body.purpose, n.lang)}: {word('consent', body.outcome, n.lang)}"
    return f"Einwilligung – {text}", f"Consent – {text}"


def _offered(body: Any, n: Naming) -> Told:
    what = f"{word('talk', body.talk, n.lang)}, {instant_text(body.start)}"
    return f"Termin angeboten: {what}", f"Appointment offered: {what}"


def _moved(body: Any, n: Naming) -> Told:
    by = word("side", body.by, n.lang)
    to = instant_text(body.start)
    return f"Termin verschoben auf {to} (auf Wunsch: {by})", f"Appointment moved to {to} (asked by {by})"


def _fact(body: Any, n: Naming) -> Told:
    name, value = fact_said(body.code, n.lang, body.about), value_said(body.code, body.value, n.lang)
    text = f"{name}: {value}" if body.about == "" else f"{name} – {value}"
    return f"Angabe erfasst – {text}", f"Fact recorded – {text}"


def _paused(body: Any, n: Naming) -> Told:
    why = word("pause", body.reason, n.lang)
    return f"Pause ab {day_text(body.start)}: {why}", f"Paused from {day_text(body.start)}: {why}"


def _answered(body: Any, n: Naming) -> Told:
    until = f" ({day_text(body.until)})" if body.until else ""
    text = word("answer", body.answer, n.lang).removesuffix(" …") + until
    return f"Eskalation beantwortet: {text}", f"Escalation answered: {text}"


def _decision(body: Any, n: Naming) -> Told:
    what, who = word("outcome", body.outcome, n.lang), word("addressee", body.addressee, n.lang)
    text = f"{body.rule} ({body.stage}) → {what}, {who}: {n.subject(body.subject)}"
    return f"Regel {text}", f"Rule {text}"


def _task(body: Any, n: Naming) -> Told:
    text = f"{task_text(body.what, n)} – {n.subject(body.subject)} ({n.of('bis', 'by')} {day_text(body.answer_by)})"
    return f"Aufgabe: {text}", f"Task: {text}"


def _planned(body: Any, n: Naming) -> Told:
    how = word("channel", body.channel, n.lang)
    text = f"{notice_text(body.text, n)} – {n.subject(body.matter)}, {how}, {instant_text(body.send_at)}"
    return f"Nachricht vorgesehen: {text}", f"Message planned: {text}"


def _lapsed(body: Any, n: Naming) -> Told:
    found = _notice(body.notice, n)
    what = f"{notice_text(found.text, n)} – {n.subject(found.matter)}" if found else ""
    what = what or n.of("Nachricht", "Message")
    why = notice_reason(body.reason, n)
    return f"Nachricht entfallen: {what}. Grund: {why}", f"Message lapsed: {what}. Reason: {why}"


def _notice(id_: str, n: Naming) -> NoticeFact | None:
    notices = n.facts.notices if n.facts else ()
    return next((x for x in notices if x.id == id_), None)


def _settled(body: Any, n: Naming) -> Told:
    found = _notice(body.notice, n)
    by_hand = found is not None and found.channel != Channel.EMAIL and body.outcome == "sent"
    state = (
        n.of("liegt zum Drucken bereit", "ready to print")
        if by_hand
        else word("notice", "lapsed" if body.reason == "lapsed" else body.outcome, n.lang)
    )
    what = notice_text(found.text, n) if found else n.of("Nachricht", "Message")
    how = f" ({word('channel', found.channel, n.lang)})" if found else ""
    why = notice_reason(body.reason, n) if body.outcome in ("failed", "unknown", "deferred") else ""
    text = f"{what}{how}: {state}" + (f" ({why})" if why else "")
    return text, text


def _raised(body: Any, n: Naming) -> Told:
    who = word("addressee", "lead" if body.level <= 1 else "head", n.lang)
    text = f"{n.subject(body.subject)} ({body.rule})"
    return (
        f"Eskalation Stufe {body.level} an {who}: {text}",
        f"Escalation level {body.level} to {who}: {text}",
    )


def _assigned(body: Any, n: Naming) -> Told:
    who, substitute = n.person(body.case_worker), n.person(body.substitute)
    return (
        f"Zuständig ist jetzt {who}, Vertretung: {substitute}",
        f"The case worker is now {who}, substitute: {substitute}",
    )


def _started(body: Any, n: Naming) -> Told:
    by = n.person(body.case_worker)
    if body.substitute is None:
        return f"Vorgang gestartet, zuständig: {by}", f"Journey started, case worker: {by}"
    other = n.person(body.substitute)
    return (
        f"Vorgang gestartet, zuständig: {by}, Vertretung: {other}",
        f"Journey started, case worker: {by}, substitute: {other}",
    )


def _closed(body: Any, n: Naming) -> Told:
    why = word("close", body.reason, n.lang)
    return f"Fall beendet: {why}", f"Case closed: {why}"


_TELLERS: dict[str, Teller] = {
    "journey_started": _started,
    "consent_taken": _consent,
    "appointment_offered": _offered,
    "appointment_confirmed": _about_appointment("Termin bestätigt", "Appointment confirmed"),
    "appointment_moved": _moved,
    "appointment_cancelled": _about_appointment("Termin abgesagt", "Appointment cancelled"),
    "appointment_kept": _about_appointment("Termin hat stattgefunden", "Appointment kept"),
    "appointment_missed": _about_appointment("Termin versäumt", "Appointment missed"),
    "interpreter_set": lambda b, _n: (
        f"Sprachmittlung {word('interpreter', b.interpreter, 'de')}",
        f"Interpreter {word('interpreter', b.interpreter, 'en')}",
    ),
    "talk_held": lambda b, _n: (
        f"Gespräch geführt: {word('talk', b.about, 'de')}",
        f"Talk held: {word('talk', b.about, 'en')}",
    ),
    "step_done": lambda b, n: (f"Schritt erledigt: {n.step(b.step)}", f"Step done: {n.step(b.step)}"),
    "fact_recorded": _fact,
    "contact_recorded": lambda b, _n: (
        f"Kontakt: {word('contact', b.contact, 'de')}",
        f"Contact: {word('contact', b.contact, 'en')}",
    ),
    "excuse_given": lambda b, n: (
        f"Entschuldigung: {word('excuse', b.reason, 'de')} – {n.subject(b.subject)}",
        f"Excuse: {word('excuse', b.reason, 'en')} – {n.subject(b.subject)}",
    ),
    "excuse_decided": lambda b, _n: (
        f"Entschuldigung {'anerkannt' if b.accepted else 'nicht anerkannt'}",
        f"Excuse {'accepted' if b.accepted else 'not accepted'}",
    ),
    "commitment_agreed": _about_commitment("Vereinbart", "Agreed"),
    "commitment_kept": _about_commitment("Eingehalten", "Kept"),
    "commitment_released": _about_commitment("Aufgehoben", "Released"),
    "commitment_moved": _about_commitment("Neue Frist", "New date"),
    "paused": _paused,
    "resumed": lambda b, _n: (
        f"Pause beendet, letzter Tag {day_text(b.ended_on)}",
        f"Pause ended, last day {day_text(b.ended_on)}",
    ),
    "escalation_answered": _answered,
    "task_completed": _simple("Aufgabe erledigt", "Task done"),
    "case_worker_assigned": _assigned,
    "book_pinned": lambda b, _n: (
        f"Regelbuch für diesen Fall festgelegt: {b.book}"
        if b.book
        else "Regelbuch: wieder das jeweils geltende",
        f"Book of rules held for this case: {b.book}" if b.book else "Book of rules: the one in force again",
    ),
    "journey_closed": _closed,
    "journey_reopened": _simple("Fall wieder geöffnet", "Case reopened"),
    "follow_up_recorded": _simple("Nachsorgeanruf geführt", "Follow-up call made"),
    "decision_made": _decision,
    "episode_lifted": lambda b, n: (
        f"Anlass entfallen: {b.rule} – {n.subject(b.subject)}",
        f"Cause gone: {b.rule} – {n.subject(b.subject)}",
    ),
    "task_opened": _task,
    "task_closed": _simple("Aufgabe nicht mehr nötig", "Task no longer needed"),
    "notice_planned": _planned,
    "notice_lapsed": _lapsed,
    "notice_settled": _settled,
    "escalation_raised": _raised,
    "escalation_closed": _simple("Eskalation beendet", "Escalation closed"),
    "judgement_withheld": _simple(
        "Die Regeln konnten nicht sicher ausgewertet werden; bitte selbst ansehen",
        "The rules could not be evaluated safely; please look yourself",
    ),
    **TURNED,
}
_PURPOSES = {
    "journey_page": ("Fall angesehen", "Case viewed"),
    "form": ("Formular geöffnet", "Form opened"),
    "command": ("Formular abgesendet", "Form sent"),
    "talk": ("Gespräch erfasst", "Talk form used"),
    "letter": ("Brief geöffnet", "Letter opened"),
    "audit": ("Zur Prüfung geöffnet", "Opened for examination"),
    "api": ("Über die Schnittstelle gelesen", "Read through the interface"),
    "compared": ("Mit einem anderen Fall verglichen", "Compared with another case"),
}


def _opened(entry: Entry, _: Naming) -> Told:
    purpose = str((entry.body or {}).get("purpose", ""))
    return _PURPOSES.get(purpose, ("Fall geöffnet", "Case opened"))


def _refused(entry: Entry, _: Naming) -> Told:
    code = str((entry.body or {}).get("code", ""))
    return f"Eingabe abgelehnt ({code})", f"Command refused ({code})"


def _unknown_desk(entry: Entry, _: Naming) -> Told:
    return entry.type.replace("_", " "), entry.type.replace("_", " ")


_DESK: dict[str, Callable[[Entry, Naming], Told]] = {
    "journey_opened": _opened,
    "command_refused": _refused,
    "letter_printed": lambda _e, _n: ("Brief gedruckt", "Letter printed"),
    "audit_searched": lambda _e, _n: ("Prüfung begonnen", "Examination begun"),
    "bundle_exported": lambda _e, _n: ("Prüfpaket ausgegeben", "Bundle exported"),
    **STEPS,
}
