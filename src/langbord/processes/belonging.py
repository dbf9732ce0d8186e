"""Whose words in the library somebody meets who takes part and works nowhere: the organisation that answers for their
process."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor

from .models import Process


def answers_for(actor: Actor, process_id: UUID) -> UUID | None:
    """The organisation that answers for a process, for those who may know of it. One query."""
    found = Process.objects.visible_to(actor).filter(pk=process_id)
    return found.values_list("organisation_id", flat=True).first()


def organisation_of(actor: Actor) -> UUID | None:
    """Of the process that they have been in the longest. One query; none for those who take part in nothing."""
    if not actor.process_ids:
        return None
    found = Process.objects.visible_to(actor).order_by("created_at", "pk")
    return found.values_list("organisation_id", flat=True).first()
