"""What we write to citizens is easy to read: LIX of each paragraph of 20 words or more."""

from __future__ import annotations

import pytest

from langbord.words import split
from langbord.words.lix import EASY, ENOUGH_WORDS, HEAVY, lix

from .texts import as_read, texts


def paragraphs(language: str, *, citizens: bool) -> dict[str, float]:
    """Each paragraph long enough to measure, with its LIX."""
    found = {}
    for text in texts("nn"):
        if text.for_citizens is citizens:
            for part in split.paragraphs(as_read(text.bokmal if language == "nb" else text.other)):
                if len(part.words) >= ENOUGH_WORDS:
                    found[part.text] = lix(part.text)
    return found


def heaviest(figures: dict[str, float]) -> str:
    """The worst first, for the one who has to mend them."""
    worst = sorted(figures.items(), key=lambda pair: -pair[1])[:15]
    return "\n".join(f"{figure:5.1f}  {text}" for text, figure in worst)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_citizens_get_easy_texts(language: str) -> None:
    figures = paragraphs(language, citizens=True)
    assert figures, "nothing to measure"
    assert sum(figures.values()) / len(figures) < EASY, heaviest(figures)


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("citizens", [True, False], ids=["citizens", "staff"])
def test_no_paragraph_is_heavy(language: str, citizens: bool) -> None:
    heavy = {
        text: figure for text, figure in paragraphs(language, citizens=citizens).items() if figure > HEAVY
    }
    assert not heavy, heaviest(heavy)
