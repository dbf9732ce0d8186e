"""Fixtures for all tests."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from tests.plugins.chromium import browser_context_args, browser_type_launch_args

# Fixtures of ours in place of pytest-playwright's: here, because a plugin's would come too early to win.
__all__ = ["browser_context_args", "browser_type_launch_args"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for a table works with both databases: rows in one, keys in the other."""
    for item in items:
        if "table" in getattr(item, "fixturenames", ()) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases=["default", "vault"]))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def table(db: None) -> Any:
    """Everybody in their seats at two tables (see tests/cast.py)."""
    from tests.cast import lay_table
    from tests.laid import laid

    return laid(lay_table)
