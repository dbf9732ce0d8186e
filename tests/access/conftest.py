"""The world of the walk, whole and untouched for each test that asks for it."""

from __future__ import annotations

import pytest

from tests.access.world import World, build_world, measure
from tests.laid import laid


@pytest.fixture
def world(db: None) -> World:
    """At least one of everything, each with a canary word; the first door closed."""
    world: World = laid(build_world)
    measure()
    return world
