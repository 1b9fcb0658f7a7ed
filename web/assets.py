"""Styles, script and fonts: from installed packages and `web/static`, with one hash of them all in the address."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_KERN = ("mkdocs_kern_ux", "kern-ux/vendor/kern")
_FIRA = ("mkdocs_kern_ux", "kern-ux/vendor/kern/fonts/fira-sans")
SOURCES = {
    "kern.css": (*_KERN, "kern.min.css"),
    "kern-licence.txt": (*_KERN, "LICENSE.txt"),
    "fira-400.woff2": (*_FIRA, "FiraSans-Regular.woff2"),
    "fira-500.woff2": (*_FIRA, "FiraSans-Medium.woff2"),
    "fira-600.woff2": (*_FIRA, "FiraSans-SemiBold.woff2"),
    "htmx.js": ("js_lib_htmx", "static/htmx", "htmx.min.js"),
    "app.css": ("web", "static", "app.css"),
    "app.js": ("web", "static", "app.js"),
    "icon.svg": ("web", "static", "icon.svg"),
}
TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "woff2": "font/woff2",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Asset:
    """One file as it is sent; `packed` is its gzip form where packing helps."""

    content: bytes
    media_type: str
    packed: bytes | None


@cache
def asset(name: str) -> Asset:
    """The asset of this name; raises KeyError for a name that is not in the list."""
    package, folder, file = SOURCES[name]
    content = files(package).joinpath(folder, file).read_bytes()
    ending = name.rpartition(".")[2]
    packed = None if ending == "woff2" else gzip.compress(content, mtime=0)
    return Asset(content=content, media_type=TYPES[ending], packed=packed)


@cache
def build() -> str:
    """The hash over every asset: a change of any of them changes every address."""
    whole = hashlib.sha256()
    for name in sorted(SOURCES):
        whole.update(name.encode() + hashlib.sha256(asset(name).content).digest())
    return whole.hexdigest()[:12]


def url(name: str) -> str:
    """The address of an asset; fonts are found from the style sheet by their plain neighbouring name."""
    return f"/assets/{build()}/{name}" if name in SOURCES else _unknown(name)


def _unknown(name: str) -> str:
    raise KeyError(name)
