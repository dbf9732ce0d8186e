"""An input noted by another: whose words they are, whose hand it was, and who may take it further."""

from __future__ import annotations

from uuid import uuid4

import pytest

from langbord.access.gate import GateClosed
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.models import Event
from langbord.inputs import actions, rules
from langbord.inputs.models import Noted
from langbord.inputs.reading import writer_panel
from langbord.rooms import actions as rooms
from langbord.rooms.models import Piece
from langbord.vault import keys
from tests.cast import TEST, Table
from tests.rooms.helpers import browser, fresh, gone, open_first_door, seen, sees


def note(
    table: Table, name: str = "host", room: str = "peer", speaker: str = "citizen", **more: object
) -> Piece:
    return actions.note(
        actor=table.actor(name),
        room=table.room(room),
        text="ordkanari",
        speaker=table.people[speaker] if speaker else None,
        **more,  # type: ignore[arg-type]
    )


def test_the_speaker_is_the_author_and_the_writer_is_recorded(table: Table) -> None:
    piece = note(table)
    assert (piece.author_id, piece.sealed_by) == (table.people["citizen"].pk, table.people["citizen"].pk)
    noted = Noted.objects.visible_to(table.actor("citizen")).get()
    assert (noted.noted_by_id, noted.piece_id) == (table.people["host"].pk, piece.pk)
    for name in ("anonymous", "employee", "citizen-other-group"):
        assert not Noted.objects.visible_to(table.actor(name)).exists(), name
    page = browser(table, "citizen").get(f"/b/{piece.pk}/").content.decode()
    assert "Randi skrev dette ned" in page
    assert "Ordene er dine" in page
    other = browser(table, "citizen-2").get(f"/b/{piece.pk}/").content.decode()
    assert "Randi skrev dette ned" in other
    assert "Ordene er dine" not in other


def test_the_speaker_alone_takes_it_further(table: Table) -> None:
    piece = note(table)
    board = table.room("board")
    for name in ("host", "citizen-2", "coordinator"):
        with pytest.raises(NotAllowed):
            rooms.carry_over(actor=table.actor(name), piece=fresh(piece), target=board, text="x")
        with pytest.raises(NotAllowed):
            rooms.edit(actor=table.actor(name), piece=fresh(piece), text="x")
        with pytest.raises(NotAllowed):
            rooms.take_back(actor=table.actor(name), piece=fresh(piece))
    mine = seen(table, "citizen", piece)
    rooms.carry_over(actor=table.actor("citizen"), piece=mine, target=board, text="mine ord")
    rooms.take_back(actor=table.actor("citizen"), piece=mine)
    assert not sees(table, "host", piece)
    assert not Noted.objects.visible_to(table.actor("host")).exists()
    assert Noted.objects.visible_to(table.actor("citizen")).exists()


def test_the_words_die_with_the_speakers_key(table: Table) -> None:
    piece = note(table)
    keys.destroy(table.people["citizen"].pk)
    with keys.ring():
        assert "ordkanari" not in fresh(piece).body


@pytest.mark.parametrize("room", ["peer", "service", "b-group", "b-joint", "b-steering", "board"])
def test_who_may_hold_the_pen(table: Table, room: str) -> None:
    expected = {
        "peer": ({"host"}, {"host"}),
        "service": ({"host-service"}, {"host-service", "coordinator"}),
        "b-group": ({"daily-leader"}, {"daily-leader"}),
        "b-joint": ({"daily-leader"}, {"daily-leader", "coordinator-other-process"}),
        "b-steering": (set(), {"coordinator-other-process"}),
        "board": (set(), set()),
    }[room]
    actors = {name: table.actor(name) for name in table.cast}
    assert {n for n, a in actors.items() if rules.may_note_for(a, table.rooms[room])} == expected[0]
    assert {n for n, a in actors.items() if rules.may_note(a, table.rooms[room])} == expected[1]
    for name, actor in actors.items():
        if name not in expected[1]:
            with pytest.raises(NotAllowed):
                actions.note(actor=actor, room=table.room(room), text="x")


def test_nobody_outside_the_room_is_made_to_speak_in_it(table: Table) -> None:
    for stranger in (
        "citizen-other-group",
        "employee",
        "coordinator",
        "withdrawn",
        "outsider",
        "host-waiting",
    ):
        with pytest.raises(NotAllowed):
            note(table, speaker=stranger)
    with pytest.raises(NotAllowed):
        note(table, room="joint")
    open_first_door(table)
    assert note(table, room="joint", speaker="employee").room_id == table.rooms["joint"].pk


def test_a_name_at_the_joint_table_would_tell_who_was_there(table: Table) -> None:
    assert note(table).signed
    open_first_door(table)
    piece = note(table, room="joint")
    assert not piece.signed
    for name in ("employee", "coordinator", "host-service", "partner"):
        page = browser(table, name).get(f"/b/{piece.pk}/").content.decode()
        assert "ordkanari" in page
        assert "data-piece" in page
        by = page.split('class="by"')[1].split("</p>")[0]
        assert "Amina" not in by, name
        assert "Uten navn" in by, name
    assert browser(table, "leader").get(f"/b/{piece.pk}/").status_code == 404


def test_ones_own_words_need_no_note(table: Table) -> None:
    piece = note(table, "citizen", speaker="citizen")
    assert piece.author_id == table.people["citizen"].pk
    assert not Noted.objects.unrestricted(TEST).exists()
    assert writer_panel(table.actor("citizen"), piece) is None


def test_a_second_click_is_harmless_and_an_id_of_anothers_is_refused(table: Table) -> None:
    key = uuid4()
    first = note(table, piece_id=key)
    assert note(table, piece_id=key).pk == first.pk
    assert Piece.objects.unrestricted(TEST).count() == Noted.objects.unrestricted(TEST).count() == 1
    with pytest.raises(NotAllowed):
        note(table, "host-other-group", "peer-2", "citizen-other-group", piece_id=key)
    open_first_door(table)
    with pytest.raises(NotAllowed):
        note(table, "host-service", "joint", "employee", piece_id=key)


def test_an_id_that_is_taken_by_something_else_is_refused(table: Table) -> None:
    story = rooms.write(actor=table.actor("citizen-2"), room=table.room("peer"), kind="story", text="min")
    with pytest.raises(NotAllowed):
        note(table, piece_id=story.pk)
    with pytest.raises(NotAllowed):
        note(table, speaker="", piece_id=story.pk)
    assert fresh(story).body == "min"


def test_the_writer_removes_a_slip_but_not_what_its_speaker_has_changed(table: Table) -> None:
    slip = note(table)
    held = Noted.objects.visible_to(table.actor("host")).get(piece=slip)
    with pytest.raises(NotAllowed):
        actions.remove(actor=table.actor("citizen-2"), noted=held)
    actions.remove(actor=table.actor("host"), noted=held)
    assert gone(slip)
    kept = note(table)
    rooms.edit(actor=table.actor("citizen"), piece=seen(table, "citizen", kept), text="slik sa jeg det")
    with pytest.raises(NotNow):
        actions.remove(
            actor=table.actor("host"), noted=Noted.objects.visible_to(table.actor("host")).get(piece=kept)
        )
    assert fresh(kept).body == "slik sa jeg det"


def test_the_log_says_that_it_was_noted_and_never_what(table: Table) -> None:
    piece = note(table)
    event = Event.objects.get(verb="input.noted")
    assert (event.actor_id, event.object_id) == (table.people["host"].pk, piece.pk)
    assert not Event.objects.filter(object_type__contains="ordkanari").exists()
    with pytest.raises(GateClosed):
        list(Noted.objects.all())
