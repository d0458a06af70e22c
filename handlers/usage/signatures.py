"""Who signed a request: the secret that fits, or nobody.

Standard Webhooks (https://www.standardwebhooks.com): `webhook-signature` holds `v1,` and the base64 HMAC-SHA256 of
`id.timestamp.body`, several with a space between; `webhook-timestamp` is in whole seconds. Segment: `x-signature` is
the HMAC-SHA1 of the body in hexadecimal, its key the shared secret's text; it names no instant.
"""

import base64
import datetime as dt
import hmac
import re
from collections.abc import Callable, Iterable, Mapping

from loyalty.usage.secrets import Secret

TOLERANCE_SECONDS = dt.timedelta(minutes=5)
_TIMESTAMP = re.compile(r"[0-9]{1,11}")
_PRINTS = re.compile(r"[!-~]{1,200}")
_UNKNOWN = "is of no secret that counts here: was the body changed after signing, or the secret revoked?"


class SignatureError(Exception):
    """The request is signed wrongly, or not at all: in words for the sender that tell nothing of the secrets."""


def standard(headers: Mapping[str, str], body: bytes, secrets: Iterable[Secret], now: dt.datetime) -> Secret:
    """Return the secret that signed the body by Standard Webhooks. Errors: `SignatureError`."""
    message_id = _checked_header(headers, "webhook-id", _PRINTS, "1 to 200 characters of ASCII without spaces")
    timestamp = _checked_header(headers, "webhook-timestamp", _TIMESTAMP, "the seconds since 1970, a whole number")
    signature = _header_value(headers, "webhook-signature")
    if abs(now - dt.datetime.fromtimestamp(int(timestamp), dt.UTC)) > TOLERANCE_SECONDS:
        raise SignatureError(
            f"webhook-timestamp is {timestamp}, more than five minutes from {int(now.timestamp())}: "
            "sign each request as it is sent, also when it is sent again"
        )
    signed = f"{message_id}.{timestamp}.".encode() + body
    signatures = [one.removeprefix("v1,") for one in signature.split() if one.startswith("v1,")]
    return _signer("webhook-signature", signatures, secrets, lambda secret: sign(secret.key, signed))


def sign(key: bytes, signed: bytes) -> str:
    """Return the base64 HMAC-SHA256 of `id.timestamp.body`."""
    return base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def segment(headers: Mapping[str, str], body: bytes, secrets: Iterable[Secret]) -> Secret:
    """Return the secret that signed the body as Segment's webhook does. Errors: `SignatureError`."""
    signature = _header_value(headers, "x-signature")
    return _signer("x-signature", [signature.lower()], secrets, lambda secret: _sha1(secret.text, body))


def _sha1(text: str, body: bytes) -> str:
    return hmac.digest(text.encode(), body, "sha1").hex()


def _signer(name: str, signatures: list[str], secrets: Iterable[Secret], right: Callable[[Secret], str]) -> Secret:
    # Bytes: compare_digest raises on text that is not ASCII.
    sent = [signature.encode() for signature in signatures]
    for secret in secrets:
        expected = right(secret).encode()
        if any(hmac.compare_digest(expected, signature) for signature in sent):
            return secret
    raise SignatureError(f"{name} {_UNKNOWN}")


def _checked_header(headers: Mapping[str, str], name: str, pattern: re.Pattern[str], right: str) -> str:
    value = _header_value(headers, name)
    if not pattern.fullmatch(value):
        raise SignatureError(f"{name} is something else: right is {right}")
    return value


def _header_value(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name)
    if not value:
        raise SignatureError(f"{name} is missing: usage is taken signed only")
    return value
