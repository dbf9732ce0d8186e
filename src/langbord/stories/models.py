"""Which word an explanation belongs to. Both are pieces; nothing else is kept here."""

from __future__ import annotations

from django.db import models

from langbord.access.gate import GatedModel
from langbord.rooms.models import Piece

from .querysets import ExplanationQuerySet


class Explanation(GatedModel):
    """«Slik vi forstår det»: a piece that explains another. `word` is empty when the word is gone, or was not carried
    along: what somebody explained stays theirs."""

    word = models.ForeignKey(
        Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="explanations"
    )
    piece = models.OneToOneField(Piece, on_delete=models.CASCADE, related_name="explains")

    objects = models.Manager.from_queryset(ExplanationQuerySet)()

    class Meta(GatedModel.Meta):
        pass
