"""Looking for a person in what must not name one."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from store.participants import Identity

SHORTEST_WORD = 4
SHORTEST_NUMBER = 6
# A code such as `call` or `first_talk`: a person may be called like one, and a name never looks like one.
_CODE = re.compile(r"[a-z0-9_./:-]*")


def find_needle(identity: Identity, record: Any) -> str | None:
    """The field of the identity that shows up in a JSON record, or None; case and spacing do not hide it."""
    texts = [_plain(text) for text in _texts(record)]
    spoken = "\n".join(texts)
    for field, needle in _whole(identity):
        if _holds(spoken, needle):
            return field
    free = "\n".join(_plain(text) for text in _texts(record, keys=False) if not _CODE.fullmatch(text))
    for field, needle in _words(identity):
        if _holds(free, needle):
            return field
    phone = re.sub(r"\D", "", identity.phone or "").lstrip("0")
    digits = re.sub(r"[ /()-]", "", spoken)
    return "phone" if len(phone) >= SHORTEST_NUMBER and phone in digits else None


def _texts(node: Any, *, keys: bool = True) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if keys:
                yield key
            yield from _texts(value, keys=keys)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _texts(value, keys=keys)
    elif isinstance(node, str):
        yield node


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _holds(text: str, needle: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_plain(needle))}(?!\w)", text) is not None


def _whole(identity: Identity) -> Iterator[tuple[str, str]]:
    """Whole entries: they are nowhere, not even as a code."""
    yield "birth_date", identity.birth_date.strftime("%d.%m.%Y")
    for field in ("name", "email", "phone", "address"):
        value = getattr(identity, field)
        if value:
            yield field, value


def _words(identity: Identity) -> Iterator[tuple[str, str]]:
    """Each word of name and address that is long enough to mean something."""
    for field in ("name", "address"):
        for word in re.findall(rf"[^\W\d_]{{{SHORTEST_WORD},}}", getattr(identity, field) or ""):
            yield field, word
