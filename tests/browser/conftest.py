"""What the browser tests stand on: a clock that can be moved for the server too, guests with a browser each, and the
example as one can try it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from langbord.base import clock

from .guests import PATIENCE, Guest, Seen

BOTH = ("default", "vault")


class MovedClock:
    """Time goes on as usual, but from another moment, in every thread: `clock.frozen` stops only its own."""

    def __init__(self, start: datetime) -> None:
        self._real = clock.now
        self.ahead = start - self._real()

    def now(self) -> datetime:
        stopped = clock._frozen.get() is not None
        return self._real() if stopped else self._real() + self.ahead

    def move(self, **by: float) -> None:
        """Forward, by so many days, hours or minutes."""
        self.ahead += timedelta(**by)

    def move_to(self, days: int, hour: int, minute: int = 0) -> None:
        """To a time of day in Norway, so many days from now."""
        day = self.now().astimezone(clock.OSLO).date() + timedelta(days=days)
        self.ahead += datetime.combine(day, time(hour, minute), tzinfo=clock.OSLO) - self.now()


@pytest.fixture
def moved_clock(monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    """Ten o'clock this morning in Norway."""
    start = datetime.combine(clock.today(), time(10), tzinfo=clock.OSLO)
    moved = MovedClock(start)
    monkeypatch.setattr(clock, "now", moved.now)
    return moved


@pytest.fixture
def new_guest(
    browser: Browser, live_server: Any, settings: Any, browser_context_args: dict[str, Any]
) -> Iterator[Callable[..., Guest]]:
    """Makes guests, each with a browser context of their own. `seen`: notes what they come upon, for the intruders."""
    settings.LANGBORD_PUBLIC_URL = live_server.url
    contexts: list[Any] = []
    expect.set_options(timeout=PATIENCE)

    def make(name: str, *, javascript: bool = True, seen: Seen | None = None, **more: Any) -> Guest:
        context = browser.new_context(**{**browser_context_args, "java_script_enabled": javascript, **more})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Guest(name, context, live_server.url, seen or Seen())

    yield make
    for context in contexts:
        context.close()


_kept: dict[str, Path] = {}


@pytest.fixture
def example(
    transactional_db: None, live_server: Any, settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The example, built once and then put back from a copy: transactional tests empty the tables."""
    from django.db import connections

    from langbord.demo.build import build

    settings.EXAMPLE_DATA = True
    if not _kept:
        build(say=lambda line: None)
        folder = tmp_path_factory.mktemp("example")
        for alias in BOTH:
            _kept[alias] = folder / f"{alias}.sqlite3"
            _copy(connections[alias], _kept[alias], back=False)
    else:
        for alias in BOTH:
            _copy(connections[alias], _kept[alias], back=True)


def _copy(connection: Any, file: Path, *, back: bool) -> None:
    connection.ensure_connection()
    kept = sqlite3.connect(file)
    try:
        if back:
            kept.backup(connection.connection)
        else:
            connection.connection.backup(kept)
    finally:
        kept.close()
