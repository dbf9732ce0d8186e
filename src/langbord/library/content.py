"""What is in the library: the guide, the course, sheets and ways to begin, as models and as what pages ask for.

The formats are in docs/content.md. Every text is a `Texts`: `str()` gives the language now spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from langbord.access.enums import CITIZEN_ROOMS, RoomKind

from . import kinds
from .reading import Entry, Keyed, Texts

Letter = Literal["A", "R", "T", "G", "own"]
"""Where something comes from: one of the four texts (content/sources.yaml), or `own` for our own reasoning."""
Ground = tuple[Letter, ...]
Stage = Literal["inviting", "meeting", "answering", "ending"]
SHELVES = ("methods", "lists", "interviews", "evaluation", "rules", "agendas", "reflection")


class Point(Keyed):
    """A point of the guide: an invitation to talk about something. `needed_for`: it matters before that."""

    version: int = Field(ge=1)
    title: Texts
    about: Texts
    why: Texts
    sources: Ground = Field(alias="from", min_length=1)
    how: Texts
    ask: Texts
    needed_for: Stage | None = None
    may_skip: bool = True


class Section(Keyed):
    """A section of the guide."""

    version: int = Field(ge=1)
    title: Texts
    lead: Texts
    points: tuple[Point, ...] = Field(min_length=1)


class Step(Keyed):
    """A step of a unit. `prompt`: the question one writes to, in exercises and in things to think about."""

    kind: Literal["read", "story", "think", "exercise", "talk"]
    minutes: int = Field(ge=1, le=60)
    title: Texts
    text: Texts
    prompt: Texts | None = None
    sources: Ground = Field(alias="from", default=())

    @model_validator(mode="after")
    def _prompted(self) -> Self:
        if (self.prompt is not None) != (self.kind in ("exercise", "think")):
            raise PydanticCustomError("prompt", "«prompt» belongs to exercise and think, and only there")
        return self


class LabPart(Keyed):
    minutes: int = Field(ge=1, le=240)
    title: Texts
    text: Texts


class Lab(Entry):
    """The unit, talked about together afterwards."""

    title: Texts
    text: Texts
    parts: tuple[LabPart, ...] = Field(min_length=1)

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)


class Unit(Keyed):
    """A unit of the course for employees."""

    version: int = Field(ge=1)
    title: Texts
    lead: Texts
    minutes: int = Field(ge=1, le=120)
    steps: tuple[Step, ...] = Field(min_length=1)
    lab: Lab


class Item(Keyed):
    text: Texts
    note: Texts | None = None


class Marks(Entry):
    """That people set marks at the items of a part (reflection): each is placed among the items of the part `of`."""

    shape: Literal["triangle", "ladder", "choices"]
    of: str


class Part(Keyed):
    title: Texts
    text: Texts | None = None
    items: tuple[Item, ...] = ()
    marks: Marks | None = None


class Sheet(Keyed):
    """One sheet: a method, a list, an interview guide, rules to start from, an agenda, a reflection."""

    version: int = Field(ge=1)
    title: Texts
    lead: Texts
    sources: Ground = Field(alias="from", min_length=1)
    minutes: int | None = Field(default=None, ge=1, le=600)
    parts: tuple[Part, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _marks_name_a_part(self) -> Self:
        items = {part.key: len(part.items) for part in self.parts}
        for part in self.parts:
            if part.marks is None:
                continue
            found = items.get(part.marks.of, 0)
            if part.marks.of == part.key or found < 2 or not part.items:
                raise PydanticCustomError(
                    "marks", "«marks» needs items, and another part with two items or more"
                )
            if part.marks.shape == "triangle" and found != 3:
                raise PydanticCustomError("marks", "a triangle has three corners")
        return self


class RoomPlan(Entry):
    """A room that a way to begin opens."""

    kind: RoomKind = Field(strict=False)
    name: Texts
    door: bool = False

    @model_validator(mode="after")
    def _doors_are_the_citizens(self) -> Self:
        if self.door and self.kind not in CITIZEN_ROOMS:
            raise PydanticCustomError("door", "only a citizens' room has a door")
        return self


class Figure(Entry):
    """A figure from one of the texts: what was counted, and where it was."""

    text: Texts
    sources: Ground = Field(alias="from", min_length=1)


class FirstStep(Keyed):
    text: Texts


class Template(Keyed):
    """A way to begin: what it is, whom it suits and whom not, what was counted where it was tried, and its rooms."""

    version: int = Field(ge=1)
    order: int = Field(ge=1)
    title: Texts
    summary: Texts
    suits: Texts
    not_for: Texts | None = None
    figures: tuple[Figure, ...] = ()
    steps: tuple[FirstStep, ...] = ()
    sources: Ground = Field(alias="from", default=())
    rooms: tuple[RoomPlan, ...] = Field(min_length=1)

    def shown(self, field: str) -> str:
        """One of its texts in the language now spoken; empty where it has none."""
        return str(getattr(self, field) or "")

    @property
    def shown_title(self) -> str:
        return self.shown("title")

    @property
    def shown_summary(self) -> str:
        return self.shown("summary")

    @property
    def shown_suits(self) -> str:
        return self.shown("suits")

    @model_validator(mode="after")
    def _one_board(self) -> Self:
        if [room.kind for room in self.rooms].count(RoomKind.BOARD) != 1:
            raise PydanticCustomError("board", "exactly one board is needed")
        return self


def _of_guide(section: Section) -> Iterable[tuple[str, Texts]]:
    yield section.key, section.title
    for point_ in section.points:
        yield point_.key, point_.title


GUIDE = kinds.Kind("guide", Section, ("staff/guide",), targets=_of_guide, named=False)
COURSE = kinds.Kind("course", Unit, ("staff/course",), named=False)
SHEET = kinds.Kind("sheet", Sheet, tuple(f"{at}sheets/{s}" for at in ("", "staff/") for s in SHELVES))
TEMPLATE = kinds.Kind("template", Template, ("templates",))


def register_ours() -> None:
    """Called once, when the app starts: the kinds, and where links to them lead."""
    from . import shelves

    for kind, address in (
        (GUIDE, shelves.guide_address),
        (COURSE, shelves.course_address),
        (SHEET, shelves.sheet_address),
        (TEMPLATE, shelves.template_address),
    ):
        kinds.register(replace(kind, address=address))


# --- what pages ask for -------------------------------------------------------------------------------------------------


def guide(organisation_id: UUID | None = None) -> tuple[Section, ...]:
    """The sections of the guide in their order, with their points. With an organisation: its own words in them, which
    costs one query in a request."""
    sections: tuple[Section, ...] = kinds.entries("guide")
    if organisation_id is None:
        return sections
    from . import overrides  # stands above this file: it is about these models

    rows = overrides.of(organisation_id)
    return overrides.laid_over(sections, rows) if rows else sections


def points(organisation_id: UUID | None = None) -> Iterator[Point]:
    for section in guide(organisation_id):
        yield from section.points


def point(key: str, organisation_id: UUID | None = None) -> Point | None:
    """A point of the guide; None when there is none with that key."""
    return next((found for found in points(organisation_id) if found.key == key), None)


def course(organisation_id: UUID | None = None) -> tuple[Unit, ...]:
    """The units of the course in their order."""
    return kinds.entries("course")


def unit(key: str, organisation_id: UUID | None = None) -> Unit | None:
    return next((found for found in course(organisation_id) if found.key == key), None)


def sheets(shelf: str, organisation_id: UUID | None = None) -> tuple[Sheet, ...]:
    """The sheets of a shelf (see SHELVES): what everybody may meet first, then what is for the service. With an
    organisation: its own words in them and its own sheets last, which costs one query in a request."""
    found = tuple(f.entry for f in kinds.here("sheet")[0] if f.folder.endswith(f"sheets/{shelf}"))
    if organisation_id is None:
        return found
    from . import overrides  # stands above this file: it is about these models

    rows = overrides.of(organisation_id)
    return overrides.sheets_laid_over(found, rows, shelf) if rows else found


def sheet(key: str, organisation_id: UUID | None = None) -> Sheet | None:
    if organisation_id is None:
        return next((found for found in kinds.entries("sheet") if found.key == key), None)
    return next((s for shelf in SHELVES for s in sheets(shelf, organisation_id) if s.key == key), None)


def templates() -> tuple[Template, ...]:
    """The ways to begin, in the order in which they are offered."""
    return tuple(sorted(kinds.entries("template"), key=lambda found: (found.order, found.key)))
