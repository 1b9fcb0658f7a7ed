"""Filling in the start form, and reading what a page hides in its forms."""

import html
import re

import httpx

from tests.web.conftest import BEGINNING

TODAY = BEGINNING.date().isoformat()
GOOD = {
    "name": "Nadia Probe",
    "birth_date": "1990-05-04",
    "language": "ar",
    "interpreter": "needed",
    "reading": "reads",
    "address": "Beispielweg 3, 71032 Böblingen",
    "phone": "",
    "email": "",
    "municipality": "08115003 Böblingen",
    "t0": "2027-01-08",
}


def hidden_of(text: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in found}


async def empty(browser: httpx.AsyncClient) -> dict[str, str]:
    """The hidden fields of a fresh start form."""
    opened = await browser.get("/faelle/neu")
    return hidden_of((await browser.get(opened.headers["location"])).text)


async def start(browser: httpx.AsyncClient, **changed: str) -> httpx.Response:
    """Send a good start form with some fields changed."""
    hidden = await empty(browser)
    return await browser.post("/faelle/neu", data={**hidden, **GOOD, **changed})
