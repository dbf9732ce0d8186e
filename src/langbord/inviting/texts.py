"""The letters one begins from, and what to say on the telephone: content, in `content/letters` and `content/telephone`."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from langbord.library import kinds, shelves
from langbord.library.reading import Keyed, Texts

from . import checks


class Part(Keyed):
    """A paragraph. One that names {question}, {ours} or {elsewhere} is left out when there is nothing to put there."""

    text: Texts


class LetterText(Keyed):
    """A letter to begin from."""

    version: int = Field(ge=1)
    order: int = Field(ge=1)
    side: Literal["citizen", "service", "partner"]
    use: Literal["letter", "announcement"]
    title: Texts
    lead: Texts
    parts: tuple[Part, ...] = Field(min_length=3)


class Line(Keyed):
    """Something to say, or to wait for."""

    kind: Literal["say", "wait"]
    text: Texts


class Asked(Keyed):
    """A question that people ask, and an honest answer."""

    question: Texts
    answer: Texts


class Script(Keyed):
    """What to say on the telephone."""

    version: int = Field(ge=1)
    title: Texts
    lead: Texts
    steps: tuple[Line, ...] = Field(min_length=3)
    asked: tuple[Asked, ...]


LETTER: kinds.Kind[LetterText] = kinds.Kind("letter", LetterText, ("letters",))
SCRIPT: kinds.Kind[Script] = kinds.Kind("telephone", Script, ("telephone",))


def register() -> None:
    """Called once, at start-up: the check of content then reads these too."""
    kinds.register(LETTER)
    kinds.register(SCRIPT)
    kinds.register_reader("letter-warnings", checks.read_all)


def letters(organisation_id: UUID | None = None) -> list[LetterText]:
    """In the order in which they are offered. With an organisation: its own words in them, one query."""
    return sorted(shelves.letters(organisation_id), key=lambda letter: letter.order)


def letter(key: str, organisation_id: UUID | None = None) -> LetterText | None:
    return next((one for one in letters(organisation_id) if one.key == key), None)


def script() -> Script:
    found: Script = kinds.entries("telephone")[0]
    return found


def filled(text: Texts, language: str, said: dict[str, str]) -> str:
    """The text in a language with its blanks filled; empty when a blank has nothing to put there."""
    words = text.spoken(language)
    for name, value in said.items():
        blank = "{" + name + "}"
        if blank in words:
            if not value.strip():
                return ""
            words = words.replace(blank, value.strip())
    return words


def begin(found: LetterText, language: str, said: dict[str, str]) -> str:
    """The whole letter as one begins to change it, paragraphs parted by a blank line."""
    return "\n\n".join(words for part in found.parts if (words := filled(part.text, language, said)))
