"""How ballots are kept from whoever reads the database: encryption that is handed in, and a key for each survey."""

import hashlib
import hmac
from typing import Protocol

KEY_BYTES = 32
MIN_SECRET_BYTES = 32


class Sealer(Protocol):
    """Authenticated encryption under one survey's key, with a nonce drawn anew at each sealing: AES-256-GCM."""

    def seal(self, plain: bytes, associated: bytes) -> bytes:
        """Return the bytes encrypted, bound to `associated`."""

    def open(self, sealed: bytes, associated: bytes) -> bytes:
        """Return what was sealed. Raises where it was changed, or sealed under another key or for another place."""


def survey_key(secret: bytes, *, survey: str) -> bytes:
    """Return the survey's key, derived from the application's secret by HKDF with SHA-256 (RFC 5869).

    The key is never stored: with the secret gone, or changed, the ballots cannot be read.
    """
    if len(secret) < MIN_SECRET_BYTES:
        raise ValueError(f"a secret of {len(secret)} bytes; ballots need one of at least {MIN_SECRET_BYTES}")
    return _hkdf(secret, salt=b"laurels survey ballots", info=survey.encode())


def _hkdf(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """Return one block: as many bytes as the hash has."""
    extracted = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)
