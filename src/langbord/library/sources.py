"""Where the ideas come from: content/sources.yaml. The four texts, what in the product comes from them, what is our own."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from .content import Ground
from .reading import CONTENT, Entry, Keyed, Texts, read_file

FILE = CONTENT / "sources.yaml"


class Source(Entry):
    """One of the four texts. `letter`: how it is named elsewhere. `counted`: what it builds on."""

    letter: Literal["A", "R", "T", "G"]
    short: Texts
    reference: Texts
    about: Texts
    counted: Texts
    licence: Texts | None = None


class Feature(Keyed):
    """Something in the product, and where it comes from. `at`: the name of a page of the library that shows it."""

    title: Texts
    text: Texts
    sources: Ground = Field(alias="from", min_length=1)
    at: str = ""


class Sources(Entry):
    """`finding`: how somebody gets hold of the texts. `others`: whose thoughts came to us through them."""

    version: int = Field(ge=1)
    title: Texts
    lead: Texts
    promise: Texts
    strength: Texts
    changed: Texts
    finding: Texts
    others: Texts
    sources: tuple[Source, ...] = Field(min_length=4, max_length=4)
    features: tuple[Feature, ...] = Field(min_length=1)


@cache
def sources() -> Sources:
    """The file, read once. Raises BrokenContent."""
    return read_file(FILE, Sources)


def short(letter: str) -> str:
    """How a text is named beside something that comes from it; empty for our own."""
    return next((str(source.short) for source in sources().sources if source.letter == letter), "")
