"""Codes and tokens: made, written and read back. Only their digests are ever stored."""

from __future__ import annotations

import secrets

from langbord.vault.lookup import digest

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 signs that are not mistaken for one another on paper (no I, O, 0 or 1): five bits each."""

_MISREAD = str.maketrans({"I": "L", "1": "L", "0": "Q", "O": "Q"})


def card_code() -> str:
    """Eight signs, 40 bits, written in two groups of four."""
    return _grouped(8)


def recovery_code() -> str:
    """Twelve signs, 60 bits, in three groups of four."""
    return _grouped(12)


def token() -> str:
    """192 bits that fit in an address."""
    return secrets.token_urlsafe(24)


def eight_digits() -> str:
    """For a mail. With six, whoever asks for codes to a hundred known addresses all day had a fair chance at one."""
    return f"{secrets.randbelow(10**8):08d}"


def plain(code: str) -> str:
    """As people write it: with or without the dash, in small letters, with a look-alike here and there."""
    return "".join(sign for sign in code.upper() if sign.isalnum()).translate(_MISREAD)


def look_up(kind: str, value: str) -> str:
    """The keyed digest under which a code or token of this kind is stored."""
    return digest(f"signin-{kind}", value)


def _grouped(length: int) -> str:
    signs = [secrets.choice(LETTERS) for _ in range(length)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, length, 4))
