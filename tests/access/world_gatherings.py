"""The world of the walk, for gatherings: to come, on now, and over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from langbord.base import clock
from langbord.gatherings import actions, after, minutes
from langbord.gatherings.enums import TableSide
from langbord.gatherings.models import Attendance, Gathering
from tests.access.world import World

ARRANGES = {
    "peer": "host",
    "peer-2": "host-other-group",
    "service": "host-service",
    "joint": "host",
    "b-group": "daily-leader",
    "b-service": "coordinator-other-process",
    "b-joint": "coordinator-other-process",
    "b-steering": "coordinator-other-process",
}
"""Who plans the gatherings of a room and holds the pen."""

SITS = {
    "peer": ("citizen", "citizen-2", "host"),
    "peer-2": ("citizen-other-group", "host-other-group"),
    "service": ("employee", "coordinator"),
    "joint": ("citizen", "citizen-2", "employee", "coordinator", "host"),
    "b-group": ("citizen-other-process", "paid", "daily-leader"),
    "b-service": ("employee-other-process", "coordinator-other-process"),
    "b-joint": ("paid", "employee-other-process"),
    "b-steering": ("coordinator-other-process",),
}
"""Who comes to the gatherings of a room."""


def gatherings(world: World, number: int) -> None:
    """In every room that meets: one gathering to come, with answers and needs; one that is over, with who was there,
    what was noted, minutes and a correction; and one that is on now."""
    now = clock.now()
    for name, arranges in ARRANGES.items():
        actor, process = world.actor(arranges), world.at[name]["process"]
        room = actor.room(world.table.rooms[name].pk)
        told = {
            what: world.plant(f"room:{name}", f"{what} {number}")
            for what in ("title", "ground", "food", "practical")
        }
        place = world.plant(f"place:{name}", f"place {number}")
        agenda = [f"15 Suppe {world.plant(f'room:{name}', f'agenda {number}')} – noen"]
        coming = actions.plan(
            actor=actor,
            room=room,
            starts_at=now + timedelta(days=3, hours=number),
            ends_at=now + timedelta(days=3, hours=number + 2),
            place=place,
            agenda=agenda,
            **told,
        )
        for person in SITS[name]:
            actions.answer(actor=world.actor(person), gathering=coming, answer="coming")
            scope = "needs-joint" if name == "joint" else "needs"
            note = world.plant(f"{scope}:{person}", f"note {name} {number}")
            actions.say_needs(actor=world.actor(person), gathering=coming, needs=["ride"], note=note)
        over = _been(world, name, number, now - timedelta(days=2, hours=number), place)
        if number == 0:
            world.at[name]["gathering"] = coming.pk
            world.at[f"{name}:past"] = {"process": process, "gathering": over.pk}
            on = _been(world, name, number, now - timedelta(minutes=30), place)
            world.at[f"{name}:on"] = {
                "process": process,
                "gathering": on.pk,
                "piece": world.things[f"note:{name}"].pk,
            }


def _been(world: World, name: str, number: int, began: Any, place: str) -> Gathering:
    arranges = ARRANGES[name]
    with clock.frozen(began - timedelta(hours=1)):
        actor = world.actor(arranges)
        gathering = actions.plan(
            actor=actor,
            room=actor.room(world.table.rooms[name].pk),
            starts_at=began,
            ends_at=began + timedelta(hours=2),
            place=place,
            food=world.plant(f"room:{name}", f"food then {number}"),
        )
    with clock.frozen(began + timedelta(minutes=5)):
        for person in SITS[name]:
            Attendance.objects.create(
                gathering=gathering,
                room_id=gathering.room_id,
                person=world.table.people[person],
                side=TableSide.CITIZENS if "citizen" in person or person == "paid" else TableSide.SERVICE,
                marked_at=clock.now(),
            )
        gathering.held_at = clock.now()
        gathering.save(update_fields=["held_at"])
        own_words = world.plant(f"room:{name}", f"noted {number}")
        note = after.catch(actor=actor, gathering=gathering, text=f"vi sa {own_words}")
        world.things[f"note:{name}"] = note
        text = "Slik var det " + world.plant(f"room:{name}", f"minutes {number}")
        minutes.publish(actor=actor, gathering=gathering, text=text)
        reader = world.actor(SITS[name][0])
        scope = f"own:{name}>{SITS[name][0]}"
        written = minutes.published(reader, gathering)
        assert written is not None
        minutes.say_wrong(
            actor=reader, minutes=written, text="nei " + world.plant(scope, f"correction {number}")
        )
        minutes.keep_draft(
            actor=actor,
            gathering=gathering,
            text="mer " + world.plant(f"draft:{arranges}", f"minutes {name} {number}"),
        )
    return gathering
