"""Who may hold back a piece until they have talked with its author, room by room.

In rooms with hosts: the hosts (or daily leaders) who sit there. At the joint table: the hosts who come to it, with a group
or with the service. On the board, which nobody hosts: the coordinator. Nobody edits another's words.
"""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor
from langbord.access.enums import HOST_SIDE, Role, RoomKind


def moderates(actor: Actor, room_id: object) -> bool:
    """May hold back, and let out again, what others wrote in this room; and so reads what is held back there."""
    fact = next((room for room in actor.rooms if room.id == room_id), None)
    if fact is None or not actor.may_read(fact.id):
        return False
    if fact.kind == RoomKind.BOARD:
        return actor.has_role(fact.process_id, Role.COORDINATOR)
    if fact.kind == RoomKind.JOINT:
        return actor.has_role(fact.process_id, *HOST_SIDE)
    return actor.sits_in(fact.id, *HOST_SIDE)


def moderated_rooms(actor: Actor) -> list[UUID]:
    """All rooms in which this person may hold something back."""
    return [room.id for room in actor.rooms if moderates(actor, room.id)]
