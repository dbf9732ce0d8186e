"""Where marks go in a picture. Numbers for the template that draws the SVG; the same numbers stand in a table beside it.

No names come here: a picture is made of counts, or of one's own marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from langbord.library.content import Sheet

from . import sheets
from .sheets import BETWEEN, MIDDLE, NO_ANSWER, Question

CORNERS = ((250.0, 60.0), (80.0, 330.0), (420.0, 330.0))
"""Top, left, right."""
WIDTH, ROW = 560, 58
FULL = 520
INSET = 0.16


@dataclass(frozen=True)
class Mark:
    """A round mark in a triangle. number: how many chose it, empty for one's own."""

    x: float
    y: float
    r: float
    number: str


@dataclass(frozen=True)
class Bar:
    label: str
    y: int
    width: int
    number: str

    @property
    def below(self) -> int:
        return self.y + 10


@dataclass(frozen=True)
class Corner:
    x: float
    y: float
    label: str
    anchor: str


@dataclass(frozen=True)
class Picture:
    """One question. rows: choice, how many, and how many the time before (None: not shown then). held_back: the answers
    were too alike to be shown without telling what each one thinks."""

    question: Question
    marks: tuple[Mark, ...] = ()
    corners: tuple[Corner, ...] = ()
    bars: tuple[Bar, ...] = ()
    rows: tuple[tuple[str, int, int | None], ...] = ()
    held_back: bool = False
    before: bool = False

    @property
    def height(self) -> int:
        return 370 if self.corners else len(self.bars) * ROW + 8

    @property
    def width(self) -> int:
        return 500 if self.corners else WIDTH

    @property
    def edge(self) -> str:
        return " ".join(f"{x:.0f},{y:.0f}" for x, y in CORNERS)

    @property
    def sentence(self) -> str:
        """The picture in words."""
        told = [f"{label}: {count}" for label, count, _before in self.rows if count]
        return f"{self.question.text}. {', '.join(told)}"


def own_pictures(sheet: Sheet, marks: Mapping[str, str]) -> list[Picture]:
    """One's own marks (or those filled in together): a picture for each question that was answered."""
    return [
        _picture(question, {marks[question.key]: 1}, None, own=True)
        for question in sheets.questions_of(sheet)
        if question.key in marks
    ]


def round_pictures(
    sheet: Sheet,
    counts: Mapping[str, Mapping[str, int]],
    before: Mapping[str, Mapping[str, int]] | None = None,
) -> list[Picture]:
    """All questions of a round that was shown. `before`: the counts of the round before, where that was shown, too."""
    return [
        _picture(question, counts[question.key], (before or {}).get(question.key))
        if question.key in counts
        else Picture(question, held_back=True)
        for question in sheets.questions_of(sheet)
    ]


def _picture(
    question: Question, counts: Mapping[str, int], before: Mapping[str, int] | None, own: bool = False
) -> Picture:
    named = [(c.key, c.label) for c in question.choices]
    if not own and (counts.get(NO_ANSWER) or (before or {}).get(NO_ANSWER)):
        named.append((NO_ANSWER, _("Ikke svart")))
    rows = tuple(
        (label, counts.get(key, 0), before.get(key, 0) if before is not None else None)
        for key, label in named
    )
    if question.shape == "triangle":
        return Picture(
            question,
            marks=_in_triangle(question, counts, own),
            corners=_corners(question),
            rows=rows,
            before=before is not None,
        )
    top = max((count for _label, count, _b in rows), default=0) or 1
    bars = tuple(
        Bar(
            label=label,
            y=place * ROW + 22,
            width=round(FULL * count / top) if count else 0,
            number="" if own or not count else str(count),
        )
        for place, (label, count, _b) in enumerate(rows)
    )
    return Picture(question, bars=bars, rows=rows, before=before is not None)


def _corners(question: Question) -> tuple[Corner, ...]:
    (top, left, right) = question.corners
    return (
        Corner(CORNERS[0][0], CORNERS[0][1] - 22, top.label, "middle"),
        Corner(0, CORNERS[1][1] + 32, left.label, "start"),
        Corner(500, CORNERS[2][1] + 32, right.label, "end"),
    )


def _in_triangle(question: Question, counts: Mapping[str, int], own: bool) -> tuple[Mark, ...]:
    at = dict(zip((c.key for c in question.corners), CORNERS, strict=True))
    middle = (sum(x for x, _y in CORNERS) / 3, sum(y for _x, y in CORNERS) / 3)
    marks = []
    for choice, count in counts.items():
        if not count or choice == NO_ANSWER:
            continue
        if choice == MIDDLE:
            x, y = middle
        else:
            ends = [at[key] for key in choice.split(BETWEEN) if key in at]
            x, y = (sum(point[n] for point in ends) / len(ends) for n in (0, 1))
            x, y = x + (middle[0] - x) * INSET, y + (middle[1] - y) * INSET
        marks.append(
            Mark(round(x, 1), round(y, 1), 16 if own else 14 + 4 * min(count, 6), "" if own else str(count))
        )
    return tuple(marks)
