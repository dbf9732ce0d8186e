"""Who was taken out of a group by others: asked when the yes of those who are left would count as everybody's. It is summed
up in one moment and one yes or no, and shown of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from langbord.access.enums import CITIZEN_SIDE
from langbord.base.models import Event

from .enums import DoorAnswer

if TYPE_CHECKING:
    from .querysets import DoorWishQuerySet, SeatQuerySet

_OWN_ROLE = [f"membership.ended.{role}" for role in CITIZEN_SIDE]


def taken_out(seats: SeatQuerySet, room: Any) -> Any:
    """Of the opened `seats`: those of citizens of the room that others ended (`gone_at`: when), or with which the role ended.
    Whoever ends seat or role with their own hand is not among them: so the log says."""
    by_themself = Event.objects.filter(actor_id=OuterRef("membership__person_id"))
    own_seat = by_themself.filter(verb="seat.ended", object_id=OuterRef("pk"))
    own_role = by_themself.filter(verb__in=_OWN_ROLE, object_id=OuterRef("membership_id"))
    rows: Any = seats.filter(
        room_id=room, membership__role__in=list(CITIZEN_SIDE), confirmed_at__isnull=False
    ).annotate(gone_at=Coalesce("ended_at", "membership__ended_at"))
    return rows.filter(gone_at__isnull=False).exclude(Exists(own_seat)).exclude(Exists(own_role))


def last_taken_out(seats: SeatQuerySet, room: Any) -> Any:
    """When somebody was last taken out of the room: one column, one row or none."""
    return taken_out(seats, room).order_by("-gone_at").values("gone_at")[:1]


def people_taken_out(seats: SeatQuerySet, room: Any) -> Any:
    """Whose seats those were."""
    return taken_out(seats, room).values_list("membership__person_id", flat=True)


def not_yet_of_the_gone(wishes: DoorWishQuerySet, seats: SeatQuerySet, room: Any) -> Any:
    """*Not yet* at the door, said by somebody who was taken out and does not sit there again."""
    person = {"membership__person_id": OuterRef("person_id")}
    here = seats.of_citizens_now([room]).filter(**person)
    return wishes.filter(Exists(taken_out(seats, room).filter(**person)), room_id=room).filter(
        ~Exists(here), answer=DoorAnswer.NOT_YET
    )


def with_those_gone(members: Any, wishes: DoorWishQuerySet, seats: SeatQuerySet, room: Any) -> Any:
    """Memberships with when each answered at the door, and, the same on each: when somebody was last taken out, and whether
    a *not yet* of theirs stands."""
    own = wishes.filter(person_id=OuterRef("person_id")).values("at")[:1]
    return members.annotate(
        door_answered_at=Subquery(own),
        taken_out_at=Subquery(last_taken_out(seats, room)),
        gone_not_yet=Exists(not_yet_of_the_gone(wishes, seats, room)),
    )
