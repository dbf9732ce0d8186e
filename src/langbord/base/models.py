from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.db import models

from langbord.base import clock


class Entity(models.Model):
    """Something with an id that is known before it is stored.

    The id is made when a form is shown, so that a second click creates nothing new (what has a key of its own: made from that,
    see `forms.own_id`), and it is part of what binds a sealed text to its row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class AppendOnly(TypeError):
    """Somebody tried to change or remove what is only ever added to."""


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("events are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnly("events are never removed")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("events are never changed")


class Event(models.Model):
    """That somebody did something to something: who, what, when and on which id. Never content.

    `actor_id` is a pseudonymous id (None: the system). No foreign keys, because the log outlives what it
    tells of: when a person is erased, the ids stay and lead nowhere.
    """

    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=64)
    actor_id = models.UUIDField(null=True)
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.UUIDField(null=True)
    process_id = models.UUIDField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["process_id", "at"], name="event_process_at"),
            models.Index(fields=["object_id", "at"], name="event_object_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_type}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("events are never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("events are never removed")
