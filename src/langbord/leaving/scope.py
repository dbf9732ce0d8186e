"""What there is to leave: one process of several, or all of Langbord; and what that would do, told beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from langbord.access.actor import Actor
from langbord.base import personal_data as registry
from langbord.base.personal_data import Numbers
from langbord.processes.models import Membership

_WHY = "which processes somebody can leave: their own, also those they once were in"


@dataclass(frozen=True)
class Place:
    """A process that somebody is, or was, in."""

    id: UUID
    slug: str
    name: str


@dataclass(frozen=True)
class Plan:
    """A parting that is only thought of. Shaped as `personal_data.Parting`."""

    person_id: UUID
    process_id: UUID | None
    way: str
    subject: UUID
    fresh: UUID | None = None


def places(person_id: UUID) -> list[Place]:
    """The processes a person is or was in, in the order they came. One query."""
    rows = (
        Membership.objects.unrestricted(_WHY)
        .filter(person_id=person_id)
        .order_by("started_at")
        .values_list("process_id", "process__slug", "process__name")
    )
    found: dict[UUID, Place] = {}
    for process_id, slug, name in rows:
        found.setdefault(process_id, Place(process_id, slug, name))
    return list(found.values())


def is_whole(person_id: UUID, process_id: UUID | None, among: list[Place] | None = None) -> bool:
    """All of Langbord: asked for, or the one process there is. `among`: the person's places, where they are known."""
    if process_id is None:
        return True
    return {place.id for place in (places(person_id) if among is None else among)} <= {process_id}


def foretell(actor: Actor, way: str, process_id: UUID | None) -> Numbers:
    """What will happen, in numbers, if nothing changes until then. `process_id` None: all (see `is_whole`). Writes
    nothing."""
    if actor.person_id is None or actor.subject is None:
        return Numbers()
    plan = Plan(actor.person_id, process_id, way, actor.subject)
    numbers = registry.counted(*(register.counts(plan) for register in registry.registers()))
    for register in registry.registers():
        numbers.update(register.foretell(plan))
    return numbers
