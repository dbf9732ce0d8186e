"""The one way in which consent events are ever removed: when their person leaves with everything, or the process has
reached the end of its time. A mark that must be held while removing, so that nothing else can do it by chance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from langbord.base.models import AppendOnly

_erasing: ContextVar[bool] = ContextVar("langbord_consent_erasing", default=False)


@contextmanager
def erasing() -> Iterator[None]:
    """Held while a person's records are removed. Used by `personal_data.py` and `retention.py` alone (a test reads the source)."""
    token = _erasing.set(True)
    try:
        yield
    finally:
        _erasing.reset(token)


def must_be_erasing() -> None:
    """AppendOnly unless somebody is leaving, or time is up."""
    if not _erasing.get():
        raise AppendOnly("consent events are removed only when their person leaves or time is up")
