"""What people type or paste, without the signs that nobody sees."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms

JOINERS = "\u200c\u200d"
"""Some scripts, and some faces, are written with them."""

BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing."""

_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n"})


def several_lines(value: str) -> str:
    """Without control signs, which come along from slides and PDFs and which a Word file can't hold. All else as typed."""
    return "".join(sign for sign in value.translate(_BREAKS) if sign in "\n\r\t" or not _is_control(sign))


def one_line(value: str) -> str:
    """As a name is written: also without marks that turn the direction of writing or take no room. With them a name could
    hide, or turn around what stands beside it. Empty when there is nothing to see."""
    kept = "".join(
        " " if sign in "\n\r\t" else sign
        for sign in several_lines(value)
        if sign in JOINERS or unicodedata.category(sign) != "Cf"
    )
    return kept if any(_is_seen(sign) for sign in kept) else ""


def _is_control(sign: str) -> bool:
    number = ord(sign)
    never_a_sign = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    return never_a_sign or unicodedata.category(sign) in ("Cc", "Cs")


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in BLANK


def read_plainly(field: forms.Field) -> None:
    """Let a field of words (no other kind) take what can be seen: one line, or several where the field has room for them."""
    if type(field) is not forms.CharField:
        return
    tidy = several_lines if isinstance(field.widget, forms.Textarea) else one_line
    as_it_was, strip = field.to_python, field.strip

    def to_python(value: Any) -> Any:
        found = as_it_was(value)
        if not isinstance(found, str):
            return found
        return tidy(found).strip() if strip else tidy(found)

    setattr(field, "to_python", to_python)  # noqa: B010  (one field of one form, not the class)
