"""What the choices of a form are: drawn from one journey, each with the words that people read."""

from collections.abc import Callable

from domain.codes import FACT_CODES, OPEN_APPOINTMENT, AppointmentStatus, Side
from domain.facts import ValueFact
from web.dates import day_text
from web.facts_said import about_said, value_said
from web.form_fields import Option, Sheet
from web.programmes import step_settled
from web.words import choices, word

NO_BOOK = "in_force"


def words_of(group: str, *only: str) -> Callable[[Sheet], list[Option]]:
    """Every word of a group, or only some of it."""

    def options(sheet: Sheet) -> list[Option]:
        return [(code, text) for code, text in choices(group, sheet.lang) if not only or code in only]

    return options


def open_appointments(sheet: Sheet) -> list[Option]:
    """Appointments that may still be settled."""
    found = [a for a in sheet.facts.appointments if a.status in OPEN_APPOINTMENT]
    return [
        (a.id, f"{sheet.names.appointment(a)} ({word('appointment', a.status, sheet.lang)})") for a in found
    ]


def open_commitments(sheet: Sheet) -> list[Option]:
    """Promises that are neither kept nor released."""
    found = [c for c in sheet.facts.commitments if c.kept_on is None and c.released_on is None]
    return [(c.id, f"{word('side', c.side, sheet.lang)}: {sheet.names.commitment(c)}") for c in found]


def open_excuses(sheet: Sheet) -> list[Option]:
    """Reasons that nobody has decided on."""
    return [(x.id, sheet.names.excuse(x)) for x in sheet.facts.excuses if x.decided_on is None]


def excusable(sheet: Sheet) -> list[Option]:
    """What a reason may be given for."""
    states = (*OPEN_APPOINTMENT, AppointmentStatus.MISSED)
    appointments = [a for a in sheet.facts.appointments if a.status in states]
    own = [c for c in sheet.facts.commitments if c.side == Side.PARTICIPANT and c.kept_on is None]
    return [
        *((f"appointment/{a.id}", sheet.names.appointment(a)) for a in appointments),
        *((f"commitment/{c.id}", sheet.names.commitment(c)) for c in own),
        ("entitlement", sheet.names.subject("entitlement")),
        ("contact", sheet.names.subject("contact")),
    ]


def open_steps(sheet: Sheet) -> list[Option]:
    """Steps of the plan that are not done."""
    rows = [p for p in sheet.plan if not step_settled(sheet.programme, sheet.facts, p.step)]
    return [(p.step, f"{sheet.names.step(p.step)} ({day_text(p.due)})") for p in rows]


def fact_values(sheet: Sheet) -> list[Option]:
    """The values that the chosen fact may have."""
    code = FACT_CODES.get(sheet.code)
    return [(value, value_said(sheet.code, value, sheet.lang)) for value in (code.values if code else ())]


def earlier_values(sheet: Sheet) -> list[Option]:
    """Recorded values that a new one may correct."""
    found = [v for v in sheet.facts.values if v.code == sheet.code and not v.superseded]
    return [(str(v.seq), _earlier(v, sheet)) for v in found]


def _earlier(entry: ValueFact, sheet: Sheet) -> str:
    said = value_said(entry.code, entry.value, sheet.lang)
    about = f"{about_said(entry.about, sheet.lang)}: " if entry.about else ""
    return f"{about}{said} ({sheet.names.of('ab', 'from')} {day_text(entry.valid_from)})"


def open_escalations(sheet: Sheet) -> list[Option]:
    """Matters that are still open."""
    found = [m for m in sheet.facts.matters if m.closed_on is None]
    return [(m.id, f"{m.rule} – {sheet.names.subject(m.subject)}") for m in found]


def open_tasks(sheet: Sheet) -> list[Option]:
    """Tasks that are still open."""
    found = [t for t in sheet.facts.tasks if t.closed_on is None]
    return [(t.id, f"{sheet.names.subject(t.subject)} ({day_text(t.answer_by)})") for t in found]


def staff(sheet: Sheet) -> list[Option]:
    """People who may take the case over."""
    return list(sheet.staff)


def stand_ins(sheet: Sheet) -> list[Option]:
    """People who may step in for the case worker."""
    return list(sheet.stand_ins)


def books_of_rules(sheet: Sheet) -> list[Option]:
    """Every book that was approved, and the choice to follow the one in force again."""
    in_force = sheet.names.of("das jeweils geltende Buch", "the book in force")
    return [*sheet.books, (NO_BOOK, in_force)]
