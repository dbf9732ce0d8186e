"""Who works with the guide, and where their words lie (decision 0022)."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor, RoomFact
from langbord.access.enums import Role, RoomKind

PREPARES = frozenset({Role.COORDINATOR, Role.EMPLOYEE, Role.PARTNER, Role.HOST, Role.DAILY_LEADER})
"""Roles that prepare: they see what was decided about the points."""

HAS_WHAT_NOW = (RoomKind.PEER, RoomKind.GROUP, RoomKind.SERVICE, RoomKind.JOINT, RoomKind.STEERING)
"""Rooms that ask themselves what this is to them."""


def prepares(actor: Actor, process_id: UUID) -> bool:
    return actor.has_role(process_id, *PREPARES)


def words_room(actor: Actor, process_id: UUID) -> RoomFact | None:
    """Where words about a point lie: the service room; in a process without one the joint room. None for whoever does
    not read it: they write no words here, and read none."""
    rooms = actor.rooms_in(process_id, RoomKind.SERVICE) or actor.rooms_in(process_id, RoomKind.JOINT)
    return next((room for room in rooms if actor.may_read(room.id)), None)
