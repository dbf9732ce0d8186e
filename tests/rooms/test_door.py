"""The door: every citizen ready and at least three, a host presses open, and nobody learns who answered what."""

from __future__ import annotations

import pytest

from langbord.access.enums import Role
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.actions import register_person
from langbord.processes.models import Membership
from langbord.rooms import door, seating
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import DoorWish
from tests.cast import Table
from tests.rooms.helpers import PEER_CITIZENS, address, all_ready, browser, open_first_door, seat_of, wrote


def opens(table: Table, name: str = "host", room: str = "peer", *, talked: bool = False) -> None:
    door.open_door(room=table.room(room), actor=table.actor(name), talked=talked)


def answers(table: Table, name: str, wish: str, room: str = "peer") -> None:
    door.answer(room=table.room(room), wish=wish, actor=table.actor(name))


def test_it_opens_when_all_are_ready_and_a_host_presses(table: Table) -> None:
    all_ready(table)
    assert not table.room("peer").door_is_open
    opens(table)
    assert table.room("peer").door_is_open


@pytest.mark.parametrize("wish", [DoorAnswer.NOT_YET, DoorAnswer.TALK, None])
def test_one_who_is_not_ready_keeps_it_closed(table: Table, wish: str | None) -> None:
    answers(table, "citizen", DoorAnswer.READY)
    answers(table, "citizen-2", DoorAnswer.READY)
    if wish:
        answers(table, "citizen-3", wish)
    for talked in (False, True):
        with pytest.raises(NotNow):
            opens(table, talked=talked)
    answers(table, "citizen-3", DoorAnswer.READY)
    opens(table)


@pytest.mark.parametrize(
    "name", ["citizen", "host-other-group", "host-waiting", "coordinator", "leader", "operator"]
)
def test_only_the_groups_host_opens_and_closes(table: Table, name: str) -> None:
    all_ready(table)
    with pytest.raises(NotAllowed):
        opens(table, name)
    opens(table)
    with pytest.raises(NotAllowed):
        door.close_door(room=table.room("peer"), actor=table.actor(name))
    door.close_door(room=table.room("peer"), actor=table.actor("host"))
    assert not table.room("peer").door_is_open


def test_a_closed_door_does_not_open_again_on_old_answers(table: Table) -> None:
    open_first_door(table)
    door.close_door(room=table.room("peer"), actor=table.actor("host"))
    assert not door.state_for(table.actor("host"), table.room("peer")).can_open
    with pytest.raises(NotNow):
        opens(table)
    page = browser(table, "citizen").get(address(table, "peer", "dora/")).content.decode()
    assert "checked" not in page
    for name in PEER_CITIZENS[:2]:
        answers(table, name, DoorAnswer.READY)
    with pytest.raises(NotNow):
        opens(table)
    answers(table, PEER_CITIZENS[2], DoorAnswer.READY)
    opens(table)
    assert table.room("peer").door_is_open


@pytest.mark.parametrize(
    "name", ["host", "citizen-other-group", "coordinator", "employee", "withdrawn", "anonymous"]
)
def test_only_the_groups_citizens_answer(table: Table, name: str) -> None:
    with pytest.raises(NotAllowed):
        answers(table, name, DoorAnswer.READY)


def test_a_small_group_talks_with_its_host(table: Table) -> None:
    with pytest.raises(NotNow):
        opens(table, "host-other-group", "peer-2")
    answers(table, "citizen-other-group", DoorAnswer.TALK, "peer-2")
    with pytest.raises(NotNow):
        opens(table, "host-other-group", "peer-2", talked=True)
    answers(table, "citizen-other-group", DoorAnswer.READY, "peer-2")
    opens(table, "host-other-group", "peer-2", talked=True)
    assert table.room("peer-2").door_is_open


def test_a_group_of_nobody_opens_nothing(table: Table) -> None:
    seating.end_seat(
        seat=seat_of(table, "citizen-other-group", "peer-2"), actor=table.actor("citizen-other-group")
    )
    with pytest.raises(NotNow):
        opens(table, "host-other-group", "peer-2", talked=True)


def test_who_has_left_does_not_count_and_a_newcomer_does(table: Table) -> None:
    all_ready(table)
    nina = register_person(name="Nina", actor=None)
    seating.take_in(
        process_id=table.process.pk,
        person=nina,
        role=Role.CITIZEN,
        actor=table.actor("host"),
        room=table.room("peer"),
    )
    with pytest.raises(NotNow):
        opens(table)
    table.people["nina"] = nina
    seating.end_seat(seat=seat_of(table, "nina", "peer"), actor=table.actor("nina"))
    opens(table)


def test_others_see_open_or_not_and_a_host_no_more_than_whether(table: Table) -> None:
    for name in PEER_CITIZENS:
        answers(table, name, DoorAnswer.NOT_YET)
    assert {n for n in table.cast if DoorWish.objects.visible_to(table.actor(n)).exists()} == set(
        PEER_CITIZENS
    )
    closed = door.state_for(table.actor("host"), table.room("peer"))
    assert (closed.is_open, closed.can_open, closed.small_group, closed.take_it_up) == (
        False,
        False,
        False,
        False,
    )
    all_ready(table)
    assert door.state_for(table.actor("host"), table.room("peer")).can_open
    for name in ("citizen", "employee", "coordinator", "host-other-group"):
        state = door.state_for(table.actor(name), table.room("peer"))
        assert (state.can_open, state.small_group, state.take_it_up) == (False, False, False)


def test_a_later_not_yet_asks_the_host_without_a_name(table: Table) -> None:
    open_first_door(table)
    assert door.why_no_joint_gathering(table.process.pk) == ""
    answers(table, "citizen-2", DoorAnswer.NOT_YET)
    assert door.state_for(table.actor("host"), table.room("peer")).take_it_up
    assert not door.state_for(table.actor("citizen"), table.room("peer")).take_it_up
    assert door.why_no_joint_gathering(table.process.pk) != ""
    assert table.room("peer").door_is_open


def test_no_joint_gathering_behind_a_closed_door(table: Table) -> None:
    assert door.why_no_joint_gathering(table.process.pk) != ""
    assert door.why_no_joint_gathering(table.other.pk) == ""


def test_the_services_own_list(table: Table) -> None:
    assert door.service_list(table.process.pk) == {"shortcomings": False, "no_promises": False}
    wrote(table, "employee", "service", "vi svarer for seint", PieceKind.SHORTCOMING)
    assert door.service_list(table.process.pk) == {"shortcomings": True, "no_promises": False}
    assert door.service_list(table.other.pk) == {"shortcomings": False, "no_promises": False}


def test_a_group_behind_its_own_closed_door_is_not_named_at_the_joint_table(table: Table) -> None:
    def met_by(name: str) -> set[str]:
        people = Membership.objects.visible_to(table.actor(name)).values_list("person_id", flat=True)
        return {key for key, person in table.people.items() if person.pk in set(people)}

    hidden = {"citizen", "citizen-2", "citizen-3", "citizen-other-group", "host", "host-other-group"}
    assert not met_by("employee") & hidden
    open_first_door(table)
    assert met_by("employee") & hidden == {"citizen", "citizen-2", "citizen-3", "host"}
    assert "citizen-other-group" not in met_by("citizen")
    assert not met_by("leader") & hidden
