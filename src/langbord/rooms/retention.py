"""How long drafts and rooms are kept.

Drafts go one by one, when nobody has touched them for long. A room goes whole, after its process was closed: all that
lies in it in one transaction, then its own key. Of many people's words in it, none can stay behind half readable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from langbord.access.enums import RoomKind
from langbord.base import clock, retention
from langbord.base.retention import Thing, Went
from langbord.processes.keeping import closings
from langbord.processes.keeping.enums import BoardAfter
from langbord.processes.models import Process
from langbord.vault import preload_for
from langbord.vault.moving import moved_to

from .models import Piece, Room

_WHY = "what is kept no longer; nothing is shown"


def register() -> None:
    retention.register("draft", find=_drafts, remove=_remove_drafts)
    retention.register("room", find=_closed_rooms, remove=_remove_closed)
    retention.register("research", find=_research_rooms, remove=_remove_research)


def _drafts(before: datetime) -> Iterable[Thing]:
    untouched = Q(edited_at__isnull=True, created_at__lte=before) | Q(edited_at__lte=before)
    rows = (
        Piece.objects.unrestricted(_WHY)
        .filter(untouched, room__isnull=True, author__isnull=False)
        .order_by("pk")
        .values_list("pk", "process_id", "author_id", "created_at", "edited_at")
    )
    return [
        Thing(key=str(pk), since=edited or created, process_id=process_id, person_id=author_id)
        for pk, process_id, author_id, created, edited in rows
    ]


def _remove_drafts(things: list[Thing]) -> Went:
    since = {UUID(thing.key): thing.since for thing in things}
    rows = Piece.objects.unrestricted(_WHY).filter(pk__in=list(since), room__isnull=True).select_for_update()
    gone = 0
    for piece in rows:
        if (piece.edited_at or piece.created_at) <= since[piece.pk]:
            piece.delete()
            gone += 1
    return Went({"drafts": gone})


def _closed_rooms(before: datetime) -> Iterable[Thing]:
    closed = {closing.process_id: closing for closing in closings.standing()}
    found = []
    for room in Room.objects.unrestricted(_WHY).filter(process_id__in=list(closed)).order_by("pk"):
        closing = closed[room.process_id]
        if room.kind != RoomKind.BOARD or closing.board == BoardAfter.GOES:
            found.append(_whole(room, closing.closed_at, closing.goes_on))
    return found


def _whole(room: Room, since: datetime, due_on: date) -> Thing:
    return Thing(
        key=str(room.pk),
        since=since,
        process_id=room.process_id,
        room_id=room.pk,
        due_on=due_on,
    )


def _remove_closed(things: list[Thing]) -> Went:
    closing = closings.held(things[0].process_id) if things[0].process_id else None
    if closing is None or closing.goes_on > clock.today():
        return Went()
    went = remove_rooms(UUID(thing.key) for thing in things)
    closings.has_begun(closing)
    if not Room.objects.unrestricted(_WHY).filter(process_id=closing.process_id).exists():
        closings.is_empty(closing)
    return went


def _research_rooms(before: datetime) -> Iterable[Thing]:
    rows = Process.objects.unrestricted(_WHY).filter(research_ends_on__isnull=False)
    ends = {pk: day for pk, day in rows.values_list("pk", "research_ends_on") if day is not None}
    rooms = Room.objects.unrestricted(_WHY).filter(process_id__in=list(ends), kind=RoomKind.RESEARCH)
    return [_whole(room, room.created_at, ends[room.process_id] + timedelta(days=1)) for room in rooms]


def _remove_research(things: list[Thing]) -> Went:
    of = Process.objects.unrestricted(_WHY).filter(pk__in=[t.process_id for t in things if t.process_id])
    process = of.select_for_update().first()
    if process is None or process.research_ends_on is None or process.research_ends_on >= clock.today():
        return Went()
    return remove_rooms(UUID(thing.key) for thing in things)


def remove_rooms(room_ids: Iterable[UUID]) -> Went:
    """Take rooms away with everything in them. Inside a transaction; whoever calls sees to it that the keys die."""
    counts: Counter[str] = Counter()
    keys = []
    going = list(room_ids)
    _seal_what_stays(going)
    for room in Room.objects.unrestricted(_WHY).filter(pk__in=going).select_for_update():
        keys.append(room.pk)
        _total, by_model = room.delete()
        counts.update({label: number for label, number in by_model.items() if number})
    return Went(dict(counts), tuple(keys))


def _seal_what_stays(room_ids: list[UUID]) -> None:
    """What a group carried over as its own is sealed with the group's key, also where it lies now. It gets the key of
    that place before the group's dies: else the board would stand with words that nobody can open."""
    carried = list(
        Piece.objects.unrestricted(_WHY)
        .filter(sealed_by__in=room_ids, room__isnull=False)
        .exclude(room_id__in=room_ids)
        .select_for_update()
    )
    preload_for(carried)
    for piece in carried:
        values = moved_to(piece, piece.room_id) if piece.room_id is not None else None
        if values is not None:
            Piece.objects.unrestricted(_WHY).filter(pk=piece.pk).update(**values)
