"""The texts people say yes or no to, and the facts of each purpose, from `content/consent/`: versioned and hashed.

A text belongs to one language. Where it is missing, nothing else is shown in its place and nothing is asked.
A new *major* version (2.0 after 1.4) is a change of substance: everybody is asked again. A minor one is not.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .enums import Purpose

FOLDER = Path(__file__).resolve().parent.parent / "content" / "consent"
LANGUAGES = ("nb", "nn", "en")
PARTS = ("title", "question", "what", "who", "how_long", "if_no", "back")
"""The parts of a text, in the order in which they are shown and hashed."""
VERSION = re.compile(r"[1-9][0-9]?\.[0-9]{1,2}")
FACTS = ("categories", "recipients", "storage", "basis")


class TextsBroken(ValueError):
    """A file that can't be used; the message names the file and the place."""


@dataclass(frozen=True)
class Notice:
    """A text exactly as it is shown: its parts in order, per purpose, version and language."""

    purpose: str
    version: str
    language: str
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.parts)

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of the UTF-8 of `text`, in Unicode form NFC."""
        return sha256(self.text)

    @property
    def named(self) -> dict[str, str]:
        """The parts by name, for a page."""
        return dict(zip(PARTS, self.parts, strict=True))


@dataclass(frozen=True)
class Facts:
    """What a record of processing says of a purpose; each a text per language. months: after how long a yes runs out
    (None: it does not). off_in: templates that do not use it unless somebody switches it on."""

    purpose: str
    months: int | None
    off_in: frozenset[str]
    categories: tuple[dict[str, str], ...]
    recipients: tuple[dict[str, str], ...]
    storage: dict[str, str]
    basis: dict[str, str]
    consequence: dict[str, str]


def sha256(text: str) -> str:
    """SHA-256 (hex) of the UTF-8 of a text in Unicode form NFC."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8")).hexdigest()


def restored(purpose: str, version: str, language: str, text: str) -> Notice:
    """A text that was kept when somebody answered. Its parts are the paragraphs."""
    return Notice(purpose, version, language, tuple(text.split("\n\n")))


def major(version: str) -> int:
    """The part of a version that means substance."""
    return int(version.partition(".")[0])


def version_now(purpose: str) -> str:
    """The version that counts now, whatever the language."""
    return _texts()[purpose][0]


def notice(purpose: str, language: str) -> Notice | None:
    """The text that counts now, in this language; None where it is missing."""
    return _texts()[purpose][1].get(language)


def facts(purpose: str) -> Facts:
    return _facts()[purpose]


def missing() -> list[tuple[str, str]]:
    """(purpose, language) of texts that are not there yet."""
    return [(p, code) for p in Purpose.values for code in LANGUAGES if notice(p, code) is None]


def forget() -> None:
    """Read the files anew at the next question. For tests."""
    _texts.cache_clear()
    _facts.cache_clear()


def problems() -> Iterator[str]:
    """What is wrong with the files, in words."""
    for read in (_texts, _facts):
        try:
            read()
        except TextsBroken as error:
            yield str(error)


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TextsBroken(f"{path.name}: {error}") from error


@cache
def _texts() -> dict[str, tuple[str, dict[str, Notice]]]:
    found = {}
    for purpose in Purpose.values:
        path = FOLDER / "texts" / f"{purpose}.yaml"
        raw = _yaml(path)
        version = str(raw.get("version", "")) if isinstance(raw, dict) else ""
        if not VERSION.fullmatch(version):
            raise TextsBroken(f'{path.name}: version must be written as "1.0", between quotes')
        found[purpose] = version, dict(_in_each_language(raw, purpose, version, path.name))
    return found


def _in_each_language(
    raw: dict[str, Any], purpose: str, version: str, name: str
) -> Iterator[tuple[str, Notice]]:
    for part in PARTS:
        if not isinstance(raw.get(part), dict) or not raw[part].get("nb"):
            raise TextsBroken(f"{name}: {part}: Bokmål (nb) is missing")
    for code in LANGUAGES:
        parts = tuple(str(raw[part].get(code) or "").strip() for part in PARTS)
        # A text with a hole in it is no text: half of what somebody says yes to would be unsaid.
        if all(parts):
            yield code, Notice(purpose, version, code, parts)


@cache
def _facts() -> dict[str, Facts]:
    path = FOLDER / "purposes.yaml"
    raw = _yaml(path)
    words, rows = raw.get("words", {}), raw.get("purposes", {})
    if set(rows) != set(Purpose.values):
        raise TextsBroken(f"{path.name}: the purposes are not those of the program: {sorted(rows)}")

    def word(kind: str, key: str, where: str) -> dict[str, str]:
        text = words.get(kind, {}).get(key)
        if not isinstance(text, dict) or not all(text.get(code) for code in LANGUAGES):
            raise TextsBroken(f"{path.name}: {where}: {kind} has no word {key!r} in all languages")
        return text

    found = {}
    for purpose, row in rows.items():
        consequence = row.get("consequence")
        if not isinstance(consequence, dict) or not all(consequence.get(code) for code in LANGUAGES):
            raise TextsBroken(f"{path.name}: {purpose}: consequence is missing in a language")
        found[purpose] = Facts(
            purpose=purpose,
            months=row.get("months"),
            off_in=frozenset(row.get("off_in", [])),
            categories=tuple(word("categories", key, purpose) for key in row["categories"]),
            recipients=tuple(word("recipients", key, purpose) for key in row["recipients"]),
            storage=word("storage", row["storage"], purpose),
            basis=word("basis", row["basis"], purpose),
            consequence=consequence,
        )
    return found
