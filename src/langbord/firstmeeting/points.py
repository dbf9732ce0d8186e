"""The list as content: seven things, each with its points. Ticks are stored under the keys of points."""

from __future__ import annotations

from langbord.library import content
from langbord.library.content import Part, Sheet

KEY = "first-meeting"


def sheet() -> Sheet:
    """The list. LookupError when the content is not there: the start has checked that it is."""
    found = content.sheet(KEY)
    if found is None:
        raise LookupError(KEY)
    return found


def things() -> tuple[Part, ...]:
    return sheet().parts


def thing(key: str) -> Part | None:
    return next((part for part in things() if part.key == key), None)


def every() -> set[str]:
    """The keys of all points."""
    return {item.key for part in things() for item in part.items}
