"""Beginning a process: from a template to rooms that are ready, in one action."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from langbord.access.actor import Actor, actor_of
from langbord.base.errors import NotAllowed
from langbord.people.models import Organisation
from langbord.processes import actions as processes
from langbord.processes.models import Process
from langbord.processes.templates import all_templates, in_language

from .models import Room
from .seating import open_room


def may_begin(actor: Actor) -> bool:
    """Employees and others who work somewhere may begin a process; citizens' own path comes with its template."""
    return actor.person is not None and (actor.person.unit_id is not None or actor.is_operator)


def begin_process(
    *,
    actor: Actor,
    name: str,
    organisation: Organisation,
    template: str = "blank",
    purpose: str = "",
    process_id: UUID | None = None,
) -> Process:
    """A process with the rooms of its template, and the actor as coordinator. Saying it twice makes one."""
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
            for room in plan.rooms:
                open_room(
                    process=process,
                    kind=room.kind,
                    name=in_language(room.name),
                    actor=coordinator,
                    has_door=room.door,
                )
    return process
