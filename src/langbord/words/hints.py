"""Office words and what to say instead, from `content/words/<language>.yaml`, which people who do not program may edit.

Each entry: `word`, `forms` (other forms; a star at the end stands for any ending, several words are a phrase),
`instead` (the first is the best), where it helps `why`, and `kind` where it is something else than an office word:
`label` (people called by what they get or lack) or `abbreviation`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "content" / "words"
OFFICE, LABEL, ABBREVIATION = "office", "label", "abbreviation"
KINDS = frozenset({OFFICE, LABEL, ABBREVIATION})


class BrokenWords(ValueError):
    """A word file that cannot be read; says which entry."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One office word."""

    word: str
    forms: tuple[str, ...]
    instead: tuple[str, ...]
    why: str = ""
    kind: str = OFFICE

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
        if not isinstance(entry, dict) or set(entry) - {"word", "forms", "instead", "why", "kind"}:
            raise BrokenWords(f"Not understood: {entry!r}")
        word, forms, instead = entry.get("word"), entry.get("forms", []), entry.get("instead", [])
        if not word or not instead or not all(isinstance(x, str) for x in (word, *forms, *instead)):
            raise BrokenWords(f"Needs a word and what to say instead, as text: {entry!r}")
        if entry.get("kind", OFFICE) not in KINDS:
            raise BrokenWords(f"No such kind: {entry!r}")
        for form in (word, *forms):
            if _normal(form) in seen:
                raise BrokenWords(f"Stands twice: {form}")
            seen.add(_normal(form))
        found.append(
            Hint(word, tuple(forms), tuple(instead), entry.get("why", ""), entry.get("kind", OFFICE))
        )
    return tuple(found)


def lowered(text: str) -> str:
    """In small letters, with every letter in its old place (a few letters would become two)."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(_small(letter) for letter in text)


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def _normal(form: str) -> str:
    return " ".join(form.lower().split())


_Tree = dict[str, Any]
_ENDS, _OPEN = "ends", "open"  # no single characters, so they never collide with a branch


def _planted(forms: list[str]) -> _Tree:
    tree: _Tree = {}
    for form in forms:
        node = tree
        for letter in form.rstrip("*"):
            node = node.setdefault(letter, {})
        node[_OPEN if form.endswith("*") else _ENDS] = True
    return tree


def _written(node: _Tree) -> str:
    """The branches as one expression that never tries a letter twice; the longest form comes first."""
    ways = [
        (r"\s+" if letter == " " else re.escape(letter)) + _written(below)
        for letter, below in node.items()
        if len(letter) == 1
    ]
    if _OPEN in node:
        ways.append(r"\w*(?![\w-])")
    if _ENDS in node:
        ways.append(r"(?![\w-])")
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


@dataclass(frozen=True)
class Finder:
    """One compiled expression for all forms of a language, and which hint a match belongs to."""

    pattern: re.Pattern[str]
    whole: dict[str, Hint]
    beginnings: dict[str, Hint]

    def hint(self, matched: str) -> Hint:
        """The hint of what was matched, in small letters. An exact form counts before an open one."""
        form = " ".join(matched.split())
        if form in self.whole:
            return self.whole[form]
        return next(
            self.beginnings[form[:length]]
            for length in range(len(form), 0, -1)
            if form[:length] in self.beginnings
        )


@lru_cache(maxsize=16)
def finder(language: str, more: tuple[Hint, ...] = ()) -> Finder | None:
    """For all hints of a language, and `more`, which count over ours; None when there are none. At one place the longest form
    counts."""
    known = (*hints(language), *more)
    if not known:
        return None
    forms = [(_normal(form), hint) for hint in known for form in (hint.word, *hint.forms)]
    tree = _planted([form for form, _hint in forms])
    return Finder(
        pattern=re.compile(rf"(?<![\w-]){_written(tree)}"),
        whole={form: hint for form, hint in forms if not form.endswith("*")},
        beginnings={form[:-1]: hint for form, hint in forms if form.endswith("*")},
    )


def find(text: str, language: str, more: tuple[Hint, ...] = ()) -> list[tuple[int, int, Hint]]:
    """Where office words stand: start, end (code points), and the hint."""
    ready = finder(language, more)
    if ready is None:
        return []
    return [
        (match.start(), match.end(), ready.hint(match.group()))
        for match in ready.pattern.finditer(lowered(text))
    ]
