"""May this actor ask this person, on paper or aloud? Predicates only."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor

from ..enums import Purpose
from .querysets import hosts_all_rooms_of, people_to_ask

OPENS_WORDS = frozenset({Purpose.RESEARCH, Purpose.QUOTES})
"""A yes to these opens what was said in a group to somebody who does not sit there."""


def may_ask(actor: Actor, process_id: UUID, person_id: UUID) -> bool:
    """A host of the person, or the coordinator who invited them; never oneself. One query."""
    return (
        process_id in actor.process_ids
        and people_to_ask(actor, process_id).filter(person_id=person_id).exists()
    )


def may_write_yes(actor: Actor, process_id: UUID, person_id: UUID, purposes: set[str]) -> bool:
    """Nobody writes down a yes that opens more than they read themself: one to research is for a host of the groups where
    the person sits. A coordinator could else say yes for everybody, and read along as a researcher they made up."""
    return OPENS_WORDS.isdisjoint(purposes) or hosts_all_rooms_of(actor, process_id, person_id)
