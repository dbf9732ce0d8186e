"""Who may give whom a seat, and the group's yes to a host who works in the service."""

from __future__ import annotations

from datetime import timedelta

import pytest

from langbord.access.actor import Actor
from langbord.access.enums import CasePower, Role
from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.actions import register_person
from langbord.people.models import Person
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from langbord.rooms import seating
from langbord.rooms.case_power import set_case_power
from langbord.rooms.models import Seat
from tests.access.walker import rolled_back
from tests.cast import TEST, Table
from tests.rooms.helpers import PEER_CITIZENS, seat_of

AFTER_A_WEEK = timedelta(days=8)
"""When nobody waits any more because somebody was taken out."""


def newcomer(name: str = "Nina", **more: object) -> Person:
    return register_person(name=name, actor=None, **more)  # type: ignore[arg-type]


def reads(table: Table, name: str, room: str) -> bool:
    return table.actor(name).may_read(table.rooms[room].pk)


def test_a_coordinator_and_the_groups_own_host_take_in_citizens(table: Table) -> None:
    for giver in ("coordinator", "host"):
        person = newcomer()
        seating.take_in(
            process_id=table.process.pk,
            person=person,
            role=Role.CITIZEN,
            actor=table.actor(giver),
            room=table.room("peer"),
        )
        assert person.pk in {m.person_id for m in seating.citizens_of(table.room("peer"))}


@pytest.mark.parametrize(
    "giver",
    [
        "citizen",
        "host-other-group",
        "host-waiting",
        "employee",
        "leader",
        "researcher",
        "operator",
        "anonymous",
    ],
)
def test_nobody_else_does(table: Table, giver: str) -> None:
    with pytest.raises(NotAllowed):
        seating.take_in(
            process_id=table.process.pk,
            person=newcomer(),
            role=Role.CITIZEN,
            actor=table.actor(giver),
            room=table.room("peer"),
        )
    membership = Membership.objects.unrestricted(TEST).get(person=table.people["citizen-other-group"])
    with pytest.raises(NotAllowed):
        seating.give_seat(room=table.room("peer"), membership=membership, actor=table.actor(giver))


def test_a_host_takes_in_no_other_roles_and_to_no_other_room(table: Table) -> None:
    with pytest.raises(NotAllowed):
        seating.take_in(
            process_id=table.process.pk,
            person=newcomer(),
            role=Role.HOST,
            actor=table.actor("host"),
            room=table.room("peer"),
        )
    with pytest.raises(NotAllowed):
        seating.take_in(
            process_id=table.process.pk,
            person=newcomer(),
            role=Role.CITIZEN,
            actor=table.actor("host"),
            room=table.room("peer-2"),
        )


def test_a_seat_is_never_given_across_processes(table: Table) -> None:
    elsewhere = Membership.objects.unrestricted(TEST).get(person=table.people["citizen-other-process"])
    with pytest.raises(NotAllowed):
        seating.give_seat(room=table.room("peer"), membership=elsewhere, actor=table.actor("coordinator"))
    with pytest.raises(NotAllowed):
        seating.take_in(
            process_id=table.process.pk,
            person=newcomer(),
            role=Role.CITIZEN,
            actor=table.actor("coordinator"),
            room=table.room("b-group"),
        )


@pytest.mark.parametrize("power", [CasePower.DECIDES, CasePower.LOOKS_UP])
def test_power_over_cases_keeps_out_of_the_peer_room_whatever_the_role(table: Table, power: str) -> None:
    for role in (Role.HOST, Role.CITIZEN):
        with pytest.raises(NotNow):
            seating.take_in(
                process_id=table.process.pk,
                person=newcomer(case_power=power),
                role=role,
                actor=table.actor("coordinator"),
                room=table.room("peer"),
            )
    person = newcomer(case_power=CasePower.NONE)
    seating.take_in(
        process_id=table.process.pk,
        person=person,
        role=Role.HOST,
        actor=table.actor("coordinator"),
        room=table.room("peer"),
    )
    assert person.pk


def test_new_power_ends_the_seat_at_once(table: Table) -> None:
    assert reads(table, "host", "peer")
    set_case_power(person=table.people["host"], power=CasePower.LOOKS_UP, actor=table.actor("coordinator"))
    table.people["host"].refresh_from_db()
    assert not reads(table, "host", "peer")
    assert not Seat.objects.unrestricted(TEST).filter(
        membership__person=table.people["host"], room=table.rooms["peer"], ended_at__isnull=True
    )


@pytest.mark.parametrize("name", ["host", "citizen", "employee", "coordinator-other-process", "operator"])
def test_only_a_coordinator_of_theirs_says_what_power_somebody_has(table: Table, name: str) -> None:
    with pytest.raises(NotAllowed):
        set_case_power(person=table.people["host"], power=CasePower.DECIDES, actor=table.actor(name))


def test_a_coordinator_elsewhere_who_sits_with_somebody_here_has_no_say_over_them(table: Table) -> None:
    both = table.people["coordinator-other-process"]
    seating.take_in(
        process_id=table.process.pk,
        person=both,
        role=Role.CITIZEN,
        actor=table.actor("coordinator"),
        room=table.room("peer"),
    )
    with pytest.raises(NotAllowed):
        set_case_power(
            person=table.people["host"],
            power=CasePower.DECIDES,
            actor=table.actor("coordinator-other-process"),
        )


def test_an_employed_host_comes_in_when_every_citizen_has_said_yes(table: Table) -> None:
    seat = seat_of(table, "host-waiting", "peer")
    for name in PEER_CITIZENS:
        assert not reads(table, "host-waiting", "peer")
        seating.answer_host(seat=seat, yes=True, actor=table.actor(name))
    assert reads(table, "host-waiting", "peer")
    seating.answer_host(seat=seat, yes=True, actor=table.actor("citizen"))
    assert reads(table, "host-waiting", "peer")


def test_a_no_closes_it_again_and_a_newcomer_does_not(table: Table) -> None:
    seat = seat_of(table, "host-waiting", "peer")
    for name in PEER_CITIZENS:
        seating.answer_host(seat=seat, yes=True, actor=table.actor(name))
    table.people["nina"] = newcomer()
    seating.take_in(
        process_id=table.process.pk,
        person=table.people["nina"],
        role=Role.CITIZEN,
        actor=table.actor("coordinator"),
        room=table.room("peer"),
    )
    seating.answer_host(seat=seat, yes=True, actor=table.actor("citizen"))
    assert reads(table, "host-waiting", "peer")
    seating.answer_host(seat=seat, yes=False, actor=table.actor("nina"))
    assert not reads(table, "host-waiting", "peer")


@pytest.mark.parametrize("taken_out", ["role", "seat"])
def test_whoever_said_no_is_not_taken_out_to_make_it_a_yes(table: Table, taken_out: str) -> None:
    """Not with a new seat for the same host either. Whoever goes by themself takes their no along."""
    kari, seat = table.actor("coordinator"), seat_of(table, "host-waiting", "peer")
    seating.answer_host(seat=seat, yes=False, actor=table.actor("citizen-3"))

    def out(by: Actor) -> None:
        theirs = seat_of(table, "citizen-3", "peer")
        if taken_out == "seat":
            seating.end_seat(seat=theirs, actor=by)
        else:
            end_membership(membership=theirs.membership, actor=by)

    def the_others_say_yes() -> bool:
        with clock.frozen(clock.now() + AFTER_A_WEEK):
            for name in ("citizen", "citizen-2"):
                now = seat_of(table, "host-waiting", "peer")
                seating.answer_host(seat=now, yes=True, actor=table.actor(name))
            return reads(table, "host-waiting", "peer")

    with rolled_back():
        out(table.actor("citizen-3"))
        assert the_others_say_yes()
    out(kari)
    assert not the_others_say_yes()
    waiting = seat_of(table, "host-waiting", "peer")
    seating.end_seat(seat=waiting, actor=kari)
    role = Membership.objects.unrestricted(TEST).with_person().get(pk=waiting.membership_id)
    seating.give_seat(room=table.room("peer"), membership=role, actor=kari)
    assert not the_others_say_yes()


def test_a_no_that_was_changed_to_a_yes_does_not_stand(table: Table) -> None:
    seat = seat_of(table, "host-waiting", "peer")
    for yes in (False, True):
        seating.answer_host(seat=seat, yes=yes, actor=table.actor("citizen-3"))
    end_membership(
        membership=seat_of(table, "citizen-3", "peer").membership, actor=table.actor("coordinator")
    )
    with clock.frozen(clock.now() + AFTER_A_WEEK):
        for name in ("citizen", "citizen-2"):
            seating.answer_host(seat=seat, yes=True, actor=table.actor(name))
        assert reads(table, "host-waiting", "peer")


@pytest.mark.parametrize(
    "name", ["host", "coordinator", "citizen-other-group", "employee", "host-waiting", "withdrawn"]
)
def test_only_the_groups_citizens_answer(table: Table, name: str) -> None:
    with pytest.raises(NotAllowed):
        seating.answer_host(seat=seat_of(table, "host-waiting", "peer"), yes=True, actor=table.actor(name))


@pytest.mark.parametrize("neighbour", ["citizen-2", "host"])
def test_nobody_can_vote_a_neighbour_or_an_ordinary_host_out(table: Table, neighbour: str) -> None:
    seat = seat_of(table, neighbour, "peer")
    with pytest.raises(NotAllowed):
        seating.answer_host(seat=seat, yes=False, actor=table.actor("citizen"))
    assert reads(table, neighbour, "peer")


def test_a_seat_that_has_ended_is_not_opened_by_a_yes(table: Table) -> None:
    seat = seat_of(table, "host-waiting", "peer")
    seating.end_seat(seat=seat, actor=table.actor("coordinator"))
    with pytest.raises(NotAllowed):
        seating.answer_host(seat=seat, yes=True, actor=table.actor("citizen"))


def test_ending_a_seat(table: Table) -> None:
    with pytest.raises(NotAllowed):
        seating.end_seat(seat=seat_of(table, "citizen-2", "peer"), actor=table.actor("citizen"))
    with pytest.raises(NotAllowed):
        seating.end_seat(seat=seat_of(table, "citizen-2", "peer"), actor=table.actor("host"))
    seating.end_seat(seat=seat_of(table, "citizen-2", "peer"), actor=table.actor("citizen-2"))
    assert not reads(table, "citizen-2", "peer")
