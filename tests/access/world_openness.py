"""The world of the walk, for what takes effect through consent: research material, and words quoted in minutes."""

from __future__ import annotations

from langbord.consent.enums import Purpose
from langbord.gatherings.models import Minutes, Quote
from langbord.research import actions as research
from langbord.research.enums import Deed
from langbord.research.material import material as all_material
from langbord.rooms import actions
from langbord.rooms.enums import PieceKind
from tests.access.world import World
from tests.cast import TEST
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
    researcher, process_id = world.actor("researcher"), world.table.process.pk
    said = all_material(researcher, process_id)
    research.note_openings(actor=researcher, process_id=process_id, said=said, deed=Deed.OPENED)
    note = world.things["note:peer"]
    held = Minutes.objects.unrestricted(TEST).filter(
        published_at__isnull=False, gathering__room=world.room("peer")
    )
    Quote.objects.create(minutes=held[0], piece=note)
