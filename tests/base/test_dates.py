"""Dates in words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

import langbord
from langbord.base.dates import quoted, written


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


@pytest.mark.parametrize(
    ("language", "expected"), [("nb", "«Hei & hå»"), ("nn", "«Hei & hå»"), ("en", "“Hei & hå”")]
)
def test_each_language_has_its_own_quotation_marks(language: str, expected: str) -> None:
    with translation.override(language):
        assert quoted("Hei & hå") == expected
        drawn = Template("{% load ui %}{{ said|quoted }}").render(Context({"said": "Hei & hå"}))
        assert drawn == expected.replace("&", "&amp;")


def test_no_template_writes_its_own_quotation_marks_around_what_people_said() -> None:
    templates = Path(langbord.__file__).parent / "templates"
    assert [path.name for path in templates.rglob("*.html") if "«{{" in path.read_text("utf-8")] == []
