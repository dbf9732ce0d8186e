"""The event log: the one way to write to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import models

from langbord.base import clock
from langbord.base.models import Event

VERB = re.compile(r"[a-z0-9]+([._:-][a-z0-9]+)*")


def record(
    actor_id: UUID | None, verb: str, obj: models.Model | None = None, process_id: UUID | None = None
) -> Event:
    """Add an event, in the transaction of the action it tells of.

    `verb` is a word of ours such as "input.answered": small letters, digits and . _ : - only (ValueError
    otherwise), so that nobody's words can end up in the log. Of `obj` only its kind and its id are kept.
    """
    if not VERB.fullmatch(verb):
        raise ValueError("a verb is small letters, digits and . _ : - only; content never goes in the log")
    object_id = obj.pk if obj is not None and isinstance(obj.pk, UUID) else None
    return Event.objects.create(
        verb=verb,
        actor_id=actor_id,
        object_type=obj._meta.label if obj is not None else "",
        object_id=object_id,
        process_id=process_id,
    )


def has_done(actor_id: UUID | None, verb: str, object_id: UUID) -> bool:
    """Whether this actor has done this to the thing with this id: so that the key of a form, which makes a second click
    harmless, opens nothing that somebody else made."""
    return Event.objects.filter(actor_id=actor_id, verb=verb, object_id=object_id).exists()


LATELY = timedelta(minutes=30)
"""So long after somebody made something, the same once more is more likely a way back in the browser than a wish for two."""


def done_lately(actor_id: UUID | None, verb: str) -> list[UUID]:
    """The ids of what this actor has done this to a moment ago, the latest first. One query. What comes of it goes through
    the gate of the thing."""
    found = Event.objects.filter(actor_id=actor_id, verb=verb, at__gte=clock.now() - LATELY)
    ids = found.order_by("-at").values_list("object_id", flat=True)
    return [object_id for object_id in ids if object_id is not None]


def about(object_id: UUID, verbs: Sequence[str], process_id: UUID) -> list[Event]:
    """What was done to the thing with this id in this process, in order. One query. The caller shows it only to somebody
    whom it is about."""
    found = Event.objects.filter(object_id=object_id, verb__in=verbs, process_id=process_id)
    return list(found.order_by("at", "pk"))
