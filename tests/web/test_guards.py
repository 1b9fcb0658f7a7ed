"""Headers, foreign forms, sessions, and slowing down guesses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import structlog

from tests.web.conftest import HOST, PASSWORD, Desk
from web.app import create_app
from web.assets import SOURCES, asset, build, url


async def test_every_answer_carries_the_security_headers(desk: Desk) -> None:
    signed_in, nobody = await desk.as_("maier"), desk.client()
    paths = ("/", "/anmelden", "/faelle", "/nirgends", "/healthz", "/api/v1/journeys", url("app.css"))
    for browser in (signed_in, nobody):
        for path in paths:
            headers = (await browser.get(path)).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy, path
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
            kept = "immutable" in headers["cache-control"]
            assert kept == path.startswith("/assets/"), path
            assert kept or headers["cache-control"] == "no-store"


async def test_no_page_holds_inline_code_or_a_foreign_address(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    for path in (
        "/faelle",
        "/faelle/neu",
        f"/faelle/{journey}",
        f"/faelle/{journey}/gespraech",
        "/uhr",
        "/regeln",
    ):
        text = (await browser.get(path)).text
        for banned in (" style=", "<style", " onclick=", " onchange=", "javascript:", "http://", "https://"):
            assert banned not in text.replace("http://www.w3.org/2000/svg", ""), (path, banned)


async def test_a_form_of_another_site_is_refused(desk: Desk) -> None:
    browser = await desk.as_("maier")
    foreign = ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": ""})
    for headers in foreign:
        answer = await browser.post("/abmelden", headers=headers, data={})
        assert answer.status_code == 403, headers
    assert (await browser.get("/faelle")).status_code == 200


async def test_without_fetch_metadata_the_origin_decides(desk: Desk) -> None:
    transport = httpx.ASGITransport(app=desk.app)
    async with httpx.AsyncClient(transport=transport, base_url=HOST) as browser:
        data = {"login": "maier", "password": PASSWORD}
        own = await browser.post("/anmelden", data=data, headers={"origin": HOST})
        foreign = await browser.post("/anmelden", data=data, headers={"origin": "http://evil.test"})
        silent = await browser.post("/anmelden", data=data)

    assert (own.status_code, foreign.status_code, silent.status_code) == (303, 403, 403)


async def test_the_session_cookie_is_closed_to_scripts_and_new_at_every_sign_in(desk: Desk) -> None:
    browser = desk.client()
    data = {"login": "maier", "password": PASSWORD}
    first = (await browser.post("/anmelden", data=data)).headers["set-cookie"]
    secret = browser.cookies["pakt"]
    second = (await browser.post("/anmelden", data=data)).headers["set-cookie"]

    assert "HttpOnly" in first
    assert "SameSite=lax" in first
    assert browser.cookies["pakt"] != secret
    assert second != first
    stolen = desk.client()
    stolen.cookies.set("pakt", secret)
    assert (await stolen.get("/faelle")).status_code == 303


async def test_in_production_the_cookie_has_the_strict_prefix_and_needs_tls(desk: Desk) -> None:
    app = create_app(replace(desk.services, production=True, demo=False))
    transport = httpx.ASGITransport(app=app)
    headers = {"sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(
        transport=transport, base_url="https://desk.test", headers=headers
    ) as browser:
        answer = await browser.post("/anmelden", data={"login": "maier", "password": PASSWORD})

    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-pakt="))
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


async def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(desk: Desk) -> None:
    browser, copy = await desk.as_("maier"), desk.client()
    copy.cookies.set("pakt", browser.cookies["pakt"])
    assert (await copy.get("/faelle")).status_code == 200

    await browser.post("/abmelden", data={})

    assert (await copy.get("/faelle")).status_code == 303


async def test_a_session_ends_after_thirty_idle_minutes_and_after_the_longest_day(desk: Desk) -> None:
    start = datetime.now(UTC)
    at = start
    app = create_app(replace(desk.services, wall=lambda: at))
    transport = httpx.ASGITransport(app=app)
    headers = {"sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(transport=transport, base_url=HOST, headers=headers) as browser:
        await browser.post("/anmelden", data={"login": "maier", "password": PASSWORD})
        at = start + timedelta(minutes=29)
        assert (await browser.get("/faelle")).status_code == 200
        at = start + timedelta(minutes=60)
        assert (await browser.get("/faelle")).status_code == 303

        at = start
        await browser.post("/anmelden", data={"login": "maier", "password": PASSWORD})
        for minutes in range(20, 10 * 60, 20):
            at = start + timedelta(minutes=minutes)
            assert (await browser.get("/healthz")).status_code == 200
            assert (await browser.get("/uhr")).status_code == 200, minutes
        at = start + timedelta(hours=10, minutes=1)
        assert (await browser.get("/faelle")).status_code == 303


async def test_guessing_is_slowed_down_for_one_account_at_one_place_only(desk: Desk) -> None:
    attacker, owner = desk.client(address="10.0.0.9"), desk.client(address="10.0.0.1")
    wrong, right = {"login": "maier", "password": "wrong"}, {"login": "maier", "password": PASSWORD}

    codes = [(await attacker.post("/anmelden", data=wrong)).status_code for _ in range(6)]
    locked = await attacker.post("/anmelden", data=right)
    elsewhere = await owner.post("/anmelden", data=right)
    colleague = await attacker.post("/anmelden", data={"login": "okafor", "password": PASSWORD})

    assert codes == [401] * 5 + [429]
    assert locked.status_code == 429
    assert elsewhere.status_code == 303
    assert colleague.status_code == 303


async def test_a_sign_in_never_leads_to_another_site(desk: Desk) -> None:
    for onward in ("https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"):
        data = {"login": "maier", "password": PASSWORD, "weiter": onward}
        assert (await desk.client().post("/anmelden", data=data)).headers["location"] == "/", onward
    data = {"login": "maier", "password": PASSWORD, "weiter": "/aufgaben"}
    assert (await desk.client().post("/anmelden", data=data)).headers["location"] == "/aufgaben"


async def test_each_request_is_one_line_with_ids_and_no_name_or_query(desk: Desk) -> None:
    browser, journey = await desk.as_("maier"), desk.journey_of()
    with structlog.testing.capture_logs() as lines:
        await browser.get("/faelle", params={"q": "Melnyk"})
        await browser.get(f"/faelle/{journey}")

    served = [line for line in lines if line["event"] == "request_served"]
    assert [(line["route"], line["status"]) for line in served] == [
        ("/faelle", 200),
        ("/faelle/{journey}", 200),
    ]
    assert served[1]["journey"] == journey
    assert served[1]["person"] == desk.person("maier")
    assert "Melnyk" not in str(lines)


async def test_assets_change_their_address_with_their_content_and_may_be_kept(desk: Desk) -> None:
    browser = desk.client()
    for name in SOURCES:
        answer = await browser.get(url(name))
        assert answer.content == asset(name).content, name
    assert (await browser.get(f"/assets/000000000000/{'app.css'}")).status_code == 404
    assert (await browser.get(f"/assets/{build()}/../app.py")).status_code == 404


async def test_an_unexpected_error_shows_a_number_and_no_trace(desk: Desk) -> None:
    class Broken:
        async def execute(self, *_: object, **__: object) -> None:
            raise ZeroDivisionError("Oksana Melnyk")

    app = create_app(replace(desk.services, gateway=Broken()))  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    journey = desk.journey_of()
    headers = {"sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(transport=transport, base_url=HOST, headers=headers) as browser:
        await browser.post("/anmelden", data={"login": "maier", "password": PASSWORD})
        body = {"kind": "record_contact", "contact": "call", "on": "2027-01-11"}
        answer = await browser.post(
            f"/api/v1/journeys/{journey}/commands", json={"command_id": "cmd_" + "3" * 32, "body": body}
        )

    assert answer.status_code == 500
    assert "Melnyk" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.json()["code"] == "internal"
