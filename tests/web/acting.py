"""Filling in the forms of commands as a person would: opened, completed with what the page hides, sent."""

import httpx

from store import ids
from tests.web.conftest import Desk
from tests.web.filling import TODAY, hidden_of


async def act(
    browser: httpx.AsyncClient, journey: str, kind: str, *, query: str = "", **fields: str
) -> httpx.Response:
    """Open the form of a command and send it."""
    path = f"/faelle/{journey}/aktion/{kind}"
    opened = await browser.get(path + query)
    assert opened.status_code == 200, opened.text
    return await browser.post(path, data={**hidden_of(opened.text), **fields})


async def command(browser: httpx.AsyncClient, journey: str, **body: object) -> httpx.Response:
    """Send a command as a program does."""
    return await browser.post(
        f"/api/v1/journeys/{journey}/commands", json={"command_id": ids.new("command"), "body": body}
    )


async def consent(browser: httpx.AsyncClient, journey: str, *purposes: str) -> None:
    """Give consent for some purposes."""
    for purpose in purposes:
        answer = await command(
            browser, journey, kind="take_consent", purpose=purpose, outcome="given", on=TODAY
        )
        assert answer.status_code == 200, answer.text


def last_kind(desk: Desk) -> str:
    """The kind of the command that was carried out last."""
    return desk.journeys.executed[-1].body.kind
