"""Things said and carried over to the board, through the product's own actions."""

from __future__ import annotations

from typing import Any

from langbord.access.enums import Role
from langbord.followup import actions, lines
from langbord.followup.models import Case, Step
from langbord.processes.models import Membership
from langbord.rooms import actions as rooms
from langbord.rooms.enums import PieceKind
from tests.cast import TEST, Table

QUOTE = "Vi vil møtes kanarifugl-sitat et annet sted"
ANSWERING = ("citizen", "citizen-2", "citizen-other-group", "employee", "partner", "coordinator", "leader")
NOT_ANSWERING = ("host", "host-service", "host-waiting", "researcher")
OUTSIDE = (
    "anonymous", "outsider", "operator", "withdrawn", "citizen-other-process", "paid", "daily-leader",
    "coordinator-other-process", "employee-other-process", "mentor",
)  # fmt: skip


def say(
    table: Table, who: str = "citizen", room: str = "peer", text: str = QUOTE, signed: bool = False
) -> tuple[Any, Any]:
    """A piece and its copy on the board."""
    actor = table.actor(who)
    piece = rooms.write(actor=actor, room=table.room(room), kind=PieceKind.INPUT, text=text)
    board = "b-board" if room.startswith("b-") else "board"
    copy = rooms.carry_over(actor=actor, piece=piece, target=table.room(board), text=text, signed=signed)
    return piece, copy


def case_of(table: Table, copy: Any, who: str = "coordinator") -> Case:
    found = lines.case_on(table.actor(who), copy.pk)
    assert found is not None
    return found


def said(table: Table, who: str = "citizen", room: str = "peer", **more: Any) -> Case:
    reader = "coordinator-other-process" if room.startswith("b-") else "coordinator"
    return case_of(table, say(table, who, room, **more)[1], reader)


def taken(table: Table, who: str = "employee", case: Case | None = None) -> Case:
    """A case that somebody has taken on themself, for two weeks."""
    case = case or said(table)
    actions.assign(actor=table.actor(who), case=case, promised_on=actions.usual_promise())
    return fresh(table, case)


def fresh(table: Table, case: Case, who: str = "coordinator") -> Case:
    return Case.objects.visible_to(table.actor(who)).get(pk=case.pk)


def steps_of(case: Case) -> list[str]:
    return [step.kind for step in Step.objects.unrestricted(TEST).filter(case_id=case.pk)]


def leave(table: Table, who: str) -> None:
    from langbord.processes.actions import end_membership

    actor = table.actor(who)
    for membership in Membership.objects.visible_to(actor).filter(person=table.people[who], ended_at=None):
        end_membership(membership=membership, actor=actor)


def also(table: Table, who: str, role: str) -> None:
    """One more role in the same process."""
    from langbord.rooms.seating import take_in

    assert role in Role.values
    take_in(
        process_id=table.process.pk, person=table.people[who], role=role, actor=table.actor("coordinator")
    )
