"""The world of the walk, for what takes effect through consent: research material."""

from __future__ import annotations

from langbord.consent.enums import Purpose
from langbord.rooms import actions
from langbord.rooms.enums import PieceKind
from tests.access.world import World
from tests.consent.helpers import say_yes


def material(world: World) -> None:
    """One citizen of the first group says yes to research, and has told something there. The others say nothing."""
    say_yes(world.table.people["citizen-3"], Purpose.RESEARCH, world.table.process)
    actions.write(
        actor=world.actor("citizen-3"),
        room=world.room("peer"),
        kind=PieceKind.STORY_GOOD,
        text="til forskning " + world.plant("material:peer", "said"),
    )
