"""Fixtures for all tests."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from tests.plugins.chromium import browser_context_args, browser_type_launch_args

# Fixtures of ours in place of pytest-playwright's: here, because a plugin's would come too early to win.
__all__ = ["browser_context_args", "browser_type_launch_args"]


DATABASE = {"db", "transactional_db", "django_db_setup", "django_db_serialized_rollback"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for a table or a world works with both databases: rows in one, keys in the other. Whoever asks for
    none is `bare`: pytest-django keeps the databases shut for them, so on the other database they would be the same."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if (
            fixtures & {"table", "world"}
            and "db" in fixtures
            and item.get_closest_marker("django_db") is None
        ):
            item.add_marker(pytest.mark.django_db(databases=["default", "vault"]))
        if not fixtures & DATABASE and not any(
            item.get_closest_marker(mark) for mark in ("django_db", "on_each")
        ):
            item.add_marker(pytest.mark.bare)


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
