"""What people type who do not know our words yet, and what it is called here: content/search.yaml."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from .reading import CONTENT, Entry, Keyed, Texts, read_file

FILE = CONTENT / "search.yaml"


class OtherWords(Keyed):
    """Words with a comma between. `look_for`: several words together must stand on the same page."""

    asked: Texts
    look_for: Texts


class SearchWords(Entry):
    version: int = Field(ge=1)
    words: tuple[OtherWords, ...] = Field(min_length=1)


@cache
def search_words() -> SearchWords:
    """The file, read once. Raises BrokenContent."""
    return read_file(FILE, SearchWords)


def parts(text: str) -> list[str]:
    """The words of a list with commas."""
    return [part.strip() for part in text.split(",") if part.strip()]
