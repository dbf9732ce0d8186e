"""The data folder of the example: marked as such, and emptied in one go."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from langbord.vault import keyfiles
from langbord.web.firstrun import is_empty


def _removed() -> Path:
    """Says to processes that still remember the mark that nobody gets in without a PIN any more."""
    path: Path = settings.EXAMPLE_MARKER.with_suffix(".removed")
    return path


def is_example() -> bool:
    """Whether this data folder holds the example."""
    return bool(settings.EXAMPLE_MARKER.is_file())


def can_hold_example() -> bool:
    """Only an installation in which nobody is registered."""
    return is_empty()


def mark() -> None:
    """Mark the folder. From now on personas may sign in without a PIN here, and only here."""
    if not settings.EXAMPLE_MARKER.is_file():
        settings.EXAMPLE_MARKER.write_text("example data only: never put real names here\n", encoding="utf-8")
    _removed().unlink(missing_ok=True)
    settings.EXAMPLE_DATA = True


def clear() -> None:
    """Take the example away: every row and every key. The mark goes last, so that a cut-off removal can be repeated.

    Raises RuntimeError in a folder without the mark, so that it can never empty a real one.
    """
    if not is_example():
        raise RuntimeError("This data folder holds no example.")
    _removed().write_text("", encoding="utf-8")
    for alias in ("default", "vault"):
        call_command("flush", database=alias, interactive=False, verbosity=0)
    for key in (keyfiles.master(), keyfiles.lookup()):
        keyfiles.confirm(key)
    settings.EXAMPLE_MARKER.unlink()
    settings.EXAMPLE_DATA = False
