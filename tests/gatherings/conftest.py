"""Time stands still at noon on the day of the gathering; tests move it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from langbord.base import clock
from tests.gatherings.helpers import NOON


@pytest.fixture(autouse=True)
def at() -> Iterator[clock.Frozen]:
    with clock.frozen(NOON) as stopped:
        yield stopped
