"""May this actor do this with a gathering? Every question is asked of the actor and the room alone."""

from __future__ import annotations

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, HOST_SIDE, CasePower, Role, RoomKind
from langbord.access.walls import WALLS
from langbord.inputs.rules import AnyRoom, hosts_here, may_note, may_note_for

from .enums import TableSide

__all__ = ["hosts_here", "may_note", "may_note_for"]

GATHERS = CITIZEN_ROOMS | {RoomKind.SERVICE, RoomKind.JOINT, RoomKind.STEERING}
"""Kinds of rooms that meet around a table."""

COUNTS_ONLY = frozenset({Role.COORDINATOR, Role.LEADER, Role.RESEARCHER})
"""Roles that see how many from each side, and no names."""


def waits_to_host(actor: Actor, room: AnyRoom) -> bool:
    """A host of a citizens' room who works in the service and waits for the group's yes: may plan time and place, and
    reads nothing. Whoever the walls shut out for good does not even wait."""
    if room.kind not in CITIZEN_ROOMS or actor.power in WALLS[RoomKind(room.kind)].shut_out:
        return False
    return any(s.role in HOST_SIDE and room.id in s.waiting for s in actor.sittings_in(room.process_id))


def _waits_to_be_met(actor: Actor, room: AnyRoom) -> bool:
    """A citizen whom no host of the group has met yet: when and where, so that they can come and be met."""
    return room.kind in CITIZEN_ROOMS and any(
        s.role in CITIZEN_SIDE and room.id in s.waiting for s in actor.sittings_in(room.process_id)
    )


def knows_time(actor: Actor, room: AnyRoom) -> bool:
    """May see when and where gatherings of the room are. The coordinator and the researcher for citizens' rooms, and the
    leader for the joint table once it is open, also though they never read what is in them."""
    if room.kind not in GATHERS:
        return False
    if actor.may_read(room.id) or waits_to_host(actor, room) or _waits_to_be_met(actor, room):
        return True
    if room.kind == RoomKind.JOINT:
        return actor.has_role(room.process_id, Role.LEADER) and actor.table_is_open(room.process_id)
    return room.kind in CITIZEN_ROOMS and actor.has_role(room.process_id, Role.COORDINATOR, Role.RESEARCHER)


def may_plan(actor: Actor, room: AnyRoom) -> bool:
    """Hosts plan in their citizens' room; the coordinator and the service's hosts in the service room; the coordinator
    and every host at the joint table, also while the door is closed: they are told why not. The coordinator in the
    steering room."""
    coordinates = actor.has_role(room.process_id, Role.COORDINATOR)
    if room.kind in CITIZEN_ROOMS:
        return hosts_here(actor, room) or waits_to_host(actor, room)
    if room.kind == RoomKind.JOINT:
        return coordinates or _hosts_somewhere(actor, room)
    if room.kind == RoomKind.SERVICE:
        return coordinates or hosts_here(actor, room)
    return room.kind == RoomKind.STEERING and coordinates


def _hosts_somewhere(actor: Actor, room: AnyRoom) -> bool:
    places = actor.rooms_in(room.process_id, *CITIZEN_ROOMS, RoomKind.SERVICE)
    return any(hosts_here(actor, place) for place in places)


def may_change(actor: Actor, room: AnyRoom) -> bool:
    """Whoever may plan there and sees the gathering."""
    return may_plan(actor, room) and (actor.may_read(room.id) or waits_to_host(actor, room))


def may_tell(actor: Actor, room: AnyRoom) -> bool:
    """May say more about a gathering than time and place, and call it off with a word to people."""
    return may_plan(actor, room) and actor.may_read(room.id)


def may_answer(actor: Actor, room: AnyRoom) -> bool:
    """Whoever reads the room is asked to come."""
    return room.kind in GATHERS and actor.may_read(room.id)


def may_count(actor: Actor, room: AnyRoom) -> bool:
    """May see how many came, by side."""
    if hosts_here(actor, room):
        return True
    return knows_time(actor, room) and actor.has_role(room.process_id, *COUNTS_ONLY)


def may_say_heads(actor: Actor, room: AnyRoom) -> bool:
    """May say how many were there: hosts, and whoever may note for the whole room."""
    return hosts_here(actor, room) or may_note(actor, room)


def meets_names_at(actor: Actor, room: AnyRoom) -> bool:
    """At the joint table: may see the names of those they sit with, while it lasts. Not those who have head counts
    only, and nobody with power in citizens' cases."""
    if room.kind != RoomKind.JOINT or not actor.may_read(room.id) or actor.power != CasePower.NONE:
        return False
    return not actor.has_role(room.process_id, *COUNTS_ONLY)


def side_of(roles: frozenset[str] | set[str]) -> str:
    """Which side of the table a person with these roles is counted on."""
    if roles & CITIZEN_SIDE:
        return TableSide.CITIZENS
    return TableSide.HOSTS if roles & HOST_SIDE else TableSide.SERVICE
