"""The only clock.

Times are stored in UTC and shown in Europe/Oslo. Everything asks here, so that a test can stop time for
all of the product at once; a test fails if any other file asks the system clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


class Frozen:
    """A stopped clock that a test can move by hand."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = _utc(at)

    def move_to(self, at: dt.datetime) -> None:
        self.at = _utc(at)

    def move(self, by: dt.timedelta) -> None:
        self.at += by


_frozen: ContextVar[Frozen | None] = ContextVar("langbord_clock", default=None)


def now() -> dt.datetime:
    """The time now: aware, UTC."""
    frozen = _frozen.get()
    return frozen.at if frozen is not None else dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The date in Norway now, which near midnight is not the date in UTC."""
    return now().astimezone(OSLO).date()


@contextmanager
def frozen(at: dt.datetime) -> Iterator[Frozen]:
    """Stop the clock at `at` (aware, else ValueError) for this thread or task; others keep their time."""
    stopped = Frozen(at)
    token = _frozen.set(stopped)
    try:
        yield stopped
    finally:
        _frozen.reset(token)


def _utc(at: dt.datetime) -> dt.datetime:
    if at.tzinfo is None:
        raise ValueError("a time without a time zone means nothing here")
    return at.astimezone(dt.UTC)
