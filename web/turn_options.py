"""What may be chosen on the forms of the turns of life: drawn from one case, its programme and its office."""

from domain.codes import FACT_CODES, OPEN_APPOINTMENT
from domain.facts import ValueFact
from store import editions
from web.dates import day_text
from web.facts_said import fact_said, value_said
from web.form_fields import Option, Sheet
from web.words import word

LONGER = (36, 48)


def other_offices(sheet: Sheet) -> list[Option]:
    """The other offices of the district."""
    return list(sheet.offices)


def other_journeys(sheet: Sheet) -> list[Option]:
    """The other running cases of the office."""
    return list(sheet.others)


def own_households(sheet: Sheet) -> list[Option]:
    """The households that the case belongs to."""
    return list(sheet.households)


def open_hand_overs(sheet: Sheet) -> list[Option]:
    """Questions that nobody has answered."""
    names = dict(sheet.offices)
    found = [h for h in sheet.facts.hand_overs if h.state == "open"]
    return [(h.id, f"{names.get(h.to_office, h.to_office)} ({day_text(h.offered_on)})") for h in found]


def residence_statuses(sheet: Sheet) -> list[Option]:
    """Every residence status."""
    return _values("residence_status", sheet)


def benefits(sheet: Sheet) -> list[Option]:
    """Every kind of benefit."""
    return _values("benefit", sheet)


def _values(code: str, sheet: Sheet) -> list[Option]:
    return [(str(value), value_said(code, str(value), sheet.lang)) for value in FACT_CODES[code].values]


def running_pauses(sheet: Sheet) -> list[Option]:
    """The pause that runs."""
    return [(p.id, sheet.names.pause(p)) for p in sheet.facts.pauses if p.ended_on is None]


def optional_steps(sheet: Sheet) -> list[Option]:
    """Steps that the plan may choose and has not."""
    steps = sheet.programme.steps if sheet.programme else ()
    found = [s.id for s in steps if s.chosen and s.id not in sheet.facts.chosen_steps]
    return [(step, sheet.names.step(step)) for step in found]


def chosen_steps(sheet: Sheet) -> list[Option]:
    """Steps that the plan has chosen and that are not done."""
    found = [s for s in sheet.facts.chosen_steps if not sheet.facts.step_done(s)]
    return [(step, sheet.names.step(step)) for step in found]


def more_months(sheet: Sheet) -> list[Option]:
    """Longer terms than the present one."""
    text = sheet.names.of("Monate", "months")
    return [(str(n), f"{n} {text}") for n in LONGER if n > sheet.facts.term_months]


def programmes(sheet: Sheet) -> list[Option]:
    """Every other version of the programme."""
    found = (edition.id for _, edition in editions.programmes())
    return [(id_, id_) for id_ in found if id_ != sheet.facts.programme]


def settled_appointments(sheet: Sheet) -> list[Option]:
    """Appointments of which something was recorded that may be wrong."""
    found = [a for a in sheet.facts.appointments if a.status not in OPEN_APPOINTMENT]
    return [
        (a.id, f"{sheet.names.appointment(a)} ({word('appointment', a.status, sheet.lang)})") for a in found
    ]


def current_values(sheet: Sheet) -> list[Option]:
    """Recorded values that count and are not disputed."""
    return [_value(v, sheet) for v in sheet.facts.values if not v.superseded and not v.disputed]


def disputed_values(sheet: Sheet) -> list[Option]:
    """Recorded values that are disputed."""
    return [_value(v, sheet) for v in sheet.facts.values if not v.superseded and v.disputed]


def _value(entry: ValueFact, sheet: Sheet) -> Option:
    since = f"{sheet.names.of('ab', 'from')} {day_text(entry.valid_from)}"
    said = (
        f"{fact_said(entry.code, sheet.lang, entry.about)}: {value_said(entry.code, entry.value, sheet.lang)}"
    )
    return (f"{entry.seq}:{entry.code}:{entry.about}", f"{said} ({since})")
