"""Who may see that somebody else wrote an input down: whoever may see the input itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from langbord.access.gate import ClosedQuerySet

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Noted


class NotedQuerySet(ClosedQuerySet["Noted"]):
    def visible_to(self, actor: Actor) -> Self:
        from django.apps import apps

        piece: Any = apps.get_model("rooms", "Piece")
        return self._opened().filter(piece_id__in=piece.objects.visible_to(actor).values("pk"))

    def with_room(self) -> Self:
        """With the piece's room: where it was noted."""
        return self.select_related("piece__room").order_by("noted_at")

    def with_writer(self) -> Self:
        """With the person who wrote it down, whose name goes with the note."""
        return self.select_related("noted_by")

    def spoken_by(self, person_id: object) -> Self:
        """What others wrote down of this person's words and what they have not thrown away since."""
        return self.filter(piece__author_id=person_id).exclude(noted_by_id=person_id)
