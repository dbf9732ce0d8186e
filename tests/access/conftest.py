"""The world of the walk, whole and untouched for each test that asks for it."""

from __future__ import annotations

import pytest

from tests.access.world import World, build_world, measure
from tests.laid import laid


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for a world works with both databases."""
    for item in items:
        if "world" in getattr(item, "fixturenames", ()) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases=["default", "vault"]))


@pytest.fixture
def world(db: None) -> World:
    """At least one of everything, each with a canary word; the first door closed."""
    world: World = laid(build_world)
    measure()
    return world
