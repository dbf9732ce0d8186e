"""The homes and the coordinator's desk: what each role meets, and what wrong input answers."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

import langbord
from langbord.access.enums import CasePower, Role
from langbord.base import clock
from langbord.gatherings.actions import cancel, plan
from langbord.processes.models import Membership, Process
from langbord.rooms.models import Room, Seat
from tests.cast import TEST, Table

from .helpers import client, html, invite, people_named

# -- homes


def test_everybody_has_a_home(table: Table) -> None:
    for who in table.cast:
        page = html(client(table, who).get("/"))
        assert f'data-page="{"welcome" if who == "anonymous" else "home"}' in page, who


def test_citizens_meet_four_places_and_the_service_meets_its_own(table: Table) -> None:
    citizen, employee = html(client(table, "citizen").get("/")), html(client(table, "employee").get("/"))
    assert "Gruppa" in citizen
    assert "Løfter" not in citizen
    assert "Løfter" in employee
    assert "Gruppa</span>" not in employee


def test_an_outsider_is_told_that_what_they_wrote_is_theirs(table: Table) -> None:
    assert "fortsatt ditt" in html(client(table, "outsider").get("/"))


def test_the_group_leads_to_one_s_own_room(table: Table) -> None:
    answer = client(table, "citizen").get(reverse("group"))
    assert answer["Location"].endswith(f"/rom/{table.rooms['peer'].pk}/")
    assert "Du sitter ikke i noen gruppe" in html(client(table, "outsider").get(reverse("group")))


def test_what_was_called_off_stands_on_the_first_page_until_its_time_has_passed(table: Table) -> None:
    """Whoever meant to come looks there, and nowhere else. The next one stands there, too."""
    host = table.actor("host")
    room = host.room(table.rooms["peer"].pk)
    assert room is not None
    first, _next = (
        plan(
            actor=host,
            room=room,
            starts_at=clock.now() + timedelta(days=days),
            ends_at=clock.now() + timedelta(days=days, hours=2),
            place=f"Grendehuset {days}",
        )
        for days in (2, 9)
    )
    cancel(actor=host, gathering=first, why="Kokken er sjuk")
    page = html(client(table, "citizen").get("/"))
    assert page.index("Avlyst") < page.index("Kokken er sjuk") < page.index("Grendehuset 9")
    assert page.count('value="yes"') + page.count('value="coming"') >= 1
    assert "Kokken er sjuk" not in html(client(table, "citizen-other-group").get("/"))
    assert "Kokken er sjuk" in html(client(table, "host").get("/"))
    with clock.frozen(first.ends_at + timedelta(minutes=1)):
        page = html(client(table, "citizen").get("/"))
        assert "Kokken er sjuk" not in page
        assert "Grendehuset 9" in page


# -- beginning


def begin(table: Table, who: str, **more: Any) -> Any:
    data = {
        "once": str(uuid4()),
        "template": "likemenn-forst",
        "name": "Ny samskaping",
        "purpose": "Hva gjelder det?",
        "organisation": str(table.municipality.pk),
        **more,
    }
    return client(table, who).post(reverse("process-new"), data)


def test_an_employee_begins_a_process_with_its_rooms(table: Table) -> None:
    answer = begin(table, "employee")
    process = Process.objects.unrestricted(TEST).get(name="Ny samskaping")
    assert answer["Location"] == reverse("process-people", args=[process.slug])
    kinds = sorted(Room.objects.unrestricted(TEST).filter(process=process).values_list("kind", flat=True))
    assert kinds == ["board", "joint", "peer", "service"]
    assert Room.objects.unrestricted(TEST).get(process=process, kind="peer").has_door
    assert table.actor("employee").has_role(process.pk, Role.COORDINATOR)


def test_a_second_click_begins_one(table: Table) -> None:
    once = str(uuid4())
    begin(table, "employee", once=once)
    begin(table, "employee", once=once)
    assert Process.objects.unrestricted(TEST).filter(name="Ny samskaping").count() == 1


def test_somebody_else_s_key_gives_nobody_their_process(table: Table) -> None:
    """The id of a form is guessed or leaked: it must not open the process that it made."""
    answer = begin(table, "employee-other-process", once=str(table.process.pk), name="Mitt")
    assert answer.status_code in (302, 404)
    assert table.process.slug not in answer.get("Location", "")
    assert not table.actor("employee-other-process").has_role(table.process.pk, Role.COORDINATOR)


def test_citizens_and_outsiders_do_not_begin(table: Table) -> None:
    for who in ("citizen", "outsider", "withdrawn"):
        assert client(table, who).get(reverse("process-new")).status_code == 404, who
        assert begin(table, who).status_code == 404, who


@pytest.mark.parametrize(
    "more", [{"name": ""}, {"template": "finnes-ikke"}, {"organisation": str(uuid4())}, {"name": "x" * 200}]
)
def test_wrong_input_is_answered_beside_the_field_and_kept(table: Table, more: dict[str, str]) -> None:
    answer = begin(table, "employee", purpose="Dette skrev jeg", **more)
    assert answer.status_code == 422
    page = html(answer)
    assert "Dette skrev jeg" in page
    assert "<title>Feil:" in page
    assert not Process.objects.unrestricted(TEST).filter(name="Ny samskaping").exists()


def test_two_of_the_same_name_get_two_addresses(table: Table) -> None:
    begin(table, "employee")
    begin(table, "employee", one_more="yes")  # they are asked first: tests/web/test_there_already.py
    slugs = Process.objects.unrestricted(TEST).filter(name="Ny samskaping").values_list("slug", flat=True)
    assert sorted(slugs) == ["ny-samskaping", "ny-samskaping-2"]


# -- people


def test_the_coordinator_takes_in_a_citizen_and_a_second_click_takes_in_one(table: Table) -> None:
    address = reverse("process-invite", args=[table.process.slug])
    data = invite(table, room=str(table.rooms["peer"].pk))
    for _click in range(2):
        assert client(table, "coordinator").post(address, data).status_code == 302
    assert len(people_named("Nina")) == 1
    assert Seat.objects.unrestricted(TEST).filter(membership__person=people_named("Nina")[0]).count() == 1


def test_a_seated_role_needs_a_room_when_there_are_several(table: Table) -> None:
    answer = client(table, "coordinator").post(
        reverse("process-invite", args=[table.process.slug]), invite(table)
    )
    assert answer.status_code == 422
    assert "Velg hvilket rom" in html(answer)
    assert "Nina" in html(answer)
    assert not people_named("Nina")


def test_power_over_cases_keeps_out_of_the_peer_room_and_leaves_nobody_half_registered(table: Table) -> None:
    data = invite(table, role=Role.HOST, room=str(table.rooms["peer"].pk), case_power=CasePower.DECIDES)
    data["email"] = "nina@eksempel.example"
    answer = client(table, "coordinator").post(reverse("process-invite", args=[table.process.slug]), data)
    assert answer.status_code == 422
    assert not people_named("Nina")
    assert "kan ikke sitte i dette rommet" in html(answer)


def test_whoever_works_here_gets_a_way_in(table: Table) -> None:
    """Without an address they could never sign in, and nobody could add one later."""
    answer = client(table, "coordinator").post(
        reverse("process-invite", args=[table.process.slug]), invite(table, role=Role.EMPLOYEE)
    )
    assert answer.status_code == 422
    assert "Skriv e-posten også." in html(answer)
    label = html(answer).partition('for="id_email">')[2].partition("</label>")[0]
    assert label == "E-post", "it does not say that it may be left"
    assert '<details class="more" open>' in html(answer)
    assert not people_named("Nina")


def test_a_room_of_another_process_can_t_be_named(table: Table) -> None:
    data = invite(table, room=str(table.rooms["b-group"].pk))
    answer = client(table, "coordinator").post(reverse("process-invite", args=[table.process.slug]), data)
    assert answer.status_code == 422
    assert not people_named("Nina")


def test_an_employee_comes_without_a_seat_and_may_get_a_second_role(table: Table) -> None:
    browser = client(table, "coordinator")
    address = reverse("process-invite", args=[table.process.slug])
    assert (
        browser.post(address, invite(table, role=Role.EMPLOYEE, email="nina@eksempel.example")).status_code
        == 302
    )
    nina = people_named("Nina")[0]
    member = Membership.objects.unrestricted(TEST).get(person=nina)
    assert member.role == Role.EMPLOYEE
    more = {"once": str(uuid4()), "role": Role.HOST, "room": str(table.rooms["service"].pk)}
    assert browser.post(f"{address}?person={member.pk}", more).status_code == 302
    roles = set(Membership.objects.unrestricted(TEST).filter(person=nina).values_list("role", flat=True))
    assert roles == {Role.EMPLOYEE, Role.HOST}


def test_ending_a_role_says_what_happens_and_ends_it_at_once(table: Table) -> None:
    member = Membership.objects.unrestricted(TEST).get(person=table.people["employee"])
    address = reverse("member-end", args=[table.process.slug, member.pk])
    browser = client(table, "coordinator")
    assert "Espen" in html(browser.get(address))
    assert table.actor("employee").process_ids
    assert browser.post(address).status_code == 302
    assert not table.actor("employee").process_ids


def test_the_last_coordinator_stays(table: Table) -> None:
    member = Membership.objects.unrestricted(TEST).get(person=table.people["coordinator"])
    client(table, "coordinator").post(reverse("member-end", args=[table.process.slug, member.pk]))
    assert table.actor("coordinator").has_role(table.process.pk, Role.COORDINATOR)


def test_a_member_of_another_process_can_t_be_ended(table: Table) -> None:
    member = Membership.objects.unrestricted(TEST).get(person=table.people["paid"])
    answer = client(table, "coordinator").post(reverse("member-end", args=[table.process.slug, member.pk]))
    assert answer.status_code == 404


def test_ending_a_seat(table: Table) -> None:
    seat = Seat.objects.unrestricted(TEST).get(membership__person=table.people["citizen"])
    address = reverse("seat-end", args=[table.process.slug, seat.pk])
    assert address in html(
        client(table, "coordinator").get(reverse("process-people", args=[table.process.slug]))
    )
    said = html(client(table, "coordinator").get(address))
    assert "Skal Amina ikke ha plass i" in said
    assert "fra nå av" in said
    assert table.actor("citizen").may_read(table.rooms["peer"].pk)
    for name in ("host", "employee", "citizen"):
        assert client(table, name).get(address).status_code == 404
    answer = client(table, "coordinator").post(reverse("seat-end", args=[table.process.slug, seat.pk]))
    assert answer.status_code == 302
    assert not table.actor("citizen").may_read(table.rooms["peer"].pk)


def test_purpose_and_rooms(table: Table) -> None:
    browser = client(table, "coordinator")
    data = {"name": "Et bedre navn", "purpose": "Endret av dem det gjelder"}
    assert browser.post(reverse("process-purpose", args=[table.process.slug]), data).status_code == 302
    assert "Endret av dem det gjelder" in html(browser.get(reverse("process", args=[table.process.slug])))
    once = str(uuid4())
    more = {"once": once, "kind": "peer", "name": "Tredje gruppa", "has_door": "on"}
    for _click in range(2):
        assert browser.post(reverse("room-new", args=[table.process.slug]), more).status_code == 302
    assert Room.objects.unrestricted(TEST).filter(name="Tredje gruppa").count() == 1
    assert (
        browser.post(reverse("room-new", args=[table.process.slug]), {**more, "kind": "board"}).status_code
        == 422
    )


def test_nobody_is_made_with_the_key_of_somebody_or_something_else(table: Table) -> None:
    """Whoever sends a form chooses its `once`. As the id of a person it could name a room, whose key would then go with
    that person; as the id of a room, a citizen, whose key would go with the room."""
    browser, slug = client(table, "coordinator"), table.process.slug
    peer, citizen = table.rooms["peer"], table.people["citizen"]
    theirs = (peer.pk, citizen.pk, table.municipality.pk)
    for taken in theirs:
        new = invite(table, once=str(taken), name="Ny", room=str(peer.pk), one_more="yes")
        assert browser.post(reverse("process-invite", args=[slug]), new).status_code == 302
        room = {"once": str(taken), "kind": "peer", "name": "Et rom", "has_door": "", "one_more": "yes"}
        assert browser.post(reverse("room-new", args=[slug]), room).status_code == 302
    subjects = {person.sealed_by for person in people_named("Ny")}
    assert len(subjects) == 3
    assert not subjects & set(theirs)
    opened = Room.objects.unrestricted(TEST).filter(process=table.process, kind="peer")
    rooms = {room.pk for room in opened if room.name == "Et rom"}
    assert len(rooms) == 3
    assert not rooms & set(theirs)


def test_no_view_gives_something_with_a_key_an_id_from_the_form() -> None:
    taken = re.compile(
        r"\b(?:person|room|process|organisation|unit)_id=(?:form\.cleaned_data|data)\[\"once\"\]"
    )
    source = Path(langbord.__file__).parent
    assert [str(p) for p in source.rglob("*.py") if taken.search(p.read_text("utf-8"))] == []


def test_the_desk_whispers_when_citizens_are_few(table: Table) -> None:
    page = html(client(table, "coordinator").get(reverse("process", args=[table.process.slug])))
    assert "møttes for seg selv ennå" in page
    assert "møttes for seg selv ennå" not in html(
        client(table, "leader").get(reverse("process", args=[table.process.slug]))
    )


def test_a_host_is_led_to_what_is_left_after_a_gathering(table: Table) -> None:
    from datetime import timedelta

    from langbord.base import clock
    from langbord.gatherings.actions import plan

    made = plan(
        actor=table.actor("host"),
        room=table.room("peer"),
        starts_at=clock.now() + timedelta(minutes=5),
        ends_at=clock.now() + timedelta(minutes=10),
        place="Kjøkkenet",
    )
    address = reverse("gathering-after", args=[table.process.slug, made.pk])
    assert address not in html(client(table, "host").get("/"))
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert address in html(client(table, "host").get("/"))
        assert address not in html(client(table, "coordinator").get("/"))
