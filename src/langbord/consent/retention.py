"""How long answers are kept: so long after the person took part for the last time (content/retention, `consent`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from langbord.base import retention
from langbord.base.retention import Thing, Went

from .models import ConsentRecord
from .removing import remove

_WHY = "what is kept no longer; nothing is shown"


def register() -> None:
    retention.register("consent", find=_done, remove=_remove)


def _done(before: datetime) -> Iterable[Thing]:
    """Records of those who no longer take part in the process, from when their last role there ended."""
    return [
        Thing(key=str(record.pk), since=since, process_id=record.process_id, person_id=record.person_id)
        for record in ConsentRecord.objects.unrestricted(_WHY).of_those_who_left()
        if (since := record.left_at or record.made_at) <= before
    ]


def _remove(things: list[Thing]) -> Went:
    since = {UUID(thing.key): thing.since for thing in things}
    still = ConsentRecord.objects.unrestricted(_WHY).of_those_who_left().filter(pk__in=list(since))
    ids = [record.pk for record in still if (record.left_at or record.made_at) <= since[record.pk]]
    return Went({"consent records": len(ids), "consent events": remove(ids)})
