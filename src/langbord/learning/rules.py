"""May this actor do this? Predicates on the actor alone; no query."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from langbord.access.actor import Actor, RoomFact
from langbord.access.enums import HOST_SIDE, Role, RoomKind

if TYPE_CHECKING:
    from .models import MentorQuestion


def service_rooms(actor: Actor, process_id: UUID | None = None) -> list[RoomFact]:
    """The service rooms this person reads now, in one process or in all."""
    return [
        room
        for room in actor.rooms
        if room.kind == RoomKind.SERVICE
        and actor.may_read(room.id)
        and (process_id is None or room.process_id == process_id)
    ]


def learns_in(actor: Actor, process_id: UUID) -> bool:
    """Sits in the service room of the process: labs, rounds and the mentor are for them."""
    return bool(service_rooms(actor, process_id))


def arranges(actor: Actor, room: RoomFact) -> bool:
    """Opens and closes rounds, and holds the pen when all fill in one: the coordinator, and hosts of the service room."""
    if room.kind != RoomKind.SERVICE or not actor.may_read(room.id):
        return False
    return actor.has_role(room.process_id, Role.COORDINATOR) or actor.sits_in(room.id, *HOST_SIDE)


def may_ask(actor: Actor, process_id: UUID) -> bool:
    """May ask the process' mentor: the coordinator, hosts and employees of the service room."""
    if not learns_in(actor, process_id):
        return False
    return actor.has_role(process_id, Role.COORDINATOR, Role.EMPLOYEE, *HOST_SIDE)


def mentors(actor: Actor, process_id: UUID) -> bool:
    """Is a mentor of a process that is still going on."""
    return any(s.process_id == process_id and s.process_ended_at is None for s in actor.mentoring)


def may_answer(actor: Actor, question: MentorQuestion) -> bool:
    return (
        question.mentor_id == actor.person_id
        and question.taken_back_at is None
        and mentors(actor, question.process_id)
    )


def may_take_back(actor: Actor, question: MentorQuestion) -> bool:
    return question.asker_id == actor.person_id and question.taken_back_at is None
