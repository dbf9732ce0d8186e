"""Somebody who has used most of what there is, so that leaving has something to leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from langbord.access.enums import Role
from langbord.base import clock
from langbord.base.personal_data import Way
from langbord.followup import actions as board
from langbord.followup import lines
from langbord.followup.enums import StepKind
from langbord.gatherings import actions as gatherings
from langbord.gatherings import after
from langbord.gatherings.enums import AnswerKind, Need
from langbord.gatherings.models import Gathering
from langbord.leaving import doing
from langbord.people.models import Person
from langbord.people.signin.pins import set_pin
from langbord.rooms import actions as rooms
from langbord.rooms import door
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import Piece
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table

PIN = "4817"
CANARY = "kanarifugl"


@dataclass
class Life:
    """What one citizen has left behind, by name."""

    table: Table
    who: str
    pieces: dict[str, Piece] = field(default_factory=dict)
    gathering: Any = None

    @property
    def person(self) -> Person:
        return self.table.people[self.who]


def live(table: Table, who: str = "citizen", room: str = "peer") -> Life:
    """A story, a draft, an unanswered and an answered input, a comment, a task, an answer at the door and to a
    gathering, and having been there."""
    life = Life(table, who)
    actor = table.actor(who)
    target = table.room(room)
    prefix = "b-" if room.startswith("b-") else ""
    the_board = table.room(f"{prefix}board")
    set_pin(life.person, PIN)

    def write(name: str, kind: str) -> Piece:
        life.pieces[name] = rooms.write(actor=actor, room=target, kind=kind, text=f"{CANARY} {who} {name}")
        return life.pieces[name]

    write("story", PieceKind.STORY)
    write("story-2", PieceKind.STORY_BETTER)
    write("post", PieceKind.POST)
    life.pieces["draft"] = rooms.save_draft(
        actor=actor, process_id=target.process_id, kind=PieceKind.STORY, text=f"{CANARY} {who} draft"
    )
    for name in ("waiting", "answered"):
        source = write(f"input-{name}", PieceKind.INPUT)
        life.pieces[name] = rooms.carry_over(
            actor=actor, piece=source, target=the_board, text=f"{CANARY} {who} copy {name}", signed=True
        )
    helper = table.actor("coordinator-other-process" if prefix else "coordinator")
    case = lines.case_on(helper, life.pieces["answered"].pk)
    assert case is not None
    board.assign(actor=helper, case=case, promised_on=board.usual_promise())
    board.answer(actor=helper, case=case, kind=StepKind.DO, reason="Vi gjør det")
    board.propose_task(actor=actor, process_id=target.process_id, text=f"{CANARY} {who} task")
    board.comment(actor=actor, case=case, text=f"{CANARY} {who} comment")
    if target.has_door:
        door.answer(room=target, wish=DoorAnswer.NOT_YET, actor=actor)
    return life


def gather(life: Life, host: str = "host", room: str = "peer") -> Gathering:
    """A gathering to which the person came, with something they needed."""
    table, now = life.table, clock.now()
    gathering = gatherings.plan(
        actor=table.actor(host),
        room=table.room(room),
        starts_at=now + timedelta(hours=1),
        ends_at=now + timedelta(hours=3),
        place="Kjøkkenet",
    )
    actor = table.actor(life.who)
    gatherings.answer(actor=actor, gathering=gathering, answer=AnswerKind.COMING)
    gatherings.say_needs(
        actor=actor, gathering=gathering, needs=[Need.RIDE], note=f"{CANARY} {life.who} note"
    )
    with clock.frozen(now + timedelta(hours=2)):
        after.mark_there(actor=table.actor(host), gathering=gathering, person_ids=[life.person.pk])
    life.gathering = gathering
    return gathering


def leave(table: Table, who: str, way: str = Way.TAKE, process_id: UUID | None = None) -> UUID:
    parting_id = uuid4()
    doing.ask(actor=table.actor(who), way=way, process_id=process_id, parting_id=parting_id)
    doing.carry_out(parting_id)
    return parting_id


def also_in_the_other(table: Table, who: str = "citizen") -> None:
    """The same person in process B, too."""
    take_in(
        process_id=table.other.pk,
        person=table.people[who],
        role=Role.PAID,
        actor=table.actor("coordinator-other-process"),
        room=table.rooms["b-group"],
    )


def piece(pk: UUID) -> Piece | None:
    found: Piece | None = Piece.objects.unrestricted(TEST).filter(pk=pk).first()
    return found
