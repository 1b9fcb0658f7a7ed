"""The file of a bundle: what stands in it, how it is written, and how it is read back."""

import hashlib
import json
from pathlib import Path
from typing import Any

import rfc8785
from pydantic import ValidationError

from audit import sealing
from audit.histories import Json
from domain.decisions import Edition
from domain.errors import InvalidInput
from domain.ids import Id, OfficeId
from domain.model import Instant, Wire

FORMAT = "pakt-bundle/1"
MARK = f'"format":"{FORMAT}"'.encode()


class Run(Wire):
    """One workflow run: its history in clear, its hash, and the hash of the encrypted original."""

    order: int
    run_id: str
    successor: str | None
    closed: bool
    events: int
    original_sha256: str
    sha256: str
    event_sha256: tuple[str, ...]
    history: Json


class Entry(Wire):
    """One ledger row with its body in clear; every other field as it stands in the database."""

    seq: int
    office_id: str
    at: str
    recorded_at: str
    actor: str
    type: str
    rule: str | None
    book: str | None
    link: str | None
    salt: str
    body: Json
    body_hash: str
    prev: str
    hash: str


class Head(Wire):
    """Where a stream ended when it was exported."""

    seq: int
    hash: str


class Stream(Wire):
    """A ledger stream from its first entry to its head."""

    head: Head
    entries: tuple[Entry, ...]


class ProgrammeText(Edition):
    """A programme as it was published; `text` is None where the file is no longer on this machine."""

    text: str | None


class BookText(Edition):
    """A book that decided; `text` is its document where no release carries it: a book of the installation's own."""

    text: str | None = None


class CalendarText(Edition):
    """A calendar that decided; `text` is its document where no release carries it: one with closure days."""

    text: str | None = None


class Editions(Wire):
    """Everything published that the decisions of this journey named."""

    books: tuple[BookText, ...]
    calendars: tuple[CalendarText, ...]
    programmes: tuple[ProgrammeText, ...]


class Manifest(Wire):
    """How much is in the bundle, and what made it."""

    runs: int
    events: int
    entries: int
    sdk: str
    build: str


class Bundle(Wire):
    """All that an auditor needs of one journey."""

    format: str
    journey: Id
    office: OfficeId
    exported_at: Instant
    manifest: Manifest
    runs: tuple[Run, ...]
    streams: dict[str, Stream]
    editions: Editions
    sha256: str


def canonical(value: Any) -> bytes:
    """The one way to write a JSON value (RFC 8785)."""
    return rfc8785.dumps(value)


def sha256_of(value: Any) -> str:
    """The SHA-256 of the canonical bytes of a JSON value."""
    return hashlib.sha256(canonical(value)).hexdigest()


def read(path: Path, passphrase: bytes | None = None) -> bytes:
    """The bytes of a bundle, opened if it is sealed; what is no bundle at all raises `InvalidInput`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InvalidInput(
            "bundle_unreadable",
            field="bundle",
            file=str(path),
            remedy=error.strerror or "give a readable file",
        ) from error
    if sealing.sealed(raw):
        if passphrase is None:
            raise InvalidInput("bundle_is_sealed", field="passphrase", remedy="give --passphrase-file")
        raw = sealing.unseal(raw, passphrase)
    if MARK not in raw:
        raise InvalidInput(
            "not_a_bundle", field="bundle", file=str(path), remedy="give a file that export wrote"
        )
    return raw


def write(path: Path, raw: bytes, passphrase: bytes | None = None) -> None:
    """Write the bundle beside its place, then move it: no half file has its name; only the owner reads it."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.unlink(missing_ok=True)
        beside.touch(mode=0o600)
        beside.write_bytes(sealing.seal(raw, passphrase) if passphrase is not None else raw)
        beside.replace(path)
    except OSError as error:
        raise InvalidInput(
            "bundle_unwritable", field="out", file=str(path), remedy=error.strerror or "give another place"
        ) from error


def parse(raw: bytes) -> Bundle:
    """The bundle in these bytes; broken JSON or another shape raises `InvalidInput`."""
    try:
        return Bundle.model_validate(json.loads(raw))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InvalidInput("bundle_damaged", field=where, remedy="see what verify says") from error
    except ValueError as error:
        raise InvalidInput("bundle_damaged", field="json", remedy="see what verify says") from error
