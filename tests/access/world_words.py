"""The world of the walk, for the words check and the group's own list."""

from __future__ import annotations

from langbord.rooms.models import Piece
from langbord.stories.models import Explanation
from tests.access.world import World
from tests.cast import TEST


def plant(world: World, more: int) -> None:
    """Every planted explanation belongs to the first word of its room. (Words and explanations are planted with the
    other kinds of pieces.)"""
    for name, room in world.table.rooms.items():
        word = world.things[f"{name}:word"]
        world.at[f"words:{name}"] = {**world.at[name], "piece": word.pk}
        for meaning in Piece.objects.unrestricted(TEST).filter(room=room, kind="meaning"):
            Explanation.objects.create(word=word, piece=meaning)
