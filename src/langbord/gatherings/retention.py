"""How long needs and names at a gathering are kept. The gathering itself stays as long as its room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F

from langbord.base import clock, retention
from langbord.base.retention import Thing, Went

from .enums import TableSide
from .models import Answer, Attendance, Gathering

_WHY = "what is kept no longer; nothing is shown"

OTHERS = {
    TableSide.CITIZENS: "others_citizens",
    TableSide.SERVICE: "others_service",
    TableSide.HOSTS: "others_hosts",
}


def register() -> None:
    retention.register("needs", find=_with_needs, remove=_remove_needs)
    retention.register("who-came", find=_with_names, remove=_names_become_heads)


def _with_needs(before: datetime) -> Iterable[Thing]:
    return _over(Gathering.objects.unrestricted(_WHY).filter(needs_gone_at__isnull=True, ends_at__lte=before))


def _with_names(before: datetime) -> Iterable[Thing]:
    return _over(Gathering.objects.unrestricted(_WHY).filter(names_gone_at__isnull=True, ends_at__lte=before))


def _over(rows: object) -> list[Thing]:
    found = rows.order_by("pk").values_list("pk", "ends_at", "process_id", "room_id")  # type: ignore[attr-defined]
    return [
        Thing(key=str(pk), since=ends_at, process_id=process_id, room_id=room_id)
        for pk, ends_at, process_id, room_id in found
    ]


def _still_over(things: list[Thing]) -> list[Gathering]:
    """Those that were not moved to another day in the meantime, held until the end of the transaction."""
    since = {UUID(thing.key): thing.since for thing in things}
    rows = Gathering.objects.unrestricted(_WHY).filter(pk__in=list(since)).select_for_update()
    return [gathering for gathering in rows if gathering.ends_at <= since[gathering.pk]]


def _remove_needs(things: list[Thing]) -> Went:
    held = _still_over(things)
    # Which of them were empty cannot be asked of sealed texts: all are emptied.
    answers = Answer.objects.unrestricted(_WHY).filter(gathering__in=held).update(needs="", note="")
    Gathering.objects.unrestricted(_WHY).filter(pk__in=[g.pk for g in held]).update(needs_gone_at=clock.now())
    return Went({"answers": answers})


def _names_become_heads(things: list[Thing]) -> Went:
    names = 0
    for gathering in _still_over(things):
        there = Attendance.objects.unrestricted(_WHY).filter(gathering=gathering)
        heads = {OTHERS[TableSide(side)]: F(OTHERS[TableSide(side)]) + n for _pk, side, n in there.by_side()}
        names += there.delete()[0]
        names += Answer.objects.unrestricted(_WHY).filter(gathering=gathering).delete()[0]
        Gathering.objects.unrestricted(_WHY).filter(pk=gathering.pk).update(
            **heads, names_gone_at=clock.now(), needs_gone_at=clock.now()
        )
    return Went({"names": names})
