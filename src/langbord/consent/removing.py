"""Taking a person's records away, chain and all: when they leave, or when their time is up. Nothing else does."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from .erasing import erasing
from .models import ConsentEvent, ConsentRecord, Guardianship

_WHY = "somebody's records go, because they leave or the time is up"


def remove(record_ids: Iterable[UUID]) -> int:
    """Remove these heads with all that hangs on them. How many events went. Needs a transaction; no right is checked."""
    ids = list(record_ids)
    gone = 0
    with erasing():
        for event in ConsentEvent.objects.unrestricted(_WHY).filter(record_id__in=ids):
            event.delete()
            gone += 1
        for adult in Guardianship.objects.unrestricted(_WHY).filter(record_id__in=ids):
            adult.delete()
        for record in ConsentRecord.objects.unrestricted(_WHY).filter(pk__in=ids):
            record.delete()
    return gone
