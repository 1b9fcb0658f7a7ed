"""Ways to alter a bundle, each with the first place that verification must name."""

import json
from collections.abc import Callable
from random import Random  # noqa: TID251 -- seeded: the same alterations on every run
from typing import Any

from audit.chain import Row
from audit.format import Entry, canonical, sha256_of
from store import ledger

Json = dict[str, Any]
Place = tuple[str, int]
Alteration = Callable[[Json, Random], Place]


def draw_from(seed: str) -> Random:
    """The same draws for the same seed."""
    return Random(seed)  # noqa: S311


def rewritten(content: Json) -> bytes:
    """The bundle written anew, with a fresh outer hash and honest counts: what a careful forger would do."""
    inner = {key: value for key, value in content.items() if key != "sha256"}
    inner["manifest"]["entries"] = sum(len(stream["entries"]) for stream in inner["streams"].values())
    return canonical({**inner, "sha256": sha256_of(inner)})


def stream_of(content: Json) -> tuple[str, list[Json]]:
    """Name and entries of the journey's own stream."""
    name = f"journey/{content['journey']}"
    return name, content["streams"][name]["entries"]


def rechain(name: str, entries: list[Json], head: Json, *, start: int = 0) -> None:
    """Compute hashes anew from `start` on, as if the altered entries had always been so."""
    prev = entries[start - 1]["hash"] if start else ledger.NO_HASH
    for entry in entries[start:]:
        entry["body_hash"] = ledger.body_hash(bytes.fromhex(entry["salt"]), entry["body"])
        entry["prev"] = prev
        entry["hash"] = prev = ledger.row_hash(Row.of(name, Entry.model_validate(entry)))
    head["seq"], head["hash"] = len(entries), prev


def other(text: str, draw: Random) -> str:
    """The text with one character changed to another of its kind."""
    at = draw.randrange(len(text))
    pool = "0123456789" if text[at].isdigit() else "abcdef"
    return text[:at] + draw.choice([c for c in pool if c != text[at]]) + text[at + 1 :]


def change_a_field(content: Json, draw: Random) -> Place:
    """One field of one entry."""
    name, entries = stream_of(content)
    at = draw.randrange(len(entries))
    field = draw.choice(["actor", "hash", "prev", "body_hash", "type", "link", "salt", "office_id"])
    entries[at][field] = other(entries[at][field], draw)
    return name, at + 1


def change_a_body(content: Json, draw: Random) -> Place:
    """One value in one body."""
    name, entries = stream_of(content)
    at = draw.randrange(len(entries))
    entries[at]["body"]["recorded_at"] = other(entries[at]["body"]["recorded_at"], draw)
    return name, at + 1


def change_an_instant(content: Json, draw: Random) -> Place:
    """When it was, or when it was written."""
    name, entries = stream_of(content)
    at = draw.randrange(len(entries))
    field = draw.choice(["at", "recorded_at"])
    entries[at][field] = entries[at][field][:-2] + draw.choice("123456789") + "Q"
    return name, at + 1


def drop(content: Json, draw: Random) -> Place:
    """Leave one entry out."""
    name, entries = stream_of(content)
    at = draw.randrange(len(entries))
    del entries[at]
    return name, at + 1


def swap(content: Json, draw: Random) -> Place:
    """Let two neighbours change places."""
    name, entries = stream_of(content)
    at = draw.randrange(len(entries) - 1)
    entries[at], entries[at + 1] = entries[at + 1], entries[at]
    return name, at + 1


def double(content: Json, draw: Random) -> Place:
    """Tell one entry twice."""
    name, entries = stream_of(content)
    at = draw.randrange(len(entries))
    entries.insert(at, dict(entries[at]))
    return name, at + 2


def truncate(content: Json, draw: Random) -> Place:
    """Cut the end off, the head left as it was."""
    name, entries = stream_of(content)
    keep = draw.randrange(len(entries))
    del entries[keep:]
    return name, keep + 1


def truncate_and_reseal(content: Json, draw: Random) -> Place:
    """Cut the end off and move the head: only the histories still know."""
    name, entries = stream_of(content)
    keep = draw.randrange(1, len(entries))
    del entries[keep:]
    rechain(name, entries, content["streams"][name]["head"])
    return name, keep + 1


def forge_a_body(content: Json, draw: Random) -> Place:
    """Change a body and compute every hash anew: only the histories still know."""
    name, entries = stream_of(content)
    at = draw.randrange(len(entries))
    entries[at]["body"]["actor"] = other(entries[at]["body"]["actor"], draw)
    rechain(name, entries, content["streams"][name]["head"], start=at)
    return name, at + 1


def invent_an_entry(content: Json, draw: Random) -> Place:
    """Append an entry that no history tells."""
    name, entries = stream_of(content)
    invented = json.loads(json.dumps(draw.choice(entries)))
    invented["seq"] = invented["body"]["seq"] = len(entries) + 1
    entries.append(invented)
    rechain(name, entries, content["streams"][name]["head"], start=len(entries) - 1)
    return name, len(entries)


def move_the_head(content: Json, draw: Random) -> Place:
    """Another hash at the head."""
    name, entries = stream_of(content)
    head = content["streams"][name]["head"]
    head["hash"] = other(head["hash"], draw)
    return name, len(entries)


def change_an_event(content: Json, draw: Random) -> Place:
    """One event of one history."""
    run = draw.choice(content["runs"])
    at = draw.randrange(len(run["history"]["events"]))
    event = run["history"]["events"][at]
    event["eventTime"] = other(event["eventTime"][:4], draw) + event["eventTime"][4:]
    return f"run/{run['run_id']}", at + 1


def drop_an_event(content: Json, draw: Random) -> Place:
    """Leave one event of a history out."""
    run = draw.choice(content["runs"])
    at = draw.randrange(len(run["history"]["events"]))
    del run["history"]["events"][at]
    return f"run/{run['run_id']}", at + 1


ALTERATIONS: tuple[Alteration, ...] = (
    change_a_field, change_a_body, change_an_instant, drop, swap, double, truncate, truncate_and_reseal,
    forge_a_body, invent_an_entry, move_the_head, change_an_event, drop_an_event,
)  # fmt: skip


def anywhere(content: Json, draw: Random) -> None:
    """Replace or remove one node, however deep: what a bundle of another hand may look like."""
    node: Any = content
    while True:
        places = list(node) if isinstance(node, dict) else list(range(len(node)))
        place = draw.choice(places)
        inner = node[place]
        if isinstance(inner, dict | list) and inner and draw.random() < 0.85:
            node = inner
            continue
        if draw.random() < 0.3:
            del node[place]
        else:
            node[place] = draw.choice([None, "", [], {}, -1, 2**60, 0.5, "jrn_", [{}], {"events": []}])
        return
