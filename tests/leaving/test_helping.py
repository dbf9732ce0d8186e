"""A host helps somebody leave. It must never become a way to silence someone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.personal_data import Way
from langbord.leaving import helping
from langbord.leaving.codes import code_of
from langbord.leaving.finding import find
from langbord.leaving.models import Helped
from langbord.people.models import OwnSession, Person
from langbord.processes.models import Membership
from langbord.rooms.models import Seat
from langbord.rooms.seating import end_seat, give_seat, take_in
from tests.cast import TEST, Table
from tests.signin import signed_in

from .helpers import live, piece

DAY = timedelta(days=1)


def record(table: Table, way: Way = Way.KEEP, by: str = "host", who: str = "citizen") -> Helped:
    return helping.record(
        actor=table.actor(by), process_id=table.process.pk, person_id=table.people[who].pk, way=way
    )


def second_host(table: Table) -> None:
    take_in(
        process_id=table.process.pk,
        person=table.people["host-other-group"],
        role="host",
        actor=table.actor("coordinator"),
        room=table.rooms["peer"],
    )


def later(days: float) -> int:
    with clock.frozen(clock.now() + timedelta(days=days)):
        return helping.settle_due()


def here(table: Table, who: str = "citizen") -> bool:
    return Person.objects.unrestricted(TEST).filter(pk=table.people[who].pk).exists()


def test_one_host_alone_never_takes_words_away(table: Table) -> None:
    life = live(table)
    helped = record(table, Way.TAKE)
    assert helping.due_at(helped) is None
    assert later(400) == 0
    assert here(table)
    assert piece(life.pieces["story"].pk) is not None


def test_after_seven_days_what_was_given_stays_without_the_name(table: Table) -> None:
    life = live(table)
    helped = record(table)
    assert later(6.9) == 0
    assert here(table)
    assert later(7.1) == 1
    assert not here(table)
    story = piece(life.pieces["story"].pk)
    assert story is not None
    assert story.author_id is None
    found = find(code_of(helped.pk))
    assert found is not None
    assert found.receipt is not None


def test_two_hosts_who_both_heard_it_wait_a_day(table: Table) -> None:
    second_host(table)  # before the group begins: later, a new host waits for its yes
    life = live(table)
    helped = record(table, Way.TAKE)
    with pytest.raises(NotNow):
        helping.agree(actor=table.actor("host"), helped=helped)
    helping.agree(actor=table.actor("host-other-group"), helped=helped)
    assert later(0.9) == 0
    assert later(1.1) == 1
    assert not here(table)
    assert piece(life.pieces["story"].pk) is None


def test_a_sign_of_life_makes_it_wait_for_the_person(table: Table) -> None:
    life = live(table)
    record(table)
    with clock.frozen(clock.now() + 2 * DAY):
        now = clock.now()
        OwnSession.objects.create(person=life.person, key_lookup="x" * 64, started_at=now, seen_at=now)
    assert later(400) == 0
    assert here(table)


def test_the_person_stops_it_with_one_tap(table: Table) -> None:
    live(table)
    record(table)
    client = signed_in(table.people["citizen"])
    assert "En vert har skrevet ned at du vil slutte" in client.get("/meg/").content.decode()
    helped = Helped.objects.unrestricted(TEST).get()
    for _click in range(2):
        assert client.post(f"/meg/slutte/hjelp/{helped.pk}/stopp/").status_code == 302
    assert "En vert har skrevet ned" not in client.get("/meg/").content.decode()
    assert later(400) == 0


def test_nothing_is_closed_while_it_waits(table: Table) -> None:
    from langbord.rooms import actions

    live(table)
    record(table)
    written = actions.write(
        actor=table.actor("citizen"), room=table.room("peer"), kind="post", text="jeg er her ennå"
    )
    assert written.room_id == table.rooms["peer"].pk


@pytest.mark.parametrize(
    "by", ["host-other-group", "host-service", "employee", "coordinator", "leader", "citizen-2"]
)
def test_only_a_host_of_their_own_room(table: Table, by: str) -> None:
    with pytest.raises(NotAllowed):
        record(table, by=by)


def test_not_for_another_host(table: Table) -> None:
    """Only citizens: nobody writes down that a colleague leaves."""
    second_host(table)
    with pytest.raises(NotAllowed):
        record(table, who="host-other-group")


def test_who_sees_it(table: Table) -> None:
    record(table)
    see = {name for name in table.cast if Helped.objects.visible_to(table.actor(name)).exists()}
    assert see == {"citizen", "host"}


def test_hosts_elsewhere_do_not_learn_of_it(table: Table) -> None:
    """The person sits in a group of another process as well: its hosts neither see nor stop what was asked for here."""
    take_in(
        process_id=table.other.pk,
        person=table.people["citizen"],
        role="citizen",
        actor=table.actor("daily-leader"),
        room=table.rooms["b-group"],
    )
    here, there = (
        record(table),
        helping.record(
            actor=table.actor("daily-leader"),
            process_id=table.other.pk,
            person_id=table.people["citizen"].pk,
            way=Way.KEEP,
        ),
    )
    for name, helped, other in (("host", here, there), ("daily-leader", there, here)):
        assert set(Helped.objects.visible_to(table.actor(name))) == {helped}
        assert signed_in(table.people[name]).post(f"/meg/slutte/hjelp/{other.pk}/stopp/").status_code == 404
    assert Helped.objects.visible_to(table.actor("citizen")).count() == 2


def test_nobody_is_seated_with_another_host_to_have_it_seen(table: Table) -> None:
    """A coordinator who wonders who is leaving deals out seats with a host of their choosing: seen after a week at most."""
    helped = record(table)
    mine = Membership.objects.unrestricted(TEST).with_person()
    member = mine.get(person=table.people["citizen"], process=table.process)
    give_seat(room=table.room("peer-2"), membership=member, actor=table.actor("coordinator"))
    assert not Helped.objects.visible_to(table.actor("host-other-group")).exists()
    with clock.frozen(clock.now() + 8 * DAY):
        assert set(Helped.objects.visible_to(table.actor("host-other-group"))) == {helped}


def test_on_the_pages(table: Table) -> None:
    live(table)
    client, slug = signed_in(table.people["host"]), table.process.slug
    address = f"/s/{slug}/hjelp-til-a-slutte/"
    page = client.get(address).content.decode()
    assert "Amina" in page
    import re

    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once is not None
    fields = {"once": once[1], "person": str(table.people["citizen"].pk), "way": "keep"}
    assert client.post(address, fields).status_code == 422
    for _click in range(2):
        assert client.post(address, {**fields, "heard": "on"}).status_code == 302
    assert Helped.objects.unrestricted(TEST).count() == 1
    page = client.get(address).content.decode()
    assert code_of(Helped.objects.unrestricted(TEST).get().pk) in page
    assert signed_in(table.people["citizen"]).get(address).status_code == 404


def test_hosts_of_a_second_seat_are_not_asked(table: Table) -> None:
    """A room of its own, two hosts who were made up, everybody seated there: a day later all words would be gone."""
    life = live(table)
    kari = table.actor("coordinator")
    mine = Membership.objects.unrestricted(TEST).with_person()
    member = mine.get(person=table.people["citizen"], process=table.process)
    give_seat(room=table.room("peer-2"), membership=member, actor=kari)
    with pytest.raises(NotAllowed):
        record(table, Way.TAKE, by="host-other-group")
    page = signed_in(table.people["host-other-group"]).get(f"/s/{table.process.slug}/hjelp-til-a-slutte/")
    assert "Amina" not in page.content.decode()
    helped = record(table, Way.TAKE)
    with pytest.raises(NotAllowed):
        helping.agree(actor=table.actor("host-other-group"), helped=helped)
    assert later(2) == 0
    assert piece(life.pieces["story"].pk) is not None
    # Who has moved to another group for good, is known there after a week.
    seats = Seat.objects.unrestricted(TEST).with_membership()
    seat = seats.get(membership=member, room=table.room("peer"), ended_at=None)
    end_seat(seat=seat, actor=kari)
    with clock.frozen(clock.now() + 8 * DAY):
        assert record(table, by="host-other-group").pk == helped.pk
