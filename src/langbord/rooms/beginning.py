"""Beginning a process: from a template to rooms that are ready, in one action."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from langbord.access.actor import Actor, actor_of
from langbord.access.enums import RoomKind
from langbord.base.errors import NotAllowed
from langbord.library import pinning
from langbord.people.models import Organisation
from langbord.processes import actions as processes
from langbord.processes.models import Process
from langbord.processes.templates import RoomPlan, Template, all_templates, in_language

from .models import Room
from .seating import open_room


def may_begin(actor: Actor) -> bool:
    """Employees and others who work somewhere may begin a process; citizens' own path comes with its template."""
    return actor.person is not None and (actor.person.unit_id is not None or actor.is_operator)


MIXED = (RoomKind.PEER, RoomKind.GROUP, RoomKind.SERVICE, RoomKind.JOINT, RoomKind.STEERING)
"""Kinds of rooms that one may choose when a process begins; the board is always there."""


def planned_rooms(plan: Template, kinds: Collection[str] = ()) -> list[RoomPlan]:
    """The rooms of a way to begin; with `kinds` exactly those, and the board. A room that the way has not is taken from the
    first way that has one."""
    if not kinds:
        return list(plan.rooms)
    known = [room for way in (plan, *all_templates().values()) for room in way.rooms]
    wanted = [kind for kind in MIXED if kind in kinds]
    return [next(room for room in known if room.kind == kind) for kind in (*wanted, RoomKind.BOARD)]


def begin_process(
    *,
    actor: Actor,
    name: str,
    organisation: Organisation,
    template: str = "blank",
    purpose: str = "",
    process_id: UUID | None = None,
    kinds: Collection[str] = (),
) -> Process:
    """A process with the rooms of its template (or exactly `kinds`, see `planned_rooms`), the guide as it is today, and the
    actor as coordinator. Saying it twice makes one."""
    if not may_begin(actor):
        raise NotAllowed()
    plan = all_templates()[template]
    with transaction.atomic():
        process = processes.create_process(
            name=name,
            organisation=organisation,
            actor=actor,
            process_id=process_id,
            purpose=purpose,
            template=template,
        )
        coordinator = actor_of(actor.person)
        if (
            not Room.objects.unrestricted("were the rooms made by the first click?")
            .filter(process=process)
            .exists()
        ):
            pinning.pin_all(process.pk, organisation.pk)
            for room in planned_rooms(plan, kinds):
                open_room(
                    process=process,
                    kind=room.kind,
                    name=in_language(room.name),
                    actor=coordinator,
                    has_door=room.door,
                )
    return process
