"""May this actor do this with somebody's consent? Predicates only."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor
from langbord.access.enums import Role

from .models import Guardianship
from .querysets import people_one_hosts


def takes_part(actor: Actor, process_id: UUID) -> bool:
    """Whoever takes part, in whatever role, answers for themself."""
    return actor.person_id is not None and process_id in actor.process_ids


def hosts(actor: Actor, process_id: UUID, person_id: UUID) -> bool:
    """Whether this actor hosts a room of the process in which the person sits now. Never oneself. One query."""
    if person_id == actor.person_id:
        return False
    return people_one_hosts(actor, process_id).filter(person_id=person_id).exists()


def coordinates(actor: Actor, process_id: UUID) -> bool:
    return actor.has_role(process_id, Role.COORDINATOR)


def may_name_guardian(actor: Actor, process_id: UUID, child_id: UUID) -> bool:
    """A host of the young person; or the coordinator, for anybody else who takes part (`actions` asks whether they do)."""
    if child_id == actor.person_id:
        return False
    return coordinates(actor, process_id) or hosts(actor, process_id, child_id)


def guards(actor: Actor, guardianship: Guardianship, process_id: UUID) -> bool:
    """Whether this actor is the adult, counts, and takes part in the same process."""
    return (
        guardianship.guardian_id is not None
        and guardianship.guardian_id == actor.person_id
        and guardianship.counts
        and takes_part(actor, process_id)
    )
