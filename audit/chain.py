"""The ledger streams of a bundle, entry by entry: which is the first that is not as it was written."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from audit.format import Entry, Head
from audit.histories import Json
from domain.model import Wire
from store import ledger
from store.canonical import instant_text

_ENTRIES = re.compile(r'"((?:journey|desk)/[a-z]{3}_[0-9a-f]{32})":\{"entries":\[')
_INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"


class FirstBad(Wire):
    """The first place that is not as it was written; in a stream `run/<id>`, `seq` numbers an event."""

    stream: str | None = None
    seq: int | None = None
    field: str
    reason: str


def first_in_stream(name: str, stream: Json) -> FirstBad | None:
    """The first bad entry of a stream, then its head; None if all is well."""
    prev, position = ledger.NO_HASH, 0
    entries: list[Json] = stream["entries"]
    following = [*(entry.get("prev") for entry in entries[1:]), stream["head"]["hash"]]
    for position, (shown, after) in enumerate(zip(entries, following, strict=False), start=1):
        bad = _first_in_entry(name, position, prev, shown, after)
        if bad is not None:
            return bad
        prev = shown["hash"]
    head = Head.model_validate(stream["head"])
    if head.seq > position:
        return FirstBad(stream=name, seq=position + 1, field="entry", reason="missing: the head says so")
    if (head.seq, head.hash) != (position, prev):
        return FirstBad(stream=name, seq=position, field="head", reason="does not fit the last entry")
    return None


def _first_in_entry(name: str, position: int, prev: str, shown: Json, after: object) -> FirstBad | None:
    try:
        entry = Entry.model_validate(shown)
        row = Row.of(name, entry)
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        return FirstBad(stream=name, seq=position, field=field, reason="missing or of another kind")
    except ValueError:
        return FirstBad(stream=name, seq=position, field="at", reason="not an instant")
    fault = next(_entry_faults(entry, row, shown, place=(position, prev, after)), None)
    return FirstBad(stream=name, seq=position, field=fault[0], reason=fault[1]) if fault else None


def _entry_faults(
    entry: Entry, row: "Row", shown: Json, *, place: tuple[int, str, object]
) -> Iterator[tuple[str, str]]:
    position, prev, after = place
    sound = ledger.row_hash(row) == entry.hash
    if entry.seq != position:
        yield "seq", "an entry is missing, added or out of order"
    for field in sorted(set(shown) - set(Entry.model_fields)):
        yield field, "unknown field"
    for field in ("at", "recorded_at"):
        if instant_text(getattr(row, field)) != shown[field]:
            yield field, "not written canonically"
    if entry.prev != prev:
        yield "prev", "does not continue the entry before" if sound else "altered"
    if not _body_fits(entry):
        yield "body" if sound else "body_hash", "altered"
    if not sound:
        # The next entry repeats this hash: if it still agrees, something else in the row was changed.
        yield "row" if after == entry.hash else "hash", "altered"


@dataclass
class Row:
    """An entry of a bundle in the shape that the ledger computes hashes from."""

    stream: str
    seq: int
    office_id: str
    at: datetime
    recorded_at: datetime
    actor: str
    type: str
    rule: str | None
    book: str | None
    link: str | None
    body_hash: str
    prev: str
    hash: str

    @classmethod
    def of(cls, stream: str, entry: Entry) -> "Row":
        """The row of an entry; an instant that is none is a `ValueError`."""
        fields = entry.model_dump(exclude={"body", "salt", "at", "recorded_at"})
        return cls(stream=stream, at=_instant(entry.at), recorded_at=_instant(entry.recorded_at), **fields)


def _instant(text: str) -> datetime:
    return datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)


def _body_fits(entry: Entry) -> bool:
    try:
        return ledger.body_hash(bytes.fromhex(entry.salt), entry.body) == entry.body_hash
    except ValueError:
        return False


def broken_at(raw: bytes) -> tuple[FirstBad | None, int]:
    """The first bad ledger entry in bytes that are no JSON any more, and how many entries are still sound."""
    text = raw.decode("utf-8", "replace")
    found = sorted(_ENTRIES.finditer(text), key=lambda match: not match[1].startswith("journey/"))
    count, first = 0, None
    for match in found:
        prev = ledger.NO_HASH
        for position, shown in enumerate(_readable(text, match.end()), start=1):
            bad = _torn(match[1], position) if shown is None else None
            bad = bad or _first_in_entry(match[1], position, prev, shown or {}, None)
            first = first or bad
            if bad is not None:
                break
            prev = str((shown or {}).get("hash"))
            count += 1
    return first, count


def _torn(name: str, position: int) -> FirstBad:
    return FirstBad(stream=name, seq=position, field="json", reason="not readable any more")


def _readable(text: str, start: int) -> Iterator[Json | None]:
    """The objects of a JSON list from `start` on; None once, where the next one cannot be read."""
    decoder = json.JSONDecoder()
    while start < len(text) and text[start] != "]":
        try:
            shown, start = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            shown = None
        separated = start < len(text) and text[start] in ",]"
        yield shown if isinstance(shown, dict) else None
        if shown is None or not separated:
            return
        start += text[start] == ","
