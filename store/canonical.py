"""Canonical bytes (RFC 8785) and the hashes made of them: equal content, equal bytes, on every machine."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import rfc8785


def canonical(content: Any) -> bytes:
    """The one way to write JSON content as bytes."""
    written: bytes = rfc8785.dumps(content)
    return written


def sha256(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical bytes."""
    return sha256(canonical(content))


def instant_text(instant: datetime) -> str:
    """An instant in UTC with microseconds, always equally long."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
