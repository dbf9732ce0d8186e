"""Being silent for a while: a record with who and when, never a mark on the membership."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from langbord.access.gate import GatedModel

from .querysets import PauseQuerySet


class Pause(GatedModel):
    """Somebody takes part, and is silent for a while in one process. Only they themself begin and end it.

    They read and write as before. They are not asked about gatherings, and nobody waits for their answer; a no that they
    gave before stands. Hosts of their room see it quietly, and nobody else.
    """

    membership = models.ForeignKey("processes.Membership", on_delete=models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(PauseQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=models.Q(ended_at__isnull=True),
                name="one_current_pause",
                violation_error_message=_("Du har alt en pause her."),
            )
        ]
