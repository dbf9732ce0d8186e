"""May this actor ask this person, on paper or aloud? Predicates only."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor

from .querysets import people_to_ask


def may_ask(actor: Actor, process_id: UUID, person_id: UUID) -> bool:
    """A host of the person, or the coordinator who invited them; never oneself. One query."""
    return (
        process_id in actor.process_ids
        and people_to_ask(actor, process_id).filter(person_id=person_id).exists()
    )
