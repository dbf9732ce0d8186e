"""Dates in words and quotation marks, as the language of the screen writes them."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language


def written(value: dt.date, form: str) -> str:
    """A date in one of our forms («l j. F»). Norwegian: torsdag 19. november; English: Thursday 19 November.

    `form` is Django's date format as Norwegian writes it: with a full stop after the day, and small letters.
    """
    if (get_language() or "").startswith("en"):
        return date_format(value, form.replace("j.", "j"))
    return date_format(value, form).lower()


def quoted(text: object) -> str:
    """In quotation marks: «…» in Norwegian, “…” in English."""
    begin, end = ("“", "”") if (get_language() or "").startswith("en") else ("«", "»")
    return f"{begin}{text}{end}"
