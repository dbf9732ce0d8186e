"""The oracle's rows for the words check and the group's own list. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import (
    DOORS_CLOSED,
    EVERYBODY,
    FIRST_DOOR_OPEN,
    OK,
    ROOMS,
    WITH_BOARD,
    Rows,
    by_room,
    only,
    row,
)

WITH_WORDS = [name for name in ROOMS if name not in WITH_BOARD]
NO_LIST = {"": "the board holds what was carried over, and no list of words"}

ROUTES: dict[str, dict[str, Rows]] = {
    "word-check": {"GET": only(EVERYBODY), "POST": only(EVERYBODY, status=OK)},
    "room-words": {
        "GET": by_room(WITH_WORDS, "word 0", refused=NO_LIST),
        "POST": by_room(WITH_WORDS, refused=NO_LIST),
    },
    "word-explain": {
        "POST": {f"words:{name}": row(DOORS_CLOSED[name], FIRST_DOOR_OPEN[name]) for name in WITH_WORDS}
    },
}


def readers_of(scope: str, opened: bool) -> set[str] | None:
    """Who may ever meet a word planted in a scope of this area; None for the scopes of others."""
    return None
