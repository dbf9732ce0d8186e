"""The agenda as people write it: nothing they typed is lost, and the timing is gentle."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langbord.gatherings.agenda import Line, parse, timed, written

from .helpers import EVENING


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("Mat", Line("Mat")),
        ("20 Mat", Line("Mat", 20)),
        ("20 min Mat – Amina og Bjarne", Line("Mat", 20, "Amina og Bjarne")),
        ("20 min. Mat", Line("Mat", 20)),
        ("  20: Mat - Amina ", Line("Mat", 20, "Amina")),
        ("Hva er til-og-fra", Line("Hva er til-og-fra")),
        ("2026 ble et godt år", Line("2026 ble et godt år")),
        ("999 ting", Line("999 ting")),
        ("0 ting", Line("0 ting")),
        ("20", Line("20")),
        ("–", Line("–")),
    ],
)
def test_one_line(row: str, line: Line) -> None:
    assert parse(row) == [line]


def test_lists_and_text_are_both_fine_and_empty_lines_are_left_out() -> None:
    assert parse("Mat\n\n  \nOppvask\r\n") == parse(["Mat", "", "Oppvask"]) == [Line("Mat"), Line("Oppvask")]


@given(st.text(max_size=200))
def test_what_is_opened_again_stays_the_same(text: str) -> None:
    once = parse(written(parse(text)))
    assert parse(written(once)) == once


@given(st.text(alphabet=st.characters(exclude_categories=["Nd"]), max_size=200))
def test_no_letter_is_lost(text: str) -> None:
    def letters(words: str) -> str:
        return "".join(c for c in words if c.isalpha())

    assert letters(written(parse(text))) == letters(text)


def test_timing_stops_where_nobody_said_how_long() -> None:
    items = [Line("Mat", 30), Line("Prat", 40), Line("Døra"), Line("Oppvask", 10)]
    rows = timed(items, EVENING, EVENING + timedelta(minutes=45))
    assert [row.begins_at for row in rows] == [
        EVENING,
        EVENING + timedelta(minutes=30),
        EVENING + timedelta(minutes=70),
        None,
    ]
    assert [row.now for row in rows] == [False, True, False, False]
    assert not any(row.now for row in timed(items, EVENING, EVENING - timedelta(minutes=1)))
    assert timed([], EVENING, EVENING) == []
