"""Small things every view about rooms and pieces needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import Http404, HttpRequest

from langbord.access.actor import Actor
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotAllowed

from .models import Piece, Room
from .querysets import RoomQuerySet


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@contextmanager
def refused_as_missing() -> Iterator[None]:
    """What a rule refuses looks like what does not exist."""
    try:
        yield
    except NotAllowed:
        raise Http404 from None


def or_missing(allowed: bool) -> None:
    if not allowed:
        raise Http404


def room_of(request: HttpRequest, room: UUID, *kinds: str, among: RoomQuerySet | None = None) -> Room:
    """A room of the process in the address (`in_process` has put it on the request) that the actor reads now."""
    process_id = request.process_id  # type: ignore[attr-defined]
    found = get_visible_or_404(Room, actor_of(request), among=among, pk=room, process_id=process_id)
    or_missing(not kinds or found.kind in kinds)
    return found


def piece_of(request: HttpRequest, piece: UUID) -> Piece:
    return get_visible_or_404(Piece, actor_of(request), pk=piece)
