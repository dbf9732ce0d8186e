"""Who may see a room, a seat, a piece: the closed querysets that read the walls table through the actor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery

from langbord.access.enums import CITIZEN_ROOMS, SERVICE_SIDE, Role, RoomKind
from langbord.access.gate import ClosedQuerySet

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import DoorWish, GroupAnswer, GroupDecision, HostYes, Piece, Room, Seat


class RoomQuerySet(ClosedQuerySet["Room"]):
    def visible_to(self, actor: Actor) -> Self:
        return self._opened().filter(pk__in=actor.readable_rooms)


class SeatQuerySet(ClosedQuerySet["Seat"]):
    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def in_citizens_rooms(self, process_id: object, person_id: object) -> Self:
        """The current seats of one person in the citizens' rooms of a process."""
        return (
            self.current()
            .filter(
                room__process_id=process_id,
                room__kind__in=list(CITIZEN_ROOMS),
                membership__person_id=person_id,
                membership__ended_at__isnull=True,
            )
            .select_related("membership")
        )

    def of_person(self, person_id: object) -> Self:
        """With the room."""
        return self.filter(membership__person_id=person_id).select_related("room").order_by("started_at")

    def in_process(self, process_id: object) -> Self:
        return self.filter(room__process_id=process_id).select_related("room", "membership")

    def with_service_role(self) -> Self:
        """With `serves_here`: does whoever sits there have a role of the service in the same process now?"""
        members: Any = apps.get_model("processes", "Membership")
        serving = members.objects.unrestricted("does the host come with the service?").filter(
            process_id=OuterRef("membership__process_id"),
            person_id=OuterRef("membership__person_id"),
            role__in=list(SERVICE_SIDE),
            ended_at__isnull=True,
        )
        return self.annotate(serves_here=Exists(serving))

    def visible_to(self, actor: Actor) -> Self:
        """Seats in the rooms one reads, one's own, and all for the coordinator who deals them out."""
        coordinated = [s.process_id for s in actor.sittings if s.role == Role.COORDINATOR]
        return self._opened().filter(
            Q(room_id__in=actor.readable_rooms)
            | Q(membership__person_id=actor.person_id)
            | Q(room__process_id__in=coordinated)
        )


class PieceQuerySet(ClosedQuerySet["Piece"]):
    def visible_to(self, actor: Actor) -> Self:
        """Pieces in rooms one reads, unless a host keeps them back; and always what one wrote oneself.

        On the first day of a new card nothing older is opened, one's own included: whoever printed the card may be
        the one who holds it.
        """
        if actor.person_id is None:
            return self._opened().none()
        room = Q(room_id__in=actor.readable_rooms, hidden_at__isnull=True)
        seen = room | Q(author_id=actor.person_id)
        hosted = [
            r.id
            for r in actor.rooms
            if actor.may_read(r.id) and actor.sits_in(r.id, Role.HOST, Role.DAILY_LEADER)
        ]
        seen |= Q(room_id__in=hosted)
        queryset = self._opened().filter(seen).select_related("room", "author", "process")
        if actor.reads_from is not None:
            queryset = queryset.filter(created_at__gte=actor.reads_from)
        return queryset

    def with_place(self) -> Self:
        """With the room and the process it lies in."""
        return self.select_related("room", "process")

    def on_board(self) -> Self:
        return self.filter(room__kind=RoomKind.BOARD)


class GroupDecisionQuerySet(ClosedQuerySet["GroupDecision"]):
    def visible_to(self, actor: Actor) -> Self:
        """Decisions of the groups one reads. Their text is words of a piece: what a host keeps back is kept back here,
        too, and on the first day of a new card nothing older is opened."""
        groups = [r for r in actor.readable_rooms if _is_group(actor, r)]
        hosted = [r for r in groups if actor.sits_in(r, Role.HOST, Role.DAILY_LEADER)]
        queryset = self._opened().filter(
            Q(room_id__in=groups, piece__hidden_at__isnull=True) | Q(room_id__in=hosted)
        )
        if actor.reads_from is not None:
            queryset = queryset.filter(recorded_at__gte=actor.reads_from)
        return queryset

    def with_answer_of(self, actor: Actor) -> Self:
        """With the room it would go to, and as `own_answer` what this person has answered (None: nothing yet)."""
        answers: Any = apps.get_model("rooms", "GroupAnswer")
        own = answers.objects.visible_to(actor).filter(decision=OuterRef("pk")).values("yes")[:1]
        return self.select_related("target", "piece").annotate(own_answer=Subquery(own))


class GroupAnswerQuerySet(ClosedQuerySet["GroupAnswer"]):
    def with_place(self) -> Self:
        """With the decision and its room."""
        return self.select_related("decision__room")

    def left_by(self, person_id: object, process_id: object) -> Self:
        """Of one who leaves: everywhere, or in one process."""
        own = self.filter(person_id=person_id)
        return own if process_id is None else own.filter(decision__room__process_id=process_id)

    def visible_to(self, actor: Actor) -> Self:
        """Only one's own answer."""
        return self._opened().filter(person_id=actor.person_id)


class DoorWishQuerySet(ClosedQuerySet["DoorWish"]):
    def with_place(self) -> Self:
        return self.select_related("room")

    def left_by(self, person_id: object, process_id: object) -> Self:
        """Of one who leaves: everywhere, or in one process."""
        own = self.filter(person_id=person_id)
        return own if process_id is None else own.filter(room__process_id=process_id)

    def visible_to(self, actor: Actor) -> Self:
        """Only one's own: others see open or not open, never how many or who."""
        return self._opened().filter(person_id=actor.person_id)


class HostYesQuerySet(ClosedQuerySet["HostYes"]):
    def with_place(self) -> Self:
        return self.select_related("seat__room")

    def left_by(self, person_id: object, process_id: object) -> Self:
        """Of one who leaves: everywhere, or in one process."""
        own = self.filter(person_id=person_id)
        return own if process_id is None else own.filter(seat__room__process_id=process_id)

    def visible_to(self, actor: Actor) -> Self:
        """Only one's own answer."""
        return self._opened().filter(person_id=actor.person_id)


def _is_group(actor: Actor, room_id: object) -> bool:
    return any(r.id == room_id and r.kind in (RoomKind.PEER, RoomKind.GROUP) for r in actor.rooms)
