"""A process keeps the texts it began with until somebody updates them (9-settled, 22).

    pin_all(process_id, organisation_id)      # when the process begins: the whole guide
    pinned(process_id, "soup")                # the point as the process has it; without a pin as it is today
    guide_of(process_id, organisation_id)     # all sections, each point as the process has it: one or two queries
    newer(process_id, "soup")                 # today's point where it says something else, else None
    update(process_id, "soup")                # from now on as it is today

Whoever calls has asked whether the actor may; the event log is theirs, too.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from django.db import transaction

from . import content
from .content import Point, Section
from .models import Copy, Pin

GUIDE = "guide"


def body_of(point: Point) -> dict[str, Any]:
    """What is kept of a point: all of it, as its file would say it."""
    return point.model_dump(mode="json", by_alias=True, exclude_none=True)


def digest_of(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def opened(body: dict[str, Any]) -> Point:
    """A kept copy as a point. Copies of earlier days stay readable when a field is added later."""
    return Point.model_validate_json(json.dumps(body), context={"complete": False, "empty": True})


def _kept(process_id: UUID) -> dict[str, Copy]:
    pins = Pin.objects.filter(process_id=process_id, kind=GUIDE).select_related("copy")
    return {pin.key: pin.copy for pin in pins}


def _copies(found: list[tuple[str, Point]]) -> list[Copy]:
    made = []
    for section, point in found:
        body = body_of(point)
        made.append(Copy(digest=digest_of(body), kind=GUIDE, key=point.key, section=section, body=body))
    Copy.objects.bulk_create(made, ignore_conflicts=True)
    return made


def _today(organisation_id: UUID | None) -> dict[str, tuple[str, Point]]:
    return {
        point.key: (section.key, point)
        for section in content.guide(organisation_id)
        for point in section.points
    }


def pin_all(process_id: UUID, organisation_id: UUID | None = None) -> int:
    """Keep every point that the process does not keep already. How many were added. Three queries."""
    held = set(Pin.objects.filter(process_id=process_id, kind=GUIDE).values_list("key", flat=True))
    fresh = [entry for key, entry in _today(organisation_id).items() if key not in held]
    with transaction.atomic():
        made = _copies(fresh)
        Pin.objects.bulk_create(
            [Pin(process_id=process_id, kind=GUIDE, key=copy.key, copy=copy) for copy in made],
            ignore_conflicts=True,
        )
    return len(made)


def pin(process_id: UUID, key: str, organisation_id: UUID | None = None) -> Point | None:
    """Keep this point as it is today; one that is kept already stays. None where there is no such point."""
    now = _today(organisation_id).get(key)
    if now is None or Pin.objects.filter(process_id=process_id, kind=GUIDE, key=key).exists():
        return pinned(process_id, key, organisation_id)
    return update(process_id, key, organisation_id)


def pinned(process_id: UUID, key: str, organisation_id: UUID | None = None) -> Point | None:
    """The point as this process has it: the kept copy, else as it is today. One query."""
    held = Pin.objects.filter(process_id=process_id, kind=GUIDE, key=key).select_related("copy").first()
    if held is not None:
        return opened(held.copy.body)
    now = _today(organisation_id).get(key)
    return now[1] if now is not None else None


def with_newer(
    process_id: UUID, key: str, organisation_id: UUID | None = None
) -> tuple[str, Point | None, Point | None]:
    """For the page of one point: the key of its section, the point as this process has it, and today's where it says
    something else. ("", None, None) where there is no such point. One query."""
    held = Pin.objects.filter(process_id=process_id, kind=GUIDE, key=key).select_related("copy").first()
    now = _today(organisation_id).get(key)
    if held is None:
        return (now[0], now[1], None) if now is not None else ("", None, None)
    point = opened(held.copy.body)
    if now is None or digest_of(body_of(now[1])) == held.copy_id:
        return held.copy.section, point, None
    return now[0], point, now[1]


def update(process_id: UUID, key: str, organisation_id: UUID | None = None) -> Point | None:
    """From now on the process has this point as it is today. None where there is no such point any more."""
    now = _today(organisation_id).get(key)
    if now is None:
        return None
    with transaction.atomic():
        (copy,) = _copies([now])
        Pin.objects.update_or_create(process_id=process_id, kind=GUIDE, key=key, defaults={"copy": copy})
    return now[1]


def guide_of(process_id: UUID, organisation_id: UUID | None = None) -> tuple[Section, ...]:
    """The guide as this process has it: kept points as they were, points that came later as they are today, and points
    that are no longer in the guide still in their section."""
    held = _kept(process_id)
    found = []
    now = content.guide(organisation_id)
    there = {point.key for section in now for point in section.points}
    for section in now:
        points = [opened(held[p.key].body) if p.key in held else p for p in section.points]
        points += [
            opened(copy.body)
            for key, copy in held.items()
            if key not in there and copy.section == section.key
        ]
        found.append(section.model_copy(update={"points": tuple(points)}))
    return tuple(found)
