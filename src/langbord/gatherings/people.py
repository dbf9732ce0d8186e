"""Who belongs at the table, who hosts, and how many there were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, CasePower, RoomKind
from langbord.inputs.rules import AnyRoom
from langbord.people.models import Person
from langbord.processes.models import Membership

from . import rules
from .enums import TableSide
from .models import Answer, Attendance, Gathering
from .querysets import hosts_sitting_in

_HEADS = "how many, by side, without names"


@dataclass(frozen=True)
class Place:
    """Somebody who belongs at the table, and on which side they are counted."""

    person: Person
    side: str


def at_the_table(actor: Actor, room: AnyRoom) -> list[Place]:
    """Those whom a host may mark as there: who sit in the room or belong to it, citizens first. One query; two for a
    host of a joint gathering who has power in citizens' cases (then only citizens of their own groups)."""
    members = Membership.objects.visible_to(actor).in_room(room.id, room.process_id, room.kind).with_person()
    roles: dict[UUID, set[str]] = {}
    people: dict[UUID, Person] = {}
    for member in members:
        if member.process_id == room.process_id:
            roles.setdefault(member.person_id, set()).add(member.role)
            people[member.person_id] = member.person
    places = [Place(person=person, side=rules.side_of(roles[pk])) for pk, person in people.items()]
    if room.kind == RoomKind.JOINT and actor.power != CasePower.NONE:
        own = _citizens_hosted_by(actor, room)
        places = [p for p in places if p.side != TableSide.CITIZENS or p.person.pk in own]
    order = [TableSide.CITIZENS, TableSide.HOSTS, TableSide.SERVICE]
    return sorted(places, key=lambda place: order.index(TableSide(place.side)))


def _citizens_hosted_by(actor: Actor, room: AnyRoom) -> set[UUID]:
    groups = [g for g in actor.rooms_in(room.process_id, *CITIZEN_ROOMS) if rules.hosts_here(actor, g)]
    members = [Membership.objects.visible_to(actor).in_room(g.id, g.process_id, g.kind) for g in groups]
    return {member.person_id for group in members for member in group}


def hosts_of(actor: Actor, rooms: Iterable[AnyRoom]) -> dict[UUID, list[Person]]:
    """The hosts of each of these rooms. At the joint table: those of the groups whose door is open, and of the
    service. One query."""
    through: dict[UUID, set[UUID]] = {}
    for room in rooms:
        if room.kind == RoomKind.JOINT:
            groups = [g.id for g in actor.rooms_in(room.process_id, *CITIZEN_ROOMS) if g.door_open]
            through[room.id] = {*groups, *(s.id for s in actor.rooms_in(room.process_id, RoomKind.SERVICE))}
        else:
            through[room.id] = {room.id}
    wanted = set().union(*through.values())
    sitting = hosts_sitting_in(wanted) if wanted else []
    found: dict[UUID, list[Person]] = {}
    for room_id, places in through.items():
        people = {person.pk: person for place, person in sitting if place in places}
        found[room_id] = list(people.values())
    return found


def hosts_sentence(people: Sequence[Person]) -> str:
    """«Randi og Yonas er verter.» The names must have been made ready (`preload_for`)."""
    if not people:
        return ""
    names = get_text_list([person.shown_name for person in people], _("og"))
    return ngettext("%(names)s er vert.", "%(names)s er verter.", len(people)) % {"names": names}


@dataclass
class Heads:
    """How many on each side."""

    citizens: int = 0
    service: int = 0
    hosts: int = 0

    @property
    def total(self) -> int:
        return self.citizens + self.service + self.hosts

    def add(self, side: str, heads: int) -> None:
        setattr(self, TableSide(side).value, getattr(self, TableSide(side).value) + heads)


@dataclass(frozen=True)
class HeadCount:
    """Before: how many say they come. Afterwards: how many were there, with those who have no sign-in."""

    coming: Heads
    there: Heads


def head_counts(actor: Actor, gatherings: Iterable[Gathering]) -> dict[UUID, HeadCount]:
    """Heads by side for those of the gatherings whose counts this actor may see. Two queries, whatever the number."""
    held = []
    for gathering in gatherings:
        room = actor.room(gathering.room_id)
        if room is not None and rules.may_count(actor, room):
            held.append(gathering)
    counts = {
        g.pk: HeadCount(coming=Heads(), there=Heads(g.others_citizens, g.others_service, g.others_hosts))
        for g in held
    }
    if held:
        for gathering_id, side, heads in Answer.objects.unrestricted(_HEADS).coming(held).by_side():
            counts[gathering_id].coming.add(side, heads)
        there = Attendance.objects.unrestricted(_HEADS).filter(gathering__in=held)
        for gathering_id, side, heads in there.by_side():
            counts[gathering_id].there.add(side, heads)
    return counts
