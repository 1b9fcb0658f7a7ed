"""Rendering: one template environment, the words and dates that every page may use, and status lines."""

from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from domain.permissions import Permission
from store import people
from web import assets
from web.access import Visit
from web.dates import day_text, instant_text, today, weekday
from web.naming import reference
from web.texts import translate
from web.words import language_name, word

NAVIGATION = (
    ("/faelle", "Meine Fälle", Permission.OFFICE_JOURNEY_LIST),
    ("/aufgaben", "Aufgaben", Permission.OFFICE_TASK_READ),
    ("/eskalationen", "Eskalationen", Permission.OFFICE_ESCALATION_READ),
    ("/freigaben", "Freigaben", Permission.OFFICE_APPROVAL_DECIDE),
    ("/uebergaben", "Übergaben", Permission.OFFICE_HAND_OVER_ANSWER),
    ("/briefe", "Briefe", Permission.OFFICE_LETTER_PRINT),
    ("/zuteilungen", "Zuteilungen", Permission.OFFICE_ALLOCATION_ANSWER),
    ("/zuteilungen/liste", "Zuteilungsliste", Permission.HOUSE_ALLOCATION_SEND),
    ("/angebote", "Angebote", Permission.HOUSE_DIRECTORY_READ),
    ("/haus", "Büro", Permission.OFFICE_MATTER_READ),
    ("/abwesenheiten", "Abwesenheiten", Permission.OFFICE_ABSENCE_EDIT),
    ("/schliesstage", "Schließtage", Permission.OFFICE_CLOSURE_EDIT),
    ("/pruefung", "Prüfung", Permission.AUDIT_JOURNEY_SEARCH),
    ("/regeln", "Regeln", Permission.HOUSE_RULES_READ),
)
BAR_ENTRIES = 7
SELDOM = frozenset(
    ("/uebergaben", "/zuteilungen", "/abwesenheiten", "/schliesstage", "/pruefung", "/regeln", "/haus")
)
STATUS_LINES = "pakt_status"


@cache
def environment() -> Environment:
    """The templates; everything is escaped, and an unknown name is an error."""
    made = Environment(
        loader=PackageLoader("web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(asset=assets.url)
    made.filters.update(day=day_text, instant=instant_text, reference=reference)
    return made


def page(visit: Visit, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A whole page, or the part of one that htmx asked for."""
    text = environment().get_template(template).render(**_common(visit), **context)
    answer = HTMLResponse(text, status_code=status)
    if STATUS_LINES in visit.request.cookies:
        # Said once: the line belongs to the form just sent, not to the next page.
        answer.delete_cookie(STATUS_LINES, path="/", httponly=True, samesite="lax")
    return answer


def _common(visit: Visit) -> dict[str, Any]:
    lang = visit.lang
    now = visit.services.now()
    return {
        "visit": visit,
        "lang": lang,
        "_": lambda german, **params: (
            translate(german, lang).format(**params) if params else translate(german, lang)
        ),
        "word": lambda group, code: word(group, code, lang),
        "language_name": lambda tag: language_name(tag, lang),
        "weekday": lambda day: weekday(day, lang),
        "both": lambda pair: pair[lang == "en"],
        "today": today(now),
        "now": now,
        "path": visit.request.url.path,
        "office_name": _office_name(visit),
        **_navigation(visit),
        "demo": visit.services.demo,
        "status_line": _status_line(visit.request, visit),
    }


def _navigation(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """What stands in the bar, and what stands under "more" where the bar would be too long for one line."""
    entries = [(path, title) for path, title, may in NAVIGATION if visit.allowed(may)]
    clock = [("/uhr", "Uhr")] if visit.services.demo else []
    if len(entries) <= BAR_ENTRIES:
        return {"navigation": [*entries, *clock], "more": []}
    first = [entry for entry in entries if entry[0] not in SELDOM]
    return {"navigation": first, "more": [e for e in entries if e[0] in SELDOM] + clock}


def _office_name(visit: Visit) -> str:
    if visit.person is None:
        return ""
    with visit.services.store.read() as session:
        return people.office(session, visit.person.office_id).name


def go(path: str, *, said: str = "") -> RedirectResponse:
    """Lead on to a page, after a form; `said` is the code of the line shown there."""
    answer = RedirectResponse(path, status_code=303)
    if said:
        answer.set_cookie(STATUS_LINES, said, max_age=60, httponly=True, samesite="lax", path="/")
    return answer


def _status_line(request: Request, visit: Visit) -> str:
    from web.status import line  # noqa: PLC0415 - the forms know pages, pages only need their closing lines

    return line(request.cookies.get(STATUS_LINES, ""), visit.lang)
