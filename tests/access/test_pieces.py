"""Every room × every kind of piece × every member of the cast, against the oracle kept by hand."""

from __future__ import annotations

import pytest

from langbord.access.gate import GateClosed
from langbord.base import clock
from langbord.rooms import door, rules
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import Piece, Room
from langbord.vault import keys
from tests.access import oracle_rooms as oracle
from tests.cast import TEST, Table


def plant(table: Table) -> dict[tuple[str, str], Piece]:
    """One piece of every kind in every room, by the group, with a canary word of its own. Planted behind the gate."""
    planted = {}
    for name, room in table.rooms.items():
        keys.ensure(room.pk)
        for kind in PieceKind.values:
            planted[name, kind] = Piece.objects.create(
                process_id=room.process_id,
                room=room,
                sealed_by=room.pk,
                kind=kind,
                body=f"kanarifugl {name} {kind}",
                created_at=clock.now(),
                shared_at=clock.now(),
            )
    return planted


def open_first_door(table: Table) -> None:
    for name in ("citizen", "citizen-2", "citizen-3"):
        door.answer(room=table.room("peer"), wish=DoorAnswer.READY, actor=table.actor(name))
    door.open_door(room=table.room("peer"), actor=table.actor("host"))


def seen_by(table: Table, planted: dict[tuple[str, str], Piece]) -> dict[str, set[tuple[str, str]]]:
    """What each member of the cast gets from the gate; the other two ways of asking must agree."""
    by_id = {piece.pk: key for key, piece in planted.items()}
    seen: dict[str, set[tuple[str, str]]] = {}
    for name in table.cast:
        actor = table.actor(name)
        rows = {by_id[pk] for pk in Piece.objects.visible_to(actor).values_list("pk", flat=True)}
        assert rows == {key for key, piece in planted.items() if rules.can_view(actor, piece)}, name
        rooms = set(Room.objects.visible_to(actor).values_list("pk", flat=True))
        assert {key for key in planted if table.rooms[key[0]].pk in rooms} == rows, name
        seen[name] = rows
    return seen


def expected(rows: dict[str, set[str]], name: str) -> set[tuple[str, str]]:
    return {(room, kind) for room, readers in rows.items() if name in readers for kind in PieceKind.values}


def test_the_oracle_knows_every_room_and_everybody(table: Table) -> None:
    assert set(oracle.DOORS_CLOSED) == set(table.rooms) == set(oracle.FIRST_DOOR_OPEN)
    assert set(table.cast) == oracle.CAST


def test_every_kind_of_piece_was_thought_about() -> None:
    assert set(PieceKind.values) == oracle.KINDS, (
        "May all who read a room read this kind there? Then it gets its row in KINDS, tests/access/oracle_rooms.py. May it be "
        "carried over, who may write it, and for whom: rooms/enums.py and rooms/rules.py."
    )


@pytest.mark.parametrize("opened", [False, True])
def test_everybody_reads_exactly_what_the_oracle_says(table: Table, opened: bool) -> None:
    planted = plant(table)
    if opened:
        open_first_door(table)
    rows = oracle.FIRST_DOOR_OPEN if opened else oracle.DOORS_CLOSED
    seen = seen_by(table, planted)
    for name in table.cast:
        assert seen[name] == expected(rows, name), name


def test_a_closed_door_hides_the_joint_room_again(table: Table) -> None:
    planted = plant(table)
    open_first_door(table)
    door.close_door(room=table.room("peer"), actor=table.actor("host"))
    seen = seen_by(table, planted)
    assert not any(("joint", kind) in rows for rows in seen.values() for kind in PieceKind.values)


def test_a_draft_is_read_by_its_author_alone(table: Table) -> None:
    from langbord.rooms.actions import save_draft

    draft = save_draft(
        actor=table.actor("citizen"), process_id=table.process.pk, kind=PieceKind.STORY, text="bare meg"
    )
    readers = {
        name
        for name in table.cast
        if Piece.objects.visible_to(table.actor(name)).filter(pk=draft.pk).exists()
    }
    assert readers == {"citizen"}


def test_an_unopened_queryset_refuses_the_database(table: Table) -> None:
    actor = table.actor("citizen")
    with pytest.raises(GateClosed):
        list(Piece.objects.all())
    with pytest.raises(GateClosed):
        Piece.objects.count()
    with pytest.raises(GateClosed):
        Piece.objects.filter(kind="story").exists()
    with pytest.raises(GateClosed):
        list(table.rooms["peer"].pieces.all())
    with pytest.raises(GateClosed):
        Piece.objects.raw("select * from rooms_piece")
    with pytest.raises(GateClosed):
        Piece.objects.visible_to(actor) | Piece.objects.all()
    with pytest.raises(GateClosed):
        Piece.objects.visible_to(actor).union(Piece.objects.all())
    with pytest.raises(GateClosed):
        list(Room.objects.visible_to(actor).filter(pieces__in=Piece.objects.all()))
    with pytest.raises(ValueError, match="reason"):
        Piece.objects.unrestricted("")


def test_a_forward_relation_goes_through_the_gate(table: Table) -> None:
    plant(table)
    piece = Piece.objects.unrestricted(TEST).select_related(None).first()
    assert piece is not None
    with pytest.raises(GateClosed):
        _ = piece.room
