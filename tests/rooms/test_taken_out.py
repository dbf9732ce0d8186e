"""Somebody whom others take out of a group: no yes of those who are left stands in for theirs, and nobody learns what they said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from langbord.access.enums import CasePower, Role
from langbord.base import clock
from langbord.base.errors import NotNow
from langbord.people.actions import register_person
from langbord.processes.actions import end_membership
from langbord.rooms import case_power, decisions, door, seating
from langbord.rooms.enums import DoorAnswer
from tests.cast import Table
from tests.rooms.helpers import PEER_CITIZENS, address, all_ready, browser, noted, open_first_door, seat_of

WEEK = timedelta(days=7, minutes=1)


def answers(table: Table, name: str, wish: str) -> None:
    door.answer(room=table.room("peer"), wish=wish, actor=table.actor(name))


def opens(table: Table) -> None:
    door.open_door(room=table.room("peer"), actor=table.actor("host"))


def shut(table: Table) -> bool:
    try:
        opens(table)
    except NotNow:
        return not door.state_for(table.actor("host"), table.room("peer")).can_open
    return False


def by_seat(table: Table) -> None:
    seating.end_seat(seat=seat_of(table, "citizen-4", "peer"), actor=table.actor("coordinator"))


def by_role(table: Table) -> None:
    end_membership(
        membership=seat_of(table, "citizen-4", "peer").membership, actor=table.actor("coordinator")
    )


def by_power(table: Table) -> None:
    case_power.set_case_power(
        person=table.people["citizen-4"], power=CasePower.LOOKS_UP, actor=table.actor("coordinator")
    )


@pytest.fixture
def four(table: Table) -> Table:
    """A group of four; the fourth is the one who is taken out."""
    table.people["citizen-4"] = register_person(name="Dagfinn", actor=None)
    seating.take_in(
        process_id=table.process.pk,
        person=table.people["citizen-4"],
        role=Role.CITIZEN,
        actor=table.actor("host"),
        room=table.room("peer"),
    )
    return table


@pytest.mark.parametrize("said", [DoorAnswer.NOT_YET, DoorAnswer.TALK, DoorAnswer.READY, None])
@pytest.mark.parametrize("take_out", [by_seat, by_role, by_power])
def test_the_door_waits_whatever_they_had_answered(
    four: Table, said: str | None, take_out: Callable[[Table], None]
) -> None:
    """The same for each answer, so that nobody learns what it was: seven days, and all are asked anew."""
    all_ready(four)
    if said:
        answers(four, "citizen-4", said)
    take_out(four)
    assert shut(four), "taken out, and the door opens"
    with clock.frozen(clock.now() + timedelta(days=1)):
        all_ready(four)
        assert shut(four), "too early"
    with clock.frozen(clock.now() + WEEK):
        assert not shut(four)


def test_what_was_said_before_does_not_stand_for_what_one_thinks_now(four: Table) -> None:
    all_ready(four)
    by_seat(four)
    with clock.frozen(clock.now() + WEEK):
        assert shut(four), "nobody has answered since"
        for name in PEER_CITIZENS[:2]:
            answers(four, name, DoorAnswer.READY)
        assert shut(four)
        answers(four, PEER_CITIZENS[2], DoorAnswer.READY)
        opens(four)
        assert four.room("peer").door_is_open


def test_who_goes_by_themself_holds_nobody(four: Table) -> None:
    all_ready(four)
    answers(four, "citizen-4", DoorAnswer.NOT_YET)
    seating.end_seat(seat=seat_of(four, "citizen-4", "peer"), actor=four.actor("citizen-4"))
    opens(four)


def test_the_group_is_told_that_it_waits_and_of_nobody(four: Table) -> None:
    all_ready(four)
    at = address(four, "peer", "dora/")
    before = browser(four, "citizen").get(at).text
    assert "Alle blir spurt på nytt" not in before
    assert "checked" in before
    by_seat(four)
    for name in ("citizen", "host"):
        page = browser(four, name).get(at).text
        assert "Noen er ikke med i gruppa lenger. Alle blir spurt på nytt." in page, name
        assert "Dagfinn" not in page
        assert "checked" not in page
    with clock.frozen(clock.now() + WEEK):
        assert "Alle blir spurt på nytt" not in browser(four, "citizen").get(at).text


def test_a_group_that_has_become_small_waits_too(table: Table) -> None:
    """Of three, one is taken out who said not yet: the two that are left are not talked into it the same day."""
    for name in PEER_CITIZENS[:2]:
        answers(table, name, DoorAnswer.READY)
    answers(table, PEER_CITIZENS[2], DoorAnswer.NOT_YET)
    seating.end_seat(seat=seat_of(table, PEER_CITIZENS[2], "peer"), actor=table.actor("coordinator"))
    room, host = table.room("peer"), table.actor("host")
    with pytest.raises(NotNow):
        door.open_door(room=room, actor=host, talked=True)
    with clock.frozen(clock.now() + WEEK):
        door.open_door(room=room, actor=host, talked=True)


def test_a_not_yet_behind_an_open_door_stands_until_all_are_asked_anew(table: Table) -> None:
    """Taking out whoever hesitates neither lets new gatherings through nor tells the host who it was."""
    open_first_door(table)
    answers(table, "citizen-3", DoorAnswer.NOT_YET)
    seating.end_seat(seat=seat_of(table, "citizen-3", "peer"), actor=table.actor("coordinator"))
    room, host = table.room("peer"), table.actor("host")
    for days in (0, 30):
        with clock.frozen(clock.now() + timedelta(days=days)):
            assert door.state_for(host, room).take_it_up
            assert door.why_no_joint_gathering(table.process.pk)
            assert "Noen vil ta opp døra" in browser(table, "host").get(address(table, "peer", "dora/")).text
    door.close_door(room=room, actor=host)
    assert not door.someone_hesitates(table.room("peer"))


def test_a_ready_one_who_is_taken_out_stops_no_gathering(table: Table) -> None:
    open_first_door(table)
    seating.end_seat(seat=seat_of(table, "citizen-3", "peer"), actor=table.actor("coordinator"))
    assert not door.why_no_joint_gathering(table.process.pk)


def test_a_decision_of_the_group_is_not_everybody_s_when_somebody_was_taken_out(table: Table) -> None:
    """Who had not answered yet is taken out: the yes of those who are left does not carry it over the same day."""
    piece = noted(table, "host", "peer", "vi vil at dere ringer først")
    decision = decisions.propose(
        actor=table.actor("host"), piece=piece, target=table.room("board"), text="Ring først"
    )
    for name in PEER_CITIZENS[:2]:
        decisions.answer(actor=table.actor(name), decision=decision, yes=True)
    seating.end_seat(seat=seat_of(table, PEER_CITIZENS[2], "peer"), actor=table.actor("coordinator"))
    decisions.answer(actor=table.actor("citizen"), decision=decision, yes=True)
    decision.refresh_from_db()
    assert decision.effective_at is None
    decisions.settle_due()
    with clock.frozen(clock.now() + WEEK):
        assert decisions.settle_due() == 1


def test_a_host_who_waits_for_the_groups_yes_waits_with_it(table: Table) -> None:
    """Who had not answered about a host from the service is taken out: the others' yes does not let the host in the same day."""
    kari = table.actor("coordinator")
    seating.take_in(
        process_id=table.process.pk,
        person=table.people["host-waiting"],
        role=Role.HOST,
        actor=kari,
        room=table.room("peer"),
    )
    seat = seat_of(table, "host-waiting", "peer")
    seating.end_seat(seat=seat_of(table, "citizen-3", "peer"), actor=kari)
    for name in PEER_CITIZENS[:2]:
        seating.answer_host(seat=seat, yes=True, actor=table.actor(name))
    seat.refresh_from_db()
    assert seat.confirmed_at is None
    with clock.frozen(clock.now() + WEEK):
        seating.answer_host(seat=seat, yes=True, actor=table.actor("citizen"))
    seat.refresh_from_db()
    assert seat.confirmed_at is not None
