"""How long a list is kept: a year from when something last happened on it; a month if no citizen ever came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from langbord.base import retention
from langbord.base.retention import Thing, Went

from .actions import remove_lists
from .enums import Seat
from .models import Meeting, Party

_WHY = "what is kept no longer; nothing is shown"


def register() -> None:
    retention.register("first-meeting", find=_of_two, remove=_let_go)
    retention.register("first-meeting-alone", find=_of_one, remove=_let_go_alone)


def _things(meetings: dict[UUID, datetime], side: str) -> Iterable[Thing]:
    rows = Party.objects.unrestricted(_WHY).filter(meeting_id__in=meetings, side=side).order_by("since")
    warned = dict(rows.values_list("meeting_id", "person_id"))
    return [Thing(key=str(pk), since=since, person_id=warned.get(pk)) for pk, since in meetings.items()]


def _of_two(before: datetime) -> Iterable[Thing]:
    """The citizen is warned: it is theirs."""
    rows = Meeting.objects.unrestricted(_WHY).seated().filter(touched_at__lte=before)
    return _things(dict(rows.values_list("pk", "touched_at")), Seat.CITIZEN)


def _of_one(before: datetime) -> Iterable[Thing]:
    rows = Meeting.objects.unrestricted(_WHY).unseated().filter(touched_at__lte=before)
    return _things(dict(rows.values_list("pk", "touched_at")), Seat.ADVISER)


def _let_go(things: list[Thing]) -> Went:
    return _gone(things, with_citizen=True)


def _let_go_alone(things: list[Thing]) -> Went:
    return _gone(things, with_citizen=False)


def _gone(things: list[Thing], *, with_citizen: bool) -> Went:
    """What has not been touched since."""
    since = {UUID(thing.key): thing.since for thing in things}
    rows = Meeting.objects.unrestricted(_WHY).filter(pk__in=since)
    rows = rows.seated() if with_citizen else rows.unseated()
    due = [pk for pk, touched in rows.values_list("pk", "touched_at") if touched <= since[pk]]
    return Went({"lists": remove_lists(due)})


def with_a_list() -> Any:
    """The ids of citizens who have a list: they are not let go as somebody who takes part in nothing."""
    return Party.objects.unrestricted(_WHY).filter(side=Seat.CITIZEN).values("person_id")
