"""Fixtures for all tests."""

from __future__ import annotations

import gc
import os
from typing import Any

import hypothesis
import pytest
from django.middleware import csrf

from tests.plugins.chromium import browser_context_args, browser_type_launch_args

# Fixtures of ours in place of pytest-playwright's: here, because a plugin's would come too early to win.
__all__ = ["browser_context_args", "browser_type_launch_args"]


# The same examples each time, however busy the machine is: a run that fails fails again. LANGBORD_SEEK=1 looks for new ones.
hypothesis.settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("seek", deadline=None, print_blob=True)
hypothesis.settings.load_profile("seek" if os.environ.get("LANGBORD_SEEK") else "steady")

# A form's token is random letters and digits: one in some thousand spells «Eva», and a test that looks for a name finds it.
# Without vowels and digits it spells neither a name nor a PIN.
csrf.CSRF_ALLOWED_CHARS = "bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ"


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
