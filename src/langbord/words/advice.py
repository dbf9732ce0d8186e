"""What a writer in the service may look at again: heavy paragraphs, long sentences, long words, office words.

Hints, never verdicts, and never for what a citizen wrote: what stands in quotation marks «…» is left alone too,
because it is somebody's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from langbord.words import hints, split
from langbord.words.lix import ENOUGH_WORDS, HEAVY, LONG_WORD, letters, lix

LONG_SENTENCE = 20
"""A sentence with more words than this is long (plain-language advice says 15 to 20 at most)."""
VERY_LONG_WORD = 16
"""Letters from which a word is worth splitting. Lower would only mark everyday compounds."""


class Kind(StrEnum):
    HEAVY = "heavy"
    LONG_SENTENCE = "long_sentence"
    LONG_WORD = "long_word"
    OFFICE_WORD = "office_word"


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at. `start` and `end` are code points in the text; `figure` is LIX, words or letters."""

    kind: Kind
    start: int
    end: int
    text: str
    instead: tuple[str, ...] = ()
    why: str = ""
    figure: int = 0


def advise(text: str, language: str) -> list[Advice]:
    """All advice in reading order. A language without a word file gets no word advice."""
    found = [*_heavy(text), *_long_sentences(text), *_words(text, language)]
    return sorted(found, key=lambda one: (one.start, -one.end))


def _heavy(text: str) -> Iterator[Advice]:
    for part in split.paragraphs(text):
        figure = lix(part.text)
        if len(part.words) >= ENOUGH_WORDS and figure > HEAVY:
            yield Advice(Kind.HEAVY, part.start, part.end, part.text, figure=round(figure))


def _long_sentences(text: str) -> Iterator[Advice]:
    quoted = _quoted(text)
    for part in split.sentences(text):
        own = [word for word in part.words if not _inside(word.start, quoted)]
        if len(own) > LONG_SENTENCE:
            yield Advice(Kind.LONG_SENTENCE, part.start, part.end, part.text, figure=len(own))


def _words(text: str, language: str) -> Iterator[Advice]:
    quoted, taken = _quoted(text), set[int]()
    for start, end, hint in hints.find(text, language):
        if not _inside(start, quoted):
            taken.update(range(start, end))
            yield Advice(Kind.OFFICE_WORD, start, end, text[start:end], hint.instead, hint.why)
    if not hints.hints(language):
        return  # the length is about Norwegian compounds
    seen: set[str] = set()
    for match in split.WORD.finditer(text):
        word, length = match.group(), letters(match.group())
        if length < VERY_LONG_WORD or match.start() in taken or _inside(match.start(), quoted):
            continue
        if "@" in word or "." in word or all(letters(part) < LONG_WORD for part in word.split("-")):
            continue  # an address, or short words on a string
        if word.lower() not in seen:
            seen.add(word.lower())
            yield Advice(Kind.LONG_WORD, match.start(), match.end(), word, figure=length)


def _quoted(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"«[^»]*»", text)]


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
