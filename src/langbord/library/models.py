"""What a municipality has written itself, and the copies of texts that processes began with. Nothing here is on people:
who wrote what is in the event log."""

from __future__ import annotations

from django.db import models

from langbord.base import clock
from langbord.base.models import Entity
from langbord.people.models import Organisation


class OwnText(Entity):
    """An organisation's own words in the guide: a point of ours said differently, or a point of its own.

    `texts`: field -> {nb, nn, en}; Bokmål always, the rest where it was written. `based_on`: the version of ours that it
    was written against; 0 for a point of its own. `section`: where a point of its own stands. `version`: raised each
    time it is changed.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, default="guide")
    key = models.SlugField(max_length=80)
    section = models.SlugField(max_length=80, blank=True)
    based_on = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    texts = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "key"], name="own_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Copy(models.Model):
    """A text as it was, by the SHA-256 of it. Many processes share one."""

    digest = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=20)
    key = models.SlugField(max_length=80)
    section = models.SlugField(max_length=80, blank=True)
    body = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Pin(models.Model):
    """A process keeps a text as it was when it began, until somebody updates it (9-settled, 22). The process is an id:
    this app stands below it."""

    process_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    key = models.SlugField(max_length=80)
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process_id", "kind", "key"], name="pinned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
