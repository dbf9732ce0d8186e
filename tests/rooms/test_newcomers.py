"""Somebody whom others seat in a group that has begun is met first (decision 0018)."""

from __future__ import annotations

from django.urls import reverse

from langbord.access.enums import Role
from langbord.base.models import Event
from langbord.people.actions import register_person
from langbord.rooms import door, seating
from langbord.rooms.models import Seat
from tests.cast import TEST, Table
from tests.rooms.helpers import address, browser, wrote


def seated(table: Table, by: str, role: str = Role.CITIZEN, name: str = "Nils") -> Seat:
    person = register_person(name=name, actor=table.actor(by))
    seating.take_in(
        process_id=table.process.pk, person=person, role=role, actor=table.actor(by), room=table.room("peer")
    )
    table.people[name] = person
    return Seat.objects.unrestricted(TEST).get(membership__person=person)


def test_before_the_group_has_begun_nobody_waits(table: Table) -> None:
    assert seated(table, "coordinator").confirmed_at is not None


def test_whom_the_group_s_own_host_takes_in_has_been_met(table: Table) -> None:
    wrote(table, "citizen", "peer", "vi har begynt")
    assert seated(table, "host").confirmed_at is not None


def test_whom_the_coordinator_seats_waits_until_a_host_has_met_them(table: Table) -> None:
    wrote(table, "citizen", "peer", "vi har begynt")
    seat = seated(table, "coordinator")
    assert seat.confirmed_at is None
    met, room = reverse("seat-met", args=[seat.pk]), address(table, "peer")
    newcomer = browser(table, "Nils")
    assert newcomer.get(room).status_code == 404
    mine = newcomer.get("/gruppa/").content.decode()
    assert "når en vert har møtt deg" in mine
    assert "vi har begynt" not in mine
    # Their answer counts nowhere yet.
    assert "Nils" not in [m.person.name for m in seating.citizens_of(table.room("peer"))]
    assert not door.all_ready(table.room("peer"))
    for name, may in (("citizen", False), ("host", True)):
        page = browser(table, name).get(room).content.decode()
        assert "Nils er ny her" in page
        assert (met in page) is may
    for name in ("citizen", "Nils", "coordinator", "host-other-group", "anonymous"):
        assert browser(table, name).post(met).status_code in (302, 404)
        assert Seat.objects.unrestricted(TEST).get(pk=seat.pk).confirmed_at is None, name
    for _click in range(2):
        assert browser(table, "host").post(met).status_code == 302
    assert newcomer.get(room).status_code == 200
    assert "er ny her" not in browser(table, "citizen").get(room).content.decode()
    assert Event.objects.filter(verb="seat.met", object_id=seat.pk).count() == 1


def test_a_host_whom_the_coordinator_seats_later_needs_the_group_s_yes(table: Table) -> None:
    wrote(table, "citizen", "peer", "vi har begynt")
    seat = seated(table, "coordinator", Role.HOST, "Per")
    assert seat.confirmed_at is None
    page = browser(table, "citizen").get(address(table, "peer")).content.decode()
    assert "Er det greit for dere at Per er vert?" in page
    for name in ("citizen", "citizen-2", "citizen-3"):
        assert not table.actor("Per").may_read(table.rooms["peer"].pk)
        seating.answer_host(
            seat=Seat.objects.visible_to(table.actor(name)).get(pk=seat.pk), yes=True, actor=table.actor(name)
        )
    assert table.actor("Per").may_read(table.rooms["peer"].pk)
