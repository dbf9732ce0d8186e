"""The list for two: who sees it, joining, ticks, words, ending and coming back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from langbord.access.actor import actor_of
from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.models import Event
from langbord.firstmeeting import actions, writing
from langbord.firstmeeting.enums import Seat
from langbord.firstmeeting.models import Entry, Meeting, Party, Tick
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from tests.cast import TEST, Table
from tests.signin import signed_in

from .helpers import SAID, a_list, fresh, say, sees, somebody

POINT = "who-we-are"


def ticks(meeting: Meeting) -> dict[str, Tick]:
    return {tick.side: tick for tick in Tick.objects.unrestricted(TEST).filter(meeting=meeting, point=POINT)}


# -- who sees it


def test_only_the_two_see_it(table: Table) -> None:
    meeting = a_list(table)
    assert {name for name in table.cast if sees(table, name, meeting)} == {"citizen", "employee"}


def test_an_adviser_who_no_longer_works_here_sees_nothing(table: Table) -> None:
    meeting = a_list(table)
    for held in Membership.objects.unrestricted(TEST).filter(person=table.people["employee"]):
        end_membership(membership=held, actor=table.actor("coordinator"))
    assert not sees(table, "employee", meeting)
    assert sees(table, "citizen", meeting)


def test_the_first_day_of_a_new_card_opens_no_older_list(table: Table) -> None:
    """Whoever printed the card may hold it."""
    meeting = a_list(table)
    card_day = actor_of(table.people["citizen"], reads_from=clock.now() + timedelta(seconds=1))
    assert not Meeting.objects.visible_to(card_day).exists()
    assert not Entry.objects.visible_to(card_day).exists()
    new = actions.begin(actor=card_day, called="A")
    later = actor_of(table.people["citizen"], reads_from=new.begun_at)
    assert list(Meeting.objects.visible_to(later)) == [new]
    assert meeting.pk != new.pk


# -- joining


def test_a_code_takes_one_seat_once(table: Table) -> None:
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    code = actions.make_code(actor=table.actor("employee"), meeting=meeting)
    actions.join(actor=table.actor("citizen"), code=code.lower().replace("-", " "), called="Amina")
    for name in ("citizen-2", "citizen", "employee"):
        with pytest.raises(NotNow):
            actions.join(actor=table.actor(name), code=code, called="Jeg også")
    with pytest.raises(NotNow):
        actions.make_code(actor=table.actor("employee"), meeting=fresh(meeting))
    assert Party.objects.unrestricted(TEST).filter(meeting=meeting).count() == 2


def test_a_new_code_ends_the_old_and_every_code_ends_in_time(table: Table) -> None:
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    old = actions.make_code(actor=table.actor("employee"), meeting=meeting)
    code = actions.make_code(actor=table.actor("employee"), meeting=meeting)
    with pytest.raises(NotNow):
        actions.join(actor=table.actor("citizen"), code=old, called="A")
    with clock.frozen(clock.now() + actions.CODE_LASTS), pytest.raises(NotNow):
        actions.join(actor=table.actor("citizen"), code=code, called="A")
    assert actions.join(actor=table.actor("citizen"), code=code, called="A") == meeting


def test_guessing_is_slow(table: Table) -> None:
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    code = actions.make_code(actor=table.actor("employee"), meeting=meeting)
    for _try in range(5):
        with pytest.raises(NotNow):
            actions.join(actor=table.actor("citizen"), code="AAAA-AAAA", called="A")
    with pytest.raises(NotNow, match="for mange"):
        actions.join(actor=table.actor("citizen"), code=code, called="A")


def test_a_colleague_of_the_unit_never_takes_the_citizens_seat(table: Table) -> None:
    """Eva works in the same unit as Espen; Kari in another, and could be a citizen there."""
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    code = actions.make_code(actor=table.actor("employee"), meeting=meeting)
    with pytest.raises(NotNow):
        actions.join(actor=table.actor("employee-other-process"), code=code, called="Eva")
    assert actions.join(actor=table.actor("coordinator"), code=code, called="Kari") == meeting


def test_the_advisers_seat_is_for_somebody_who_advises(table: Table) -> None:
    meeting = actions.begin(actor=table.actor("citizen"), called="Amina")
    code = actions.make_code(actor=table.actor("citizen"), meeting=meeting)
    for name in ("citizen-2", "host", "partner", "researcher", "outsider", "operator"):
        with pytest.raises(NotNow):
            actions.join(actor=table.actor(name), code=code, called="X")
    joined = actions.join(actor=table.actor("employee"), code=code, called="Espen")
    assert joined.unit_id == table.people["employee"].unit_id


def test_a_second_click_begins_one(table: Table) -> None:
    one = actions.begin(actor=table.actor("citizen"), called="Amina")
    assert actions.begin(actor=table.actor("citizen"), called="Amina", meeting_id=one.pk) == one
    with pytest.raises(NotAllowed):
        actions.begin(actor=table.actor("citizen-2"), called="Tyv", meeting_id=one.pk)


# -- ticks


def test_each_ticks_for_oneself(table: Table) -> None:
    meeting = a_list(table)
    actions.tick(actor=table.actor("citizen"), meeting=meeting, point=POINT)
    actions.tick(actor=table.actor("citizen"), meeting=meeting, point=POINT)
    assert set(ticks(meeting)) == {Seat.CITIZEN}
    actions.tick(actor=table.actor("employee"), meeting=meeting, point=POINT)
    assert set(ticks(meeting)) == {Seat.CITIZEN, Seat.ADVISER}
    actions.untick(actor=table.actor("employee"), meeting=meeting, point=POINT)
    assert set(ticks(meeting)) == {Seat.CITIZEN}
    with pytest.raises(NotAllowed):
        actions.tick(actor=table.actor("citizen"), meeting=meeting, point="no-such-point")


def test_on_the_telephone_the_adviser_ticks_and_the_citizen_has_the_last_word(table: Table) -> None:
    meeting = a_list(table)
    adviser, citizen = table.actor("employee"), table.actor("citizen")
    actions.tick(actor=adviser, meeting=meeting, point=POINT, by_phone=True)
    assert ticks(meeting)[Seat.CITIZEN].by_phone
    assert Party.objects.visible_to(citizen).not_heard(citizen).exists()
    actions.not_right(actor=citizen, meeting=meeting, point=POINT)
    assert ticks(meeting)[Seat.CITIZEN].wrong_at is not None
    with pytest.raises(NotNow):
        actions.tick(actor=adviser, meeting=meeting, point=POINT, by_phone=True)
    actions.untick(actor=adviser, meeting=meeting, point=POINT, by_phone=True)
    assert ticks(meeting)[Seat.CITIZEN].wrong_at is not None, "what the citizen said is not taken away"
    actions.tick(actor=citizen, meeting=meeting, point=POINT)
    held = ticks(meeting)[Seat.CITIZEN]
    assert not held.by_phone
    assert held.wrong_at is None
    actions.untick(actor=adviser, meeting=meeting, point=POINT, by_phone=True)
    assert ticks(meeting)[Seat.CITIZEN].wrong_at is None, "nobody takes away the citizen's own tick"
    with pytest.raises(NotAllowed):
        actions.tick(actor=citizen, meeting=meeting, point=POINT, by_phone=True)


def test_what_was_heard_on_the_telephone_is_shown_until_the_citizen_says_that_it_is_right(
    table: Table,
) -> None:
    meeting = a_list(table)
    citizen = table.actor("citizen")
    assert not Party.objects.visible_to(citizen).not_heard(citizen).exists()
    entry = say(table, "employee", meeting, "Hun kommer mandag.", by_phone=True)
    assert (entry.side, entry.author_id) == (Seat.CITIZEN, table.people["employee"].pk)
    assert Party.objects.visible_to(citizen).not_heard(citizen).exists()
    actions.heard(actor=citizen, meeting=meeting)
    assert not Party.objects.visible_to(citizen).not_heard(citizen).exists()
    say(table, "employee", meeting, "Eller tirsdag.", by_phone=True)
    assert Party.objects.visible_to(citizen).not_heard(citizen).exists()
    with pytest.raises(NotAllowed):
        actions.heard(actor=table.actor("employee"), meeting=meeting)
    with pytest.raises(NotAllowed):
        say(table, "citizen", meeting, "Jeg later som", by_phone=True)


# -- ending and coming back


def test_put_away_and_taken_out_again_it_is_the_same_list(table: Table) -> None:
    meeting = a_list(table)
    say(table, "citizen", meeting, SAID)
    actions.close(actor=table.actor("employee"), meeting=meeting)
    with pytest.raises(NotNow):
        say(table, "citizen", fresh(meeting), "Mer")
    with pytest.raises(NotNow):
        actions.tick(actor=table.actor("citizen"), meeting=fresh(meeting), point=POINT)
    actions.reopen(actor=table.actor("citizen"), meeting=fresh(meeting))
    say(table, "citizen", fresh(meeting), "Mer")
    assert Entry.objects.unrestricted(TEST).filter(meeting=meeting).count() == 2
    assert fresh(meeting).first_closed_at is not None


def test_a_new_adviser_comes_and_the_old_one_sees_nothing(table: Table) -> None:
    meeting = a_list(table)
    said = say(table, "employee", meeting, "Jeg ringer deg.")
    actions.part(actor=table.actor("citizen"), meeting=meeting)
    assert not sees(table, "employee", meeting)
    with pytest.raises(NotAllowed):
        say(table, "employee", fresh(meeting), "Likevel")
    with pytest.raises(NotAllowed):
        writing.remove(actor=table.actor("employee"), entry=said)
    with pytest.raises(NotAllowed):
        actions.reopen(actor=table.actor("employee"), meeting=fresh(meeting))
    code = actions.make_code(actor=table.actor("citizen"), meeting=fresh(meeting))
    actions.join(actor=table.actor("coordinator"), code=code, called="Kari")
    assert sees(table, "coordinator", meeting)
    assert not sees(table, "employee", meeting)
    assert fresh(meeting).unit_id == table.people["coordinator"].unit_id


def test_an_adviser_who_stepped_back_cannot_let_themself_in_again(table: Table) -> None:
    meeting = a_list(table)
    actions.part(actor=table.actor("employee"), meeting=meeting)
    assert not sees(table, "employee", meeting)
    with pytest.raises(NotAllowed):
        actions.make_code(actor=table.actor("employee"), meeting=fresh(meeting))


def test_deleted_it_is_gone_for_both(table: Table) -> None:
    meeting = a_list(table)
    say(table, "employee", meeting, "Mitt")
    with pytest.raises(NotAllowed):
        actions.delete(actor=table.actor("employee"), meeting=meeting)
    actions.delete(actor=table.actor("citizen"), meeting=meeting)
    for model in (Meeting, Party, Entry, Tick):
        assert not model.objects.unrestricted(TEST).exists()


def test_an_adviser_deletes_a_list_to_which_nobody_came(table: Table) -> None:
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    actions.delete(actor=table.actor("employee"), meeting=meeting)
    assert not Meeting.objects.unrestricted(TEST).exists()


# -- power over cases: nothing crosses


def test_a_process_is_never_asked_and_never_told(table: Table) -> None:
    """No table of the list names a process, and no event of it does."""
    meeting = a_list(table)
    say(table, "citizen", meeting, SAID)
    for model in (Meeting, Party, Entry, Tick):
        related = {f.related_model._meta.app_label for f in model._meta.fields if f.related_model}
        assert related <= {"people", "firstmeeting"}, model
    assert not Event.objects.filter(verb__startswith="first-meeting", process_id__isnull=False).exists()


def test_an_adviser_gains_no_room_and_a_citizen_loses_none(table: Table) -> None:
    before = {name: table.actor(name).readable_rooms for name in ("citizen", "employee")}
    a_list(table)
    assert {name: table.actor(name).readable_rooms for name in before} == before


def test_what_one_is_called_in_a_group_is_not_what_the_list_says(table: Table) -> None:
    from langbord.people.actions import set_name

    meeting = a_list(table)
    set_name(actor=table.actor("citizen"), name="Amina", alias="Nattravn")
    page = signed_in(table.people["employee"]).get(f"/forste-mote/{meeting.pk}/").content.decode()
    assert "Amina" in page
    assert "Nattravn" not in page


def test_somebody_in_no_process_can_have_a_list(table: Table) -> None:
    nora: Any = somebody("Nora")
    meeting = actions.begin(actor=actor_of(nora), called="Nora")
    assert Party.objects.unrestricted(TEST).get(meeting=meeting).side == Seat.CITIZEN


def test_roles_that_advise(table: Table) -> None:
    from langbord.firstmeeting.rules import advises, leads

    assert {n for n in table.cast if advises(table.actor(n))} == {
        "employee", "coordinator", "leader", "daily-leader", "coordinator-other-process", "employee-other-process",
    }  # fmt: skip
    assert {n for n in table.cast if leads(table.actor(n))} == {"leader"}
