"""Who can read this: exactly those whom the walls let in, as the one who asks may be told."""

from __future__ import annotations

import pytest

from langbord.access.enums import Role
from langbord.rooms import seating
from langbord.rooms.models import Piece
from langbord.rooms.readers import audience, readers_of, reading_members
from langbord.rooms.shown import readers_sentence
from tests.access.test_pieces import plant
from tests.cast import Table
from tests.rooms.helpers import open_first_door


def told(table: Table, name: str, room: str) -> set[str]:
    return {reader.name for reader in readers_of(table.room(room), table.actor(name)).named}


@pytest.mark.parametrize("opened", [False, True])
def test_the_list_is_exactly_those_who_can_open_the_pieces(table: Table, opened: bool) -> None:
    planted = plant(table)
    if opened:
        open_first_door(table)
    for room in table.rooms:
        listed = {m.person_id for m in reading_members(table.room(room))}
        piece = planted[room, "story"]
        opening = {
            person.pk
            for name, person in table.people.items()
            if Piece.objects.visible_to(table.actor(name)).filter(pk=piece.pk).exists()
        }
        assert listed == opening, room


def test_both_ways_of_loading_agree(table: Table) -> None:
    open_first_door(table)
    for room in ("peer", "peer-2", "service", "joint", "board"):
        by_actor = audience(table.process.pk, table.actor("citizen")).reading(table.room(room))
        assert [m.pk for m in by_actor] == [m.pk for m in reading_members(table.room(room))]


def test_those_one_does_not_meet_are_only_counted(table: Table) -> None:
    readers = readers_of(table.room("board"), table.actor("citizen"))
    names = {reader.name for reader in readers.named}
    assert {"Amina", "Bjarne", "Espen", "Kari", "Leif", "Frida"} <= names
    assert "Dina" not in names
    assert readers.other_citizens == 1
    assert readers.total == len(reading_members(table.room("board")))
    assert told(table, "employee", "board").isdisjoint({"Amina", "Bjarne", "Celine", "Dina"})
    assert readers_of(table.room("board"), table.actor("employee")).other_citizens == 4


def test_somebody_in_two_roles_is_one_reader(table: Table) -> None:
    before = readers_of(table.room("board"), table.actor("citizen")).total
    seating.take_in(
        process_id=table.process.pk,
        person=table.people["host"],
        role=Role.RESEARCHER,
        actor=table.actor("coordinator"),
    )
    readers = readers_of(table.room("board"), table.actor("citizen"))
    assert readers.total == before
    (randi,) = [reader for reader in readers.named if reader.name == "Randi"]
    assert set(randi.roles) == {Role.HOST, Role.RESEARCHER}


def test_the_sentence_names_and_counts(table: Table) -> None:
    assert readers_sentence(readers_of(table.room("peer-2"), table.actor("citizen-other-group"))) == (
        "Du og Harald kan lese dette."
    )
    assert (
        readers_sentence(readers_of(table.room("joint"), table.actor("citizen")))
        == "Ingen kan lese dette nå."
    )
    assert "til kan lese dette" in readers_sentence(readers_of(table.room("board"), table.actor("citizen")))
