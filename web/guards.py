"""What stands around every request: its own number, one log line, safe headers, and no foreign forms."""

import re
from secrets import token_hex
from time import perf_counter

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.sentences import sentence

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BODY_MAX = 256 * 1024
# Lists are larger than forms; below a mebibyte nothing of them is put on a disk.
LIST_MAX = 1_040_000
LISTS = frozenset({"/uebernahme", "/zuteilungen/liste"})
log = structlog.get_logger("web")


class Headed:
    """Sends the security headers with every answer; nothing but assets may be kept by a browser."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
                headers["x-request-id"] = scope["state"]["request_id"]
            await send(message)

        await self.app(scope, receive, send_headed)


class OwnFormsOnly:
    """Refuses changing requests that another site's page has caused, and bodies that no form makes."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403 or 413."""
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not own_request(headers):
            await _plain(send, 403, sentence("foreign_form", {}, "de"))
            return
        length = headers.get("content-length", "")
        is_list = scope["path"] in LISTS
        if not length.isdigit() or int(length) > (LIST_MAX if is_list else BODY_MAX):
            code = "list_too_large" if is_list else "form_id_bad"
            await _plain(send, 413, sentence(code, {"max": "1"}, "de"))
            return
        await self.app(scope, receive, send)


def own_request(headers: Headers) -> bool:
    """True if a browser says that the request comes from our own page, or its origin is our own host."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and re.sub(r"^https?://", "", origin) == headers.get("host")


async def _plain(send: Send, status: int, text: str) -> None:
    body = text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Noted:
    """Writes one line per request: what, how it ended, how long, who; never addresses, queries or names."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer and note."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = token_hex(8)
        begun, status = perf_counter(), 500

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            route = getattr(scope.get("route"), "path", None) or "unmatched"
            log.info(
                "request_served",
                method=scope["method"],
                route=route,
                status=status,
                duration_ms=round((perf_counter() - begun) * 1000, 1),
                request_id=state["request_id"],
                person=state.get("person"),
                journey=state.get("journey"),
            )
