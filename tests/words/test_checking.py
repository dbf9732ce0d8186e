"""A text with its advice, cut for showing. Put together again it is the same text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from langbord.words.advice import Kind
from langbord.words.checking import AT_MOST, check

LETTER = (
    "Vi kartlegger behovet ditt. "
    + "Vi ser på det " * 6
    + "og svarer.\n\nKartlegging er viktig. Vi kartlegger alle."
)


def test_a_word_is_one_point_however_often_it_stands() -> None:
    found = check(LETTER, "nb")
    (twice,) = [point for point in found.points if point.one.text == "kartlegger"]
    assert (twice.times, twice.number, twice.whole) == (2, 1, False)
    assert [part.text for part in found.segments if part.number == 1] == ["kartlegger", "kartlegger"]


def test_a_note_on_a_sentence_stands_where_it_ends() -> None:
    found = check(LETTER, "nb")
    (long,) = [point for point in found.points if point.kind is Kind.LONG_SENTENCE]
    before = ""
    for part in found.segments:
        before += part.text
        if long.number in part.notes:
            break
    assert before.endswith("og svarer.")


def test_the_figure_needs_enough_words_and_a_language_it_was_made_for() -> None:
    assert check("Vi ses.", "nb").figure == 0
    assert check("Vi ses i dag. " * 8, "nb").easy
    assert check("We meet today. " * 8, "en").figure == 0
    assert check("Kommunens medarbeidere gjennomfører planlagte samtaler vedvarende. " * 4, "nb").heavy


def test_only_so_many_points_at_once() -> None:
    many = " ".join(
        f"{'abcdefghij'[n // 10]}{'klmnopqrst'[n % 10]}kartleggingsopplegget{n}x." for n in range(100)
    )
    found = check(many, "nb")
    assert len(found.points) == AT_MOST
    assert found.left == 101 - AT_MOST  # one of them on the whole paragraph
    assert "".join(part.text for part in found.segments) == many


@given(
    st.lists(
        st.sampled_from(
            ["Vi kartlegger ", "må sendes ", "«tiltak» ", "og ", "ord, ", "slutt. ", "\n\n", "evt. "]
        ),
        max_size=80,
    )
)
def test_put_together_it_is_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert "".join(part.text for part in check(text, "nb").segments) == text
