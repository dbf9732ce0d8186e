"""Dates, hours and quotation marks, as the language of the screen writes them."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language


def written(value: dt.date, form: str) -> str:
    """A date in one of our forms («l j. F»). Norwegian: torsdag 19. november; English: Thursday 19 November.

    `form` is Django's date format as Norwegian writes it: with a full stop after the day, and small letters. An hour that
    follows a day in words («j. F H.i») is said as the clock: 19. november klokka 17.30, 19 November at 17:30.
    """
    day, hour = (form.removesuffix(" H.i"), True) if form.endswith((" F H.i", " Y H.i")) else (form, False)
    if is_english():
        said = date_format(value, day.replace("j.", "j").replace("H.i", "H:i"))
    else:
        said = date_format(value, day).lower()
    return f"{said} {at_hour(value)}" if hour and isinstance(value, dt.datetime) else said


def at_hour(at: dt.datetime) -> str:
    """klokka 17.30, in English at 17:30. `at` is the local time."""
    return f"at {at:%H:%M}" if is_english() else f"klokka {at:%H.%M}"


def hour(at: dt.datetime) -> str:
    """The time of day as people say it: 17, or 17.30; in English 17:00, or 17:30. `at` is the local time."""
    if is_english():
        return f"{at:%H:%M}"
    return f"{at:%H.%M}" if at.minute else str(at.hour)


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def quoted(text: object) -> str:
    """In quotation marks: «…» in Norwegian, “…” in English."""
    begin, end = ("“", "”") if is_english() else ("«", "»")
    return f"{begin}{text}{end}"
