"""Finding a person by e-mail or phone without storing either in the open.

A plain hash of a phone number is no protection: there are so few numbers that all can be tried. A keyed one
is, as long as the key lies elsewhere.
"""

from __future__ import annotations

import re
import unicodedata

from langbord.vault import keyfiles

_SPACING = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff.()/\-\u2010-\u2015]+")


def digest(kind: str, value: str) -> str:
    """Keyed HMAC-SHA256 of a normalised value, as 64 hex digits. `kind` is "email", "phone" or a kind of your
    own.

    The same value gives different digests for different kinds. Raises KeyFileMissing and KeyFileWrong.
    """
    kinds = {"email": email, "phone": phone}
    normal = kinds.get(kind, _plain)(value)
    return keyfiles.lookup().mac(f"{kind}\0{normal}".encode("utf-8", "surrogatepass")).hex()


def email(value: str) -> str:
    """Without outer space, in one form of Unicode, and regardless of case."""
    return unicodedata.normalize("NFKC", _plain(value).casefold())


def phone(value: str) -> str:
    """As +4791234567: eight digits are Norwegian, 00 is +. What is no number is only stripped of spacing."""
    number = _SPACING.sub("", unicodedata.normalize("NFKC", value))
    if number.startswith("00"):
        number = "+" + number[2:]
    if re.fullmatch(r"[0-9]{8}", number):
        return "+47" + number
    if re.fullmatch(r"47[0-9]{8}", number):
        return "+" + number
    return number


def _plain(value: str) -> str:
    return unicodedata.normalize("NFKC", value).strip()
