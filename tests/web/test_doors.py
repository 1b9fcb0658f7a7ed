"""Who gets in where: generated from the router, for every role, route and side of the wall."""

import re

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from domain.permissions import PUBLIC, TABLE, Permission, Role
from store import ledger
from tests.web.conftest import Desk
from web.access import RouteWithoutPermission, permission_of, refuse_open_routes, routes_of

LOGINS = {
    Role.CASE_WORKER: "maier",
    Role.LEAD: "vogt",
    Role.HEAD: "brandt",
    Role.AUDITOR: "pruefer",
    Role.DPO: "datenschutz",
    Role.ADMINISTRATOR: "admin",
}
FILLED = {
    "lang": "de",
    "build": "0",
    "name": "app.css",
    "rule": "FOE-01",
    "book": "b2026_1",
    "upload": "upl_" + "0" * 32,
    "allocation": "alc_" + "0" * 32,
    "absence": "1",
    "task": "tsk_0",
    "matter": "esc_0",
    "offer": "ofr_" + "0" * 32,
    "approval": "apv_" + "0" * 32,
    "hand_over": "hov_" + "0" * 32,
}


def _routes(desk: Desk) -> list[tuple[str, str, Permission]]:
    found = []
    for route in routes_of(desk.app):
        permission = permission_of(route)
        assert isinstance(route, APIRoute)
        assert permission is not None
        found += [(method, route.path, permission) for method in sorted(route.methods)]
    return found


def _path(pattern: str, journey: str, *, kind: str = "record_contact") -> str:
    filled = {**FILLED, "journey": journey, "notice": "not_" + "0" * 32, "kind": kind}
    return re.sub(r"\{(\w+)\}", lambda match: filled[match[1]], pattern)


def test_a_route_without_a_permission_keeps_the_desk_from_starting() -> None:
    """The check at start-up can fail."""
    app, router = FastAPI(openapi_url=None, docs_url=None, redoc_url=None), APIRouter()

    @router.get("/offen")
    def unguarded() -> str:
        return "open"

    app.include_router(router)

    with pytest.raises(RouteWithoutPermission):
        refuse_open_routes(app)


def test_every_route_declares_exactly_one_permission(desk: Desk) -> None:
    assert len(_routes(desk)) >= 30


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_gets_through_the_doors_of_the_table_and_no_others(desk: Desk, role: Role) -> None:
    """For each route: allowed roles never see 401 or 403, all others see 403 and nothing else."""
    journey, browser = desk.journey_of(), await desk.as_(LOGINS[role])
    kind = "answer_escalation" if role == Role.HEAD else "record_contact"
    for method, pattern, permission in _routes(desk):
        if (method, pattern) in (("POST", "/anmelden"), ("POST", "/abmelden")):
            continue

        answer = await browser.request(method, _path(pattern, journey, kind=kind), **_sent(method, pattern))

        allowed = permission in PUBLIC or permission in TABLE[role]
        assert (answer.status_code != 403) == allowed, (method, pattern, role, answer.status_code)
        assert answer.status_code != 500, (method, pattern, answer.text)


def _sent(method: str, pattern: str) -> dict[str, object]:
    if method != "POST":
        return {}
    return {"json": {}} if pattern.startswith("/api/") else {"data": {"x": "y"}}


async def test_nobody_gets_in_without_signing_in(desk: Desk) -> None:
    """A page leads to the sign-in, the interface answers 401; only public doors open."""
    browser, journey = desk.client(), desk.journey_of()
    for method, pattern, permission in _routes(desk):
        answer = await browser.request(method, _path(pattern, journey), **_sent(method, pattern))
        if permission in PUBLIC:
            continue
        if pattern.startswith("/api/"):
            assert answer.status_code == 401, pattern
            assert answer.headers["content-type"] == "application/problem+json"
        else:
            assert answer.status_code == 303, (method, pattern)
            assert answer.headers["location"].startswith("/anmelden"), pattern


@pytest.mark.parametrize("login", ["maier", "okafor"])
async def test_a_foreign_journey_answers_like_one_that_does_not_exist(desk: Desk, login: str) -> None:
    """Status and page are the same for a journey behind the wall and for an id that was never given."""
    browser, foreign, absent = await desk.as_(login), desk.foreign(), "jrn_" + "f" * 32
    for method, pattern, permission in _routes(desk):
        if "{journey}" not in pattern or permission.startswith("audit:"):
            continue
        sent = _asked(method, pattern)
        theirs = await browser.request(method, _path(pattern, foreign), **sent)
        nobodys = await browser.request(method, _path(pattern, absent), **sent)

        assert theirs.status_code == nobodys.status_code == 404, (method, pattern)
        assert _same(theirs.text, foreign) == _same(nobodys.text, absent), pattern


def _asked(method: str, pattern: str) -> dict[str, object]:
    if pattern.endswith("/commands"):
        body = {"kind": "record_contact", "contact": "call", "on": "2027-01-11"}
        return {"json": {"command_id": "cmd_" + "a" * 32, "body": body}}
    return _sent(method, pattern)


def _same(text: str, journey: str) -> str:
    return re.sub(r"[0-9a-f]{16}", "", text.replace(journey, ""))


async def test_the_head_looks_across_the_wall_into_offices_whose_chain_names_them(desk: Desk) -> None:
    browser = await desk.as_("brandt")

    assert (await browser.get(f"/faelle/{desk.foreign()}")).status_code == 200


async def test_opening_a_journey_is_written_down_with_who_and_why(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()

    await browser.get(f"/faelle/{journey}")

    with desk.store.read() as session:
        entries = ledger.read(session, f"desk/{journey}")
    opened = [entry for entry in entries if entry.type == "journey_opened"]
    assert [entry.actor for entry in opened] == [desk.person("maier")]
    assert (opened[0].body or {})["purpose"] == "journey_page"


async def test_a_refused_look_is_not_written_down_as_a_look(desk: Desk) -> None:
    browser, foreign = await desk.as_("maier"), desk.foreign()

    await browser.get(f"/faelle/{foreign}")

    with desk.store.read() as session:
        assert [e for e in ledger.read(session, f"desk/{foreign}") if e.type == "journey_opened"] == []


async def test_a_case_worker_may_not_answer_an_escalation_by_page_or_interface(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    body = {
        "kind": "answer_escalation",
        "escalation": "esc_" + "0" * 32,
        "answer": "close",
        "on": "2027-01-11",
    }

    page = await browser.get(f"/faelle/{journey}/aktion/answer_escalation")
    sent = await browser.post(
        f"/api/v1/journeys/{journey}/commands", json={"command_id": "cmd_" + "1" * 32, "body": body}
    )

    assert page.status_code == sent.status_code == 403
    assert desk.journeys.executed == []


async def test_a_command_hidden_in_a_talk_needs_its_own_permission(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    item = {
        "kind": "answer_escalation",
        "escalation": "esc_" + "0" * 32,
        "answer": "close",
        "on": "2027-01-11",
    }
    talk = {
        "kind": "record_talk",
        "talk": "tlk_" + "0" * 32,
        "about": "other",
        "on": "2027-01-11",
        "settles": [item],
    }

    sent = await browser.post(
        f"/api/v1/journeys/{journey}/commands", json={"command_id": "cmd_" + "2" * 32, "body": talk}
    )

    assert sent.status_code == 403
    assert desk.journeys.executed == []
