"""An input is a piece of kind INPUT (rooms.Piece): its words live there and nowhere else. Here is who wrote it down."""

from __future__ import annotations

from django.db import models

from langbord.access.gate import GatedModel
from langbord.people.models import Person
from langbord.rooms.models import Piece

from .querysets import NotedQuerySet


class Noted(GatedModel):
    """Somebody wrote down what another (or the whole room) said. The speaker is the author of the piece, so that they
    alone can change it, take it back or carry it over; this row says whose hand it was."""

    piece = models.OneToOneField(Piece, on_delete=models.CASCADE, related_name="noted")
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField()

    objects = models.Manager.from_queryset(NotedQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["noted_at"]
