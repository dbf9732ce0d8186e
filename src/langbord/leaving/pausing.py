"""Being silent for a while, and coming back. Only the person themself."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.processes.models import Pause

_WHY = "one's own pause"


def be_silent(*, actor: Actor, process_id: UUID) -> None:
    """Silent in one process, in every role there. Saying it twice changes nothing."""
    sittings = actor.sittings_in(process_id)
    if not sittings:
        raise NotAllowed()
    for sitting in sittings:
        try:
            with transaction.atomic():
                _pause, made = Pause.objects.unrestricted(_WHY).get_or_create(
                    membership_id=sitting.membership_id,
                    ended_at=None,
                    defaults={"started_at": clock.now()},
                )
                if made:
                    events.record(actor.person_id, "pause.begun", _pause, process_id=process_id)
        except IntegrityError:
            continue


def come_back(*, actor: Actor, process_id: UUID) -> None:
    """Back again. Nothing happens if one was not silent."""
    rows = Pause.objects.visible_to(actor).current().of_person(actor.person_id).in_process(process_id)
    for pause in rows:
        pause.ended_at = clock.now()
        pause.save(update_fields=["ended_at"])
        events.record(actor.person_id, "pause.ended", pause, process_id=process_id)
