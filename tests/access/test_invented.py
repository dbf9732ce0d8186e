"""Somebody whom a coordinator has made up reads nothing of the group (decision 0018)."""

from __future__ import annotations

import pytest

from langbord.access.enums import Role
from langbord.people.actions import register_person
from langbord.people.models import Person
from langbord.rooms import seating
from langbord.rooms.models import Seat
from tests.access.test_attacks import A, get, post, reads
from tests.access.test_walk import cells
from tests.access.walker import Walker, rolled_back
from tests.access.world import World
from tests.cast import TEST


def _invented(world: World, role: str) -> Person:
    """Somebody the coordinator made up, and gave a seat among the citizens who have already begun."""
    kari = world.actor("coordinator")
    person = register_person(
        name="Nora", actor=kari, unit=world.table.people["host"].unit if role == "host" else None
    )
    seating.take_in(
        process_id=world.table.process.pk, person=person, role=role, actor=kari, room=world.room("peer")
    )
    world.table.people["invented"] = person
    return person


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.HOST])
def test_a_coordinator_who_invents_somebody_reads_nothing_of_the_group(world: World, role: str) -> None:
    """Also after the first day of the card: no page of the walk shows them a word of the citizens' room."""
    _invented(world, role)
    walker = Walker(world, ["invented"])
    closed = {"room:peer", "room:peer-2", "room:joint", "hidden:peer", "held:peer", "room:service"}
    wrong = []
    for cell in cells(world):
        with rolled_back():
            data = cell.data if cell.method == "POST" else None
            answer = walker.ask("invented", cell.method, cell.path, data, follow=cell.method == "POST")
        hits = [hit for hit in world.found_in(answer.told) if hit[0] in closed or hit[0].startswith("needs")]
        wrong += [f"{cell.label}: {scope} ({what})" for scope, what in hits]
        if answer.fault:
            wrong.append(f"{cell.label}: {answer.fault[:200]}")
    assert not wrong, "\n".join(wrong)
    assert get(world, "invented", A + "samlinger/").status == 200  # when and where they can be met
    seat = Seat.objects.unrestricted(TEST).get(membership__person=world.table.people["invented"])
    for name in ("coordinator", "invented", "citizen", "host-other-group", "host-waiting"):
        assert post(world, name, f"/mott/{seat.pk}/").status == 404, name
    if role == Role.CITIZEN:
        assert post(world, "host", f"/mott/{seat.pk}/").status == 302
        assert reads(world, "invented", "peer")
    else:
        assert post(world, "host", f"/mott/{seat.pk}/").status == 404
        assert not reads(world, "invented", "peer")
