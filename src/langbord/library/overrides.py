"""What an organisation has said differently in the guide, laid over ours: read once a request.

A text of theirs counts whole: where they wrote Bokmål only, Bokmål stands there in every language, never our Nynorsk beside
it. What no longer fits (our point is gone) is kept and shown to those who set up, never on the guide.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.core.signals import request_finished, request_started

from .content import Point, Section
from .models import OwnText
from .reading import Texts

FIELDS = ("title", "about", "why", "how", "ask")
"""What an organisation may say differently in a point."""

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


def of(organisation_id: UUID) -> list[OwnText]:
    """All texts of an organisation, oldest first. One query; none the second time in a request."""
    known = _request.get()
    if known is not None and organisation_id in known:
        return known[organisation_id]
    found = list(OwnText.objects.filter(organisation_id=organisation_id, kind="guide").order_by("changed_at"))
    if known is not None:
        known[organisation_id] = found
    return found


def texts_of(row: OwnText) -> dict[str, Texts]:
    return {
        field: Texts.model_validate(texts, context={"complete": False})
        for field, texts in row.texts.items()
        if field in FIELDS
    }


def own_point(row: OwnText) -> Point:
    """A point of the organisation's own. What they left empty is empty."""
    said: dict[str, Any] = {field: row.texts.get(field) or {"nb": ""} for field in FIELDS}
    return Point.model_validate(
        {"key": row.key, "own": True, "version": row.version, "from": ("own",), **said},
        context={"complete": False, "empty": True},
    )


def laid_over(sections: Iterable[Section], rows: list[OwnText]) -> tuple[Section, ...]:
    """Sections with the organisation's words in them, and its own points last in their section."""
    changed = {row.key: texts_of(row) for row in rows if not row.section}
    added: dict[str, list[Point]] = {}
    for row in rows:
        if row.section:
            added.setdefault(row.section, []).append(own_point(row))
    found = []
    for section in sections:
        points = [
            point.model_copy(update=changed[point.key]) if point.key in changed else point
            for point in section.points
        ]
        found.append(section.model_copy(update={"points": (*points, *added.get(section.key, []))}))
    return tuple(found)
