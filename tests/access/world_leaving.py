"""The world of the walk, for leaving: somebody silent, and somebody whom a host helps to leave."""

from __future__ import annotations

from langbord.base.personal_data import Way
from langbord.leaving import helping, pausing
from tests.access.world import World


def leaving(world: World) -> None:
    """The one citizen of the second group is silent; a host of each process has written down that one wants to leave."""
    table = world.table
    world.at["way:keep"], world.at["way:take"] = {"way": "la-det-bli"}, {"way": "ta-alt-med"}
    pausing.be_silent(actor=world.actor("citizen-other-group"), process_id=table.process.pk)
    for key, host, who, process in (
        ("a", "host", "citizen", table.process),
        ("b", "daily-leader", "paid", table.other),
    ):
        helped = helping.record(
            actor=world.actor(host), process_id=process.pk, person_id=table.people[who].pk, way=Way.KEEP
        )
        world.things[f"helped:{key}"] = helped
        world.at[f"helped:{key}"] = {"process": process.slug, "helped": helped.pk}
