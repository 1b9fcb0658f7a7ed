"""The rules for all to read: the handbook by side, one page per rule, and its print."""

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from domain.errors import NotFound
from domain.permissions import Permission
from rules import book as books
from rules.book import Book
from store import editions
from web.access import Requires, Visit
from web.handbook.content import Handbook, handbook
from web.handbook.pages import pdf
from web.pages import page
from web.words import Lang

router = APIRouter()
RuleReading = Annotated[Visit, Depends(Requires(Permission.HOUSE_RULES_READ))]
KEPT = 4


@router.get("/regeln")
@router.get("/regeln/handbuch")
def rules(visit: RuleReading) -> Response:
    """Every rule of the newest book by side: what it says, when it speaks first, to whom, and what was verified."""
    return page(visit, "rules.html", h=_handbook(visit.lang))


@router.get("/regeln/handbuch.pdf")
def printed(visit: RuleReading) -> Response:
    """The handbook as PDF in the reader's language."""
    name = f"handbuch-{books.book().id}-{visit.lang}.pdf"
    headers = {"content-disposition": f'inline; filename="{name}"'}
    return Response(_printed(visit.lang), media_type="application/pdf", headers=headers)


@router.get("/regeln/handbuch/{rule}")
def rule_page(visit: RuleReading, rule: str) -> Response:
    """One rule, complete: law, stages, what comes first, examples, versions."""
    of = _handbook(visit.lang)
    ids = [chapter.id for chapter in of.chapters]
    if rule not in ids:
        raise NotFound("rule", rule=rule)
    at = ids.index(rule)
    return page(
        visit,
        "rule.html",
        c=of.chapters[at],
        examples=of.examples[rule],
        usual=of.usual,
        before=of.chapters[at - 1] if at else None,
        after=of.chapters[at + 1] if at + 1 < len(ids) else None,
    )


def _handbook(lang: Lang) -> Handbook:
    return _made(books.book().sha256, lang)


@lru_cache(maxsize=KEPT)
def _made(_: str, lang: Lang) -> Handbook:
    newest, earlier = _books()
    return handbook(newest, lang, calendar=editions.calendar()[0], earlier=earlier)


def _books() -> tuple[Book, tuple[Book, ...]]:
    *earlier, newest = books.books()
    return newest, tuple(earlier)


def _printed(lang: Lang) -> bytes:
    return _typeset(books.book().sha256, lang)


@lru_cache(maxsize=KEPT)
def _typeset(_: str, lang: Lang) -> bytes:
    return pdf(_handbook(lang))
