"""Words that must pass through an address, which a browser's history and a server's log may keep: sealed with the key of
the one who wrote them, so that they say nothing there, and nothing at all once that key is destroyed."""

from __future__ import annotations

import base64
import binascii
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag

from . import keys
from .errors import KeyFileError, KeyUnavailable
from .fields import NONCE_BYTES, VERSION


def seal(subject: UUID, words: str, place: str) -> str:
    """The words as signs that may stand in an address. `place`: what they are for; they open nowhere else. Makes the
    subject's key where there is none."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = keys.ensure(subject).encrypt(nonce, words.encode(), _tied(subject, place))
    return base64.urlsafe_b64encode(VERSION + nonce + sealed).decode().rstrip("=")


def unseal(subject: UUID, signs: str, place: str) -> str:
    """The words again; empty where they are somebody else's, for another place, damaged, or their key is gone."""
    try:
        raw = base64.b64decode(signs + "=" * (-len(signs) % 4), altchars=b"-_", validate=True)
        if raw[:1] != VERSION:
            return ""
        nonce, sealed = raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
        return keys.for_subject(subject).decrypt(nonce, sealed, _tied(subject, place)).decode()
    except (InvalidTag, KeyUnavailable, KeyFileError, binascii.Error, ValueError):
        return ""


def _tied(subject: UUID, place: str) -> bytes:
    return f"v1|address|{place}|{subject}".encode()
