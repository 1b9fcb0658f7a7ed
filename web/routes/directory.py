"""The directory of local offers: the list with its filters, one entry with its history, and the form."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from fastapi.concurrency import run_in_threadpool

from domain.directory import SAID, Entry, found
from domain.directory_reading import Faults, read_entry
from domain.errors import InvalidInput, NotFound, PaktError, Refusal
from domain.ids import ID_PATTERN
from domain.permissions import Permission
from store import directory, ids, people
from store.directory import By
from web import offers_shown as shown
from web.access import Requires, Visit
from web.dates import today
from web.directory_words import FIELDS
from web.form_fields import Posted, first
from web.offer_filters import around, chips, chosen
from web.pages import go, page
from web.posted import form_of
from web.sentences import sentence

router = APIRouter()
Reading = Annotated[Visit, Depends(Requires(Permission.HOUSE_DIRECTORY_READ))]
Editing = Annotated[Visit, Depends(Requires(Permission.HOUSE_DIRECTORY_EDIT))]
Seen = Annotated[str, Form(max_length=9)]
PLACE = "/angebote"


@router.get(PLACE)
def listed(visit: Reading) -> Response:
    """Every standing entry that passes the filters of the address, and what was offered so far."""
    seen = chosen(visit.request.query_params, around(visit))
    day = today(visit.services.now())
    with visit.services.store.read() as session:
        entries = found(directory.entries(session), seen.wanted)
        tallies = directory.counts(session, visit.offices)
        offices = {row.id: row.name for row in people.offices(session)}
    return page(
        visit,
        "directory.html",
        status=422 if seen.errors else 200,
        lines=[shown.line(entry, day, visit.lang) for entry in entries],
        typed=seen.typed,
        errors={name: sentence(wrong.code, wrong.params, visit.lang) for name, wrong in seen.errors.items()},
        chips=chips(seen, PLACE, visit.lang),
        counted=shown.counted(tallies, offices, visit.lang),
        may_edit=visit.allowed(Permission.HOUSE_DIRECTORY_EDIT),
        **shown.options(visit.lang),
    )


@router.get(PLACE + "/neu")
def empty(visit: Editing) -> Response:
    """The empty form, with the id that makes sending it twice harmless."""
    typed = {"checked_on": today(visit.services.now()).isoformat(), "childcare": "unbekannt"}
    return _form(visit, ids.new("offer"), typed)


@router.post(PLACE)
async def enter(visit: Editing) -> Response:
    """Put an entry in."""
    posted = await form_of(visit.request)
    return await run_in_threadpool(_enter, visit, posted)


def _enter(visit: Visit, posted: Posted) -> Response:
    offer = first(posted, "offer")
    if not re.fullmatch(ID_PATTERN, offer) or not offer.startswith("ofr_"):
        raise InvalidInput("form_id_bad", field="offer")
    try:
        entry = read_entry(offer, _typed(posted), around(visit))
        with visit.services.store.write() as session:
            directory.enter(session, entry, by_of(visit))
    except (Faults, Refusal) as wrong:
        return _form(visit, offer, _typed(posted), errors=_sentences(wrong, visit))
    return go(f"{PLACE}/{offer}", said="offer_entered")


@router.get(PLACE + "/{offer}")
def one(visit: Reading, offer: str) -> Response:
    """One entry: what it says, its history, and for those who may, the form to change it."""
    entry = entry_of(visit, offer)
    return _one(visit, entry, shown.as_typed(entry))


@router.post(PLACE + "/{offer}")
async def change(visit: Editing, offer: str) -> Response:
    """Let the entry say what the form says, unless somebody else changed it meanwhile."""
    posted = await form_of(visit.request)
    return await run_in_threadpool(_change, visit, offer, posted)


def _change(visit: Visit, offer: str, posted: Posted) -> Response:
    before = entry_of(visit, offer)
    try:
        new = replace(read_entry(offer, _typed(posted), around(visit)), rev=_rev(first(posted, "rev")))
        with visit.services.store.write() as session:
            directory.change(session, new, by_of(visit))
    except (Faults, Refusal) as wrong:
        return _one(visit, before, _typed(posted), errors=_sentences(wrong, visit))
    return go(f"{PLACE}/{offer}", said="offer_changed")


@router.post(PLACE + "/{offer}/geprueft")
def look_again(visit: Editing, offer: str, rev: Seen = "") -> Response:
    """Somebody has checked today that the entry is still true."""
    return _step(visit, offer, rev, said="offer_checked")


@router.post(PLACE + "/{offer}/zurueckziehen")
def withdraw(visit: Editing, offer: str, rev: Seen = "") -> Response:
    """Take the entry out of every list."""
    return _step(visit, offer, rev, said="offer_withdrawn")


def _step(visit: Visit, offer: str, rev: str, *, said: str) -> Response:
    before = entry_of(visit, offer)
    step = {"offer_checked": directory.look_again, "offer_withdrawn": directory.withdraw}[said]
    try:
        with visit.services.store.write() as session:
            step(session, offer, by_of(visit), seen=_rev(rev))
    except Refusal as wrong:
        return _one(visit, before, shown.as_typed(before), errors=_sentences(wrong, visit))
    return go(f"{PLACE}/{offer}", said=said)


def entry_of(visit: Visit, offer: str) -> Entry:
    """The entry with this id; `NotFound` otherwise."""
    if not re.fullmatch(ID_PATTERN, offer):
        raise NotFound("offer")
    with visit.services.store.read() as session:
        return directory.entry(session, offer)


def by_of(visit: Visit) -> By:
    """Who takes a step of the directory, and when."""
    return By(visit.actor.id, visit.actor.office, visit.services.now())


def _form(visit: Visit, offer: str, typed: Mapping[str, str], *, errors: Mapping[str, str] = {}) -> Response:
    filled = {name: typed.get(name, "") for name in SAID}
    return page(
        visit,
        "offer_new.html",
        status=422 if errors else 200,
        offer=offer,
        typed=filled,
        errors=errors,
        **shown.options(visit.lang),
    )


def _one(
    visit: Visit,
    entry: Entry,
    typed: Mapping[str, str],
    *,
    errors: Mapping[str, str] = {},
) -> Response:
    standing = entry.withdrawn_on is None
    return page(
        visit,
        "offer.html",
        status=422 if errors else 200,
        line=shown.line(entry, today(visit.services.now()), visit.lang),
        typed={name: typed.get(name, "") for name in SAID},
        errors=errors,
        steps=shown.history(visit, entry.id),
        may_edit=standing and visit.allowed(Permission.HOUSE_DIRECTORY_EDIT),
        **shown.options(visit.lang),
    )


def _typed(posted: Posted) -> dict[str, str]:
    return {name: first(posted, name) for name in SAID}


def _rev(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _sentences(wrong: Faults | Refusal, visit: Visit) -> dict[str, str]:
    """The sentence of each field, begun with the field's name so that the summary can be read alone."""
    found_: Mapping[str, PaktError] = wrong.by_field if isinstance(wrong, Faults) else {"": wrong}
    said = {}
    for field, one_ in found_.items():
        text = sentence(one_.code, one_.params, visit.lang)
        said[field] = f"{FIELDS[field][visit.english]}: {text}" if field in FIELDS else text
    return said
