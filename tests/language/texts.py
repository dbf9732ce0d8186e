"""Every text of ours that people see, per language, and who sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from langbord.library.reading import read_source
from langbord.web.management import catalogues

CONTENT = catalogues.PACKAGE / "content"
STAFF_FOLDERS = {"desk", "staff"}
"""Texts that stand only in such a folder are read by employees; all others may meet a citizen."""


@dataclass(frozen=True)
class Text:
    """One text: Bokmål, the other language (empty when it is missing), where it stands."""

    bokmal: str
    other: str
    files: tuple[str, ...]

    @property
    def for_citizens(self) -> bool:
        return not all(STAFF_FOLDERS & set(Path(name).parts) for name in self.files)


@cache
def texts(language: str) -> tuple[Text, ...]:
    """All screen texts and content texts with their translation; plural forms are texts of their own."""
    return (*_screen(language), *_content(language))


def _screen(language: str) -> Iterator[Text]:
    known = catalogues.read(language)
    for message in catalogues.collect(language=language):
        if not message.id:
            continue
        files = tuple(name for name, _line in message.locations)
        bokmal = catalogues.texts_of(message)
        found = known.get(bokmal[0], message.context)
        answers = catalogues.answers_of(found) if found is not None and not found.fuzzy else []
        for place, text in enumerate(bokmal):
            yield Text(text, answers[place] if place < len(answers) else "", files)


def _content(language: str) -> Iterator[Text]:
    for path in sorted(CONTENT.rglob("*.yaml")):
        for entry in _maps(read_source(path).data):
            bokmal, other = entry["nb"], entry.get(language, "")
            if isinstance(bokmal, str) and isinstance(other, str):
                yield Text(bokmal, other, (path.relative_to(catalogues.PACKAGE).as_posix(),))


def _maps(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if "nb" in content:
            yield content
        else:
            for value in content.values():
                yield from _maps(value)
    elif isinstance(content, (list, tuple)):
        for value in content:
            yield from _maps(value)


def as_read(text: str) -> str:
    """A text as somebody reads it: no tags, an everyday word where something is filled in."""
    text = re.sub(r"</(?:p|li|h\d)>|<br\s*/?>", "\n\n", text)
    text = re.sub(r"<[^>]+>", "", text)
    text = catalogues.NAMED.sub("Kari", text)
    return re.sub(r"\{\w*\}", "Kari", text).replace("%%", "%").replace("&nbsp;", " ")
