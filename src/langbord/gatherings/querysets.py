"""Who may see what of a gathering, and the one definition each of what is upcoming, on, past and overdue.

Who was there, who could not come and what somebody needs must never reach a person with power in a member's case: a
member may take part under an activity duty. That counts also for joint gatherings, and also for hosts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, HOST_SIDE, CasePower, RoomKind
from langbord.access.gate import ClosedQuerySet
from langbord.base import clock
from langbord.base.often import asked_often

from . import rules
from .enums import AnswerKind, TableSide

if TYPE_CHECKING:
    from langbord.access.actor import Actor
    from langbord.people.models import Person

    from .models import (
        AgendaItem,
        Answer,
        Attendance,
        CaughtInput,
        Correction,
        Gathering,
        GatheringWords,
        Minutes,
        Quote,
    )


def _model(name: str) -> Any:
    return apps.get_model("gatherings", name)


class GatheringQuerySet(ClosedQuerySet["Gathering"]):
    def visible_to(self, actor: Actor) -> Self:
        """Time and place: those who read the room; and for citizens' rooms the coordinator, the researcher, and a
        host who still waits for the group's yes."""
        seen = [room.id for room in actor.rooms if rules.knows_time(actor, room)]
        return self._opened().filter(room_id__in=seen)

    def laid_for(self, actor: Actor) -> Self:
        """With what is said about them, and one's own answer (`my_answer`, `my_answered_at`): only in rooms one reads."""
        mine = _model("Answer").objects.own(actor).filter(gathering=OuterRef("pk"))
        return (
            self.filter(room_id__in=actor.readable_rooms)
            .select_related("words")
            .annotate(
                my_answer=Subquery(mine.values("answer")[:1]),
                my_answered_at=Subquery(mine.values("answered_at")[:1]),
            )
        )

    def on_hold_for(self, actor: Actor, process_id: UUID) -> Self:
        """To come at the joint table, behind a door that is closed to them now; and they laid it there, or said whether they
        come: so they know of it. For the question whether there is one: nothing of it is shown. No rows, and no query, where
        no door is closed to them."""
        shut = [
            room.id
            for room in actor.rooms_in(process_id, RoomKind.JOINT)
            if actor.person_id is not None and not rules.knows_time(actor, room)
        ]
        if not shut:
            return self._opened().none()
        own = _model("Answer").objects.own(actor).filter(gathering=OuterRef("pk"))
        known = Q(planned_by_id=actor.person_id) | Exists(own)
        return self._opened().not_over().filter(known, room_id__in=shut)

    def not_over(self, at: datetime | None = None) -> Self:
        """Upcoming or on: neither over nor called off. In order of time."""
        return self.filter(cancelled_at__isnull=True, ends_at__gt=at or clock.now()).order_by(
            "starts_at", "pk"
        )

    def not_over_or_called_off(self, at: datetime | None = None) -> Self:
        """Upcoming or on, and those that were called off while their time has not passed: whoever meant to come must meet
        it where they looked for it. In order of time."""
        return self.filter(ends_at__gt=at or clock.now()).order_by("starts_at", "pk")

    def upcoming(self, at: datetime | None = None) -> Self:
        """Has not begun, and is not called off."""
        return self.not_over(at).filter(starts_at__gt=at or clock.now())

    def on_now(self, at: datetime | None = None) -> Self:
        """Has begun, and is not over."""
        return self.not_over(at).filter(starts_at__lte=at or clock.now())

    def past(self, at: datetime | None = None) -> Self:
        """Is over, and was not called off. The last one first."""
        return self.filter(cancelled_at__isnull=True, ends_at__lte=at or clock.now()).order_by(
            "-starts_at", "pk"
        )

    def overdue(self, at: datetime | None = None) -> Self:
        """Is over, and nobody has said who was there."""
        return self.past(at).filter(held_at__isnull=True)


class GatheringWordsQuerySet(ClosedQuerySet["GatheringWords"]):
    def visible_to(self, actor: Actor) -> Self:
        return self._opened().filter(room_id__in=actor.readable_rooms)


class AgendaItemQuerySet(ClosedQuerySet["AgendaItem"]):
    def visible_to(self, actor: Actor) -> Self:
        return self._opened().filter(room_id__in=actor.readable_rooms)


def hosted_people(actor: Actor) -> Q:
    """Rows about persons (with `room_id`, `person`, `side`) at gatherings that the actor hosts.

    At the joint table a host who has power in citizens' cases sees only citizens of groups that they themselves host
    (those have said yes to them), and the other sides.
    """
    hosted = [room for room in actor.rooms if rules.hosts_here(actor, room)]
    free = [room.id for room in hosted if room.kind != RoomKind.JOINT or actor.power == CasePower.NONE]
    seen = Q(room_id__in=free)
    bound = [room.id for room in hosted if room.id not in free]
    if bound:
        own = [room.id for room in hosted if room.kind in CITIZEN_ROOMS]
        membership: Any = apps.get_model("processes", "Membership")
        known = (
            membership.objects.unrestricted("citizens of the groups that this host is a host of")
            .filter(
                seats__room_id__in=own,
                seats__ended_at__isnull=True,
                seats__confirmed_at__isnull=False,  # whom nobody there has met yet, is none of theirs
                ended_at__isnull=True,
                role__in=list(CITIZEN_SIDE),
            )
            .values("person_id")
        )
        seen |= Q(room_id__in=bound) & (~Q(side=TableSide.CITIZENS) | Q(person_id__in=known))
    return seen


class AnswerQuerySet(ClosedQuerySet["Answer"]):
    def own(self, actor: Actor) -> Self:
        """Of what `visible_to` shows, one's own. Says so at once: home pages and rooms ask it as a part of another query."""
        return self._told(actor, Q(person_id=actor.person_id))

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and for the hosts of the gathering all. Never for anybody else, by name."""
        return self._told(actor, Q(person_id=actor.person_id) | hosted_people(actor))

    def _told(self, actor: Actor, whose: Q) -> Self:
        """Nothing to nobody, and on a new card's first day nothing older."""
        if actor.person_id is None:
            return self._opened().none()
        if actor.reads_from is not None:
            whose &= Q(answered_at__gte=actor.reads_from)
        return self._opened().filter(whose)

    def with_person(self) -> Self:
        return self.select_related("person")

    def of_person(self, person_id: object) -> Self:
        """One person's, with the gathering and its room, in time."""
        rows = self.filter(person_id=person_id).select_related("gathering", "room")
        return rows.order_by("gathering__starts_at", "pk")

    def coming(self, gatherings: Iterable[Gathering]) -> Self:
        """Who has said that they come, since the time was last changed."""
        held = list(gatherings)
        still = [g.pk for g in held if g.moved_at is None]
        since = Q(gathering_id__in=still)
        for gathering in held:
            if gathering.moved_at is not None:
                since |= Q(gathering_id=gathering.pk, answered_at__gte=gathering.moved_at)
        return self.filter(since, answer=AnswerKind.COMING)

    def by_side(self) -> list[tuple[UUID, str, int]]:
        """Heads by side, without names."""
        rows = self.order_by().values_list("gathering_id", "side").annotate(heads=Count("pk"))
        return [(gathering_id, side, heads) for gathering_id, side, heads in rows]


class AttendanceQuerySet(ClosedQuerySet["Attendance"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; for hosts of the gathering all; citizens of a group see whom they sat with there.

        At the joint table whoever is there sees the names of those they sit with while it lasts, and nothing
        afterwards. Leaders and the coordinator have head counts only. Whoever has power in citizens' cases gets no
        names from the screen at all.
        """
        if actor.person_id is None:
            return self._opened().none()
        seen = Q(person_id=actor.person_id) | hosted_people(actor)
        mine = self._opened().filter(person_id=actor.person_id).values("gathering_id")
        group = [
            r.id
            for r in actor.rooms
            if r.kind in CITIZEN_ROOMS and actor.may_read(r.id) and actor.sits_in(r.id)
        ]
        seen |= Q(room_id__in=group, gathering_id__in=mine)
        tables = [r.id for r in actor.rooms if rules.meets_names_at(actor, r)]
        if tables:
            now = clock.now()
            seen |= Q(
                room_id__in=tables,
                gathering_id__in=mine,
                gathering__starts_at__lte=now,
                gathering__ends_at__gt=now,
            )
        queryset = self._opened().filter(seen)
        if actor.reads_from is not None:
            queryset = queryset.filter(marked_at__gte=actor.reads_from)
        return queryset

    def with_person(self) -> Self:
        return self.select_related("person")

    def of_person(self, person_id: object) -> Self:
        """One person's, with the gathering and its room, in time."""
        rows = self.filter(person_id=person_id).select_related("gathering", "room")
        return rows.order_by("gathering__starts_at", "pk")

    def by_side(self) -> list[tuple[UUID, str, int]]:
        """Heads by side, without names."""
        rows = self.order_by().values_list("gathering_id", "side").annotate(heads=Count("pk"))
        return [(gathering_id, side, heads) for gathering_id, side, heads in rows]


def hosts_sitting_in(room_ids: Iterable[UUID]) -> list[tuple[UUID, Person]]:
    """Hosts with a confirmed seat in these rooms, in the order they came. Whoever is asked to come may know them. One
    query, none without rooms."""
    wanted = list(dict.fromkeys(room_ids))
    rows = asked_often(_hosts_sitting_in, wanted) if wanted else []
    return [(row.sits_in, row.person) for row in rows]


def _hosts_sitting_in(*room_ids: UUID) -> QuerySet[Any, Any]:
    membership: Any = apps.get_model("processes", "Membership")
    rows: QuerySet[Any, Any] = (
        membership.objects.unrestricted("who the hosts are")
        .filter(
            ended_at__isnull=True,
            role__in=list(HOST_SIDE),
            seats__room_id__in=room_ids,
            seats__ended_at__isnull=True,
            seats__confirmed_at__isnull=False,
        )
        .annotate(sits_in=F("seats__room_id"))
        .select_related("person")
        .order_by("started_at", "pk")
    )
    return rows


class CaughtInputQuerySet(ClosedQuerySet["CaughtInput"]):
    def visible_to(self, actor: Actor) -> Self:
        return self._opened().filter(room_id__in=actor.readable_rooms)

    def of_person(self, person_id: object) -> Self:
        """One person's, with the gathering and its room, in time."""
        rows = self.filter(piece__author_id=person_id).select_related("gathering", "room")
        return rows.order_by("gathering__starts_at", "pk")

    def whole_room_reads(self) -> Self:
        """Still in the gathering's room and not kept back by a host: what minutes may be made from."""
        return self.filter(piece__room_id=F("room_id"), piece__hidden_at__isnull=True)


class MinutesQuerySet(ClosedQuerySet["Minutes"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those whose piece one may read: the room's readers, and the writer of a draft."""
        piece: Any = apps.get_model("rooms", "Piece")
        return self._opened().filter(piece_id__in=piece.objects.visible_to(actor).values("pk"))

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def with_piece(self) -> Self:
        """With their words: the piece has been through its own gate in `visible_to`."""
        return self.select_related("piece__room", "piece__process")

    def of_own_draft(self, actor: Actor) -> Self:
        return self.filter(
            published_at__isnull=True, piece__author_id=actor.person_id, piece__room_id__isnull=True
        )


class QuoteQuerySet(ClosedQuerySet["Quote"]):
    def visible_to(self, actor: Actor) -> Self:
        """What of people's words one may read where they were said, and in minutes that one may read."""
        piece: Any = apps.get_model("rooms", "Piece")
        read = piece.objects.visible_to(actor).values("pk")
        return self._opened().filter(piece_id__in=read, minutes__piece_id__in=read)

    def of_person(self, person_id: object) -> Self:
        """Where one person's words stand, with the gathering and its room, in time."""
        rows = self.filter(piece__author_id=person_id).select_related("minutes__gathering__room")
        return rows.order_by("minutes__gathering__starts_at", "pk")

    def that_stand(self, willing: Iterable[UUID]) -> Self:
        """Whose author is among those who say yes, and whose words the whole room still reads. What somebody left
        behind without their name has nobody who says yes."""
        return self.filter(
            piece__author_id__in=willing,
            piece__room_id=F("minutes__gathering__room_id"),
            piece__hidden_at__isnull=True,
            piece__words_removed_at__isnull=True,
        )


class CorrectionQuerySet(ClosedQuerySet["Correction"]):
    def visible_to(self, actor: Actor) -> Self:
        piece: Any = apps.get_model("rooms", "Piece")
        return self._opened().filter(piece_id__in=piece.objects.visible_to(actor).values("pk"))
