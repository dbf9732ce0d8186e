"""No change of role leads around the wall of a citizens' room."""

from __future__ import annotations

import pytest

from langbord.access.enums import Role
from langbord.base.errors import NotNow
from langbord.processes.models import Membership
from langbord.rooms.models import Seat
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.PARTNER, Role.COORDINATOR, Role.LEADER])
def test_a_host_who_comes_with_the_service_waits_for_the_group_again(table: Table, role: str) -> None:
    assert table.actor("host").may_read(table.rooms["peer"].pk)
    take_in(
        process_id=table.process.pk, person=table.people["host"], role=role, actor=table.actor("coordinator")
    )
    assert not table.actor("host").may_read(table.rooms["peer"].pk)
    seat = Seat.objects.unrestricted(TEST).get(membership__person=table.people["host"], ended_at=None)
    assert seat.confirmed_at is None


def test_a_citizen_ends_the_seat_before_a_role_of_the_service(table: Table) -> None:
    with pytest.raises(NotNow):
        take_in(
            process_id=table.process.pk,
            person=table.people["citizen"],
            role=Role.EMPLOYEE,
            actor=table.actor("coordinator"),
        )
    members = Membership.objects.unrestricted(TEST).filter(person=table.people["citizen"])
    assert [member.role for member in members] == [Role.CITIZEN]
    assert table.actor("citizen").may_read(table.rooms["peer"].pk)


def test_a_role_in_another_process_changes_nothing_here(table: Table) -> None:
    take_in(
        process_id=table.other.pk,
        person=table.people["host"],
        role=Role.EMPLOYEE,
        actor=table.actor("coordinator-other-process"),
    )
    assert table.actor("host").may_read(table.rooms["peer"].pk)
