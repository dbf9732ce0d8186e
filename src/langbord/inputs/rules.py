"""Who holds the pen for others."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, HOST_SIDE, Role, RoomKind


class AnyRoom(Protocol):
    """A room, or the fact of a room that the actor carries."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...
    @property
    def process_id(self) -> UUID: ...


def hosts_here(actor: Actor, room: AnyRoom) -> bool:
    """Is a host of what goes on in this room. At the joint table: whoever hosts a group of citizens, or the service,
    and reads the joint room. A seat that still waits for the group's yes hosts nothing."""
    if not actor.may_read(room.id):
        return False
    if room.kind != RoomKind.JOINT:
        return actor.sits_in(room.id, *HOST_SIDE)
    places = actor.rooms_in(room.process_id, *CITIZEN_ROOMS, RoomKind.SERVICE)
    return any(actor.may_read(place.id) and actor.sits_in(place.id, *HOST_SIDE) for place in places)


def may_note(actor: Actor, room: AnyRoom) -> bool:
    """May write down what the whole room has said: its hosts, and the coordinator where citizens' hosts do not sit
    alone."""
    if hosts_here(actor, room):
        return True
    if room.kind not in (RoomKind.SERVICE, RoomKind.JOINT, RoomKind.STEERING) or not actor.may_read(room.id):
        return False
    return actor.has_role(room.process_id, Role.COORDINATOR)


def may_note_for(actor: Actor, room: AnyRoom) -> bool:
    """May write down one person's words in that person's name: hosts only."""
    return hosts_here(actor, room)
