"""The walls table: who reads what is in a room. One pure function; anything not in the table is denied.

The promise under it: what is said in the peer room stays there until the one who said it carries it out. The table is
applied by the closed querysets (every read) and by the rules of the actions (every write). The tests hold it against an
oracle of their own that is kept by hand and never imports this module.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from .enums import OUTSIDE, CasePower, Role, RoomKind

_NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Wall:
    """Who reads a kind of room.

    seated: roles that read when they have a (confirmed) seat in that very room.
    by_role: roles that read because of their role in the process, without a seat.
    behind_door: nobody reads while the door is closed; citizens and their hosts only when their own group's is open.
    shut_out: whoever has this power over citizens' cases never reads it, whatever role or seat they got.
    """

    seated: frozenset[Role] = _NOBODY
    by_role: frozenset[Role] = _NOBODY
    behind_door: bool = False
    shut_out: frozenset[CasePower] = frozenset()


WALLS: dict[RoomKind, Wall] = {
    RoomKind.PEER: Wall(
        seated=frozenset({Role.CITIZEN, Role.HOST}),
        shut_out=frozenset({CasePower.LOOKS_UP, CasePower.DECIDES}),
    ),
    RoomKind.GROUP: Wall(
        seated=frozenset({Role.CITIZEN, Role.PAID, Role.DAILY_LEADER, Role.HOST}),
        shut_out=frozenset({CasePower.DECIDES}),
    ),
    RoomKind.SERVICE: Wall(
        seated=frozenset({Role.HOST}),
        by_role=frozenset({Role.EMPLOYEE, Role.PARTNER, Role.COORDINATOR}),
    ),
    RoomKind.JOINT: Wall(
        by_role=frozenset(Role) - {Role.RESEARCHER, Role.LEADER} - OUTSIDE,
        behind_door=True,
    ),
    RoomKind.STEERING: Wall(
        seated=frozenset({Role.PAID}),
        by_role=frozenset({Role.COORDINATOR, Role.LEADER}),
    ),
    RoomKind.RESEARCH: Wall(by_role=frozenset({Role.RESEARCHER})),
    RoomKind.CROSS: Wall(),
    RoomKind.BOARD: Wall(by_role=frozenset(Role) - OUTSIDE),
}

WAITS_FOR_OWN_DOOR = frozenset({Role.CITIZEN, Role.PAID, Role.HOST, Role.DAILY_LEADER})
"""Roles that come to the joint table with a group of citizens, and so only through that group's own door."""


def may_read(
    kind: str,
    role: str,
    *,
    seated: bool,
    power: str = CasePower.NONE,
    door_open: bool = False,
    own_door_open: bool = False,
) -> bool:
    """Whether a member with `role` reads a room of `kind`.

    seated: has a confirmed seat in that very room. door_open: some group of the process has opened its door (or has
    none). own_door_open: the same for a group in which this member sits; a host of the service sits in none and counts
    with the service.
    """
    wall = WALLS.get(RoomKind(kind))
    if wall is None or power in wall.shut_out:
        return False
    if wall.behind_door:
        if not door_open:
            return False
        if role in WAITS_FOR_OWN_DOOR and not own_door_open:
            return False
    return role in wall.by_role or (seated and role in wall.seated)


def comes_in(doors: Mapping[UUID, bool], seats: Collection[UUID], *, with_service: bool) -> bool:
    """The `own_door_open` of `may_read`: whether somebody with these seats comes to the joint table by a way of their own.

    doors: each citizens' room of the process, and whether it is open or has no door; without such rooms there is nothing to
    wait for. with_service: has a seat in the service room, and none among the citizens.
    """
    if not doors:
        return True
    own = [is_open for room, is_open in doors.items() if room in seats]
    return any(own) if own else with_service


def may_sit(kind: str, role: str, power: str) -> bool:
    """Whether this role may be given a seat in a room of this kind at all (a seat is needed only where it opens)."""
    wall = WALLS[RoomKind(kind)]
    return role in wall.seated and power not in wall.shut_out
