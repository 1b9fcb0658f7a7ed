"""Every command as a form: opened with choices from the case, sent, and answered in one of three ways."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from domain.codes import FACT_CODES
from domain.commands import Body, Receipt
from domain.errors import InvalidInput, NotFound, NotPermitted, Refusal, Unconfirmed
from domain.handling import subject_of
from domain.ids import ID_PATTERN
from domain.permissions import Permission, command_permission
from store import editions, ids
from store.tables import JourneyRow
from web.access import Requires, Visit, open_journey
from web.commanding import Filed, Ordered, body_of, send, send_or_ask
from web.dates import WEEKDAYS
from web.fact_form import code_of, course_days, fact_groups, fact_subject, fitted, presets, typed_days
from web.facts_said import fact_said
from web.form_fields import Form, FormErrors, Posted, first, read_form
from web.form_options import NO_BOOK
from web.forms_office import FORMS
from web.forms_turns import WHY
from web.kin import MERGERS, WITH_OTHERS, link_orders, side_by_side, with_households, with_others
from web.notes_kept import keep_notes
from web.pages import go, page
from web.posted import form_of
from web.reading import CaseFile, case_file
from web.sentences import sentence
from web.turn_values import FIRST, fitting, shifts

router = APIRouter()
Acting = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_OPEN))]


@router.get("/faelle/{journey}/aktion/{kind}")
def action_page(visit: Acting, journey: str, kind: str) -> Response:
    """The form of a command; what the address names is already chosen."""
    file, form = _opened(visit, journey, kind, purpose="form")
    posted = _presets(form, visit.request, file)
    form = _fitted(form, posted, file)
    return _shown(visit, file, form, posted)


@router.post("/faelle/{journey}/aktion/{kind}")
async def act(visit: Acting, journey: str, kind: str) -> Response:
    """Carry the command out: done and back to the case, refused with a sentence, or not confirmed."""
    posted = await form_of(visit.request)
    file, form = await run_in_threadpool(_opened, visit, journey, kind, purpose="command")
    form = _fitted(form, posted, file)
    try:
        orders = await run_in_threadpool(_orders, visit, file, form, posted)
        outcome = await _carry(visit, orders)
    except FormErrors as wrong:
        return _shown(visit, file, form, posted, errors=_sentences(wrong.errors, form, file))
    except (Refusal, InvalidInput) as refusal:
        return _shown(
            visit, file, form, posted, errors=_sentences({_field(refusal, form): refusal}, form, file)
        )
    except Unconfirmed:
        return _shown(visit, file, form, posted, unconfirmed=sentence("unconfirmed", {}, visit.lang))
    if isinstance(outcome, Filed):
        return go(f"/faelle/{journey}", said="approval_requested")
    await run_in_threadpool(keep_notes, visit, file.row, orders.said)
    return go(f"/faelle/{journey}", said=form.kind if outcome.stored else f"{form.kind}+pending")


@dataclass(frozen=True)
class _Orders:
    """What a form asks for: one command, or two where two cases are linked; and what is said beside it."""

    each: tuple[tuple[JourneyRow, Ordered], ...]
    said: dict[str, str] = dataclass_field(default_factory=dict, repr=False)
    why: str = dataclass_field(default="", repr=False)


async def _carry(visit: Visit, orders: _Orders) -> Receipt | Filed:
    *before, (row, last) = orders.each
    for other, order in before:
        await send(visit, other, order)
    return await send_or_ask(visit, row, last, note=orders.why)


def _opened(visit: Visit, journey: str, kind: str, *, purpose: str) -> tuple[CaseFile, Form]:
    form = FORMS.get(kind)
    if form is None:
        raise NotFound("form")
    row = open_journey(visit, journey, Permission.OFFICE_JOURNEY_OPEN, purpose=purpose)
    needed = command_permission(kind)
    if not visit.allowed(needed, row.office_id):
        raise NotPermitted("not_permitted", permission=needed)
    file = case_file(visit, row)
    if kind in WITH_OTHERS:
        file = with_others(visit, file)
    return (with_households(visit, file) if kind == "leave_household" else file), form


def _presets(form: Form, request: Request, file: CaseFile) -> Posted:
    posted = {"command_id": [ids.new("command")]}
    if form.new:
        posted["new_id"] = [ids.new(form.new[1])]
    for field in form.fields:
        if field.preset:
            posted[field.name] = [file.today.isoformat() if field.preset == "today" else field.preset]
    posted |= presets(code_of(form, {"code": [request.query_params.get("code", "")]}), file.sheet())
    if form.kind == "assign_case_worker":
        posted |= _as_it_is(file)
    for name, value in request.query_params.multi_items():
        posted[name] = [value]
    posted["seen"] = [_seen(form, posted, file)]
    return posted


def _as_it_is(file: CaseFile) -> dict[str, list[str]]:
    """Who has the case now, so that one of the two can be changed alone."""
    facts = file.view.facts
    return {"case_worker": [facts.case_worker or ""], "substitute": [facts.substitute or ""]}


def _seen(form: Form, posted: Posted, file: CaseFile) -> str:
    """The revision of what the form is about, if that is fixed when it is opened."""
    about = _subject(form, posted)
    return f"{about}={file.revs.get(about, 0)}" if about else ""


def _subject(form: Form, posted: Posted) -> str:
    for name in (
        "appointment",
        "commitment",
        "escalation",
        "task",
        "step",
        "excuse",
        "hand_over",
        "household",
    ):
        if first(posted, name) and form.new is None:
            return f"{name}/{first(posted, name)}"
    return fact_subject(code_of(form, posted), posted) or _OF_FORM.get(form.kind, "")


_OF_FORM = {
    **dict.fromkeys(("pause", "resume", "review_pause"), "pause"),
    **dict.fromkeys(("close", "reopen", "assign_case_worker", "pin_book"), "journey"),
    **dict.fromkeys(("move_programme", "block_address"), "journey"),
    "announce_course_start": "fact/course_start_announced",
    "change_status": "fact/residence_status",
}


def _orders(visit: Visit, file: CaseFile, form: Form, posted: Posted) -> _Orders:
    read = read_form(form, posted, file.sheet(first(posted, "code")))
    why = read.notes.pop(WHY.name, "")
    if form.kind == "link_household":
        return _Orders(tuple(link_orders(visit, file, read.values, _id(posted, "command_id"))))
    values: dict[str, object] = {"kind": form.kind, **fitting(visit, form, read.values)}
    if form.new:
        values[form.new[0]] = _id(posted, "new_id")
    if form.kind == "record_fact":
        values["code"] = first(posted, "code")
        values["value"] = str(values["value"])
    if values.get("book") == NO_BOOK:
        values["book"] = None
    said = {f"{form.new[0]}/{values[form.new[0]]}": text for text in read.notes.values()} if form.new else {}
    order = Ordered(_id(posted, "command_id"), body := body_of(values), _rev(posted, body))
    return _Orders(((file.row, order),), said, why)


def _rev(posted: Posted, body: Body) -> int | None:
    about, _, rev = first(posted, "seen").rpartition("=")
    return int(rev) if rev.isdigit() and about == subject_of(body) else None


def _fitted(form: Form, posted: Posted, file: CaseFile) -> Form:
    return fitted(form, code_of(form, posted), file.sheet())


def _id(posted: Posted, name: str) -> str:
    text = first(posted, name)
    if not re.fullmatch(ID_PATTERN, text):
        raise InvalidInput("form_id_bad", field=name)
    return text


def _field(refusal: InvalidInput | Refusal, form: Form) -> str:
    field = refusal.params.get("field", "")
    return field if any(entry.name == field for entry in form.fields) else ""


def _sentences(errors: Mapping[str, InvalidInput | Refusal], form: Form, file: CaseFile) -> dict[str, str]:
    labels = {entry.name: file.names.of(*entry.label) for entry in form.fields}
    said = {}
    for field, wrong in errors.items():
        text = sentence(wrong.code, _named(wrong.params, file), file.names.lang)
        said[field] = f"{labels[field]}: {text}" if field in labels else text
    return said


def _named(params: Mapping[str, str], file: CaseFile) -> Mapping[str, str]:
    by = params.get("by")
    return {**params, "by": file.names.person(by)} if by else params


def _shown(
    visit: Visit,
    file: CaseFile,
    form: Form,
    posted: Posted,
    *,
    errors: Mapping[str, str] | None = None,
    unconfirmed: str = "",
) -> Response:
    code = first(posted, "code") if form.kind == "record_fact" else ""
    sheet = file.sheet(code)
    options = {entry.name: entry.options(sheet) if entry.options else [] for entry in form.fields}
    names = [entry.name for entry in form.fields]
    typed = {
        n: first(posted, n) for n in (*names, *(f"{n}_day" for n in names), *(f"{n}_time" for n in names))
    }
    first_chosen = FIRST.get(form.kind, "")
    chosen_first = (
        typed.get(first_chosen, "") if typed.get(first_chosen) in dict(options.get(first_chosen, [])) else ""
    )
    kept = ("command_id", "new_id", "seen", "code", *((first_chosen,) if chosen_first else ()))
    hidden = {n: first(posted, n) for n in kept if first(posted, n)}
    needed = [f.name for f in form.fields if f.kind == "choice" and f.required]
    return page(
        visit,
        "action.html",
        status=422 if errors else (202 if unconfirmed else 200),
        file=file,
        form=form,
        code=code if code in FACT_CODES else "",
        fact_name=fact_said(code, visit.lang) if code in FACT_CODES else "",
        fact_groups=fact_groups(file.view.facts, visit.lang),
        course_days=course_days(visit.lang),
        letters=typed_days(posted),
        weekdays=WEEKDAYS[visit.lang],
        options=options,
        typed=typed,
        chosen={n: posted.get(n, []) for n in names},
        hidden=hidden,
        errors=errors or {},
        unconfirmed=unconfirmed,
        nothing=any(not options[n] for n in needed if n != "value" or code),
        first=next((f for f in form.fields if f.name == first_chosen), None),
        chosen_first=chosen_first,
        sides=side_by_side(visit, file, chosen_first) if form.kind in MERGERS and chosen_first else None,
        shifts=shifts(visit, file, chosen_first) if form.kind == "move_programme" and chosen_first else None,
        towns=list(editions.municipalities().values()) if any(f.kind == "town" for f in form.fields) else [],
    )
