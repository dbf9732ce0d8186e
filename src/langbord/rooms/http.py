"""Small things every view about rooms and pieces needs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from langbord.access.asked import actor_of, or_missing, process_id_of
from langbord.access.gate import get_visible_or_404

from .models import Piece, Room
from .querysets import RoomQuerySet


def room_of(request: HttpRequest, room: UUID, *kinds: str, among: RoomQuerySet | None = None) -> Room:
    """A room of the process in the address (`in_process` has put it on the request) that the actor reads now."""
    process_id = process_id_of(request)
    found = get_visible_or_404(Room, actor_of(request), among=among, pk=room, process_id=process_id)
    or_missing(not kinds or found.kind in kinds)
    return found


def piece_of(request: HttpRequest, piece: UUID) -> Piece:
    return get_visible_or_404(Piece, actor_of(request), pk=piece)
