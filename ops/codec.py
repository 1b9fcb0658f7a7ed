"""The payload codec: everything that Temporal keeps is sealed with the key of the journey it belongs to."""

import asyncio
import json
import zlib
from collections.abc import Sequence
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    ActivitySerializationContext,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

from domain.errors import Permanent
from domain.ids import journey_of
from store.keys import Key, KeyDestroyed, KeyRing, aad

ENCODING = b"binary/pakt1"
HOUSE = "house/_"
TOMBSTONE = "pakt-tombstone"
_NONCE = 12
_PLAIN, _SQUEEZED = b"\x00", b"\x01"


class SealedCodec(PayloadCodec, WithSerializationContext):
    """AES-256-GCM with one key per journey; what belongs to no journey is sealed for the house.

    `tolerant` is for viewers: a payload whose key was destroyed becomes a tombstone instead of an error.
    """

    def __init__(self, keys: KeyRing, *, owner: str = HOUSE, tolerant: bool = False) -> None:
        """Seal for `owner` until a context names another."""
        self._keys = keys
        self._owner = owner
        self._tolerant = tolerant

    def with_context(self, context: SerializationContext) -> "SealedCodec":
        """The codec for the workflow that a payload belongs to."""
        owner = _owner(context)
        return self if owner == self._owner else SealedCodec(self._keys, owner=owner, tolerant=self._tolerant)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal payloads with the owner's key; `KeyUnknown` may be tried again, `KeyDestroyed` may not."""
        if not payloads:
            return []
        key = await self._own_key()
        return [_seal(key, payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open payloads; one in the clear, altered, or sealed for another journey is refused."""
        return [await self._open(payload) for payload in payloads]

    async def _own_key(self) -> Key:
        if (key := self._keys.cached(self._owner)) is not None:
            return key
        find = self._keys.ensure_committed if self._owner == HOUSE else self._keys.key_of
        return await asyncio.to_thread(find, self._owner)

    async def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            raise Permanent("payload_in_the_clear", owner=self._owner)
        kid = payload.metadata.get("kid", b"").decode("ascii", "replace")
        try:
            key = self._keys.cached(kid)
            if key is None:
                key = await asyncio.to_thread(self._keys.key_by_kid, kid)
        except KeyDestroyed:
            if self._tolerant:
                return tombstone(kid)
            raise
        return _unseal(self._owner, key, payload.data)


def data_converter(keys: KeyRing, *, tolerant: bool = False) -> DataConverter:
    """Pydantic models, sealed payloads, and failures whose message and stack trace are sealed too."""
    return DataConverter(
        payload_converter_class=PydanticPayloadConverter,
        payload_codec=SealedCodec(keys, tolerant=tolerant),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


def tombstone(kid: str) -> Payload:
    """What a viewer shows in place of an erased payload."""
    content = json.dumps({"tombstone": "key_destroyed", "kid": kid}, sort_keys=True)
    return Payload(metadata={"encoding": b"json/plain", TOMBSTONE: b"key_destroyed"}, data=content.encode())


def is_tombstone(payload: Payload) -> bool:
    """True for what `tombstone` made."""
    return TOMBSTONE in payload.metadata


def _owner(context: SerializationContext) -> str:
    if isinstance(context, WorkflowSerializationContext | ActivitySerializationContext):
        return journey_of(context.workflow_id or "") or HOUSE
    return HOUSE


def _seal(key: Key, payload: Payload) -> Payload:
    plain = payload.SerializeToString()
    squeezed = zlib.compress(plain)
    content = _SQUEEZED + squeezed if len(squeezed) < len(plain) else _PLAIN + plain
    nonce = token_bytes(_NONCE)
    sealed = AESGCM(key.secret).encrypt(nonce, content, aad(key.owner, key.kid))
    return Payload(metadata={"encoding": ENCODING, "kid": key.kid.encode()}, data=nonce + sealed)


def _unseal(owner: str, key: Key, sealed: bytes) -> Payload:
    try:
        # The owner of the context, not of the key: a payload moved to another journey must not open.
        content = AESGCM(key.secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], aad(owner, key.kid))
    except (InvalidTag, ValueError):
        raise Permanent("payload_altered", owner=owner) from None
    plain = zlib.decompress(content[1:]) if content[:1] == _SQUEEZED else content[1:]
    return Payload.FromString(plain)
