"""Finding one's own rooms and memberships without a page: for the example and for jobs. All through the gate."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor
from langbord.access.enums import Role
from langbord.base.errors import NotAllowed
from langbord.processes.models import Membership

from .models import Room


def room(actor: Actor, room_id: UUID) -> Room:
    """A room that the actor reads, else NotAllowed."""
    found = Room.objects.visible_to(actor).filter(pk=room_id).first()
    if found is None:
        raise NotAllowed()
    return found


def room_to_arrange(actor: Actor, process_id: UUID, room_id: UUID) -> Room:
    """A room of a process that the actor coordinates, to deal out seats in it. Its words stay closed."""
    if not actor.has_role(process_id, Role.COORDINATOR):
        raise NotAllowed()
    found = (
        Room.objects.unrestricted("the coordinator deals out seats")
        .filter(process_id=process_id, pk=room_id)
        .first()
    )
    if found is None:
        raise NotAllowed()
    return found


def room_of_kind(actor: Actor, process_id: UUID, kind: str) -> Room | None:
    """The first room of a kind in a process that the actor coordinates. Its words stay closed."""
    fact = next(iter(actor.rooms_in(process_id, kind)), None)
    return room_to_arrange(actor, process_id, fact.id) if fact is not None else None


def membership(actor: Actor, membership_id: UUID) -> Membership:
    """A membership that the actor may see, with its person."""
    found = Membership.objects.visible_to(actor).with_person().filter(pk=membership_id).first()
    if found is None:
        raise NotAllowed()
    return found
