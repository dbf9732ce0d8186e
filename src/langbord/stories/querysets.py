"""What one may see of a room's own words: as much as of the pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps

from langbord.access.actor import Actor
from langbord.access.gate import ClosedQuerySet

if TYPE_CHECKING:
    from .models import Explanation


class ExplanationQuerySet(ClosedQuerySet["Explanation"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those whose piece the actor reads."""
        piece: Any = apps.get_model("rooms", "Piece")
        return self._opened().filter(piece_id__in=piece.objects.visible_to(actor).values("pk"))

    def in_room(self, room_id: UUID) -> Self:
        return self.filter(piece__room_id=room_id)

    def carried_to(self, room_id: UUID, originals: list[UUID]) -> Self:
        """Copies of these pieces in a room."""
        return self.filter(piece__room_id=room_id, piece__copied_from_id__in=originals)
