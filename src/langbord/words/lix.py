"""LIX, the Scandinavian measure of how heavy a text is (Björnsson 1968).

Words per sentence plus the share of words of more than six letters, in per cent. Below 30 reads like a children's
book, 40 like a newspaper, 50 like a report. It counts, it does not understand: short words can be hard too.
"""

from __future__ import annotations

from langbord.words import split

EASY = 30.0
"""Texts to citizens stay below this."""
HEAVY = 40.0
"""Above this a text is heavy for anybody."""
LONG_WORD = 7
"""Letters from which LIX calls a word long."""
ENOUGH_WORDS = 20
"""With fewer words the figure says nothing."""


def lix(text: str) -> float:
    """LIX of a text; 0.0 when it has no words."""
    return lix_of(split.words(text), len(split.sentences(text)))


def lix_of(words: list[str], sentences: int) -> float:
    """LIX of words already found, in so many sentences."""
    if not words:
        return 0.0
    long = sum(1 for word in words if len(word) >= LONG_WORD and letters(word) >= LONG_WORD)
    return len(words) / max(1, sentences) + 100 * long / len(words)


def letters(word: str) -> int:
    """Letters in a word; hyphens, points and digits are none."""
    return len(word) if word.isalpha() else sum(1 for character in word if character.isalpha())
