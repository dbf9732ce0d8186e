"""Taking a person's records away, chain and all: when they leave, or when their time is up. Nothing else does."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from .erasing import erasing
from .models import ConsentEvent, ConsentRecord, Guardianship, Witness

_WHY = "somebody's records go, because they leave or the time is up"


def remove(record_ids: Iterable[UUID]) -> int:
    """Remove these heads with all that hangs on them. How many events went. Needs a transaction; no right is checked."""
    ids = list(record_ids)
    with erasing():
        Witness.objects.unrestricted(_WHY).of_records(ids).delete()
        events = ConsentEvent.objects.unrestricted(_WHY).filter(record_id__in=ids)
        gone = events.count()
        events.delete()
        Guardianship.objects.unrestricted(_WHY).filter(record_id__in=ids).delete()
        ConsentRecord.objects.unrestricted(_WHY).filter(pk__in=ids).delete()
    return gone
