"""The oracle's rows for telling, rooms and pieces. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import (
    CITIZEN_ROOMS,
    CITIZENS,
    DOORS_CLOSED,
    NOBODY,
    ONE_DRAFT,
    OWN_DRAFTS,
    PEER,
    PEER_2,
    PLAIN,
    ROOMS,
    SEATED,
    SENT_ON,
    SERVICE,
    SIGNED_IN,
    WITH_BOARD,
    Rows,
    by_room,
    only,
    pieces,
    row,
)

ROUTES: dict[str, dict[str, Rows]] = {
    # -- telling
    "tell": {"GET": only(SIGNED_IN), "POST": only(SEATED)},
    "tell-autosave": {"POST": only(SEATED, status={204})},
    "draft": {"GET": OWN_DRAFTS},
    "share-draft": {
        "POST": {
            "draft:citizen": row({"citizen"}),
            "draft:employee": row({"employee"}),
        }
    },
    "throw-away": {"POST": ONE_DRAFT},
    # -- rooms
    "group": {"GET": only(SIGNED_IN, status={200, 302})},
    "room": {
        "GET": by_room(
            [name for name in ROOMS if name not in WITH_BOARD],
            "post 0",
        )
        | {name: row(DOORS_CLOSED[name], status=SENT_ON) for name in WITH_BOARD}
    },
    "room-write": {
        "POST": by_room(
            [name for name in ROOMS if name not in WITH_BOARD],
            refused={"": "the board is written to only by carrying over and by answering"},
        )
    },
    "exchange": {
        "GET": by_room(CITIZEN_ROOMS, "give 0", refused=PLAIN),
        "POST": by_room(CITIZEN_ROOMS, refused=PLAIN),
    },
    "rules": {
        "GET": by_room([*CITIZEN_ROOMS, "joint", "b-joint"], "rule 0", refused=PLAIN),
        "POST": by_room([*CITIZEN_ROOMS, "joint", "b-joint"], refused=PLAIN),
    },
    "entrance": {
        "GET": by_room(CITIZEN_ROOMS, refused=PLAIN),
        "POST": by_room(CITIZEN_ROOMS, refused=PLAIN),
    },
    "room-find": {
        method: by_room(
            [name for name in ROOMS if name not in WITH_BOARD],
            refused={"": "the board has its own way of looking"},
        )
        for method in ("GET", "POST")
    },
    "readers": {"GET": by_room(ROOMS)},
    "door": {
        "GET": {
            "peer": row(PEER | SERVICE | {"leader"}),
            "peer-2": row(PEER_2 | SERVICE | {"leader"}),
            "b-group": row(NOBODY, never="this group has no door"),
            "joint": row(NOBODY, never="no citizens' room"),
        }
    },
    "door-answer": {"POST": {"peer": row(CITIZENS), "peer-2": row({"citizen-other-group"})}},
    "door-open": {"POST": {"peer": row({"host"}), "peer-2": row({"host-other-group"})}},
    "door-close": {"POST": {"peer": row({"host"}), "peer-2": row({"host-other-group"})}},
    "seat-met": {
        "POST": {
            "newcomer": row({"host"}),
            "waiting-host": row(NOBODY, never="the citizens say yes to a host"),
        }
    },
    "host-answer": {
        "POST": {
            "waiting-host": row(CITIZENS),
            "b-daily-leader": row({"citizen-other-process", "paid"}),
        }
    },
    # -- pieces
    "piece": {
        "GET": {
            **pieces("post"),
            **pieces("minutes"),
            **pieces("story_better"),
            "hidden": row({"citizen-2", "host"}, shows=("hidden:peer", "held back")),
            "draft:citizen": row({"citizen"}, status=SENT_ON),
        }
    },
    "piece-edit": {
        method: {
            "peer:post": row({"citizen-2"}),
            "peer:rule": row({"host"}),
            "peer-2:rule": row({"host-other-group"}),
            "service:post": row({"employee"}),
            "joint:rule": row(NOBODY, {"host", "host-service", "coordinator"}),
            "b-steering:rule": row({"coordinator-other-process"}),
        }
        for method in ("GET", "POST")
    },
    "take-back": {
        method: {
            "peer:post": row({"citizen-2"}),
            "peer:rule": row({"host"}),
            "service:post": row({"employee"}),
            "a:copy": row({"citizen-2"}),
            "peer:group-copy": row({"host"}),
            "b:copy": row({"paid"}),
        }
        for method in ("GET", "POST")
    },
    "hold-back": {
        method: {
            "peer:post": row({"host"}),
            "peer-2:post": row({"host-other-group"}),
            "service:post": row({"host-service"}),
            "b-group:post": row({"daily-leader"}),
            "joint:post": row(NOBODY, {"host", "host-service"}),
            "board:post": row({"coordinator"}),
            "b-joint:post": row({"daily-leader"}),
            "b-board:post": row({"coordinator-other-process"}),
        }
        for method in ("GET", "POST")
    },
    "let-out": {
        "POST": {
            "hidden": row({"host"}),
            "peer-2:post": row({"host-other-group"}),
            "joint:post": row(NOBODY, {"host", "host-service"}),
            "hidden-board": row({"coordinator"}),
        }
    },
    "carry": {
        "GET": {
            "peer:post": row({"citizen-2"}),
            "service:post": row({"employee"}),
            "b-group:post": row({"paid"}),
            "draft:citizen": row({"citizen"}),
        }
    },
    "carry-to": {
        method: {
            "peer:post>board": row({"citizen-2"}),
            "peer:post>joint": row(NOBODY, {"citizen-2"}),
            "peer:post>service": row(NOBODY, never="its author does not read the service room"),
            "peer:post>peer-2": row(NOBODY, never="nobody carries into another group"),
            "peer:post>b-board": row(NOBODY, never="nobody carries into another process"),
            "service:post>board": row({"employee"}),
            "service:post>peer": row(NOBODY, never="nobody carries into a citizens' room"),
            "b-group:post>b-board": row({"paid"}),
            "b-group:post>b-joint": row({"paid"}),
            "hidden>board": row(NOBODY, never="held back until they have talked"),
        }
        for method in ("GET", "POST")
    },
    "propose": {
        method: {
            "peer:group": row({"host"}),
            "peer-2:group": row({"host-other-group"}),
            "b-group:group": row({"daily-leader"}),
        }
        for method in ("GET", "POST")
    },
    "decision-answer": {
        "POST": {
            "peer": row(CITIZENS),
            "peer-2": row({"citizen-other-group"}),
            "b-group": row({"citizen-other-process", "paid"}),
            "held-decision": row(
                NOBODY, never="its piece is held back; only citizens answer, and they do not see it"
            ),
        }
    },
}
