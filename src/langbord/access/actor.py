"""The actor: a person with all that the walls need to know, made once per request.

It is loaded by a function that a later app registers (the one that knows rooms and seats), so that this app can stand
below all of them. Two queries, whatever the size of the installation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from langbord.base.errors import ProcessClosed

from .enums import CITIZEN_ROOMS, CasePower, Role, RoomKind, shown_room_name
from .walls import comes_in, may_read


@dataclass(frozen=True)
class RoomFact:
    """What the walls need to know about a room. `door_open` is true also for a group without a door."""

    id: UUID
    kind: str
    process_id: UUID
    name: str
    has_door: bool
    door_open: bool
    opened_at: datetime | None = None

    @property
    def shown_name(self) -> str:
        return shown_room_name(self.kind, self.name)


@dataclass(frozen=True)
class Sitting:
    """One membership: a role in one process, with the rooms in which it has a confirmed (or still waiting) seat. `silent`:
    takes part and has asked to be left in peace for a while; the rights are the same."""

    membership_id: UUID
    process_id: UUID
    process_slug: str
    process_name: str
    role: str
    seats: frozenset[UUID] = frozenset()
    waiting: frozenset[UUID] = frozenset()
    process_ended_at: datetime | None = None
    rooms_go_on: date | None = None
    silent: bool = False


@dataclass(frozen=True)
class Actor:
    """Somebody who acts. `person` is None for anonymous. `reads_from`: older pieces are closed (a new card's first day)."""

    person: Any = None
    power: str = CasePower.NONE
    is_operator: bool = False
    sittings: tuple[Sitting, ...] = ()
    rooms: tuple[RoomFact, ...] = ()
    reads_from: datetime | None = None
    labels: dict[str, str] = field(default_factory=dict, compare=False)
    mentoring: tuple[Sitting, ...] = ()
    """Processes that may ring this person (decision 0025). Not sittings: nothing of those processes opens by them."""

    @property
    def itself(self) -> Actor:
        """What stands behind a lazy stand-in."""
        return self

    @property
    def person_id(self) -> UUID | None:
        return self.person.pk if self.person is not None else None

    @property
    def subject(self) -> UUID | None:
        """Whose key seals this person's words: their id at first, another after they have left one of several processes."""
        return self.person.sealed_by if self.person is not None else None

    @cached_property
    def readable_rooms(self) -> frozenset[UUID]:
        """The ids of all rooms whose pieces this person may read now, over all processes, each judged by itself."""
        return frozenset(room.id for room in self.rooms if self._reads(room))

    def table_is_open(self, process_id: UUID) -> bool:
        """Whether any group of the process has opened its door, or there is none to open."""
        doors = self.rooms_in(process_id, *CITIZEN_ROOMS)
        return not doors or any(door.door_open for door in doors)

    def _reads(self, room: RoomFact) -> bool:
        doors = {door.id: door.door_open for door in self.rooms_in(room.process_id, *CITIZEN_ROOMS)}
        some_open = self.table_is_open(room.process_id)
        for sitting in self.sittings_in(room.process_id):
            if may_read(
                room.kind,
                sitting.role,
                seated=room.id in sitting.seats,
                power=self.power,
                door_open=some_open,
                own_door_open=comes_in(
                    doors, sitting.seats, with_service=_sits_with_service(sitting, self.rooms)
                ),
            ):
                return True
        return False

    @property
    def sets_up(self) -> bool:
        """An operator, or a coordinator of some process: registers organisations and units."""
        return self.is_operator or any(s.role == Role.COORDINATOR for s in self.sittings)

    @cached_property
    def process_ids(self) -> frozenset[UUID]:
        return frozenset(sitting.process_id for sitting in self.sittings)

    def sittings_in(self, process_id: UUID) -> list[Sitting]:
        return [sitting for sitting in self.sittings if sitting.process_id == process_id]

    def roles_in(self, process_id: UUID) -> frozenset[str]:
        return frozenset(sitting.role for sitting in self.sittings_in(process_id))

    def has_role(self, process_id: UUID, *roles: str) -> bool:
        return not self.roles_in(process_id).isdisjoint(roles)

    def is_silent(self, process_id: UUID) -> bool:
        """Has asked to be left in peace there for a while: is asked about nothing, and nobody waits for their answer."""
        return any(sitting.silent for sitting in self.sittings_in(process_id))

    def sits_in(self, room_id: UUID, *roles: str) -> bool:
        """Has a confirmed seat in the room, with one of the roles (any role if none is named)."""
        return any(room_id in s.seats and (not roles or s.role in roles) for s in self.sittings)

    def may_read(self, room_id: UUID | None) -> bool:
        return room_id is not None and room_id in self.readable_rooms

    def room(self, room_id: UUID) -> RoomFact | None:
        return next((room for room in self.rooms if room.id == room_id), None)

    def rooms_in(self, process_id: UUID, *kinds: str) -> list[RoomFact]:
        return [r for r in self.rooms if r.process_id == process_id and (not kinds or r.kind in kinds)]

    def is_closed(self, process_id: UUID) -> bool:
        """The process is over: what is there can be read and taken along, and nothing new is written."""
        return any(s.process_ended_at is not None for s in self.sittings_in(process_id))

    def must_be_open(self, process_id: UUID) -> None:
        """Raise ProcessClosed where writing has ended. Asked by every action that adds to a process."""
        if self.is_closed(process_id):
            raise ProcessClosed()

    def slug_of(self, process_id: UUID) -> str:
        return next((s.process_slug for s in self.sittings if s.process_id == process_id), "")


def _sits_with_service(sitting: Sitting, rooms: tuple[RoomFact, ...]) -> bool:
    """A host of the service comes to the joint table with the service, not through a group's door."""
    return any(room.id in sitting.seats and room.kind == RoomKind.SERVICE for room in rooms)


ANONYMOUS = Actor()

_load: Callable[[Any, datetime | None], Actor] | None = None


def register_loader(load: Callable[[Any, datetime | None], Actor]) -> None:
    """Called once, at start-up, by the app that knows rooms and seats."""
    global _load
    _load = load


def actor_of(person: Any, reads_from: datetime | None = None) -> Actor:
    """The actor for a person as things are now. Side effects: two queries."""
    if person is None or not getattr(person, "is_authenticated", False):
        return ANONYMOUS
    if _load is None:
        raise RuntimeError("No actor loader is registered: the walls would be unknown.")
    return _load(person, reads_from)
