"""Who may see a process, and the names of those who take part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, HOST_SIDE, SEATED_IN_SERVICE, Role, RoomKind
from langbord.access.gate import ClosedQuerySet
from langbord.access.walls import WAITS_FOR_OWN_DOOR, WALLS
from langbord.base.often import asked_often

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Membership, Process
    from .pauses import Pause

NAMELESS = frozenset({Role.LEADER, Role.RESEARCHER})
"""Roles that do not learn names through the joint room: leaders see head counts, researchers see pseudonyms."""


class ProcessQuerySet(ClosedQuerySet["Process"]):
    def visible_to(self, actor: Actor) -> Self:
        """Processes one takes part in now."""
        return self._opened().filter(pk__in=actor.process_ids)

    def with_organisation(self) -> Self:
        return self.select_related("organisation")

    def with_seats(self) -> Self:
        """With `citizens_now`, `service_now` and `hosts_now`: head counts by side, nobody counted twice. Leaders sit
        elsewhere. For the coordinator's desk."""
        membership: Any = apps.get_model("processes", "Membership")
        rows = membership.objects.unrestricted("head counts by side, never who").current()
        here = rows.filter(process_id=OuterRef("pk"))
        serving = SEATED_IN_SERVICE

        def not_also(roles: frozenset[Role]) -> Any:
            same = rows.filter(process_id=OuterRef("process_id"), person_id=OuterRef("person_id"))
            return ~Exists(same.filter(role__in=list(roles)))

        def heads(found: Any) -> Any:
            number = found.order_by().values("process_id").annotate(n=Count("person_id", distinct=True))
            return Coalesce(Subquery(number.values("n")), 0)

        return self.annotate(
            citizens_now=heads(here.filter(role__in=list(CITIZEN_SIDE))),
            service_now=heads(here.filter(not_also(CITIZEN_SIDE), role__in=list(serving))),
            hosts_now=heads(here.filter(not_also(CITIZEN_SIDE | serving), role__in=list(HOST_SIDE))),
        )


def found_with_seats(actor: Actor, process_id: UUID) -> Process | None:
    """A process one takes part in, with its organisation and `with_seats`; None for whoever does not. One query. Of all that
    pages ask, Django takes longest to write this one, and nothing in it changes but the id: it is compiled once."""
    rows = asked_often(_with_seats, [process_id]) if process_id in actor.process_ids else []
    return rows[0] if rows else None


def _with_seats(process_id: UUID) -> QuerySet[Process]:
    process: Any = apps.get_model("processes", "Process")
    rows = process.objects.unrestricted("a process where one takes part: `found_with_seats` has looked")
    found: QuerySet[Process] = rows.filter(pk=process_id).with_organisation().with_seats()
    return found


class MembershipQuerySet(ClosedQuerySet["Membership"]):
    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def with_silence(self) -> Self:
        """With `silent`: has asked to be left in peace for a while. For those who count answers, and for hosts."""
        pause: Any = apps.get_model("processes", "Pause")
        pauses = pause.objects.unrestricted("who is not waited for").current()
        return self.annotate(silent=Exists(pauses.filter(membership_id=OuterRef("pk"))))

    def with_name(self) -> Self:
        """With the person and where they take part from; the walls on a membership are the walls on its name."""
        return self.select_related("person", "unit__organisation")

    def with_person(self) -> Self:
        """`with_name`, and with the process."""
        return self.with_name().select_related("process")

    def in_room(self, room_id: UUID, process_id: UUID, kind: str) -> Self:
        """Those who sit in a room now, or belong there by their role. Narrow down with `visible_to` as well."""
        seated = Q(seats__room_id=room_id, seats__ended_at__isnull=True, seats__confirmed_at__isnull=False)
        by_role = Q(process_id=process_id, role__in=list(WALLS[RoomKind(kind)].by_role))
        return self.current().filter(seated | by_role).order_by("started_at", "pk").distinct()

    def visible_to(self, actor: Actor) -> Self:
        """One's own; all in a process one coordinates (those one invites); else those one shares a room with.

        The board is read by all and gives nobody a name. Researchers and leaders get no names through the joint room.
        """
        seen = Q(person_id=actor.person_id) if actor.person_id else Q(pk__in=[])
        for process_id in actor.process_ids:
            roles = actor.roles_in(process_id)
            here = Q(process_id=process_id, ended_at__isnull=True)
            if Role.COORDINATOR in roles:
                seen |= here
                continue
            for room in actor.rooms_in(process_id):
                if room.kind == RoomKind.BOARD or not actor.may_read(room.id):
                    continue
                if room.kind == RoomKind.JOINT and roles <= NAMELESS:
                    continue
                wall = WALLS[RoomKind(room.kind)]
                if room.kind == RoomKind.JOINT:
                    seen |= here & _at_the_joint_table(actor, process_id)
                    continue
                seated = Q(seats__room_id=room.id, seats__ended_at__isnull=True, role__in=list(wall.seated))
                seen |= here & (Q(role__in=list(wall.by_role)) | seated)
        return self._opened().filter(seen).distinct()


class PauseQuerySet(ClosedQuerySet["Pause"]):
    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def visible_to(self, actor: Actor) -> Self:
        """One's own; and for hosts those of the people who sit in the room they host. Nobody else knows."""
        hosted = [
            room.id for room in actor.rooms if actor.may_read(room.id) and actor.sits_in(room.id, *HOST_SIDE)
        ]
        in_room = Q(
            membership__seats__room_id__in=hosted,
            membership__seats__ended_at__isnull=True,
            membership__ended_at__isnull=True,
        )
        own = Q(membership__person_id=actor.person_id) if actor.person_id else Q(pk__in=[])
        return self._opened().filter(own | in_room).distinct()

    def in_process(self, process_id: object) -> Self:
        return self.filter(membership__process_id=process_id)

    def of_person(self, person_id: object) -> Self:
        """With the membership and its process."""
        return self.filter(membership__person_id=person_id).select_related("membership__process")


def _at_the_joint_table(actor: Actor, process_id: UUID) -> Q:
    """Those who come to the joint table now. A group whose own door is closed stays unnamed to the rest."""
    groups = actor.rooms_in(process_id, *CITIZEN_ROOMS)
    wall = WALLS[RoomKind.JOINT]
    if not groups:
        return Q(role__in=list(wall.by_role))
    through = [r.id for r in groups if r.door_open] + [
        r.id for r in actor.rooms_in(process_id, RoomKind.SERVICE)
    ]
    seated = Q(seats__room_id__in=through, seats__ended_at__isnull=True, seats__confirmed_at__isnull=False)
    return Q(role__in=list(wall.by_role - WAITS_FOR_OWN_DOOR)) | (
        Q(role__in=list(WAITS_FOR_OWN_DOOR)) & seated
    )


def coordinates_alone(person_id: UUID | None, process_ids: list[UUID]) -> bool:
    """Whether one of these processes has no other coordinator than this person. One query, or none."""
    if not process_ids:
        return False
    membership: Any = apps.get_model("processes", "Membership")
    rows = membership._default_manager.all().unrestricted("is there another coordinator? nothing is shown")
    others = (
        rows.current().filter(process_id__in=process_ids, role=Role.COORDINATOR).exclude(person_id=person_id)
    )
    return len(set(others.values_list("process_id", flat=True))) < len(set(process_ids))
