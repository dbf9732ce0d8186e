"""Loads the actor: memberships with their seats in one query, the rooms of those processes in another."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from langbord.access.actor import Actor, RoomFact, Sitting
from langbord.access.enums import OUTSIDE, RoomKind
from langbord.base import clock
from langbord.people.models import Person
from langbord.processes.models import Membership, Pause

from .models import Room, stands_open

_WHY = "the walls themselves: what the signed-in person may read"


def load_actor(person: Person, reads_from: datetime | None = None) -> Actor:
    """The actor for `person` as things are now. Two queries."""
    pauses = Pause.objects.unrestricted(_WHY).current().filter(membership_id=OuterRef("pk"))
    rows = (
        Membership.objects.unrestricted(_WHY)
        .filter(person_id=person.pk, ended_at__isnull=True)
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
    process_ids = {head[1] for head in heads.values()}
    research_over = Q(kind=RoomKind.RESEARCH, process__research_ends_on__lt=clock.today())
    standing = Room.objects.unrestricted(_WHY).filter(process_id__in=process_ids).exclude(research_over)
    facts = standing.values_list("pk", "kind", "process_id", "name", "has_door", "door_opened_at")
    rooms = list(facts) if heads else []
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
