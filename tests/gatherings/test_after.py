"""Who was there, and what is noted together in the speaker's own words."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.gatherings import after
from langbord.gatherings.models import Attendance, CaughtInput, Gathering
from langbord.inputs.models import Noted
from langbord.rooms.models import Piece
from tests.cast import TEST, Table

from .helpers import AFTERWARDS, DURING, NOON, address, browser, fresh, mark, once, open_first_door, plan


@pytest.fixture
def made(table: Table, at: clock.Frozen) -> Gathering:
    """A peer gathering that is going on, with three who are marked as there."""
    found = plan(table)
    at.move_to(DURING)
    mark(table, found, "citizen", "citizen-2", "host")
    return fresh(found)


def caught(table: Table, made: Gathering, name: str = "host", **more: Any) -> Piece:
    facts: dict[str, Any] = {"text": "sagtkanari", **more}
    return after.catch(actor=table.actor(name), gathering=made, **facts)


def test_nobody_is_marked_long_before_it_begins(table: Table, at: clock.Frozen) -> None:
    made = plan(table)
    with pytest.raises(NotNow):
        mark(table, made, "citizen")
    assert "har ikke begynt" in browser(table, "host").get(address(table, made, "etterpa/")).content.decode()
    at.move_to(made.starts_at - timedelta(minutes=30))
    mark(table, made, "citizen")


def test_hosts_mark_exactly_who_was_there(table: Table, made: Gathering) -> None:
    host = browser(table, "host")
    page = host.get(address(table, made, "etterpa/")).content.decode()
    assert page.count("checked") == 3
    data = {"people": [str(table.people["citizen-3"].pk)], "others_citizens": "2"}
    for _click in range(2):
        assert host.post(address(table, made, "etterpa/"), data).status_code == 302
    rows = Attendance.objects.unrestricted(TEST).filter(gathering=made)
    assert [row.person_id for row in rows] == [table.people["citizen-3"].pk]
    assert fresh(made).others_citizens == 2
    assert fresh(made).held_at is not None


@pytest.mark.parametrize(
    "name", ["citizen", "coordinator", "researcher", "host-waiting", "host-other-group", "leader"]
)
def test_others_do_not(table: Table, made: Gathering, name: str) -> None:
    with pytest.raises(NotAllowed):
        mark(table, made, "citizen-3", by=name)
    with pytest.raises(NotAllowed):
        after.count_others(actor=table.actor(name), gathering=made, citizens=1)
    assert browser(table, name).get(address(table, made, "etterpa/")).status_code == 404
    assert browser(table, name).post(address(table, made, "etterpa/"), {}).status_code == 404
    assert Attendance.objects.unrestricted(TEST).filter(gathering=made).count() == 3


def test_nobody_from_elsewhere_is_marked(table: Table, made: Gathering) -> None:
    for stranger in ("citizen-other-group", "outsider", "employee", "withdrawn"):
        with pytest.raises(NotAllowed):
            mark(table, made, stranger)


def test_the_coordinator_counts_heads_in_the_service_room_without_names(
    table: Table, at: clock.Frozen
) -> None:
    made = plan(table, "coordinator", "service")
    at.move_to(DURING)
    coordinator = browser(table, "coordinator")
    page = coordinator.get(address(table, made, "etterpa/")).content.decode()
    assert "Espen" not in page
    assert coordinator.post(address(table, made, "etterpa/"), {"others_service": "5"}).status_code == 302
    assert fresh(made).others_service == 5
    wrong = coordinator.post(address(table, made, "etterpa/"), {"others_service": "mange"})
    assert wrong.status_code == 422
    with pytest.raises(NotAllowed):
        mark(table, made, "employee", by="coordinator")
    mark(table, made, "employee", by="host-service")


def test_words_half_written_stand_while_one_ticks_who_is_here(table: Table, made: Gathering) -> None:
    host, half = browser(table, "host"), "halvskrevetkanari"
    page = host.get(address(table, made, "etterpa/")).content.decode()
    (form,) = re.findall(r"<form[^>]*action=\"[^\"]*noter/\".*?</form>", page, re.DOTALL)
    assert 'name="text"' in form
    assert 'name="people"' in form
    assert form.index("formaction=") < form.index('name="speaker"'), (
        "Enter in a field of figures notes nothing"
    )
    ticked = {"people": [str(table.people["citizen-3"].pk)], "text": half}
    kept = host.post(address(table, made, "etterpa/"), ticked)
    assert kept.status_code == 200
    assert half in kept.content.decode()
    assert "Det er lagret." in kept.content.decode()
    assert "Celine" in kept.content.decode()
    wrong = host.post(address(table, made, "etterpa/"), {**ticked, "others_citizens": "mange"})
    assert (wrong.status_code, half in wrong.content.decode()) == (422, True)
    host.post(
        address(table, made, "noter/"),
        {"text": "ble feil", "speaker": str(table.people["citizen-3"].pk), "once": once()},
    )
    piece = Piece.objects.unrestricted(TEST).get()
    removed = host.post(address(table, made, f"noter/{piece.pk}/fjern/"), {"text": half})
    assert half in removed.content.decode()
    assert not CaughtInput.objects.unrestricted(TEST).exists()


def test_words_caught_in_two_taps_belong_to_the_one_who_said_them(table: Table, made: Gathering) -> None:
    host = browser(table, "host")
    data = {"text": "sagtkanari", "speaker": str(table.people["citizen"].pk), "once": once()}
    for _click in range(2):
        assert host.post(address(table, made, "noter/"), data).status_code == 302
    piece = Piece.objects.unrestricted(TEST).get()
    assert (piece.author_id, piece.sealed_by) == (table.people["citizen"].pk, table.people["citizen"].pk)
    assert piece.room_id == table.rooms["peer"].pk
    assert Noted.objects.unrestricted(TEST).get().noted_by_id == table.people["host"].pk
    assert CaughtInput.objects.unrestricted(TEST).count() == 1
    page = host.get(address(table, made, "etterpa/")).content.decode()
    assert "sagtkanari" in page
    assert "Amina" in page
    assert f'data-piece="{piece.pk}"' in page
    assert 'data-room="peer"' in page


def test_what_the_group_said_belongs_to_the_group(table: Table, made: Gathering) -> None:
    browser(table, "host").post(
        address(table, made, "noter/"), {"text": "sagtkanari", "speaker": "gruppa", "once": once()}
    )
    piece = Piece.objects.unrestricted(TEST).get()
    assert (piece.author_id, piece.sealed_by) == (None, table.rooms["peer"].pk)


def test_what_is_noted_is_read_in_the_room_and_nowhere_else(table: Table, made: Gathering) -> None:
    piece = caught(table, made, speaker_id=table.people["citizen"].pk)
    readers = {n for n in table.cast if Piece.objects.visible_to(table.actor(n)).filter(pk=piece.pk).exists()}
    assert readers == {"citizen", "citizen-2", "citizen-3", "host"}


@pytest.mark.parametrize("name", ["citizen", "coordinator", "host-waiting", "host-other-group", "employee"])
def test_only_a_host_holds_the_pen(table: Table, made: Gathering, name: str) -> None:
    with pytest.raises(NotAllowed):
        caught(table, made, name)
    assert browser(table, name).post(address(table, made, "noter/"), {"text": "x"}).status_code == 404


def test_nobody_is_given_words_who_was_not_there(table: Table, made: Gathering) -> None:
    for stranger in ("citizen-3", "outsider", "citizen-other-group", "employee"):
        with pytest.raises(NotAllowed):
            caught(table, made, speaker_id=table.people[stranger].pk)
    assert not Piece.objects.unrestricted(TEST).exists()


def test_the_coordinator_notes_for_the_joint_table_but_in_nobodys_name(
    table: Table, at: clock.Frozen
) -> None:
    open_first_door(table)
    made = plan(table, "coordinator", "joint")
    at.move_to(DURING)
    mark(table, made, "citizen", "employee")
    with pytest.raises(NotAllowed):
        caught(table, made, "coordinator", speaker_id=table.people["citizen"].pk)
    assert caught(table, made, "coordinator").author_id is None
    assert (
        caught(table, made, "host", speaker_id=table.people["employee"].pk).author_id
        == table.people["employee"].pk
    )


def test_an_empty_note_says_so_and_a_note_before_time_is_kept_in_the_field(
    table: Table, at: clock.Frozen
) -> None:
    made = plan(table)
    host = browser(table, "host")
    early = host.post(
        address(table, made, "noter/"), {"text": "for tidlig", "speaker": "gruppa", "once": once()}
    )
    assert early.status_code == 422
    at.move_to(DURING)
    empty = host.post(address(table, made, "noter/"), {"text": " ", "speaker": "gruppa", "once": once()})
    assert empty.status_code == 422
    assert "Skriv det som ble sagt, først" in empty.content.decode()
    assert not Piece.objects.unrestricted(TEST).exists()


def test_a_note_that_went_wrong_is_removed_by_the_writer_within_a_day(
    table: Table, made: Gathering, at: clock.Frozen
) -> None:
    piece = caught(table, made, speaker_id=table.people["citizen"].pk)
    for name in ("citizen-2", "coordinator", "employee"):
        with pytest.raises(NotAllowed):
            after.uncatch(actor=table.actor(name), gathering=made, piece_id=piece.pk)
    host = browser(table, "host")
    where = address(table, made, f"noter/{piece.pk}/fjern/")
    assert host.get(where).status_code == 405
    assert host.post(where).status_code == 302
    assert not Piece.objects.unrestricted(TEST).exists()
    assert host.post(where).status_code == 404
    late = caught(table, made, speaker_id=table.people["citizen"].pk)
    at.move(timedelta(hours=25))
    with pytest.raises(NotAllowed):
        after.uncatch(actor=table.actor("host"), gathering=made, piece_id=late.pk)


def test_words_somebody_has_taken_up_are_not_removed_by_the_writer(table: Table, made: Gathering) -> None:
    from langbord.rooms import actions as rooms

    piece = caught(table, made, speaker_id=table.people["citizen"].pk)
    mine = Piece.objects.visible_to(table.actor("citizen")).get(pk=piece.pk)
    rooms.carry_over(actor=table.actor("citizen"), piece=mine, target=table.room("board"), text="min vei")
    with pytest.raises(NotNow):
        after.uncatch(actor=table.actor("host"), gathering=made, piece_id=piece.pk)


def test_a_second_click_from_somebody_else_is_refused(table: Table, made: Gathering) -> None:
    key = uuid4()
    caught(table, made, piece_id=key)
    open_first_door(table)
    other = plan(table, "host-other-group", "peer-2", starts_at=DURING, ends_at=AFTERWARDS)
    with pytest.raises(NotAllowed):
        caught(table, other, "host-other-group", piece_id=key)


def test_while_it_lasts_the_host_is_asked_to_put_the_screen_away(table: Table, at: clock.Frozen) -> None:
    made = plan(table)
    at.move_to(NOON)
    assert "Legg meg bort" not in browser(table, "host").get(address(table, made)).content.decode()
    at.move_to(made.starts_at + timedelta(minutes=5))
    page = browser(table, "host").get(address(table, made)).content.decode()
    assert "Legg meg bort" in page
    assert 'aria-current="step"' in page
    assert "Legg meg bort" not in browser(table, "citizen").get(address(table, made)).content.decode()
    at.move_to(AFTERWARDS)
    assert "Legg meg bort" not in browser(table, "host").get(address(table, made)).content.decode()


# -- at the joint table


@pytest.fixture
def joint(table: Table, at: clock.Frozen) -> Gathering:
    open_first_door(table)
    found = plan(table, "coordinator", "joint")
    at.move_to(DURING)
    mark(table, found, "citizen", "citizen-2", "citizen-3", "employee")
    return fresh(found)


def noted_page(table: Table, made: Gathering, who: str) -> str:
    """What stands under the field where one writes down, before the list of who is here."""
    page = browser(table, who).get(address(table, made, "etterpa/")).content.decode()
    return str(page.partition("</textarea>")[2].partition('class="there"')[0].partition('role="group"')[2])


def test_the_one_who_held_the_pen_sees_whose_name_they_pressed(
    table: Table, joint: Gathering, at: clock.Frozen
) -> None:
    """A slip hands somebody's words to somebody else. For everybody else, and a day later, there is no name."""
    host, said = table.people["host"], table.people["citizen-2"].shown_name
    caught(table, joint, speaker_id=table.people["citizen-2"].pk)
    assert host.pk != table.people["citizen-2"].pk

    def by(who: str) -> str:
        return noted_page(table, joint, who).partition("<article")[2]

    assert said in by("host")
    assert "sagtkanari" in by("host")
    assert "Uten navn" not in by("host")
    for other in ("host-service", "coordinator"):
        assert "sagtkanari" in by(other), other
        assert said not in by(other), other
        assert "Uten navn" in by(other), other
    at.move(timedelta(hours=25))
    assert said not in by("host")
    assert "Uten navn" in by("host")


def test_the_buttons_stand_in_the_order_of_the_list(table: Table, joint: Gathering) -> None:
    page = browser(table, "host").get(address(table, joint, "etterpa/")).content.decode()
    pressed = re.findall(r'name="speaker" value="([0-9a-f-]{36})"', page)
    ticked = [key for key in re.findall(r'name="people" value="([0-9a-f-]{36})"', page) if key in pressed]
    assert len(pressed) == 4
    assert pressed == ticked
