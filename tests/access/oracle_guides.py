"""The oracle's rows for working with the guide. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import Rows

ROUTES: dict[str, dict[str, Rows]] = {}


def readers_of(scope: str, opened: bool) -> set[str] | None:
    """Who may ever meet a word planted in a scope of this area; None for the scopes of others."""
    return None
