"""Dates in words."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

import langbord
from langbord.base import clock
from langbord.base.dates import at_hour, quoted, written
from langbord.web.templatetags.ui import span


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", "torsdag 19. november klokka 17.30"),
        ("nn", "torsdag 19. november klokka 17.30"),
        ("en", "Thursday 19 November at 17:30"),
    ],
)
def test_each_language_writes_a_day_its_own_way(language: str, expected: str) -> None:
    with translation.override(language):
        assert written(dt.datetime(2026, 11, 19, 17, 30), "l j. F H.i") == expected


@pytest.mark.parametrize(
    ("language", "whole", "half", "log"),
    [
        ("nb", "klokka 17 til 19.30", "klokka 09.05", "19.11.2026 09.05"),
        ("nn", "klokka 17 til 19.30", "klokka 09.05", "19.11.2026 09.05"),
        ("en", "from 17:00 to 19:30", "at 09:05", "19.11.2026 09:05"),
    ],
)
def test_each_language_says_the_hour_its_own_way(language: str, whole: str, half: str, log: str) -> None:
    with translation.override(language):
        begins = dt.datetime(2026, 11, 19, 17, tzinfo=clock.OSLO)
        assert span(begins, begins + dt.timedelta(minutes=150)).endswith(whole)
        at = dt.datetime(2026, 11, 19, 9, 5)
        assert at_hour(at) == half
        assert written(at, "j. F Y H.i").endswith(half)
        assert written(at, "d.m.Y H.i") == log


@pytest.mark.parametrize(
    ("language", "expected"), [("nb", "«Hei & hå»"), ("nn", "«Hei & hå»"), ("en", "“Hei & hå”")]
)
def test_each_language_has_its_own_quotation_marks(language: str, expected: str) -> None:
    with translation.override(language):
        assert quoted("Hei & hå") == expected
        drawn = Template("{% load ui %}{{ said|quoted }}").render(Context({"said": "Hei & hå"}))
        assert drawn == expected.replace("&", "&amp;")


def test_no_template_writes_its_own_quotation_marks_around_what_people_said() -> None:
    """Inside a text that is translated they are the translator's: English has its own there."""
    templates = Path(langbord.__file__).parent / "templates"
    translated = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}", re.DOTALL)
    drawn = {path.name: translated.sub("", path.read_text("utf-8")) for path in templates.rglob("*.html")}
    assert [name for name, text in drawn.items() if "«{{" in text] == []
    english = (Path(langbord.__file__).parent / "locale/en/LC_MESSAGES/django.po").read_text("utf-8")
    assert [line for line in english.splitlines() if re.match(r"msgstr.*«%\(", line)] == []
