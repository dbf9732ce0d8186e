"""Carrying over and taking back."""

from __future__ import annotations

from uuid import uuid4

import pytest

from langbord.access.actor import Actor
from langbord.base.errors import NotAllowed, NotNow
from langbord.rooms import actions, hooks, rules
from langbord.rooms.enums import CARRIED_AS_INPUT, PieceKind
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.rooms.helpers import fresh, gone, noted, open_first_door, sees, wrote


@pytest.fixture(autouse=True)
def nobody_has_answered(monkeypatch: pytest.MonkeyPatch) -> list[Piece]:
    """The rooms by themselves. Pieces put in the list count as answered."""
    answered: list[Piece] = []
    monkeypatch.setattr(hooks, "after_carrying", [])
    monkeypatch.setattr(hooks, "before_removing", [lambda copy, actor: copy.pk in {p.pk for p in answered}])
    return answered


def carried(
    table: Table, piece: Piece, room: str = "board", text: str = "uten navn", name: str = "citizen"
) -> Piece:
    return actions.carry_over(
        actor=table.actor(name), piece=fresh(piece), target=table.room(room), text=text, copy_id=uuid4()
    )


def test_a_copy_arrives_and_the_original_stays(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "Kari på kontoret ringte ikke", PieceKind.STORY)
    copy = carried(table, piece)
    assert (copy.kind, copy.body, copy.signed) == (PieceKind.INPUT, "uten navn", False)
    for name in ("employee", "leader", "researcher", "citizen-other-group", "coordinator"):
        assert sees(table, name, copy)
        assert not sees(table, name, piece)
    assert fresh(piece).body == "Kari på kontoret ringte ikke"


def test_a_draft_can_be_carried_and_stays_a_draft(table: Table) -> None:
    piece = actions.save_draft(
        actor=table.actor("citizen"), process_id=table.process.pk, kind=PieceKind.STORY, text="bare mitt"
    )
    copy = carried(table, piece)
    assert sees(table, "employee", copy)
    assert fresh(piece).is_draft
    assert not sees(table, "citizen-2", piece)


def test_only_the_author_carries(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "mitt")
    for name in ("citizen-2", "host", "coordinator", "employee", "operator"):
        with pytest.raises(NotAllowed):
            carried(table, piece, name=name)


def test_where_one_may_carry(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "mitt")
    allowed = {
        name
        for name, room in table.rooms.items()
        if rules.may_carry(table.actor("citizen"), fresh(piece), room)
    }
    assert allowed == {"board"}
    with pytest.raises(NotAllowed):
        carried(table, piece, "joint")
    open_first_door(table)
    allowed = {
        name
        for name, room in table.rooms.items()
        if rules.may_carry(table.actor("citizen"), fresh(piece), table.room(name))
    }
    assert allowed == {"board", "joint"}
    assert sees(table, "employee", carried(table, piece, "joint"))
    for room in ("peer", "peer-2", "service", "b-board", "b-joint"):
        with pytest.raises(NotAllowed):
            carried(table, piece, room)


@pytest.mark.parametrize("kind", [k for k in PieceKind.values if k not in CARRIED_AS_INPUT])
def test_what_belongs_to_its_room_stays(table: Table, kind: str) -> None:
    with pytest.raises(NotAllowed):
        carried(table, wrote(table, "citizen", "peer", "mitt", kind))


def test_a_copy_is_not_carried_on_and_a_hidden_piece_not_at_all(table: Table) -> None:
    open_first_door(table)
    piece = wrote(table, "citizen", "peer", "mitt")
    with pytest.raises(NotAllowed):
        carried(table, carried(table, piece, "joint"))
    actions.hold_back(actor=table.actor("host"), piece=fresh(piece), why="vent")
    with pytest.raises(NotAllowed):
        carried(table, piece)
    actions.let_out(actor=table.actor("host"), piece=fresh(piece))
    assert carried(table, piece).pk


def test_a_second_click_makes_one_copy(table: Table) -> None:
    piece, once = wrote(table, "citizen", "peer", "mitt"), uuid4()
    for _ in range(2):
        actions.carry_over(
            actor=table.actor("citizen"), piece=piece, target=table.room("board"), text="x", copy_id=once
        )
    assert Piece.objects.unrestricted(TEST).filter(copied_from=piece).count() == 1
    other = wrote(table, "citizen", "peer", "et annet")
    with pytest.raises(NotAllowed):
        actions.carry_over(
            actor=table.actor("citizen"), piece=other, target=table.room("board"), text="x", copy_id=once
        )


def test_what_was_carried_keeps_its_words(table: Table) -> None:
    copy = carried(table, wrote(table, "citizen", "peer", "mitt"))
    with pytest.raises(NotNow):
        actions.edit(actor=table.actor("citizen"), piece=fresh(copy), text="noe helt annet")


def test_taking_back_makes_a_draft_again(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "mitt")
    copy = carried(table, piece)
    for name in ("host", "citizen-2", "coordinator"):
        with pytest.raises(NotAllowed):
            actions.take_back(actor=table.actor(name), piece=fresh(piece))
    actions.take_back(actor=table.actor("citizen"), piece=fresh(piece))
    assert fresh(piece).is_draft
    assert not sees(table, "citizen-2", piece)
    assert sees(table, "employee", copy)


def test_taking_back_with_the_copies(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "mitt")
    copy = carried(table, piece)
    actions.take_back(actor=table.actor("citizen"), piece=fresh(piece), with_copies=True)
    assert fresh(piece).is_draft
    assert gone(copy)


def test_an_answered_copy_loses_its_words_and_stays(table: Table, nobody_has_answered: list[Piece]) -> None:
    piece = wrote(table, "citizen", "peer", "mitt")
    copy = carried(table, piece)
    nobody_has_answered.append(copy)
    actions.take_back(actor=table.actor("citizen"), piece=fresh(copy))
    left = fresh(copy)
    assert (left.body, left.signed, left.words_removed_at is not None) == ("", False, True)
    assert left.room_id == table.rooms["board"].pk


def test_an_answered_copy_whose_draft_was_thrown_away_stays_too(
    table: Table, nobody_has_answered: list[Piece]
) -> None:
    piece = actions.save_draft(
        actor=table.actor("citizen"), process_id=table.process.pk, kind=PieceKind.STORY, text="bare mitt"
    )
    copy = carried(table, piece)
    nobody_has_answered.append(copy)
    actions.throw_away(actor=table.actor("citizen"), piece=fresh(piece))
    with pytest.raises(NotNow):
        actions.edit(actor=table.actor("citizen"), piece=fresh(copy), text="noe annet")
    with pytest.raises(NotAllowed):
        carried(table, copy, "board")
    actions.take_back(actor=table.actor("citizen"), piece=fresh(copy))
    assert fresh(copy).room_id == table.rooms["board"].pk
    assert fresh(copy).words_removed_at is not None


def test_a_rule_of_the_group_is_its_hosts_to_take_away(table: Table) -> None:
    rule, post = (
        noted(table, "host", "peer", "vi banner ikke", PieceKind.RULE),
        noted(table, "host", "peer", "ord"),
    )
    for name in ("citizen", "coordinator", "host-other-group"):
        with pytest.raises(NotAllowed):
            actions.take_back(actor=table.actor(name), piece=fresh(rule))
    with pytest.raises(NotAllowed):
        actions.take_back(actor=table.actor("host"), piece=fresh(post))
    actions.take_back(actor=table.actor("host"), piece=fresh(rule))
    assert gone(rule)


def test_the_hook_is_told_inside_the_same_transaction(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(original: Piece, copy: Piece, actor: Actor) -> None:
        raise RuntimeError("the upper app could not")

    monkeypatch.setattr(hooks, "after_carrying", [refuse])
    piece = wrote(table, "citizen", "peer", "mitt")
    with pytest.raises(RuntimeError):
        carried(table, piece)
    assert not Piece.objects.unrestricted(TEST).filter(copied_from=piece).exists()
