"""The oracle's rows for the board, gatherings and research. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import (
    A_SIDES,
    ANSWERS_A,
    ANSWERS_B,
    B_SIDES,
    CASE_A,
    CASE_B,
    CITIZENS,
    DOORS_CLOSED,
    FIRST_DOOR_OPEN,
    MEETS,
    NOBODY,
    NOTES,
    OK,
    PEER,
    PLANS,
    SEATED,
    SIGNED_IN,
    TELLS,
    A,
    B,
    Rows,
    _arranged,
    _place,
    by_room,
    only,
    row,
)

ROUTES: dict[str, dict[str, Rows]] = {
    # -- the board
    "promises": {"GET": only(SEATED)},
    "board": {
        "GET": {
            "a": row(A, shows=("room:board", "case 0")),
            "b": row(B, shows=("room:b-board", "case 0")),
        }
    },
    "board-print": {
        "GET": {
            "a": row(A, shows=("room:board", "case 0")),
            "b": row(B, shows=("room:b-board", "case 0")),
        }
    },
    "case": {"GET": {"a": CASE_A, "b": CASE_B}},
    "case-assign": {
        "GET": {"a": row(A_SIDES), "b": row(B_SIDES)},
        "POST": {
            "a": row({"employee", "coordinator"}, again=A_SIDES),
            "a:waiting": row(A_SIDES),
            "b:waiting": row(B_SIDES),
        },
    },
    "case-answer": {method: {"a": row(ANSWERS_A), "b": row(ANSWERS_B)} for method in ("GET", "POST")},
    "case-use": {method: {"a": row(ANSWERS_A), "b": row(ANSWERS_B)} for method in ("GET", "POST")},
    "case-came-back": {method: {"a": row(ANSWERS_A), "b": row(ANSWERS_B)} for method in ("GET", "POST")},
    "case-comment": {method: {"a": row(A), "b": row(B)} for method in ("GET", "POST")},
    "case-receive": {
        method: {
            "a": row({"coordinator", "employee"}),
            "a:waiting": row({"coordinator"}),
            "b": row({"coordinator-other-process", "employee-other-process"}),
            "b:waiting": row({"coordinator-other-process"}),
        }
        for method in ("GET", "POST")
    },
    "case-yes": {
        "GET": {
            "a:asked": row({"citizen-2"}, shows=("asked:citizen-2", "reason asked")),
            "b:asked": row({"paid"}, shows=("asked:paid", "reason asked")),
            "a:asked-group": row(PEER, shows=("asked:peer", "reason asked of the group")),
        },
        "POST": {
            "a:asked": row({"citizen-2"}),
            "b:asked": row({"paid"}),
            "a:asked-group": row(CITIZENS),
        },
    },
    "case-agreed": {"POST": {"a:asked-group": row({"host"})}},
    "received-list": {
        "GET": {
            "a": row({"coordinator"}, shows=("room:board", "received 0")),
            "b": row({"coordinator-other-process"}, shows=("room:b-board", "received 0")),
        }
    },
    "received": {
        "GET": {
            "a:received": row({"citizen-2", "coordinator"}, shows=("asked:citizen-2", "reason received 0")),
            "b:received": row({"paid", "coordinator-other-process"}, shows=("room:b-board", "received 0")),
        }
    },
    "received-reference": {
        "POST": {"a:received": row({"coordinator"}), "b:received": row({"coordinator-other-process"})}
    },
    "received-export": {
        "POST": {
            "a": row({"coordinator"}, status={200}),
            "b": row({"coordinator-other-process"}, status={200}),
        }
    },
    "task-new": {method: {"a": row(A), "b": row(B)} for method in ("GET", "POST")},
    "task-take": {"POST": {"a": row(A), "b": row(B)}},
    "task-leave": {"POST": {"a": row(A), "b": row(B)}},
    "task-done": {"POST": {"a": row(A), "b": row(B)}},
    # -- gatherings
    "gatherings": {
        "GET": {
            "a": row(A),
            "b": row(B, shows=("place:b-joint", "place 0")),
        }
    },
    "gathering-new": {
        "GET": {
            **{name: row(PLANS[name]) for name in MEETS if name != "joint"},
            "joint": row(PLANS["joint"] | {"host-other-group"}),
            "board": row(NOBODY, never="nobody meets on the board"),
        },
        "POST": {
            **{name: row(PLANS[name]) for name in MEETS if name != "joint"},
            "joint": row(NOBODY, PLANS["joint"], again=PLANS["joint"] | {"host-other-group"}),
            "board": row(NOBODY, never="nobody meets on the board"),
        },
    },
    "gathering": {
        "GET": {
            **{
                name: row(_place(name, False), _place(name, True), shows=(f"place:{name}", "place 0"))
                for name in MEETS
            },
            **{
                f"{n}:past": row(_place(n, False), _place(n, True), shows=(f"place:{n}", "place 0"))
                for n in MEETS
            },
            **{
                f"{n}:on": row(_place(n, False), _place(n, True), shows=(f"place:{n}", "place 0"))
                for n in MEETS
            },
        }
    },
    "gathering-edit": {method: _arranged(PLANS) for method in ("GET", "POST")},
    "gathering-cancel": {method: _arranged(TELLS) for method in ("GET", "POST")},
    "gathering-answer": {"POST": by_room(MEETS)},
    "gathering-needs": {"GET": by_room(MEETS), "POST": by_room(MEETS)},
    "gathering-ics": {"GET": by_room(MEETS)},
    "gathering-after": {method: _arranged(NOTES, ":past") for method in ("GET", "POST")},
    "gathering-note": {"POST": _arranged(NOTES, ":past")},
    "gathering-note-remove": {"POST": {"peer:on": row({"host"}), "b-group:on": row({"daily-leader"})}},
    "minutes": {
        "GET": {
            f"{n}:past": row(DOORS_CLOSED[n], FIRST_DOOR_OPEN[n], shows=(f"room:{n}", "minutes 0"))
            for n in MEETS
        }
    },
    "minutes-edit": {method: _arranged(NOTES, ":past") for method in ("GET", "POST")},
    "minutes-wrong": {"POST": {f"{n}:past": row(DOORS_CLOSED[n], FIRST_DOOR_OPEN[n]) for n in MEETS}},
    # -- research
    "research-material": {
        "GET": {
            "a": row({"researcher"}, shows=("material:peer", "said")),
            "b": row(NOBODY, never="nobody does research there"),
        }
    },
    "research-file": {
        "POST": {
            "a": row({"researcher"}, status=OK, shows=("material:peer", "said")),
            "b": row(NOBODY, never="nobody does research there"),
        }
    },
    "me-openings": {"GET": only(SIGNED_IN)},
    "me-readers": {"GET": only(SIGNED_IN)},
}
