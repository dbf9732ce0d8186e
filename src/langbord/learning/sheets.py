"""Reflection sheets as something to set marks on: the questions of a sheet, and what one can choose at each.

A sheet (content/staff/sheets/reflection) has parts; a part with `marks` asks: each of its items is a question, and the items
of the part that `marks.of` names are what one chooses among. Shape triangle: three corners, and the places between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from langbord.library import content
from langbord.library.content import Part, Sheet

SHELF = "reflection"
MIDDLE = "middle"
BETWEEN = "+"
NO_ANSWER = ""


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Question:
    """One thing to place: key `part.item`, so that two parts may use the same word."""

    key: str
    text: str
    note: str
    shape: str
    choices: tuple[Choice, ...]
    corners: tuple[Choice, ...] = ()

    def label_of(self, choice: str) -> str:
        return next((c.label for c in self.choices if c.key == choice), _("Ikke svart"))


@dataclass(frozen=True)
class Asked:
    """A part of a sheet with its questions."""

    title: str
    text: str
    questions: tuple[Question, ...]


def around(sheet: Sheet) -> tuple[list[Part], list[Part]]:
    """The parts that ask nothing: those before the marks, and those to talk about afterwards."""
    asking = [place for place, part in enumerate(sheet.parts) if part.marks is not None]
    return list(sheet.parts[: asking[0]]), [p for p in sheet.parts[asking[0] :] if p.marks is None]


def all_sheets() -> list[Sheet]:
    """The sheets one can set marks on, in the order of their files."""
    return [sheet for sheet in content.sheets(SHELF) if any(part.marks for part in sheet.parts)]


def find(key: str) -> Sheet | None:
    return next((sheet for sheet in all_sheets() if sheet.key == key), None)


def asked_in(sheet: Sheet) -> list[Asked]:
    """The parts that ask, in the language now spoken."""
    by_key: dict[str, Part] = {part.key: part for part in sheet.parts}
    return [
        Asked(
            title=str(part.title),
            text=str(part.text or ""),
            questions=tuple(_question(part, item, by_key[part.marks.of]) for item in part.items),
        )
        for part in sheet.parts
        if part.marks is not None
    ]


def questions_of(sheet: Sheet) -> list[Question]:
    return [question for asked in asked_in(sheet) for question in asked.questions]


def _question(part: Part, item: Any, of: Part) -> Question:
    assert part.marks is not None
    plain = tuple(Choice(i.key, str(i.text), str(i.note or "")) for i in of.items)
    triangle = part.marks.shape == "triangle"
    return Question(
        key=f"{part.key}.{item.key}",
        text=str(item.text),
        note=str(item.note or ""),
        shape=part.marks.shape,
        choices=_in_triangle(plain) if triangle else plain,
        corners=plain if triangle else (),
    )


def _in_triangle(corners: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Seven places: three corners, three edges, the middle."""
    edges = [
        Choice(
            f"{one.key}{BETWEEN}{other.key}",
            _("Mellom «%(one)s» og «%(other)s»") % {"one": one.label, "other": other.label},
        )
        for one, other in combinations(corners, 2)
    ]
    return (*corners, *edges, Choice(MIDDLE, _("Midt imellom alle tre")))


def kept(sheet: Sheet, given: Mapping[str, str]) -> dict[str, str]:
    """Only marks that the sheet knows now: a municipality may have changed it since."""
    known = {q.key: {c.key for c in q.choices} for q in questions_of(sheet)}
    return {key: value for key, value in given.items() if value in known.get(key, ())}


def counted(sheet: Sheet, all_marks: list[dict[str, str]]) -> dict[str, dict[str, int]]:
    """Per question how many chose what; whoever chose nothing is counted, too."""
    found: dict[str, dict[str, int]] = {}
    for question in questions_of(sheet):
        row: dict[str, int] = {}
        for marks in all_marks:
            choice = marks.get(question.key, NO_ANSWER)
            row[choice] = row.get(choice, 0) + 1
        found[question.key] = row
    return found
