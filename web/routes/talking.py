"""The talk: one page, one command."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool

from domain.errors import InvalidInput, PaktError, Refusal, Unconfirmed
from domain.permissions import Permission
from web.access import Requires, Visit, open_journey
from web.commanding import Ordered, body_of, send
from web.form_fields import FormErrors, Posted, first
from web.notes_kept import keep_notes
from web.pages import go, page
from web.posted import form_of
from web.reading import CaseFile, case_file
from web.sentences import sentence
from web.talk import ANSWERS, NEW_PROMISES, fresh, read_talk, talk_form
from web.talk_facts import NEW_FACTS
from web.talk_labels import talk_sentences
from web.words import choices

router = APIRouter()
Talking = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_COMMAND))]
HIDDEN = ("command_id", "talk_id", "next_id", *(f"new{n}_id" for n in range(NEW_PROMISES)))


@router.get("/faelle/{journey}/gespraech")
def talk_page(visit: Talking, journey: str) -> Response:
    """The form, with everything that is open on both sides."""
    file = _file(visit, journey, "form")
    return _shown(visit, file, fresh(file, visit.request.query_params))


@router.post("/faelle/{journey}/gespraech")
async def record(visit: Talking, journey: str) -> Response:
    """Save the talk as one command: all that was settled, or nothing."""
    posted = await form_of(visit.request)
    file = await run_in_threadpool(_file, visit, journey, "talk")
    try:
        values, said = read_talk(posted, file)
        order = Ordered(first(posted, "command_id"), body_of(values))
        receipt = await send(visit, file.row, order)
    except FormErrors as wrong:
        return _shown(visit, file, posted, errors=talk_sentences(wrong.errors, file))
    except (Refusal, InvalidInput) as refusal:
        return _shown(visit, file, posted, errors=talk_sentences({_field(refusal): refusal}, file))
    except Unconfirmed:
        return _shown(visit, file, posted, unconfirmed=sentence("unconfirmed", {}, visit.lang))
    await run_in_threadpool(keep_notes, visit, file.row, said)
    return go(f"/faelle/{journey}", said="talk" if receipt.stored else "talk+pending")


def _file(visit: Visit, journey: str, purpose: str) -> CaseFile:
    row = open_journey(visit, journey, Permission.OFFICE_JOURNEY_COMMAND, purpose=purpose)
    return case_file(visit, row)


def _field(refusal: PaktError) -> str:
    """The field that a refusal of the journey is about, where the form has only one of that name."""
    field = refusal.params.get("field", "")
    return field if field in ("about", "on", "appointment") else ""


def _shown(
    visit: Visit,
    file: CaseFile,
    posted: Posted,
    *,
    errors: Mapping[str, str] | None = None,
    unconfirmed: str = "",
) -> Response:
    lang = visit.lang
    return page(
        visit,
        "talk.html",
        status=422 if errors else (202 if unconfirmed else 200),
        file=file,
        form=talk_form(file),
        posted=posted,
        t=lambda name: first(posted, name),
        hidden=HIDDEN,
        errors=errors or {},
        unconfirmed=unconfirmed,
        new_promises=NEW_PROMISES,
        new_facts=NEW_FACTS,
        talks=choices("talk", lang),
        outcomes=[(code, said) for code, said in choices("consent", lang) if code in ANSWERS],
        answerers=choices("consent_by", lang),
        goals=choices("goal", lang),
        sides=choices("side", lang),
        reasons=choices("excuse", lang),
    )
