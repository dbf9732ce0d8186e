"""What becomes of the board when its process is over: it loses its names, and much later it goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from langbord.access.enums import RoomKind
from langbord.base import clock, retention
from langbord.base.retention import Thing, Went
from langbord.processes.keeping import closings
from langbord.processes.keeping.enums import BoardAfter
from langbord.rooms.models import Piece, Room
from langbord.rooms.retention import remove_rooms

from .models import Case, Step, Taker, Task

_WHY = "what is kept no longer; nothing is shown"


def register() -> None:
    retention.register("board-names", find=_named, remove=_remove_names)
    retention.register("board", find=_boards, remove=_remove_boards)


def _named(before: datetime) -> Iterable[Thing]:
    return [
        Thing(
            key=str(closing.process_id),
            since=closing.closed_at,
            process_id=closing.process_id,
            due_on=closing.goes_on,
        )
        for closing in closings.standing()
        if closing.names_gone_at is None and closing.board == BoardAfter.NAMELESS
    ]


def _remove_names(things: list[Thing]) -> Went:
    process_id = UUID(things[0].key)
    closing = closings.held(process_id)
    if closing is None or closing.names_gone_at is not None or closing.goes_on > clock.today():
        return Went()
    names = forget_names(process_id)
    closing.names_gone_at = clock.now()
    closing.save(update_fields=["names_gone_at"])
    closings.has_begun(closing)
    return Went({"names": names})


def forget_names(process_id: UUID) -> int:
    """Nobody's name stands on the board of a process any more. Whose key seals the words stays as it was, so that people
    can still take theirs with them. How many names went."""
    rooms = Room.objects.unrestricted(_WHY).filter(process_id=process_id, kind=RoomKind.BOARD)
    pieces = Piece.objects.unrestricted(_WHY).filter(room__in=rooms)
    cases = Case.objects.unrestricted(_WHY).filter(process_id=process_id)
    steps = Step.objects.unrestricted(_WHY).filter(case__in=cases)
    tasks = Task.objects.unrestricted(_WHY).filter(process_id=process_id)
    gone = pieces.filter(signed=True).update(signed=False)
    pieces.filter(hidden_by__isnull=False).update(hidden_by=None)
    gone += cases.filter(responder__isnull=False).update(responder=None)
    gone += steps.filter(by__isnull=False).update(by=None)
    gone += steps.filter(responder__isnull=False).update(responder=None)
    gone += tasks.filter(done_by__isnull=False).update(done_by=None)
    gone += Taker.objects.unrestricted(_WHY).filter(task__in=tasks).delete()[0]
    return gone


def _boards(before: datetime) -> Iterable[Thing]:
    closed = {c.process_id: c for c in closings.standing() if c.board != BoardAfter.GOES}
    rooms = Room.objects.unrestricted(_WHY).filter(process_id__in=list(closed), kind=RoomKind.BOARD)
    return [
        Thing(
            key=str(room.pk),
            since=closed[room.process_id].closed_at,
            process_id=room.process_id,
            room_id=room.pk,
        )
        for room in rooms
        if closed[room.process_id].closed_at <= before
    ]


def _remove_boards(things: list[Thing]) -> Went:
    closing = closings.held(things[0].process_id) if things[0].process_id else None
    if closing is None:
        return Went()
    went = remove_rooms(UUID(thing.key) for thing in things)
    closings.has_begun(closing)
    if not Room.objects.unrestricted(_WHY).filter(process_id=closing.process_id).exists():
        closings.is_empty(closing)
    return went
