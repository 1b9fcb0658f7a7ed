"""The programme for all to read: its picture over the term, and every step with what both sides owe."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from domain.errors import NotFound
from domain.permissions import Permission
from domain.programme_picture import picture
from domain.programme_rows import Programme, ProgrammeStep
from store import editions
from web.access import Requires, Visit
from web.pages import page
from web.programme_band import draw
from web.programme_said import actor_said, dates_said, exists_said, kind_said, notices_said, of
from web.words import Lang, word

router = APIRouter()
Reading = Annotated[Visit, Depends(Requires(Permission.HOUSE_RULES_READ))]


@dataclass(frozen=True)
class StepLine:
    """One step of the table, in words."""

    id: str
    code: str
    title: str
    actor: str
    kind: str
    core: bool
    voluntary: bool
    exists: str
    dates: list[str]
    foerdern: str
    fordern: str
    notices: str
    rules: tuple[str, ...]
    basis: tuple[str, ...]
    excuses: str


@router.get("/programm")
def programme_page(
    visit: Reading,
    version: Annotated[str | None, Query(alias="fassung", max_length=40)] = None,
    months: Annotated[int | None, Query(alias="monate")] = None,
) -> Response:
    """A programme as picture and table: the newest, or the version and term that were asked for."""
    found = editions.programme(version) if version else editions.newest_programme()
    programme, edition = found
    terms = (programme.term_months, *programme.extensions)
    if months is not None and months not in terms:
        raise NotFound("programme", field="monate", programme=programme.id)
    seen = picture(programme, months)
    lang = visit.lang
    return page(
        visit,
        "programme.html",
        programme=programme,
        title=of(programme.title, lang),
        sha256=edition.sha256,
        months=seen.months,
        terms=terms,
        versions=[other.id for _, other in editions.programmes()],
        drawn=draw(seen, lang),
        groups=[
            (phase, of(phase.title, lang), [_line(row.step, programme, lang) for row in seen.of(phase)])
            for phase in seen.phases
        ],
        core=sum(step.core for step in programme.steps),
        shared=_excuses(programme.excuses, lang),
    )


def _line(step: ProgrammeStep, programme: Programme, lang: Lang) -> StepLine:
    return StepLine(
        id=step.id,
        code=step.code or "",
        title=of(step.title, lang),
        actor=actor_said(step, lang),
        kind=kind_said(step, lang),
        core=step.core,
        voluntary=step.voluntary,
        exists=exists_said(step, lang),
        dates=dates_said(step, programme, lang),
        foerdern=of(step.foerdern, lang),
        fordern=of(step.fordern, lang),
        notices=notices_said(step.notices, lang),
        rules=step.rules,
        basis=step.basis,
        excuses=_excuses(step.excuses or (), lang),
    )


def _excuses(reasons: tuple[str, ...], lang: Lang) -> str:
    return ", ".join(word("excuse", reason, lang) for reason in reasons)
