"""Who is at the table, for the one who sets it: people by side, with their rooms, and the numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE, CasePower, Role, side_of
from langbord.processes.models import Membership, Process
from langbord.rooms.models import Seat
from langbord.vault import preload_for

_LISTS = {"citizen": "citizens", "host": "hosts", "service": "service", "": "others"}


@dataclass
class Place:
    """One person at the table, with all their roles in this process."""

    person: Any
    memberships: list[Membership] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)

    @property
    def roles(self) -> str:
        return ", ".join(str(Role(m.role).label) for m in self.memberships)

    @property
    def case_power(self) -> str:
        return str(CasePower(self.person.case_power).label)

    @property
    def works(self) -> bool:
        """Whether it is worth saying what they can do in citizens' cases: any role but a citizen's."""
        return any(m.role not in CITIZEN_SIDE for m in self.memberships)

    @property
    def unit(self) -> Any:
        return next((m.unit for m in self.memberships if m.unit_id), None)


@dataclass(frozen=True)
class AtTheTable:
    citizens: list[Place]
    hosts: list[Place]
    service: list[Place]
    others: list[Place]

    @property
    def fewer_citizens(self) -> bool:
        """Never fewer citizens than employees (Kobro and Bjørnerud 2021): a gentle word, not a rule."""
        return len(self.citizens) < len(self.service) and not self.only_one

    @property
    def only_one(self) -> bool:
        """Whoever began sits there alone: nothing has tipped over yet."""
        return len(self.citizens) + len(self.hosts) + len(self.service) < 2


def table_of(actor: Actor, process: Process) -> AtTheTable:
    """All current members that the actor may see. Two queries and one for the keys."""
    members = (
        Membership.objects.visible_to(actor)
        .current()
        .with_name()
        .filter(process=process)
        .sorted_here("started_at", "pk")
    )
    preload_for([m.person for m in members])
    seats: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.visible_to(actor).current().in_process(process.pk):
        seats[seat.membership_id].append(seat)
    places: dict[UUID, Place] = {}
    for member in members:
        place = places.setdefault(member.person_id, Place(member.person))
        place.memberships.append(member)
        place.seats.extend(seats[member.pk])
    sides: dict[str, list[Place]] = {"citizens": [], "hosts": [], "service": [], "others": []}
    for place in places.values():
        sides[_LISTS[side_of(m.role for m in place.memberships)]].append(place)
    return AtTheTable(**sides)
