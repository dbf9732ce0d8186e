"""A text with its advice, ready to be shown: what to mark, and a numbered list beside it. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from langbord.words.advice import WHOLE_SENTENCES, Advice, Kind, advise
from langbord.words.hints import Hint
from langbord.words.lix import EASY, ENOUGH_WORDS, HEAVY, lix_of
from langbord.words.split import sentences, words
from langbord.words.style import NORWEGIAN

AT_MOST = 60
"""Points shown at once: with more nobody reads them. The rest come when these are seen to."""


@dataclass(slots=True)
class Point:
    """One thing to look at; the same word is one point however often it stands."""

    number: int
    one: Advice
    times: int = 1

    @property
    def kind(self) -> Kind:
        return self.one.kind

    @property
    def whole(self) -> bool:
        return self.one.kind in WHOLE_SENTENCES


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text. `number`: the point that marks it, 0 for none. `notes`: points on the sentence that ends here."""

    text: str
    number: int = 0
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Check:
    """figure: LIX of the whole, 0 with too few words or in a language it was not made for. left: points not shown."""

    words: int = 0
    figure: int = 0
    points: list[Point] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    left: int = 0

    @property
    def easy(self) -> bool:
        return bool(self.figure) and self.figure < EASY

    @property
    def heavy(self) -> bool:
        return self.figure > HEAVY


def check(text: str, language: str, more: tuple[Hint, ...] = ()) -> Check:
    """Everything that is said about a text, in one pass each. `more`: office words beside ours."""
    found = words(text)
    counted = len(found) >= ENOUGH_WORDS and language in NORWEGIAN
    numbers: dict[tuple[Kind, str, int], Point] = {}
    placed: list[tuple[Advice, Point]] = []
    for one in advise(text, language, more):
        whole = one.kind in WHOLE_SENTENCES
        key = (one.kind, "" if whole else one.text.lower(), one.start if whole else -1)
        if key in numbers:
            numbers[key].times += 1
        else:
            numbers[key] = Point(len(numbers) + 1, one)
        placed.append((one, numbers[key]))
    points = list(numbers.values())
    shown = [(one, point) for one, point in placed if point.number <= AT_MOST]
    return Check(
        words=len(found),
        figure=round(lix_of(found, len(sentences(text)))) if counted else 0,
        points=points[:AT_MOST],
        segments=list(_segments(text, shown)),
        left=max(0, len(points) - AT_MOST),
    )


def _segments(text: str, placed: list[tuple[Advice, Point]]) -> Iterator[Segment]:
    """The text cut where a mark begins or ends and where a sentence with a note ends. Put together it is the text."""
    marks = sorted((one.start, one.end, point.number) for one, point in placed if not point.whole)
    notes = sorted((one.end, point.number) for one, point in placed if point.whole)
    at = 0
    for start, end, number in [*marks, (len(text), len(text), 0)]:
        if start < at:
            continue  # lies within the one before
        while notes and notes[0][0] <= start:
            here = notes[0][0]
            ending = [noted for place, noted in notes if place == here]
            notes = notes[len(ending) :]
            yield Segment(text[at : max(at, here)], notes=tuple(ending))
            at = max(at, here)
        if at < start:
            yield Segment(text[at:start])
        if start < end:
            yield Segment(text[start:end], number)
        at = end
