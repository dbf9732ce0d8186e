"""The privacy statement: words from `content/privacy/statement.yaml`, facts from the installation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import facts
from .facts import Controller, Kept, spoken

FILE = "statement.yaml"
SHOWS = ("controllers", "keeps", "retention", "contact", "cookies")
"""What a section can ask to have put in."""


@dataclass(frozen=True)
class Section:
    """One short part of the statement. `show`: which of the facts follows the words."""

    id: str
    heading: str
    paragraphs: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    show: str = ""


@dataclass(frozen=True)
class Keep:
    """A kind of data: what and why in a sentence, and all that the apps have said of it."""

    label: str
    why: str
    details: list[str]


@dataclass(frozen=True)
class Statement:
    """All of it, in the language now spoken."""

    version: int
    title: str
    lead: str
    sections: list[Section]
    keeps: list[Keep]
    retention: list[Kept]
    controllers: list[Controller]
    cookies: list[tuple[str, str]]


def statement() -> Statement:
    raw = facts.content(FILE)
    names = facts.cookie_names()
    return Statement(
        version=raw["version"],
        title=spoken(raw["title"]),
        lead=spoken(raw["lead"]),
        sections=[_section(one) for one in raw["sections"]],
        keeps=[
            Keep(str(category.label), spoken(raw["keeps"][category.value]), facts.held_of(category.value))
            for category in facts.held_categories()
        ],
        retention=facts.kept(),
        controllers=facts.controllers(),
        cookies=[(name, spoken(raw["cookies"][plain])) for name, plain in names.items()],
    )


def _section(raw: dict[str, Any]) -> Section:
    def texts(name: str) -> list[str]:
        return [spoken(text) for text in raw.get(name, [])]

    return Section(
        id=raw["id"],
        heading=spoken(raw["heading"]),
        paragraphs=texts("paragraphs"),
        points=texts("points"),
        after=texts("after"),
        show=raw.get("show", ""),
    )
