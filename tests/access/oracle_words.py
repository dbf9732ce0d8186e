"""The oracle's rows for the words check and the group's own list. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import EVERYBODY, OK, Rows, only

ROUTES: dict[str, dict[str, Rows]] = {
    "word-check": {"GET": only(EVERYBODY), "POST": only(EVERYBODY, status=OK)},
}


def readers_of(scope: str, opened: bool) -> set[str] | None:
    """Who may ever meet a word planted in a scope of this area; None for the scopes of others."""
    return None
