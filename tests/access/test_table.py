"""The table of the promise, cell by cell, written down once more: from the promise, beside `access/walls.py` and beside the
oracle of the walk. An error that two of the three share is found by the third.

Who reads pieces in a room: kind × role × seated × power over cases × state of the doors. What needs no room (drafts, what is
kept back, material by consent) has tests of its own: test_pieces.py, tests/rooms/test_moderating.py, tests/research.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from langbord.access.enums import CITIZEN_ROOMS, CasePower, Role, RoomKind
from langbord.access.walls import may_read
from langbord.base import clock
from langbord.gatherings.models import Gathering
from langbord.processes.models import Membership
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece, Room
from langbord.rooms.seating import give_seat, open_room, take_in
from tests.access import oracle_rooms
from tests.access.test_pieces import open_first_door, plant
from tests.cast import TEST, Table
from tests.gatherings.helpers import plan

SEAT, ROLE, A_DOOR, OWN_DOOR = (
    "with a seat there",
    "by role",
    "when a door is open",
    "when their own door is open",
)

TABLE: dict[str, dict[str, str]] = {
    "peer": {"citizen": SEAT, "host": SEAT},
    "group": {"citizen": SEAT, "paid": SEAT, "host": SEAT, "daily_leader": SEAT},
    "service": {"host": SEAT, "employee": ROLE, "partner": ROLE, "coordinator": ROLE},
    "joint": {
        "citizen": OWN_DOOR,
        "paid": OWN_DOOR,
        "host": OWN_DOOR,
        "daily_leader": OWN_DOOR,
        "employee": A_DOOR,
        "partner": A_DOOR,
        "coordinator": A_DOOR,
    },
    "steering": {"paid": SEAT, "coordinator": ROLE, "leader": ROLE},
    "research": {"researcher": ROLE},
    "cross": {},
    "board": {
        "citizen": ROLE,
        "paid": ROLE,
        "host": ROLE,
        "daily_leader": ROLE,
        "employee": ROLE,
        "partner": ROLE,
        "coordinator": ROLE,
        "leader": ROLE,
        "researcher": ROLE,
    },
}
"""Anything not in the table is denied."""

KEPT_OUT = {"peer": {"looks_up", "decides"}, "group": {"decides"}}
"""By power over cases, whatever role or seat."""


def reads(kind: str, role: str, *, seated: bool, power: str, a_door: bool, own_door: bool) -> bool:
    if power in KEPT_OUT.get(kind, ()):
        return False
    when = TABLE[kind].get(role)
    if when == OWN_DOOR:
        return a_door and own_door
    return when == ROLE or (when == SEAT and seated) or (when == A_DOOR and a_door)


def test_every_cell_of_the_walls() -> None:
    assert set(TABLE) == set(RoomKind.values), "a new kind of room: who reads it?"
    every = product(
        RoomKind.values, Role.values, (False, True), CasePower.values, (False, True), (False, True)
    )
    for kind, role, seated, power, a_door, own_door in every:
        said = may_read(kind, role, seated=seated, power=power, door_open=a_door, own_door_open=own_door)
        assert said == reads(kind, role, seated=seated, power=power, a_door=a_door, own_door=own_door), (
            f"{kind} {role} seated={seated} {power} a door={a_door} own door={own_door}"
        )


@pytest.mark.parametrize("opened", [False, True])
def test_the_oracle_of_the_walk_says_the_same(table: Table, opened: bool) -> None:
    if opened:
        open_first_door(table)
    rows = oracle_rooms.FIRST_DOOR_OPEN if opened else oracle_rooms.DOORS_CLOSED
    for name, room in table.rooms.items():
        reading = {who for who in table.cast if _by_table(table, who, room)}
        assert reading == rows[name], name


def _by_table(table: Table, who: str, room: Room) -> bool:
    actor = table.actor(who)
    doors: list[Any] = actor.rooms_in(room.process_id, *CITIZEN_ROOMS)
    a_door = any(door.door_open for door in doors)
    for sitting in actor.sittings_in(room.process_id):
        own = [door for door in doors if door.id in sitting.seats]
        serves = any(r.id in sitting.seats for r in actor.rooms_in(room.process_id, RoomKind.SERVICE))
        own_door = any(door.door_open for door in own) if own else serves and a_door
        seated = room.pk in sitting.seats
        if reads(room.kind, sitting.role, seated=seated, power=actor.power, a_door=a_door, own_door=own_door):
            return True
    return False


def test_the_steering_group_is_read_by_its_leaders_and_by_the_paid_who_sit_there(table: Table) -> None:
    """The cells that nobody of the cast stands in."""
    kjell, steering = table.actor("coordinator-other-process"), table.room("b-steering")
    take_in(process_id=table.other.pk, person=table.people["outsider"], role=Role.LEADER, actor=kjell)
    planted = plant(table)[("b-steering", PieceKind.POST)]

    def reading() -> set[str]:
        return {
            who
            for who in table.cast
            if Piece.objects.visible_to(table.actor(who)).filter(pk=planted.pk).exists()
        }

    assert reading() == {"coordinator-other-process", "outsider"}
    role = table.actor("paid").sittings_in(table.other.pk)[0].membership_id
    member = Membership.objects.unrestricted(TEST).with_person().get(pk=role)
    give_seat(room=steering, membership=member, actor=kjell)
    assert reading() == {"coordinator-other-process", "outsider", "paid"}
    leader = table.actor("outsider")
    seen = {name for name, room in table.rooms.items() if leader.may_read(room.pk)}
    assert seen == {"b-steering", "b-board"}


def test_when_and_where_is_known_to_no_more_than_the_table_says(table: Table) -> None:
    """A leader: the steering group's, and the joint table's once it is open. A researcher: the citizens' rooms'. An employee
    and a partner: never the citizens' rooms'."""
    take_in(
        process_id=table.other.pk,
        person=table.people["outsider"],
        role=Role.LEADER,
        actor=table.actor("coordinator-other-process"),
    )
    open_first_door(table)
    steering = open_room(
        process=table.process, kind=RoomKind.STEERING, name="Styringsgruppa", actor=table.actor("coordinator")
    )
    table.rooms["steering"] = steering
    soon = clock.now() + timedelta(days=3)
    planned = {
        room: plan(table, by, room, starts_at=soon, ends_at=soon + timedelta(hours=2)).pk
        for room, by in (
            ("peer", "host"),
            ("peer-2", "host-other-group"),
            ("service", "coordinator"),
            ("joint", "coordinator"),
            ("steering", "coordinator"),
            ("b-group", "daily-leader"),
            ("b-joint", "coordinator-other-process"),
            ("b-steering", "coordinator-other-process"),
        )
    }
    for who, known in (
        ("leader", {"joint", "steering"}),
        ("outsider", {"b-joint", "b-steering"}),
        ("researcher", {"peer", "peer-2"}),
        ("employee", {"service", "joint"}),
        ("partner", {"service", "joint"}),
        ("citizen-other-group", {"peer-2"}),
        ("mentor", set()),
        ("operator", set()),
    ):
        seen = set(Gathering.objects.visible_to(table.actor(who)).values_list("pk", flat=True))
        assert seen == {planned[room] for room in known}, who
