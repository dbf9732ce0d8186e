"""What a group waits for when others have taken somebody out of it (decision 0032). Whatever that person had answered, so that
nobody learns it: those who are left are asked anew, and for seven days their yes is not everybody's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from langbord.base import clock

from . import gone_querysets
from .models import DoorWish, Seat

WAITS = timedelta(days=7)
_WHY = "was somebody taken out by others? nobody is shown"


def taken_out_at(room_id: UUID) -> datetime | None:
    """When a citizen was last taken out of the group by others; None when nobody was. One query."""
    seats = Seat.objects.unrestricted(_WHY)
    row = gone_querysets.last_taken_out(seats, room_id).first()
    return row["gone_at"] if row is not None else None


def waits_until(at: datetime | None) -> datetime | None:
    """Until when the group waits after that moment; None when it does not wait (any more)."""
    until = at + WAITS if at is not None else None
    return until if until is not None and until > clock.now() else None


def for_the_door(members: Any, room_id: UUID) -> Any:
    """Memberships with what `door` needs to know of it, in the same query."""
    wishes, seats = DoorWish.objects.unrestricted(_WHY).filter(room=room_id), Seat.objects.unrestricted(_WHY)
    return gone_querysets.with_those_gone(members, wishes, seats, room_id)


def is_waiting(room_id: UUID) -> bool:
    return waits_until(taken_out_at(room_id)) is not None


def people_taken_out(room_id: UUID) -> frozenset[UUID]:
    """Whom others have ever taken out of the group. For a no that must stand, of which nobody is told whose it was."""
    rows = gone_querysets.people_taken_out(Seat.objects.unrestricted(_WHY), room_id)
    return frozenset(rows)


def still_says_not_yet(room_id: UUID) -> bool:
    """Whether a *not yet* stands at the door that somebody said who was taken out. One query."""
    wishes, seats = DoorWish.objects.unrestricted(_WHY), Seat.objects.unrestricted(_WHY)
    return bool(gone_querysets.not_yet_of_the_gone(wishes, seats, room_id).exists())
