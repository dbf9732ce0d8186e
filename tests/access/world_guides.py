"""The world of the walk, for working with the guide."""

from __future__ import annotations

from langbord.guides import actions
from langbord.library import content
from langbord.processes.models import Process
from tests.access.world import World
from tests.cast import TEST


def plant(world: World, more: int) -> None:
    """In both processes somebody carries a point and has written beside it; `more` words beside it."""
    key = content.guide()[0].points[0].key
    for name, process, who, room in (
        ("a", world.table.process, "coordinator", "service"),
        ("b", world.table.other, "coordinator-other-process", "b-service"),
    ):
        found = Process.objects.unrestricted(TEST).get(pk=process.pk)
        actor = world.actor(who)
        actions.carry(actor=actor, process=found, key=key, carrier_id=actor.person_id)
        for number in range(more):
            text = "ved punktet " + world.plant(f"room:{room}", f"beside a point {number}")
            actions.add_words(actor=actor, process=found, key=key, text=text)
        world.at[f"point:{name}"] = {"process": process.slug, "point": key}
