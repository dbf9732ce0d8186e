"""Office words and what to say instead, from `content/words/<language>.yaml`, which people who do not program may edit.

Each entry: `word`, `forms` (other forms; a star at the end stands for any ending, several words are a phrase),
`instead` (the first is the best), and where it helps `why`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "content" / "words"


class BrokenWords(ValueError):
    """A word file that cannot be read; says which entry."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One office word."""

    word: str
    forms: tuple[str, ...]
    instead: tuple[str, ...]
    why: str = ""

    @property
    def pattern(self) -> str:
        """A regular expression for all its forms."""
        return "|".join(_pattern(form) for form in sorted((self.word, *self.forms), key=len, reverse=True))


def _pattern(form: str) -> str:
    open_end = form.endswith("*")
    escaped = r"\s+".join(re.escape(word) for word in form.rstrip("*").split())
    return escaped + (r"\w*" if open_end else "")


@cache
def hints(language: str) -> tuple[Hint, ...]:
    """The words of a language; none when it has no file."""
    path = FOLDER / f"{language}.yaml"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not path.exists():
        return ()
    return parse(yaml.safe_load(path.read_text(encoding="utf-8")))


def parse(content: Any) -> tuple[Hint, ...]:
    """Read the content of a word file. Raises BrokenWords with the entry that is wrong."""
    if not isinstance(content, dict) or not isinstance(content.get("words"), list):
        raise BrokenWords("The file needs a list called «words».")
    found: list[Hint] = []
    seen: set[str] = set()
    for entry in content["words"]:
        if not isinstance(entry, dict) or set(entry) - {"word", "forms", "instead", "why"}:
            raise BrokenWords(f"Not understood: {entry!r}")
        word, forms, instead = entry.get("word"), entry.get("forms", []), entry.get("instead", [])
        if not word or not instead or not all(isinstance(x, str) for x in (word, *forms, *instead)):
            raise BrokenWords(f"Needs a word and what to say instead, as text: {entry!r}")
        for form in (word, *forms):
            if form.lower() in seen:
                raise BrokenWords(f"Stands twice: {form}")
            seen.add(form.lower())
        found.append(Hint(word, tuple(forms), tuple(instead), entry.get("why", "")))
    return tuple(found)


@cache
def finder(language: str) -> tuple[re.Pattern[str], tuple[Hint, ...]] | None:
    """One expression for all hints of a language, a numbered group each; the longest form wins at a place."""
    known = hints(language)
    if not known:
        return None
    forms = [(form, number) for number, hint in enumerate(known) for form in (hint.word, *hint.forms)]
    forms.sort(key=lambda pair: len(pair[0]), reverse=True)
    groups = "|".join(
        f"(?P<h{number}_{place}>{_pattern(form)})" for place, (form, number) in enumerate(forms)
    )
    return re.compile(rf"(?<![\w-])(?:{groups})(?![\w-])", re.IGNORECASE), known


def find(text: str, language: str) -> list[tuple[int, int, Hint]]:
    """Where office words stand: start, end (code points), and the hint."""
    ready = finder(language)
    if ready is None:
        return []
    pattern, known = ready
    found = []
    for match in pattern.finditer(text):
        number = int((match.lastgroup or "h0_0")[1:].split("_")[0])
        found.append((match.start(), match.end(), known[number]))
    return found
