"""What was chosen on a form of a turn of life, as the command wants it; and what must be chosen first."""

from dataclasses import dataclass, replace
from datetime import date

from domain.calendar import Calendar
from domain.programme_difference import difference
from store import people
from store.closures import current
from web.access import Visit
from web.form_fields import Form
from web.programmes import programme_of
from web.reading import CaseFile

# On these forms one field is chosen first: only then can the page show what the choice means.
FIRST = {"merge_into": "into", "absorb_duplicate": "duplicate", "move_programme": "programme"}
_OF_A_VALUE = ("withdraw_fact", "dispute_fact", "settle_dispute")


@dataclass(frozen=True)
class Shift:
    """One step that another version of the programme changes, in words."""

    kind: str
    name: str
    before: date | None
    after: date | None


def fitting(visit: Visit, form: Form, values: dict[str, object]) -> dict[str, object]:
    """The values of a form as its command wants them."""
    if form.kind == "extend_term":
        return {**values, "months": int(str(values["months"]))}
    if form.kind in _OF_A_VALUE:
        seq, code, about = str(values["fact"]).split(":", 2)
        return {**values, "fact": int(seq), "code": code, "about": about}
    if form.kind == "offer_hand_over" and "to_ags" not in values:
        with visit.services.store.read() as session:
            return {**values, "to_ags": people.office(session, str(values["to_office"])).ags}
    return values


def shifts(visit: Visit, file: CaseFile, programme: str) -> list[Shift] | None:
    """What another version of the programme changes for this case; None where one of the two cannot be read."""
    new = programme_of(programme)
    if new is None or file.programme is None:
        return None
    found = difference(file.programme, new, file.view.facts, _calendar(visit, file))
    return [Shift(c.kind, _name(file, c.step, programme), c.before, c.after) for c in found]


def _calendar(visit: Visit, file: CaseFile) -> Calendar:
    with visit.services.store.read() as session:
        return current(session, file.row.office_id).calendar


def _name(file: CaseFile, step: str, programme: str) -> str:
    """The title of a step, by the version that knows it."""
    known = file.programme is not None and file.programme.step(step) is not None
    return (
        file.names.step(step) if known else replace(file.names, programme=programme_of(programme)).step(step)
    )
