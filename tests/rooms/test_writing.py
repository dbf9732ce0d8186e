"""Drafts, writing in a room, changing words, moderation: each refusal beside its success."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from langbord.access.actor import Actor
from langbord.access.enums import Role
from langbord.base.errors import NotAllowed, NotNow
from langbord.rooms import actions, seating
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.rooms.helpers import fresh, gone, noted, open_first_door, seat_of, seen, sees, wrote

DENIED = [
    "citizen-other-group",
    "employee",
    "coordinator",
    "leader",
    "researcher",
    "operator",
    "outsider",
    "withdrawn",
]


def draft(table: Table, name: str = "citizen", text: str = "bare mitt") -> Piece:
    return actions.save_draft(
        actor=table.actor(name),
        process_id=table.process.pk,
        kind=PieceKind.STORY,
        text=text,
        piece_id=uuid4(),
    )


def test_a_draft_is_written_over_by_its_author_alone(table: Table) -> None:
    piece = draft(table)
    again = actions.save_draft(
        actor=table.actor("citizen"),
        process_id=table.process.pk,
        kind=PieceKind.STORY_GOOD,
        text="mer",
        piece_id=piece.pk,
    )
    assert again.pk == piece.pk
    assert (fresh(piece).body, fresh(piece).kind) == ("mer", PieceKind.STORY_GOOD)
    for name in ("citizen-2", "host", "coordinator"):
        with pytest.raises(NotAllowed):
            actions.save_draft(
                actor=table.actor(name),
                process_id=table.process.pk,
                kind=PieceKind.STORY,
                text="mitt nå",
                piece_id=piece.pk,
            )
    assert fresh(piece).body == "mer"


@pytest.mark.parametrize("name", ["outsider", "operator", "anonymous", "withdrawn", "citizen-other-process"])
def test_no_draft_in_a_process_one_is_not_in(table: Table, name: str) -> None:
    with pytest.raises(NotAllowed):
        draft(table, name)


def test_a_draft_moves_with_the_process_that_is_chosen_last(table: Table) -> None:
    seating.take_in(
        process_id=table.other.pk,
        person=table.people["citizen"],
        role=Role.CITIZEN,
        actor=table.actor("coordinator-other-process"),
        room=table.room("b-group"),
    )
    piece = draft(table)
    actions.write(
        actor=table.actor("citizen"),
        room=table.room("b-group"),
        kind=PieceKind.STORY,
        text="der",
        piece_id=piece.pk,
    )
    assert (fresh(piece).process_id, fresh(piece).room_id) == (table.other.pk, table.rooms["b-group"].pk)
    assert sees(table, "paid", piece)
    assert not sees(table, "citizen-2", piece)


def test_writing_is_for_those_who_read(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "til gruppa")
    assert sees(table, "citizen-2", piece)
    assert sees(table, "host", piece)
    for name in (*DENIED, "host-waiting", "anonymous"):
        with pytest.raises(NotAllowed):
            wrote(table, name, "peer", "jeg også")


def test_nobody_writes_straight_on_the_board(table: Table) -> None:
    for name in ("citizen", "host", "employee", "coordinator"):
        with pytest.raises(NotAllowed):
            wrote(table, name, "board", "rett på")


def test_a_second_click_makes_nothing_new(table: Table) -> None:
    once = uuid4()
    for _ in range(2):
        actions.write(
            actor=table.actor("citizen"),
            room=table.room("peer"),
            kind=PieceKind.POST,
            text="hei",
            piece_id=once,
        )
    assert Piece.objects.unrestricted(TEST).filter(room=table.rooms["peer"]).count() == 1
    with pytest.raises(NotAllowed):
        actions.write(
            actor=table.actor("citizen-2"),
            room=table.room("peer"),
            kind=PieceKind.POST,
            text="hei",
            piece_id=once,
        )


def test_the_id_of_a_piece_of_the_group_is_no_way_in(table: Table) -> None:
    piece = noted(table, "host", "peer", "gruppas ord")
    with pytest.raises(NotAllowed):
        actions.write(
            actor=table.actor("employee"),
            room=table.room("service"),
            kind=PieceKind.POST,
            text="hei",
            piece_id=piece.pk,
        )
    with pytest.raises(NotAllowed):
        actions.save_draft(
            actor=table.actor("employee"),
            process_id=table.process.pk,
            kind=PieceKind.POST,
            text="hei",
            piece_id=piece.pk,
        )


def test_who_writes_for_the_whole_room(table: Table) -> None:
    assert noted(table, "host", "peer", "vi hører").author_id is None
    assert noted(table, "coordinator", "service", "vi øver").author_id is None
    for name in ("citizen", "host-other-group", "coordinator", "employee"):
        with pytest.raises(NotAllowed):
            noted(table, name, "peer", "vi hører")
    with pytest.raises(NotAllowed):
        noted(table, "citizen", "joint", "vi alle")
    open_first_door(table)
    assert noted(table, "host", "joint", "vi alle").author_id is None
    with pytest.raises(NotAllowed):
        noted(table, "citizen", "joint", "vi alle")


def test_a_second_click_for_the_group_makes_nothing_new_either(table: Table) -> None:
    once = uuid4()
    for _ in range(2):
        actions.write_for_group(
            actor=table.actor("host"), room=table.room("peer"), kind=PieceKind.RULE, text="hei", piece_id=once
        )
    assert Piece.objects.unrestricted(TEST).filter(pk=once).count() == 1
    own = wrote(table, "host", "peer", "mitt")
    with pytest.raises(NotAllowed):
        actions.write_for_group(
            actor=table.actor("host"),
            room=table.room("peer"),
            kind=PieceKind.RULE,
            text="hei",
            piece_id=own.pk,
        )


def test_one_changes_ones_own_words_and_nobody_elses(table: Table) -> None:
    own, group = wrote(table, "citizen", "peer", "før"), noted(table, "host", "peer", "vi før")
    actions.edit(actor=table.actor("citizen"), piece=seen(table, "citizen", own), text="etter")
    actions.edit(actor=table.actor("host"), piece=seen(table, "host", group), text="vi etter")
    assert (fresh(own).body, fresh(group).body) == ("etter", "vi etter")
    for name, piece in (("host", own), ("citizen-2", own), ("citizen", group), ("coordinator", own)):
        with pytest.raises(NotAllowed):
            actions.edit(actor=table.actor(name), piece=fresh(piece), text="noe annet")


def test_after_leaving_one_takes_back_and_does_not_rewrite(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "før")
    seating.end_seat(seat=seat_of(table, "citizen", "peer"), actor=table.actor("citizen"))
    with pytest.raises(NotAllowed):
        actions.edit(actor=table.actor("citizen"), piece=fresh(piece), text="noe de ikke har sett")
    actions.take_back(actor=table.actor("citizen"), piece=fresh(piece))
    assert not sees(table, "citizen-2", piece)
    assert sees(table, "citizen", piece)


def test_a_draft_is_thrown_away_by_its_author(table: Table) -> None:
    piece, shared = draft(table), wrote(table, "citizen", "peer", "delt")
    for name, which in (("citizen-2", piece), ("host", piece), ("citizen", shared)):
        with pytest.raises(NotAllowed):
            actions.throw_away(actor=table.actor(name), piece=fresh(which))
    actions.throw_away(actor=table.actor("citizen"), piece=fresh(piece))
    assert gone(piece)
    assert not gone(shared)


def test_a_host_holds_back_and_lets_out(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "for skarpt")
    for name in ("citizen-2", "citizen", "coordinator", "host-other-group", "host-waiting"):
        with pytest.raises(NotAllowed):
            actions.hold_back(actor=table.actor(name), piece=fresh(piece), why="nei")
    actions.hold_back(actor=table.actor("host"), piece=fresh(piece), why="navn på et barn")
    assert {name for name in ("citizen", "citizen-2", "citizen-3", "host") if sees(table, name, piece)} == {
        "citizen",
        "host",
    }
    assert seen(table, "citizen", piece).hidden_why == "navn på et barn"
    with pytest.raises(NotAllowed):
        actions.let_out(actor=table.actor("citizen"), piece=fresh(piece))
    actions.let_out(actor=table.actor("host"), piece=fresh(piece))
    assert sees(table, "citizen-2", piece)
    assert fresh(piece).hidden_why == ""


def test_a_host_cannot_hold_back_their_own(table: Table) -> None:
    with pytest.raises(NotAllowed):
        actions.hold_back(actor=table.actor("host"), piece=wrote(table, "host", "peer", "mitt"), why="angrer")


def test_taking_back_and_sharing_again_is_no_way_around_the_host(table: Table) -> None:
    open_first_door(table)
    piece = wrote(table, "citizen", "peer", "for skarpt")
    actions.hold_back(actor=table.actor("host"), piece=fresh(piece), why="snakk med meg")
    actions.take_back(actor=table.actor("citizen"), piece=fresh(piece))
    citizen = table.actor("citizen")
    with pytest.raises(NotNow):
        actions.write(
            actor=citizen, room=table.room("joint"), kind=PieceKind.POST, text="x", piece_id=piece.pk
        )
    actions.write(actor=citizen, room=table.room("peer"), kind=PieceKind.POST, text="x", piece_id=piece.pk)
    assert not sees(table, "citizen-2", piece)
    actions.let_out(actor=table.actor("host"), piece=fresh(piece))
    assert sees(table, "citizen-2", piece)


def test_two_clicks_at_the_same_moment_make_one(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looked before the first had stored: the database refuses the row, and the first one's is found."""
    real, looks = actions._already, [0]

    def look(piece_id: UUID | None, actor: Actor) -> Piece | None:
        looks[0] += 1
        return None if looks[0] == 1 else real(piece_id, actor)

    for name, done in (("citizen", True), ("citizen-2", False)):
        first, looks[0] = draft(table), 0
        monkeypatch.setattr(actions, "_already", look)
        again: dict[str, Any] = {
            "process_id": table.process.pk,
            "kind": PieceKind.STORY,
            "text": "mer",
            "piece_id": first.pk,
        }
        if done:
            assert actions.save_draft(actor=table.actor(name), **again).pk == first.pk
        else:
            with pytest.raises(NotAllowed):
                actions.save_draft(actor=table.actor(name), **again)
        monkeypatch.setattr(actions, "_already", real)
        assert fresh(first).body == ("mer" if done else "bare mitt")
