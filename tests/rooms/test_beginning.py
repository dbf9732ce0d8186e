"""Beginning a process: the rooms of a way, or rooms chosen from several ways, and the guide as it is that day."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from langbord.access.enums import Role, RoomKind
from langbord.base.errors import NotAllowed
from langbord.library import content
from langbord.library.models import Pin
from langbord.people.actions import found_organisation, register_person
from langbord.processes.models import Process
from langbord.processes.templates import all_templates
from langbord.rooms.beginning import begin_process, planned_rooms
from langbord.rooms.models import Room
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table
from tests.signin import signed_in


def rooms_of(process: Process) -> list[str]:
    return sorted(Room.objects.unrestricted(TEST).filter(process=process).values_list("kind", flat=True))


@pytest.mark.parametrize("key", sorted(all_templates()))
def test_each_way_opens_its_rooms_and_exactly_one_board(table: Table, key: str) -> None:
    process = begin_process(
        actor=table.actor("coordinator"), name=f"Prøve {key}", organisation=table.municipality, template=key
    )
    assert rooms_of(process) == sorted(room.kind.value for room in all_templates()[key].rooms)
    assert rooms_of(process).count("board") == 1


def test_the_ways_are_the_six_of_the_texts() -> None:
    assert list(all_templates()) == [
        "likemenn-forst",
        "samskaping-i-en-tjeneste",
        "ressursgruppe",
        "laring-i-tjenesten",
        "nedenfra",
        "blank",
    ]
    for key, way in all_templates().items():
        assert way.suits, key
        assert way.not_for, key
        assert way.steps, key
        assert way.figures or key == "blank", key


def test_ways_are_mixed(table: Table) -> None:
    plan = all_templates()["ressursgruppe"]
    mixed = planned_rooms(plan, ["peer", "service"])
    assert [room.kind for room in mixed] == [RoomKind.PEER, RoomKind.SERVICE, RoomKind.BOARD]
    assert mixed[0].door
    assert mixed[1].name.nb == "Prosjektgruppa"


def test_rooms_are_chosen_on_the_page(table: Table) -> None:
    client = signed_in(table.people["coordinator"])
    at = reverse("process-new")
    assert "velg rommene selv" in client.get(at).content.decode()
    sent = {
        "once": str(uuid4()),
        "template": "laring-i-tjenesten",
        "name": "Blandet bord",
        "purpose": "",
        "organisation": str(table.municipality.pk),
        "rooms": ["peer", "service", "joint"],
    }
    assert client.post(at, sent).status_code == 302
    assert client.post(at, sent).status_code == 302
    process = Process.objects.unrestricted(TEST).get(name="Blandet bord")
    assert rooms_of(process) == ["board", "joint", "peer", "service"]
    wrong = client.post(at, {**sent, "once": str(uuid4()), "rooms": ["cross"]})
    assert wrong.status_code == 422
    assert "Blandet bord" in wrong.content.decode()


def test_a_process_begins_with_the_guide_of_that_day(table: Table) -> None:
    keys = {point.key for point in content.points()}
    kept = Pin.objects.filter(process_id=table.process.pk).values_list("key", flat=True)
    assert set(kept) == keys


def test_rooms_without_a_citizens_room_work(table: Table) -> None:
    """No citizens' room: nobody waits for a door, and the pages of the process come."""
    process = begin_process(
        actor=table.actor("coordinator"),
        name="Bare oss",
        organisation=table.municipality,
        template="laring-i-tjenesten",
    )
    client = signed_in(table.people["coordinator"])
    for name in ("process", "process-people"):
        assert client.get(reverse(name, args=[process.slug])).status_code == 200


# -- in whose name


def test_nobody_begins_in_the_name_of_others(table: Table) -> None:
    """Neither a coordinator of the neighbouring municipality, nor a colleague whom that coordinator made up."""
    sund = found_organisation(name="Sund kommune", units=("NAV Sund",))
    invented = register_person(name="Ola", actor=table.actor("coordinator"), unit=sund.units.get())
    table.people["invented"] = invented
    for who in ("coordinator", "host", "invented"):
        with pytest.raises(NotAllowed):
            begin_process(actor=table.actor(who), name="Lurt", organisation=sund, template="blank")
    sent = {"once": str(uuid4()), "template": "blank", "name": "Lurt", "organisation": str(sund.pk)}
    for who in ("coordinator", "invented"):
        client = signed_in(table.people[who])
        assert client.post(reverse("process-new"), sent).status_code == 422, who
    assert not Process.objects.unrestricted(TEST).filter(organisation=sund).exists()


def test_whoever_begins_chooses_between_nothing_they_may_not_have(table: Table) -> None:
    """One's own organisation is not a question; whom nobody there vouches for is told whom to ask, and fills in nothing."""
    sund = found_organisation(name="Sund kommune", units=("NAV Sund",))
    invented = register_person(name="Ola", actor=table.actor("coordinator"), unit=sund.units.get())
    own = signed_in(table.people["coordinator"]).get(reverse("process-new")).text
    assert str(table.municipality.pk) in own
    assert str(sund.pk) not in own
    assert "Sund kommune" not in own
    told = signed_in(invented).get(reverse("process-new")).text
    assert "Be den som har ansvar for driften" in told
    assert 'name="template"' not in told
    everywhere = signed_in(table.people["operator"]).get(reverse("process-new")).text
    for organisation in (sund, table.municipality):
        assert str(organisation.pk) in everywhere


def test_a_process_across_organisations_has_people_of_all_of_them(table: Table) -> None:
    """Whoever answers for it, units of others take part, and one of theirs may carry it, too. An operator begins for those
    whom nobody vouches for."""
    centre = table.people["host"].unit
    assert centre is not None
    process = begin_process(
        actor=table.actor("host"), name="Naboer", organisation=centre.organisation, template="blank"
    )
    for who, role in (("employee", Role.EMPLOYEE), ("coordinator", Role.COORDINATOR)):
        take_in(process_id=process.pk, person=table.people[who], role=role, actor=table.actor("host"))
    assert table.actor("coordinator").has_role(process.pk, Role.COORDINATOR)
    begin_process(
        actor=table.actor("operator"), name="For dem", organisation=table.municipality, template="blank"
    )
