"""Looking for a person in what must not name one."""

import re
from collections.abc import Iterator

from store.participants import Identity

SHORTEST_WORD = 4
SHORTEST_NUMBER = 6


def find_needle(identity: Identity, text: str) -> str | None:
    """The field of the identity that shows up in the text, or None. Case and spacing do not hide it."""
    spoken = " ".join(text.split()).casefold()
    digits = re.sub(r"[\s/()-]", "", text)
    for field, needle in _needles(identity):
        if re.search(rf"(?<!\w){re.escape(needle.casefold())}(?!\w)", spoken):
            return field
    phone = re.sub(r"\D", "", identity.phone or "").lstrip("0")
    if len(phone) >= SHORTEST_NUMBER and phone in digits:
        return "phone"
    return None


def _needles(identity: Identity) -> Iterator[tuple[str, str]]:
    """Whole entries, and of name and address each word that is long enough to mean something."""
    yield "birth_date", identity.birth_date.strftime("%d.%m.%Y")
    for field in ("name", "email", "phone", "address"):
        value = getattr(identity, field)
        if value:
            yield field, " ".join(value.split())
    for field in ("name", "address"):
        for word in re.findall(rf"[^\W\d_]{{{SHORTEST_WORD},}}", getattr(identity, field) or ""):
            yield field, word
