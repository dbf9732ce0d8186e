"""What a writer in the service may look at again: heavy paragraphs, long sentences, long and rare words, office words,
labels, abbreviations, passives, rows of nouns, stacked prepositions.

Hints, never verdicts, and never for what a citizen wrote: what stands in quotation marks is left alone too, because it
is somebody's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from langbord.words import hints, split, style
from langbord.words.lix import ENOUGH_WORDS, HEAVY, LONG_WORD, letters, lix_of

LONG_SENTENCE = 20
"""A sentence with more words than this is long (plain-language advice says 15 to 20 at most)."""
VERY_LONG_WORD = 16
"""Letters from which a word is worth splitting. Lower would only mark everyday compounds."""


class Kind(StrEnum):
    HEAVY = "heavy"
    LONG_SENTENCE = "long_sentence"
    LONG_WORD = "long_word"
    OFFICE_WORD = "office_word"
    LABEL = "label"
    ABBREVIATION = "abbreviation"
    PASSIVE = "passive"
    RARE = "rare"
    NOUNS = "nouns"
    PREPOSITIONS = "prepositions"


WHOLE_SENTENCES = frozenset({Kind.HEAVY, Kind.LONG_SENTENCE, Kind.NOUNS, Kind.PREPOSITIONS})
"""Advice on a sentence or a paragraph; the others point at words."""

_OF_HINT = {
    hints.OFFICE: Kind.OFFICE_WORD,
    hints.LABEL: Kind.LABEL,
    hints.ABBREVIATION: Kind.ABBREVIATION,
}


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at. `start` and `end` are code points in the text; `figure` is LIX, words, letters, or how many
    nouns or prepositions."""

    kind: Kind
    start: int
    end: int
    text: str
    instead: tuple[str, ...] = ()
    why: str = ""
    figure: int = 0


def advise(text: str, language: str, more: tuple[hints.Hint, ...] = ()) -> list[Advice]:
    """All advice in reading order. A language without a word file gets no word advice, but for `more`: office words beside
    ours."""
    quoted = _Quoted(text)
    found = [*_sentences(text, language, quoted), *_words(text, language, quoted, more)]
    return sorted(found, key=lambda one: (one.start, -one.end))


class _Quoted:
    """Whose places stand inside «…», “…” or "…"."""

    _MARKS = re.compile(r"«[^«»]*»|“[^”“]*”|\"[^\"\n]*\"")

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in self._MARKS.finditer(text)]
        self._text = text
        self._starts = [start for start, _end in spans]
        self._ends = [end for _start, end in spans]

    def __bool__(self) -> bool:
        return bool(self._starts)

    def left_out(self) -> str:
        """The text with spaces where somebody is quoted: every place stays what it was."""
        if not self._starts:
            return self._text
        return self._MARKS.sub(lambda match: " " * len(match.group()), self._text)

    def __contains__(self, place: object) -> bool:
        assert isinstance(place, int)
        number = bisect_right(self._starts, place) - 1
        return number >= 0 and place < self._ends[number]


def _sentences(text: str, language: str, quoted: _Quoted) -> Iterator[Advice]:
    norwegian, own_words = language in style.NORWEGIAN, quoted.left_out()
    for paragraph in split.paragraphs(text):
        sentences = split.sentences_of(paragraph)
        words = [split.words(sentence.text) for sentence in sentences]
        together = [word for some in words for word in some]
        figure = lix_of(together, len(sentences))
        if len(together) >= ENOUGH_WORDS and figure > HEAVY:
            yield Advice(Kind.HEAVY, paragraph.start, paragraph.end, paragraph.text, figure=round(figure))
        for sentence, some in zip(sentences, words, strict=True):
            own = own_words[sentence.start : sentence.end] if quoted else sentence.text
            yield from _sentence(sentence, split.words(own) if quoted else some, own, norwegian)


def _sentence(part: split.Part, words: list[str], own: str, norwegian: bool) -> Iterator[Advice]:
    if len(words) > LONG_SENTENCE:
        yield Advice(Kind.LONG_SENTENCE, part.start, part.end, part.text, figure=len(words))
    if not norwegian:
        return
    nouns = style.nouns_in(words)
    if nouns >= style.MANY_NOUNS:
        yield Advice(Kind.NOUNS, part.start, part.end, part.text, figure=nouns)
    stacked = style.prepositions_in(words, own)
    if stacked >= style.MANY_PREPOSITIONS:
        yield Advice(Kind.PREPOSITIONS, part.start, part.end, part.text, figure=stacked)


def _words(text: str, language: str, quoted: _Quoted, more: tuple[hints.Hint, ...] = ()) -> Iterator[Advice]:
    taken: set[int] = set()
    for start, end, hint in hints.find(text, language, more):
        if start not in quoted:
            taken.update(range(start, end))
            yield Advice(_OF_HINT[hint.kind], start, end, text[start:end], hint.instead, hint.why)
    if language not in style.NORWEGIAN:
        return  # the length is about Norwegian compounds, and so are the ways of building words and passives
    small = hints.lowered(text)
    for start, end in style.passives(small, language):
        if start not in quoted and start not in taken and end - 1 not in taken:
            yield Advice(Kind.PASSIVE, start, end, text[start:end])
    yield from _long_and_rare(text, small, language, quoted, taken)


def _long_and_rare(
    text: str, small: str, language: str, quoted: _Quoted, taken: set[int]
) -> Iterator[Advice]:
    seen: set[str] = set()
    for match in _LONG.finditer(text):
        word, length = match.group(), letters(match.group())
        if length < VERY_LONG_WORD or match.start() in taken or match.start() in quoted:
            continue
        if "@" in word or "." in word or all(letters(part) < LONG_WORD for part in word.split("-")):
            continue  # an address, or short words on a string
        taken.update(range(match.start(), match.end()))
        if word.lower() not in seen:
            seen.add(word.lower())
            yield Advice(Kind.LONG_WORD, match.start(), match.end(), word, figure=length)
    for start, end in style.rare(small, language):
        if start not in quoted and start not in taken and small[start:end] not in seen:
            seen.add(small[start:end])
            yield Advice(Kind.RARE, start, end, text[start:end])


_LONG = re.compile(rf"(?<![^\W_])(?<![^\W_][-'’@.])(?=[^\s]{{{VERY_LONG_WORD}}}){split.WORD.pattern}")
"""A word with room for so many letters; the look-ahead spares the short ones."""
