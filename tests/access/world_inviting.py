"""The world of the walk, for inviting people."""

from __future__ import annotations

from tests.access.world import World


def plant(world: World, more: int) -> None:
    """Everything of this area, once, and what lists show `more` times."""
