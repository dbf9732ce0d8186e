"""What an organisation has said in its own words, laid over ours: read once a request.

A text of theirs counts whole: where they wrote Bokmål only, Bokmål stands there in every language, never our Nynorsk beside
it. What no longer fits (our point or sheet is gone) is kept and shown to those who set up, never in the library.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.core.signals import request_finished, request_started

from langbord.words.hints import Hint

from . import saying
from .content import Point, Section, Sheet
from .models import OwnText
from .reading import Texts
from .saying import FIELDS, GUIDE, LETTER, SHEET, WORD

MOST_FORMS = 40
LENIENT = {"complete": False, "empty": True}

_request: ContextVar[dict[UUID, list[OwnText]] | None] = ContextVar("own_texts", default=None)


def _begin(**kwargs: Any) -> None:
    _request.set({})


def _end(**kwargs: Any) -> None:
    _request.set(None)


request_started.connect(_begin, dispatch_uid="library.own_texts")
request_finished.connect(_end, dispatch_uid="library.own_texts")


def forget() -> None:
    """Something was written: read anew also within this request."""
    if _request.get() is not None:
        _request.set({})


def of(organisation_id: UUID, kind: str = "") -> list[OwnText]:
    """All texts of an organisation, or those of one kind, oldest first. One query; none the second time in a request."""
    known = _request.get()
    if known is not None and organisation_id in known:
        found = known[organisation_id]
    else:
        found = list(OwnText.objects.filter(organisation_id=organisation_id).order_by("changed_at"))
        if known is not None:
            known[organisation_id] = found
    return [row for row in found if row.kind == kind] if kind else found


def texts_of(row: OwnText) -> dict[str, Texts]:
    return {
        name: Texts.model_validate(texts, context={"complete": False}) for name, texts in row.texts.items()
    }


def own_point(row: OwnText) -> Point:
    """A point of the organisation's own. What they left empty is empty."""
    said: dict[str, Any] = {field: row.texts.get(field) or {"nb": ""} for field in FIELDS}
    return Point.model_validate(
        {"key": row.key, "own": True, "version": row.version, "from": ("own",), **said}, context=LENIENT
    )


def own_sheet(row: OwnText) -> Sheet | None:
    """A sheet of the organisation's own; None where nothing of it is left to read."""
    parts = tuple(
        {
            "key": key,
            "own": True,
            "title": row.texts.get(f"{key}_title") or {"nb": ""},
            "text": row.texts.get(f"{key}_text") or {"nb": ""},
        }
        for key in saying.part_keys(row.texts)
    )
    if not parts:
        return None
    head: dict[str, Any] = {field: row.texts.get(field) or {"nb": ""} for field in ("title", "lead")}
    whole = {"key": row.key, "own": True, "version": row.version, "from": ("own",), "parts": parts, **head}
    return Sheet.model_validate(whole, context=LENIENT)


def laid_over(sections: Iterable[Section], rows: list[OwnText]) -> tuple[Section, ...]:
    """Sections with the organisation's words in them, and its own points last in their section."""
    changed = {row.key: texts_of(row) for row in rows if row.kind == GUIDE and not row.section}
    added: dict[str, list[Point]] = {}
    for row in rows:
        if row.kind == GUIDE and row.section:
            added.setdefault(row.section, []).append(own_point(row))
    found = []
    for section in sections:
        points = [
            saying.laid(point, changed[point.key]) if point.key in changed else point
            for point in section.points
        ]
        found.append(section.model_copy(update={"points": (*points, *added.get(section.key, []))}))
    return tuple(found)


def letters_laid_over(letters: Iterable[Any], rows: list[OwnText]) -> tuple[Any, ...]:
    """Letters to begin from, with the organisation's words in them."""
    changed = {row.key: texts_of(row) for row in rows if row.kind == LETTER}
    return tuple(
        saying.laid(letter, changed[letter.key]) if letter.key in changed else letter for letter in letters
    )


def own_hints(rows: Iterable[OwnText], language: str = "", *, only: bool = False) -> tuple[Hint, ...]:
    """Office words the organisation added. `only`: those for a text in that language; a Bokmål word stands for Nynorsk, too,
    where nothing else was written."""
    found = []
    for row in rows:
        said = texts_of(row) if row.kind == WORD else {}
        spoken = {name: texts.spoken(language or None) for name, texts in said.items()}
        if only and language not in ("nb", "nn") and not (said and said["title"].has(language)):
            continue
        words, instead = _listed(spoken.get("title", "")), _listed(spoken.get("instead", ""))
        if words and instead:
            forms = (*words[1:], *_listed(spoken.get("forms", "")))
            found.append(Hint(words[0], tuple(dict.fromkeys(forms)), instead, spoken.get("why", "")))
    return tuple(found)


def _listed(text: str) -> tuple[str, ...]:
    """Words with a comma or a line between. A star alone, or behind one letter, would stand for nearly every word."""
    parts = (" ".join(part.split()) for part in text.replace("\n", ",").split(","))
    return tuple(part for part in parts if len(part.rstrip("*")) > ("*" in part))[:MOST_FORMS]


def sheets_laid_over(sheets: Iterable[Sheet], rows: list[OwnText], shelf: str) -> tuple[Sheet, ...]:
    """The sheets of a shelf with the organisation's words in them, and its own sheets last."""
    changed = {row.key: texts_of(row) for row in rows if row.kind == SHEET and not row.section}
    found = [
        saying.laid(sheet, changed[sheet.key]) if sheet.key in changed and saying.sayable(sheet) else sheet
        for sheet in sheets
    ]
    own = [own_sheet(row) for row in rows if row.kind == SHEET and row.section == shelf]
    return (*found, *(sheet for sheet in own if sheet is not None))
