"""One thing of each kind, a clock that moves, and the job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from langbord.access.enums import RoomKind
from langbord.base import clock
from langbord.base.models import Event
from langbord.base.retention import policies
from langbord.gatherings import actions as gatherings
from langbord.gatherings import after
from langbord.gatherings.models import Answer, Attendance, Gathering
from langbord.people.models import Person
from langbord.processes.actions import end_membership
from langbord.processes.keeping import actions, job
from langbord.processes.keeping.enums import BoardAfter
from langbord.processes.models import Membership, Notice, Process
from langbord.rooms import actions as pieces
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece, Room
from langbord.vault import keys
from tests.cast import TEST, Table

START = datetime(2026, 3, 2, 11, 0, tzinfo=clock.OSLO)


def run() -> job.Result:
    with keys.ring():
        result = job.run()
    assert not result.failed
    return result


def days_pass(stopped: clock.Frozen, days: int, *, running: bool = True) -> None:
    """So many days, with the job once each day."""
    for _day in range(days):
        stopped.move(timedelta(days=1))
        if running:
            run()


def notices(kind: str) -> list[Notice]:
    return list(Notice.objects.unrestricted(TEST).filter(kind=kind))


def fresh(table: Table, name: str = "process") -> Process:
    held = table.process if name == "process" else table.other
    return Process.objects.unrestricted(TEST).get(pk=held.pk)


def draft(table: Table, who: str = "citizen", words: str = "en kladd") -> Piece:
    actor = table.actor(who)
    return pieces.save_draft(
        actor=actor, process_id=next(iter(actor.process_ids)), kind=PieceKind.STORY, text=words
    )


def gathering(table: Table, *, in_days: int = 2) -> Gathering:
    """A gathering in the first group, to which a citizen needs a ride, and was there with their host."""
    peer = table.room("peer")
    starts = clock.now() + timedelta(days=in_days)
    held = gatherings.plan(
        actor=table.actor("host"),
        room=peer,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Kjøkkenet",
    )
    gatherings.answer(actor=table.actor("citizen"), gathering=held, answer="coming")
    gatherings.say_needs(
        actor=table.actor("citizen"), gathering=held, needs=["ride"], note="Jeg bor langt unna"
    )
    return held


def come_to(table: Table, held: Gathering) -> None:
    citizen, host = table.people["citizen"], table.people["host"]
    after.mark_there(actor=table.actor("host"), gathering=held, person_ids=[citizen.pk, host.pk])


def close(table: Table, who: str = "coordinator", days: int = 90, board: str = BoardAfter.NAMELESS) -> Any:
    held = fresh(table, "process" if who == "coordinator" else "other")
    return actions.close(
        actor=table.actor(who),
        process=held,
        reason="Vi er i mål.",
        goes_on=clock.today() + timedelta(days=days),
        board=board,
    )


@dataclass(frozen=True)
class Case:
    """make: lay one thing of the kind, at START; returns whether it is still whole. from_day: days from START until
    its time begins to run."""

    kind: str
    make: Callable[[Table], Callable[[], bool]]
    from_day: int = 0
    due_after: int | None = None

    @property
    def due_day(self) -> int:
        """The first day after START on which it may go."""
        if self.due_after is not None:
            return self.due_after
        return self.from_day + policies()[self.kind].days + 1


def _draft(table: Table) -> Callable[[], bool]:
    made = draft(table)
    return lambda: bool(Piece.objects.unrestricted(TEST).filter(pk=made.pk).exists())


def _needs(table: Table) -> Callable[[], bool]:
    held = gathering(table)

    def whole() -> bool:
        found = Answer.objects.unrestricted(TEST).filter(gathering=held).first()
        return found is not None and found.note == "Jeg bor langt unna" and found.needs == "ride"

    return whole


def _who_came(table: Table) -> Callable[[], bool]:
    held = gathering(table)
    with clock.frozen(held.starts_at):
        come_to(table, held)
    return lambda: bool(Attendance.objects.unrestricted(TEST).filter(gathering=held).count() == 2)


def _room(table: Table) -> Callable[[], bool]:
    room = table.room("peer")
    pieces.write(actor=table.actor("citizen"), room=room, kind=PieceKind.POST, text="blant oss")
    close(table)
    return lambda: bool(
        Room.objects.unrestricted(TEST).filter(pk=room.pk).exists()
        and Piece.objects.unrestricted(TEST).filter(room_id=room.pk).exists()
        and not keys.is_destroyed(room.pk)
    )


def _signed(table: Table) -> Piece:
    citizen = table.actor("citizen")
    told = pieces.write(actor=citizen, room=table.room("peer"), kind=PieceKind.STORY, text="det var kaldt")
    return pieces.carry_over(
        actor=citizen, piece=told, target=table.room("board"), text="det var kaldt", signed=True
    )


def _board_names(table: Table) -> Callable[[], bool]:
    copy = _signed(table)
    close(table)
    return lambda: bool(Piece.objects.unrestricted(TEST).get(pk=copy.pk).signed)


def _board(table: Table) -> Callable[[], bool]:
    copy = _signed(table)
    close(table)
    return lambda: bool(Piece.objects.unrestricted(TEST).filter(pk=copy.pk).exists())


def _research(table: Table) -> Callable[[], bool]:
    room = Room(process=table.process, kind=RoomKind.RESEARCH, name="Følgeforskning", created_at=clock.now())
    keys.ensure(room.pk)
    room.save(force_insert=True)
    actions.set_research_end(
        actor=table.actor("researcher"),
        process=fresh(table),
        reference="123456",
        ends_on=clock.today() + timedelta(days=60),
    )
    return lambda: bool(
        Room.objects.unrestricted(TEST).filter(pk=room.pk).exists() and not keys.is_destroyed(room.pk)
    )


def _log(table: Table) -> Callable[[], bool]:
    first = Event.objects.earliest("id").pk
    return lambda: Event.objects.filter(pk=first).exists()


def _person(table: Table) -> Callable[[], bool]:
    """Somebody who left the only process they were in, and had written there."""
    dina = table.actor("citizen-other-group")
    pieces.write(actor=dina, room=table.room("peer-2"), kind=PieceKind.POST, text="det jeg ga")
    membership = Membership.objects.visible_to(dina).current().get(person_id=dina.person_id)
    end_membership(membership=membership, actor=dina)
    return lambda: bool(
        Person.objects.unrestricted(TEST).filter(pk=dina.person_id).exists()
        and not keys.is_destroyed(dina.person.sealed_by)
    )


CASES = [
    Case("draft", _draft),
    Case("needs", _needs, from_day=2),
    Case("who-came", _who_came, from_day=2),
    Case("room", _room, due_after=90),
    Case("board-names", _board_names, due_after=90),
    Case("research", _research, due_after=61),
    Case("board", _board),
    Case("person", _person),
    Case("log", _log, due_after=30 + policies()["log"].days + 1),
]


def last_event() -> int:
    return int(Event.objects.aggregate(last=Max("id"))["last"] or 0)
