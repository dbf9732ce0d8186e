"""Who can read this: the names or counts that a person is shown before they carry something over, and afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from langbord.access.actor import Actor, RoomFact
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, Role, RoomKind
from langbord.access.walls import comes_in, may_read
from langbord.consent import asking
from langbord.consent.enums import Purpose, Standing
from langbord.people.models import Person
from langbord.processes.keeping import research
from langbord.processes.models import Membership
from langbord.vault import preload_for

from .models import Piece, Room, Seat
from .moderating import moderates
from .querysets import MATERIAL_ROOMS

_WHY = "everyone can see who can read what they made"


@dataclass(frozen=True)
class Reader:
    """One who can read, with all the roles through which they do."""

    name: str
    roles: tuple[str, ...]
    unit: str
    me: bool = False

    @property
    def shown_name(self) -> str:
        """Whoever asks is «Du», not one name among others."""
        return _("Du") if self.me else self.name

    @property
    def shown_role(self) -> str:
        return ", ".join(str(Role(role).label) for role in self.roles)


@dataclass(frozen=True)
class Readers:
    """Those who can read a room now. Employees, hosts and leaders by name and place of work, since they are answerable;
    citizens whom one does not meet only as a count."""

    named: list[Reader] = field(default_factory=list)
    other_citizens: int = 0

    @property
    def total(self) -> int:
        return len(self.named) + self.other_citizens


@dataclass(frozen=True)
class HeldBack:
    """What is held back in a room: how many, for all who read there; which, for whoever may let it out."""

    count: int
    mine_to_let_out: list[UUID]


def held_back_on(actor: Actor, room_id: UUID) -> HeldBack:
    """So that nothing is held back unseen. One query."""
    if moderates(actor, room_id):
        seen = Piece.objects.visible_to(actor).filter(room_id=room_id, hidden_at__isnull=False)
        held = list(seen.values_list("pk", flat=True))
        return HeldBack(len(held), held)
    if not actor.may_read(room_id):
        return HeldBack(0, [])
    counted = Piece.objects.unrestricted("how many are held back, never which")
    return HeldBack(counted.filter(room_id=room_id, hidden_at__isnull=False).count(), [])


@dataclass(frozen=True)
class Audience:
    """Everybody who is in a process now, and where they sit: to say who reads each of its rooms."""

    members: list[Membership]
    seats: dict[UUID, set[UUID]]
    rooms: dict[UUID, Room | RoomFact]
    met: frozenset[object]
    asker: object = None

    def reading(self, room: Room) -> list[Membership]:
        """The memberships that read this room now, judged by the same wall as every read."""
        doors = {key: _open(r) for key, r in self.rooms.items() if r.kind in CITIZEN_ROOMS}
        some_open = not doors or any(doors.values())
        reading = []
        for member in self.members:
            mine = self.seats.get(member.pk, set())
            with_service = any(self.rooms[key].kind == RoomKind.SERVICE for key in mine if key in self.rooms)
            if may_read(
                room.kind,
                member.role,
                seated=room.pk in mine,
                power=member.person.case_power,
                door_open=some_open,
                own_door_open=comes_in(doors, mine, with_service=with_service),
            ):
                reading.append(member)
        return reading

    def of(self, room: Room) -> Readers:
        """Who reads this room now, each person once, as the one who asks may be told."""
        named: dict[object, Reader] = {}
        others: set[object] = set()
        for member in self.reading(room):
            person: Person = member.person
            me = person.pk == self.asker
            if member.role in CITIZEN_SIDE and person.pk not in self.met and not me:
                others.add(person.pk)
                continue
            unit = "" if member.role in CITIZEN_SIDE or member.unit is None else str(member.unit)
            before = named.get(person.pk)
            roles = (*(before.roles if before else ()), member.role)
            named[person.pk] = Reader(person.shown_name, roles, (before.unit if before else "") or unit, me)
        first = sorted(named.values(), key=lambda reader: not reader.me)
        return Readers(named=first, other_citizens=len(others - named.keys()))


def _open(room: Room | RoomFact) -> bool:
    return room.door_open if isinstance(room, RoomFact) else room.door_is_open


def _members(process_ids: Iterable[UUID]) -> dict[UUID, list[Membership]]:
    """Everybody who is in these processes now, with their keys fetched. Two queries."""
    found: dict[UUID, list[Membership]] = {process_id: [] for process_id in process_ids}
    for member in (
        Membership.objects.unrestricted(_WHY)
        .filter(process_id__in=list(found), ended_at__isnull=True)
        .select_related("person", "unit")
        .order_by("started_at", "pk")
    ):
        found[member.process_id].append(member)
    preload_for([m.person for members in found.values() for m in members])
    return found


def _seats(process_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """In which rooms each membership sits. One query."""
    seats: dict[UUID, set[UUID]] = {}
    for membership_id, room_id in (
        Seat.objects.unrestricted(_WHY)
        .filter(room__process_id__in=list(process_ids), ended_at__isnull=True, confirmed_at__isnull=False)
        .values_list("membership_id", "room_id")
    ):
        seats.setdefault(membership_id, set()).add(room_id)
    return seats


def audiences(process_ids: Iterable[UUID], actor: Actor) -> dict[UUID, Audience]:
    """Who is in each of one's own processes, as one may be told. Three queries and one for the keys, however many."""
    wanted = [process_id for process_id in dict.fromkeys(process_ids) if process_id in actor.process_ids]
    members, seats = _members(wanted), _seats(wanted)
    met: dict[object, set[object]] = {}
    for process_id, person_id in (
        Membership.objects.visible_to(actor)
        .filter(process_id__in=wanted)
        .values_list("process_id", "person_id")
    ):
        met.setdefault(process_id, set()).add(person_id)
    return {
        process_id: Audience(
            members=members[process_id],
            seats=seats,
            rooms={fact.id: fact for fact in actor.rooms_in(process_id)},
            met=frozenset(met.get(process_id, ())),
            asker=actor.person_id,
        )
        for process_id in wanted
    }


def audience(process_id: UUID, actor: Actor | None = None) -> Audience:
    """Loads it in three queries and one for the keys (the names are opened when they are shown). Without an actor
    nobody is met by name, and the rooms are asked for."""
    if actor is not None and process_id in actor.process_ids:
        return audiences([process_id], actor)[process_id]
    rooms: dict[UUID, Room | RoomFact]
    rooms = {r.pk: r for r in Room.objects.unrestricted(_WHY).filter(process_id=process_id)}
    return Audience(
        members=_members([process_id])[process_id],
        seats=_seats([process_id]),
        rooms=rooms,
        met=frozenset(),
        asker=actor.person_id if actor is not None else None,
    )


def reading_members(room: Room) -> list[Membership]:
    """The memberships that read this room now."""
    return audience(room.process_id).reading(room)


def research_line(actor: Actor, room: Room) -> dict[str, bool]:
    """Whether a researcher also reads what this person writes here, now: with their yes, and under a number. Nothing
    where the process does no research. At most three queries."""
    if room.kind not in MATERIAL_ROOMS or actor.person_id is None:
        return {}
    standing = asking.state(actor.person_id, Purpose.RESEARCH, room.process_id)
    if standing.standing == Standing.NOT_HERE:
        return {}
    yes = standing.says_yes and not research.is_over(room.process_id)
    return {"research_here": True, "research_yes": yes}


def readers_of(room: Room, actor: Actor) -> Readers:
    """Exactly who reads this room now, as this actor may be told. Three queries and one for the keys."""
    return audience(room.process_id, actor).of(room)
