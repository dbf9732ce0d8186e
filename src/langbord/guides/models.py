"""What was decided about a point of the guide in a process: rows that are only added to."""

from __future__ import annotations

from typing import Any

from django.db import models

from langbord.access.gate import GatedModel
from langbord.people.models import Person
from langbord.processes.models import Process
from langbord.rooms.models import Piece

from .enums import StepKind
from .querysets import PointStepQuerySet


class PointStep(GatedModel):
    """Somebody who prepares said something about a point. `point` is its key in the guide.

    carrier: for CARRIED, who carries it; empty when nobody does any more. on: for DATED, the day they talk about it;
    empty when no day holds. piece: the words, in a room of their own (decision 0022); gone when they are taken back.
    had_words: there were some, for those who do not read that room.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    point = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    carrier = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField(null=True, blank=True)
    piece = models.OneToOneField(
        Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="point_step"
    )
    had_words = models.BooleanField(default=False)
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(PointStepQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["process", "point", "at"], name="point_step_place")]

    @property
    def shown_kind(self) -> Any:
        return StepKind(self.kind).label
