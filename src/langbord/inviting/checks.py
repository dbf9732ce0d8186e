"""What a writer of a letter may look at again: what can be read as a promise of benefits or as a ready-made plan. Hints,
never a refusal. Heavy and office words come with the button that every page the service writes on has
(`langbord.library.looking`).

The phrases are content (`content/staff/warnings/<language>.yaml`). A sentence with a no in it is left alone: «vi kan ikke
love deg penger» is what a letter should say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from langbord.words import split

FOLDER = Path(__file__).resolve().parent.parent / "content" / "staff" / "warnings"
LANGUAGES = ("nb", "nn", "en")
NO_PROMISE = _("Dette kan leses som et løfte. Penger, bolig og jobb er det andre som bestemmer over.")
NO_PLAN = _("Dette høres ut som en ferdig plan. Da er det lite igjen å finne ut av sammen.")


class Warn(StrEnum):
    PROMISE = "promise"
    PLAN = "plan"


class BrokenWarnings(ValueError):
    """A file of phrases that cannot be used; says which."""


@dataclass(frozen=True)
class Hint:
    """One thing to look at again. text: the words it is about."""

    kind: Warn
    text: str
    why: str


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language, as expressions."""

    unless: re.Pattern[str]
    giving: re.Pattern[str]
    things: re.Pattern[str]
    promise: re.Pattern[str]
    plan: re.Pattern[str]


def _any_of(name: str, language: str, phrases: Any) -> re.Pattern[str]:
    if not isinstance(phrases, list) or not phrases or not all(isinstance(p, str) and p for p in phrases):
        raise BrokenWarnings(f"{language}.yaml: {name} must be a list of phrases in quotes where needed")
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        escaped = r"\s+".join(re.escape(word) for word in phrase.rstrip("*").split())
        parts.append(escaped + (r"\w*" if phrase.endswith("*") else ""))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


@cache
def phrases(language: str) -> Phrases:
    """Raises BrokenWarnings, or OSError where a language has no file."""
    raw = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or set(raw) != {"version", "unless", "promise", "plan"}:
        raise BrokenWarnings(f"{language}.yaml: version, unless, promise and plan are needed")
    promise, plan = raw["promise"], raw["plan"]
    if not isinstance(promise, dict) or not isinstance(plan, dict):
        raise BrokenWarnings(f"{language}.yaml: promise and plan have lists below them")
    return Phrases(
        _any_of("unless", language, raw["unless"]),
        _any_of("promise › giving", language, promise.get("giving")),
        _any_of("promise › things", language, promise.get("things")),
        _any_of("promise › phrases", language, promise.get("phrases")),
        _any_of("plan › phrases", language, plan.get("phrases")),
    )


def read_all() -> None:
    """Read every file, for the check at start-up."""
    for language in LANGUAGES:
        phrases(language)


def promises_and_plans(text: str, language: str) -> list[Hint]:
    """What can be read as a promise of benefits or as a ready-made plan, in reading order; each sentence once a kind."""
    known = phrases(language if language in LANGUAGES else "nb")
    found = []
    for sentence in split.sentences(text):
        words = sentence.text
        if known.unless.search(words):
            continue
        gives = known.giving.search(words) and known.things.search(words)
        if gives or known.promise.search(words):
            found.append(Hint(Warn.PROMISE, words, str(NO_PROMISE)))
        if known.plan.search(words):
            found.append(Hint(Warn.PLAN, words, str(NO_PLAN)))
    return found
