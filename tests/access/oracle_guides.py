"""The oracle's rows for working with the guide. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import B_SERVICE, EVERYBODY, PEER, PEER_2, SERVICE, Rows, by_room, only, row

PREPARES_A = (SERVICE | {"host", "host-other-group", "host-waiting"}) - PEER - PEER_2 | {
    "host",
    "host-other-group",
}
"""Coordinator, employees, partners and every host; citizens, leaders and researchers do not prepare."""
PREPARES_B = B_SERVICE | {"daily-leader"}
WRITES_A, WRITES_B = SERVICE, B_SERVICE
"""Those who read the service room, where the words lie."""

BOTH: Rows = {"a": row(PREPARES_A), "b": row(PREPARES_B)}
POINT: Rows = {
    "point:a": row(PREPARES_A, shows=("alias:coordinator", "alias")),
    "point:b": row(PREPARES_B, shows=("alias:coordinator-other-process", "alias")),
}
SAYS: Rows = {"point:a": row(PREPARES_A), "point:b": row(PREPARES_B)}
SPEAKS: Rows = {"point:a": row(WRITES_A), "point:b": row(WRITES_B)}
WORDS_ON_PAPER: Rows = BOTH

ROOMS_WITH = ["peer", "peer-2", "service", "joint", "b-group", "b-service", "b-joint", "b-steering"]
NOW = {"": "the board does not ask what it is"}

ROUTES: dict[str, dict[str, Rows]] = {
    "guide": {"GET": BOTH},
    "guide-print": {"GET": WORDS_ON_PAPER},
    "guide-word": {"GET": BOTH},
    "guide-point": {"GET": POINT},
    "point-carry": {"POST": SAYS},
    "point-date": {"POST": SAYS},
    "point-talked": {"POST": SAYS},
    "point-aside": {"POST": SAYS},
    "point-again": {"POST": SAYS},
    "point-words": {"POST": SPEAKS},
    "point-later": {"POST": SAYS},
    "point-update": {"POST": SAYS},
    "can-invite": {"GET": BOTH},
    "what-now": {
        "GET": by_room(ROOMS_WITH, "what_now 0", NOW),
        "POST": by_room(ROOMS_WITH, "", NOW),
    },
    "library-guide-word": {"GET": only(EVERYBODY)},
}


def readers_of(scope: str, opened: bool) -> set[str] | None:
    """The words beside points are planted in the scope of their room."""
    return None
