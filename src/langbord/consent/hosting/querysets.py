"""Whom a host or coordinator may ask, and the sheets of paper they print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, HOST_SIDE, Role
from langbord.access.gate import ClosedQuerySet
from langbord.processes.models import Membership

from ..querysets import people_one_hosts, written_for

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from ..models import ConsentEvent, Guardianship
    from .models import Sheet


class SheetQuerySet(ClosedQuerySet["Sheet"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; and those of the people whom one may ask."""
        if actor.person_id is None:
            return self._opened().none()
        seen = Q(person_id=actor.person_id, guardianship__isnull=True)
        for process_id in actor.process_ids:
            if asks_somebody(actor, process_id):
                asked = people_to_ask(actor, process_id).values("person_id")
                seen |= Q(process_id=process_id, person_id__in=asked)
        return self._opened().filter(seen)

    def with_people(self) -> Self:
        return self.select_related("person", "process", "guardianship__guardian")


def asks_somebody(actor: Actor, process_id: UUID) -> bool:
    """Has a role that asks others: coordinates, or hosts a room that the walls let in. Costs no query."""
    return actor.has_role(process_id, Role.COORDINATOR) or any(
        actor.sits_in(room.id, Role.HOST, Role.DAILY_LEADER) and actor.may_read(room.id)
        for room in actor.rooms_in(process_id)
    )


def people_to_ask(actor: Actor, process_id: UUID) -> QuerySet[Membership]:
    """Memberships of the citizens whom this actor may ask on paper or aloud: those who sit in a room they host; for the
    coordinator, those they invite. Never oneself."""
    if actor.has_role(process_id, Role.COORDINATOR):
        found: QuerySet[Membership] = Membership.objects.unrestricted(
            "whom does the coordinator invite?"
        ).filter(process_id=process_id, ended_at__isnull=True)
    else:
        found = people_one_hosts(actor, process_id)
    return found.filter(role__in=list(CITIZEN_SIDE)).exclude(person_id=actor.person.pk)


def hosts_all_rooms_of(actor: Actor, process_id: UUID, person_id: UUID) -> bool:
    """Whether this actor hosts, and reads, every citizens' room of the process where this person sits or has sat. One
    query."""
    held = Membership.objects.unrestricted("in which groups does somebody sit?").filter(
        process_id=process_id, person_id=person_id, seats__room__kind__in=list(CITIZEN_ROOMS)
    )
    rooms = set(held.values_list("seats__room_id", flat=True))
    return bool(rooms) and all(actor.may_read(room) and actor.sits_in(room, *HOST_SIDE) for room in rooms)


def with_names(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    return memberships.select_related("person").order_by("started_at", "pk")


def ids_of_members(process_id: UUID) -> list[UUID]:
    """The persons of a process, as ids alone: for what is shown under pseudonyms."""
    found = Membership.objects.unrestricted("whose answers, under pseudonyms").filter(
        process_id=process_id, ended_at__isnull=True
    )
    return list(dict.fromkeys(found.values_list("person_id", flat=True)))


def adults_beside(actor: Actor, process_id: UUID, **narrow: Any) -> QuerySet[Guardianship]:
    """The adults who stand beside the young people whom this actor may ask. `narrow`: further filters."""
    model: Any = apps.get_model("consent", "Guardianship")
    asked = people_to_ask(actor, process_id).values("person_id")
    found: QuerySet[Guardianship] = (
        model.objects.unrestricted("the adults beside those one may ask")
        .filter(record__process_id=process_id, record__person_id__in=asked, ended_at__isnull=True, **narrow)
        .select_related("guardian", "record")
        .with_adult_here()
    )
    return found


def said_for(actor: Actor) -> QuerySet[ConsentEvent]:
    """Answers that somebody else wrote down for this person, and that the person has not yet looked at, with who heard
    them. A new card's first day opens none that are older."""
    found = written_for(actor.person.pk).select_related("record", "witness").order_by("at", "number")
    return found if actor.reads_from is None else found.filter(at__gte=actor.reads_from)
