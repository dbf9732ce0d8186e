"""Loads the actor: memberships with their seats in one query, the rooms of those processes in another."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from langbord.access.actor import Actor, RoomFact, Sitting
from langbord.access.enums import OUTSIDE, RoomKind
from langbord.base import clock
from langbord.base.often import asked_often
from langbord.people.models import Person
from langbord.processes.models import Membership, Pause

from .models import Room, stands_open

_WHY = "the walls themselves: what the signed-in person may read"


def _memberships(mine: UUID) -> QuerySet[Any, Any]:
    """A line for each seat of each membership that goes on, or one for a membership without a seat."""
    pauses = Pause.objects.unrestricted(_WHY).current().filter(membership_id=OuterRef("pk"))
    return (
        Membership.objects.unrestricted(_WHY)
        .filter(person_id=mine, ended_at__isnull=True)
        .annotate(silent=Exists(pauses))
        .order_by("started_at", "pk")
        .values_list(
            "pk",
            "process_id",
            "process__slug",
            "process__name",
            "role",
            "seats__room_id",
            "seats__confirmed_at",
            "seats__ended_at",
            "process__ended_at",
            "process__rooms_go_on",
            "silent",
        )
    )


def _rooms(mine: UUID) -> QuerySet[Any, Any]:
    """The rooms of the processes where one takes part. Whoever stands outside, as a mentor does, has none by that."""
    inside = Membership.objects.unrestricted(_WHY).filter(person_id=mine, ended_at__isnull=True)
    return (
        Room.objects.unrestricted(_WHY)
        .filter(process_id__in=inside.exclude(role__in=list(OUTSIDE)).values("process_id"))
        .values_list(
            "pk", "kind", "process_id", "name", "has_door", "door_opened_at", "process__research_ends_on"
        )
    )


def load_actor(person: Person, reads_from: datetime | None = None) -> Actor:
    """The actor for `person` as things are now. Two queries, or one for somebody who takes part nowhere."""
    rows = asked_often(_memberships, [person.pk])
    heads: dict[UUID, tuple[Any, ...]] = {}
    seats: dict[UUID, set[UUID]] = defaultdict(set)
    waiting: dict[UUID, set[UUID]] = defaultdict(set)
    for (
        pk,
        process_id,
        slug,
        name,
        role,
        room_id,
        confirmed_at,
        seat_ended_at,
        ended_at,
        go_on,
        still,
    ) in rows:
        heads[pk] = (pk, process_id, slug, name, role, ended_at, go_on, still)
        if room_id is not None and seat_ended_at is None:
            (seats if confirmed_at is not None else waiting)[pk].add(room_id)
    mentoring = tuple(
        Sitting(h[0], h[1], h[2], h[3], h[4], process_ended_at=h[5])
        for h in heads.values()
        if h[4] in OUTSIDE
    )
    heads = {pk: head for pk, head in heads.items() if head[4] not in OUTSIDE}
    today = clock.today()
    rooms = (
        [
            (pk, kind, process_id, name, has_door, opened_at)
            for pk, kind, process_id, name, has_door, opened_at, ends in asked_often(_rooms, [person.pk])
            if not (kind == RoomKind.RESEARCH and ends is not None and ends < today)
        ]
        if heads
        else []
    )
    return Actor(
        person=person,
        power=person.case_power,
        is_operator=person.is_operator,
        sittings=tuple(
            Sitting(
                *(h[0], h[1], h[2], h[3], h[4]),
                seats=frozenset(seats[pk]),
                waiting=frozenset(waiting[pk]),
                process_ended_at=h[5],
                rooms_go_on=h[6],
                silent=h[7],
            )
            for pk, h in heads.items()
        ),
        rooms=tuple(
            RoomFact(
                id=pk,
                kind=kind,
                process_id=process_id,
                name=name,
                has_door=has_door,
                door_open=stands_open(has_door, opened_at),
                opened_at=opened_at,
            )
            for pk, kind, process_id, name, has_door, opened_at in rooms
        ),
        reads_from=reads_from,
        mentoring=mentoring,
    )
