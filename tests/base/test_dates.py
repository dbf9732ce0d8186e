"""Dates in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from langbord.base.dates import written


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", "torsdag 19. november 17.30"),
        ("nn", "torsdag 19. november 17.30"),
        ("en", "Thursday 19 November 17.30"),
    ],
)
def test_each_language_writes_a_day_its_own_way(language: str, expected: str) -> None:
    with translation.override(language):
        assert written(dt.datetime(2026, 11, 19, 17, 30), "l j. F H.i") == expected
