"""A bundle under a passphrase: scrypt makes the key, AES-256-GCM seals; the head of the file says so."""

from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from domain.errors import InvalidInput

MAGIC = b"pakt-sealed-bundle/1\n"
SHORTEST = 12
_SALT, _NONCE = 16, 12
_COST, _BLOCK, _PARALLEL = 2**15, 8, 1


def _cipher(passphrase: bytes, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_PARALLEL).derive(passphrase))


def sealed(raw: bytes) -> bool:
    """True if these bytes are a bundle under a passphrase."""
    return raw.startswith(MAGIC)


def seal(plain: bytes, passphrase: bytes) -> bytes:
    """The bytes under the passphrase; one that is too short is refused."""
    if len(passphrase) < SHORTEST:
        raise InvalidInput(
            "short_passphrase", field="passphrase", remedy=f"use {SHORTEST} characters or more"
        )
    salt, nonce = token_bytes(_SALT), token_bytes(_NONCE)
    return MAGIC + salt + nonce + _cipher(passphrase, salt).encrypt(nonce, plain, MAGIC)


def unseal(raw: bytes, passphrase: bytes) -> bytes:
    """The bytes that `seal` was given; a wrong passphrase or a changed byte is `InvalidInput`."""
    body = raw[len(MAGIC) :]
    salt, nonce, hidden = body[:_SALT], body[_SALT : _SALT + _NONCE], body[_SALT + _NONCE :]
    try:
        return _cipher(passphrase, salt).decrypt(nonce, hidden, MAGIC)
    except (InvalidTag, ValueError) as error:
        raise InvalidInput(
            "bundle_does_not_open", field="passphrase", remedy="wrong passphrase, or the file was changed"
        ) from error
