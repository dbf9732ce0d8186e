"""Closed processes as the apps that hold their things need them: which are due, and that something has gone."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from langbord.base import clock, events
from langbord.processes.models import Membership

from .models import Closing

_WHY = "what goes when a process is over; nothing is shown"


def standing(process_ids: Iterable[UUID] | None = None) -> list[Closing]:
    """Closings that were not taken back and not carried out to the end. One query."""
    rows = Closing.objects.unrestricted(_WHY).standing().filter(emptied_at__isnull=True)
    if process_ids is not None:
        rows = rows.filter(process_id__in=list(process_ids))
    return list(rows)


def held(process_id: UUID) -> Closing | None:
    """The standing closing of a process, held until the end of the transaction; None when it was reopened."""
    rows = Closing.objects.unrestricted(_WHY).standing().filter(emptied_at__isnull=True)
    return rows.filter(process_id=process_id).select_for_update().first()


def has_begun(closing: Closing) -> None:
    """From now on it cannot be reopened: something has gone."""
    if closing.begun_at is None:
        closing.begun_at = clock.now()
        closing.save(update_fields=["begun_at"])


def is_empty(closing: Closing) -> None:
    """Its last room has gone: everybody's part in it ends. The process itself stays as a name and two dates."""
    now = clock.now()
    Membership.objects.unrestricted(_WHY).current().filter(process_id=closing.process_id).update(ended_at=now)
    closing.emptied_at = now
    closing.save(update_fields=["emptied_at"])
    events.record(None, "process.emptied", closing, process_id=closing.process_id)
