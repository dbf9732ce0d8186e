"""Who may see a room, a seat, a piece: the closed querysets that read the walls table through the actor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db.models import BooleanField, Case, CharField, Count, Exists, OuterRef, Q, Subquery, Value, When

from langbord.access.enums import (
    CITIZEN_ROOMS,
    CITIZEN_SIDE,
    HOST_SIDE,
    SERVICE_SIDE,
    CasePower,
    Role,
    RoomKind,
)
from langbord.access.gate import ClosedQuerySet
from langbord.access.walls import WALLS
from langbord.base import clock

from .moderating import moderated_rooms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from langbord.access.actor import Actor

    from .models import DoorWish, GroupAnswer, GroupDecision, HostYes, Piece, Room, Seat

MATERIAL_ROOMS = frozenset(
    {RoomKind.PEER, RoomKind.GROUP, RoomKind.SERVICE, RoomKind.JOINT, RoomKind.STEERING}
)
"""Rooms whose pieces may become research material, with their author's yes. The board is read by everybody anyway."""


class RoomQuerySet(ClosedQuerySet["Room"]):
    def visible_to(self, actor: Actor) -> Self:
        return self._opened().filter(pk__in=actor.readable_rooms)

    def with_process(self) -> Self:
        return self.select_related("process")


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

    def ever_in_citizens_rooms(
        self, process_id: UUID, people: Iterable[UUID]
    ) -> QuerySet[Seat, tuple[Any, ...]]:
        """Whose, which room, since when, until when, and until when the role: all seats these people have had in the
        citizens' rooms of a process, the first one first. No words."""
        return (
            self.filter(
                membership__person_id__in=list(people),
                membership__process_id=process_id,
                room__kind__in=list(CITIZEN_ROOMS),
            )
            .order_by("started_at", "pk")
            .values_list("membership__person_id", "room_id", "started_at", "ended_at", "membership__ended_at")
        )

    def of_citizens_now(self, room_ids: object) -> Self:
        """The seats of those who sit in these rooms as citizens now."""
        return self.current().filter(
            room_id__in=room_ids,
            confirmed_at__isnull=False,
            membership__role__in=list(CITIZEN_SIDE),
            membership__ended_at__isnull=True,
        )

    def shut_by(self, person_id: object, power: CasePower) -> Self:
        """The current seats of one person in rooms that this power over cases shuts them out of."""
        shut = [kind for kind, wall in WALLS.items() if power in wall.shut_out]
        return self.current().filter(membership__person_id=person_id, room__kind__in=shut)

    def of_person(self, person_id: object) -> Self:
        """With the room."""
        return self.filter(membership__person_id=person_id).select_related("room").order_by("started_at")

    def waiting_in(self, room_id: object) -> Self:
        """Seats in a room that open nothing yet, with who waits and where they work."""
        return (
            self.current()
            .filter(room_id=room_id, confirmed_at__isnull=True, membership__ended_at__isnull=True)
            .select_related("membership__person__unit__organisation")
            .order_by("started_at", "pk")
        )

    def with_membership(self) -> Self:
        return self.select_related("membership")

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
        """Pieces in rooms one reads, unless they are kept back (`moderating`); and always what one wrote oneself.

        On the first day of a new card nothing older is opened, one's own included: whoever printed the card may be
        the one who holds it.
        """
        if actor.person_id is None:
            return self._opened().none()
        room = Q(room_id__in=actor.readable_rooms, hidden_at__isnull=True)
        seen = room | Q(author_id=actor.person_id)
        seen |= Q(room_id__in=moderated_rooms(actor))
        queryset = self._opened().filter(seen).select_related("room", "author", "process")
        if actor.reads_from is not None:
            queryset = queryset.filter(created_at__gte=actor.reads_from)
        return queryset

    def own_counts(self, actor: Actor) -> dict[str, int]:
        """How many drafts, shared, carried over and held back one has. Narrow with `visible_to` first. One query."""
        shared = Q(room__isnull=False, words_removed_at__isnull=True)
        counts: dict[str, int] = self.filter(author_id=actor.person_id).aggregate(
            drafts=Count("pk", filter=Q(room__isnull=True)),
            shared=Count("pk", filter=shared & Q(copied_from__isnull=True)),
            carried=Count("pk", filter=shared & Q(copied_from__isnull=False)),
            held=Count("pk", filter=shared & Q(hidden_at__isnull=False)),
        )
        return counts

    def with_place(self) -> Self:
        """With the room and the process it lies in."""
        return self.select_related("room", "process")

    def with_author(self) -> Self:
        """With who said it and no more: for a page that has the room and the process already."""
        return self.select_related(None).select_related("author")

    def on_board(self) -> Self:
        return self.filter(room__kind=RoomKind.BOARD)

    def as_material(self, actor: Actor, process_id: UUID) -> Self:
        """What a researcher of the process may use, decided now and by consent alone: shared pieces in rooms, whose
        author says yes to research. Each with `quotable` (the author says yes to quotes, too) and `voice`.

        Never: drafts, what a host keeps back, what was taken back, what somebody left behind without their name, the
        board; the joint room while its door is closed; rooms that the researcher's own power over cases shuts them out of.
        A group's piece only when every citizen of the group says yes, also those who sat there when it was
        written and have gone since. Nothing once the registered last day of the research has passed. Three queries.
        """
        from langbord.consent.asking import who_says_yes_to
        from langbord.consent.enums import Purpose

        if not actor.has_role(process_id, Role.RESEARCHER):
            return self._opened().none()
        yes = who_says_yes_to([Purpose.RESEARCH, Purpose.QUOTES], process_id)
        willing = yes[Purpose.RESEARCH]
        found = self._opened().filter(
            _words_of(willing),
            process_id=process_id,
            room__kind__in=_material_rooms(actor, process_id),
            shared_at__isnull=False,
            hidden_at__isnull=True,
            words_removed_at__isnull=True,
        )
        over = Q(process__research_ends_on__lt=clock.today())
        if actor.reads_from is not None:
            found = found.filter(created_at__gte=actor.reads_from)
        quotable = Case(
            When(_words_of(willing & yes[Purpose.QUOTES]), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        return found.exclude(over).annotate(quotable=quotable, voice=_voice()).select_related("room")


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

    def took_back(self, piece_id: object) -> Self:
        """By which copies of a piece were taken back, with where they lay and who recorded it."""
        return self.filter(piece_id=piece_id, kind="back", effective_at__isnull=False).select_related(
            "target", "recorded_by"
        )

    def still_counting(self) -> Self:
        """Not stopped, and not undone: what it brought over still lies there with its words."""
        undone = Q(effective_at__isnull=False, copy__isnull=True) | Q(copy__words_removed_at__isnull=False)
        return self.filter(stopped_at__isnull=True).exclude(undone)

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
        """Only one's own answer; on the first day of a new card none from before."""
        return self._opened().filter(_own_answers(actor))


class DoorWishQuerySet(ClosedQuerySet["DoorWish"]):
    def with_place(self) -> Self:
        return self.select_related("room")

    def left_by(self, person_id: object, process_id: object) -> Self:
        """Of one who leaves: everywhere, or in one process."""
        own = self.filter(person_id=person_id)
        return own if process_id is None else own.filter(room__process_id=process_id)

    def visible_to(self, actor: Actor) -> Self:
        """Only one's own: others see open or not open, never how many or who. On the first day of a new card none from
        before: whoever printed it may be the host."""
        return self._opened().filter(_own_answers(actor))


class HostYesQuerySet(ClosedQuerySet["HostYes"]):
    def with_place(self) -> Self:
        return self.select_related("seat__room")

    def left_by(self, person_id: object, process_id: object) -> Self:
        """Of one who leaves: everywhere, or in one process."""
        own = self.filter(person_id=person_id)
        return own if process_id is None else own.filter(seat__room__process_id=process_id)

    def visible_to(self, actor: Actor) -> Self:
        """Only one's own answer; on the first day of a new card none from before."""
        return self._opened().filter(_own_answers(actor))


def _own_answers(actor: Actor) -> Q:
    """One's own rows with `person` and `at`, as far back as one's card opens."""
    own = Q(person_id=actor.person_id)
    return own if actor.reads_from is None else own & Q(at__gte=actor.reads_from)


def _material_rooms(actor: Actor, process_id: UUID) -> list[RoomKind]:
    """Nobody reads the joint room while its door is closed, and no role leads around power over cases."""
    closed = set() if actor.table_is_open(process_id) else {RoomKind.JOINT}
    return [kind for kind in MATERIAL_ROOMS - closed if actor.power not in WALLS[kind].shut_out]


def _words_of(people: frozenset[UUID]) -> Q:
    """Pieces of these people; and pieces of a group whose citizens, then and now, are all among them."""
    seats: Any = apps.get_model("rooms", "Seat")
    citizens = seats.objects.unrestricted("has every citizen of the group said yes?").filter(
        room_id=OuterRef("room_id"), membership__role__in=list(CITIZEN_SIDE), confirmed_at__isnull=False
    )
    now = Q(ended_at__isnull=True, membership__ended_at__isnull=True)
    then = Q(ended_at__gt=OuterRef("shared_at")) | Q(
        ended_at__isnull=True, membership__ended_at__gt=OuterRef("shared_at")
    )
    of_group = (
        Q(author__isnull=True, left_at__isnull=True, room__kind__in=list(CITIZEN_ROOMS))
        & Q(Exists(citizens.filter(now)))
        & ~Q(Exists(citizens.filter(now | then).exclude(membership__person_id__in=people)))
    )
    return Q(author_id__in=people) | of_group


def _voice() -> Any:
    """From which side the author speaks: citizen, host, or the service. Empty for a group's piece."""
    members: Any = apps.get_model("processes", "Membership")
    here = members.objects.unrestricted("from which side somebody speaks, for the researcher").filter(
        process_id=OuterRef("process_id"), person_id=OuterRef("author_id"), ended_at__isnull=True
    )
    return Case(
        When(author__isnull=True, then=Value("")),
        When(Exists(here.filter(role__in=list(CITIZEN_SIDE))), then=Value("citizen")),
        When(Exists(here.filter(role__in=list(HOST_SIDE))), then=Value("host")),
        default=Value("service"),
        output_field=CharField(),
    )


def _is_group(actor: Actor, room_id: object) -> bool:
    return any(r.id == room_id and r.kind in (RoomKind.PEER, RoomKind.GROUP) for r in actor.rooms)


def with_door_answer(members: Any, wishes: DoorWishQuerySet) -> Any:
    """Memberships with `door_answer`: what each has answered at the door, of the opened `wishes`. Saves a host's page a
    query; it is summed up, and never shown of anybody."""
    own = wishes.filter(person_id=OuterRef("person_id")).values("answer")[:1]
    return members.annotate(door_answer=Subquery(own))


def groups_that_ask(person_id: UUID) -> Any:
    """For the process of the outer row, one column: the group where this citizen's own yes or no is waited for, of a decision
    of the group or of a host who comes from the service. Of several the oldest; the next comes when that is answered."""

    def rows(name: str) -> Any:
        model: Any = apps.get_model("rooms", name)
        return model.objects.unrestricted("does the group wait for one's own answer? nothing is read")

    sits = rows("Seat").filter(
        room=OuterRef("pk"),
        membership__person_id=person_id,
        membership__role__in=list(CITIZEN_SIDE),
        membership__ended_at__isnull=True,
        confirmed_at__isnull=False,
        ended_at__isnull=True,
    )
    own_answer = rows("GroupAnswer").filter(decision=OuterRef("pk"), person_id=person_id)
    decisions = rows("GroupDecision").filter(
        ~Exists(own_answer),
        room=OuterRef("pk"),
        effective_at__isnull=True,
        stopped_at__isnull=True,
        piece__hidden_at__isnull=True,
    )
    own_yes = rows("HostYes").filter(seat=OuterRef("pk"), person_id=person_id)
    hosts = rows("Seat").filter(
        ~Exists(own_yes),
        room=OuterRef("pk"),
        membership__role__in=list(HOST_SIDE),
        membership__ended_at__isnull=True,
        confirmed_at__isnull=True,
        ended_at__isnull=True,
    )
    groups = rows("Room").filter(
        Exists(decisions) | Exists(hosts),
        Exists(sits),
        process_id=OuterRef("pk"),
        kind__in=list(CITIZEN_ROOMS),
    )
    return groups.order_by("created_at", "pk").values("pk")[:1]
