"""Asking to receive something, and answering, through the product's own actions."""

from __future__ import annotations

from typing import Any

from langbord.followup import receiving
from langbord.followup.models import Asking, Case, Received
from langbord.rooms import actions as rooms
from langbord.rooms import decisions
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import GroupDecision, Piece
from tests.cast import TEST, Table
from tests.followup.helpers import QUOTE, case_of, fresh, said

WHY = "Vi skal lage nye brev"


def ask(table: Table, case: Case, who: str = "coordinator", **more: Any) -> Asking:
    return receiving.ask(actor=table.actor(who), case=fresh(table, case, who), reason=WHY, **more)


def asking_for(table: Table, who: str, case: Case) -> Asking:
    actor = table.actor(who)
    return Asking.objects.visible_to(actor).with_answer_of(actor).get(case_id=case.pk)


def answer(table: Table, who: str, case: Case, yes: bool = True) -> bool:
    return receiving.answer(actor=table.actor(who), asking=asking_for(table, who, case), yes=yes)


def received(case: Case) -> Received | None:
    return Received.objects.unrestricted(TEST).with_organisation().filter(case_id=case.pk).first()


def given(table: Table, who: str = "citizen", **more: Any) -> tuple[Case, Received]:
    """An input that its author has said yes to."""
    case = said(table, who, "service" if who == "employee" else "peer", **more)
    ask(table, case)
    assert answer(table, who, case)
    found = received(case)
    assert found is not None
    return case, found


def group_case(table: Table) -> Case:
    """The group's own words, carried over by the group."""
    host = table.actor("host")
    piece = rooms.write_for_group(actor=host, room=table.room("peer"), kind=PieceKind.INPUT, text=QUOTE)
    decision = decisions.propose(actor=host, piece=piece, target=table.room("board"), text=QUOTE)
    for name in ("citizen", "citizen-2", "citizen-3"):
        held = GroupDecision.objects.visible_to(table.actor(name)).get(pk=decision.pk)
        decisions.answer(actor=table.actor(name), decision=held, yes=True)
    copy = Piece.objects.unrestricted(TEST).get(copied_from=piece)
    return case_of(table, copy)
