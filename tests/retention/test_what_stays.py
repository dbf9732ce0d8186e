"""What stands on the board when the rooms have gone: also what a group carried over in its own name."""

from __future__ import annotations

from langbord.base import clock
from langbord.processes.keeping.enums import BoardAfter
from langbord.rooms import decisions
from langbord.rooms.models import Piece, Room
from langbord.vault import keys
from tests.cast import TEST, Table
from tests.rooms.helpers import PEER_CITIZENS, noted

from .helpers import START, close, days_pass

SAID = "ett telefonnummer til én person"


def carried_by_the_group(table: Table) -> Piece:
    """Of nobody's own: sealed with the key of the group's room, also on the board."""
    own = noted(table, "host", "peer", SAID)
    decision = decisions.propose(actor=table.actor("host"), piece=own, target=table.room("board"), text=SAID)
    for name in PEER_CITIZENS:
        decisions.answer(actor=table.actor(name), decision=decision, yes=True)
    copy: Piece = Piece.objects.unrestricted(TEST).get(copied_from_id=own.pk)
    assert (copy.author_id, copy.sealed_by) == (None, table.rooms["peer"].pk)
    return copy


def test_a_groups_words_on_the_board_outlive_its_room(table: Table) -> None:
    with clock.frozen(START) as stopped:
        copy = carried_by_the_group(table)
        close(table)
        days_pass(stopped, 91)
        assert keys.is_destroyed(table.rooms["peer"].pk)
        with keys.ring():
            stands = Piece.objects.unrestricted(TEST).get(pk=copy.pk)
            assert stands.body == SAID
        assert stands.sealed_by == table.rooms["board"].pk


def test_a_board_that_goes_too_keeps_nothing(table: Table) -> None:
    with clock.frozen(START) as stopped:
        copy = carried_by_the_group(table)
        close(table, board=BoardAfter.GOES)
        days_pass(stopped, 91)
        assert not Piece.objects.unrestricted(TEST).filter(pk=copy.pk).exists()
        assert not Room.objects.unrestricted(TEST).filter(process=table.process).exists()
