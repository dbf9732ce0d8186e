"""The oracle's rows for the course, labs, reflection, the mentor. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import CAST, NOBODY, SIGNED_IN, Rows, only, row
from tests.access.oracle_rooms import B_SERVICE, SERVICE

UNITS: dict[str, set[str]] = {
    "housing": {"coordinator", "leader", "coordinator-other-process"},
    "nav": {"employee", "daily-leader", "employee-other-process"},
}
"""Who works for the service in a unit now. A host or a partner who is registered there is not let in by that, nor is anybody
who has stopped. The log of a unit is theirs alone: also a leader reads it as one of them."""

WORKS_IN_A_UNIT = set().union(*UNITS.values())
ARRANGES_A, ARRANGES_B = {"coordinator", "host-service"}, {"coordinator-other-process"}
"""Plan labs, open and close rounds, hold the pen."""
ASKS = {"coordinator", "host-service", "employee"}
"""Who may ask the mentor. A partner in the service room reads along where that was chosen, and does not ask."""
RUN = {"a": row(SERVICE), "b": row(B_SERVICE)}
ARRANGED = {"a": row(ARRANGES_A), "b": row(ARRANGES_B)}
IN_ROOM = {"service": SERVICE, "b-service": B_SERVICE}
ASKED = {
    "mentor-question:employee": {"employee", "mentor"},
    "mentor-question:coordinator": SERVICE | {"mentor"},
}


def _in_rooms(kind: str, what: str) -> Rows:
    return {f"{kind}:{room}": row(who, shows=(f"room:{room}", what)) for room, who in IN_ROOM.items()}


def _arranged(kind: str) -> Rows:
    return {f"{kind}:service": row(ARRANGES_A), f"{kind}:b-service": row(ARRANGES_B)}


ROUTES: dict[str, dict[str, Rows]] = {
    # -- alone: whoever is signed in, and each sees only their own (the sweep of planted words tells)
    "learning": {"GET": only(SIGNED_IN)},
    "course-unit": {"GET": {"course": row(SIGNED_IN)}},
    "course-print": {
        "GET": {
            "course": row(SIGNED_IN),
        }
    },
    "course-step": {"GET": {"course": row(SIGNED_IN)}, "POST": {"course": row(SIGNED_IN)}},
    "course-hang": {
        "GET": {"course": row({"employee"}, shows=("course-note:employee", "note"))},
        "POST": {"course": row({"employee"})},
    },
    "reflection": {"GET": {"sheet": row(SIGNED_IN)}, "POST": {"sheet": row(SIGNED_IN)}},
    "reflection-throw": {
        "POST": {f"marks:{name}": row({name}) for name in ("employee", "coordinator", "outsider", "citizen")}
    },
    "laid-take-back": {
        "POST": {f"laid:{name}": row({name}) for name in ("employee", "partner", "employee-other-process")}
    },
    # -- a unit
    "unit-log": {"GET": only(WORKS_IN_A_UNIT), "POST": only(WORKS_IN_A_UNIT)},
    "unit-take-away": {"POST": {"entry:nav": row({"employee"}), "entry:housing": row({"leader"})}},
    # -- together
    "learning-together": {"GET": RUN},
    "lab-new": {"GET": ARRANGED, "POST": ARRANGED},
    "lab": {"GET": _in_rooms("lab", "lab title")},
    "talks-begin": {"POST": ARRANGED},
    "talks": {"GET": {"talks:service": row(SERVICE), "talks:b-service": row(B_SERVICE)}},
    "round-open": {"POST": ARRANGED},
    "round": {
        "GET": {
            "round:service": row(SERVICE),
            "round:b-service": row(B_SERVICE),
            **_in_rooms("closed", "filled together"),
        }
    },
    "round-lay": {"POST": {"round:service": row(SERVICE), "round:b-service": row(B_SERVICE)}},
    "round-take-back": {"POST": {"round:service": row(SERVICE), "round:b-service": row(B_SERVICE)}},
    "round-close": {"POST": _arranged("round")},
    "round-together": {"POST": _arranged("closed")},
    # -- the mentor
    "mentor": {
        "GET": RUN,
        "POST": {
            "a": row(ASKS),
            "b": row(NOBODY, never="there is no mentor to ask", again=B_SERVICE),
        },
    },
    "mentor-inbox": {"GET": only({"mentor"}, shows=("mentor-question:employee", "question"))},
    "mentor-question": {"GET": {name: row(who, shows=(name, "question")) for name, who in ASKED.items()}},
    "mentor-answer": {"POST": {name: row({"mentor"}) for name in ASKED}},
    "mentor-take-back": {
        "POST": {
            "mentor-question:employee": row({"employee"}),
            "mentor-question:coordinator": row({"coordinator"}),
        }
    },
    "mentor-answer-take-back": {"POST": {"answer:employee": row({"mentor"})}},
    "mentor-step-down": {"POST": {"mentoring": row({"mentor"})}},
}


def readers_of(scope: str, opened: bool) -> set[str] | None:
    """Who may ever meet a word planted in a scope of this area; None for the scopes of others."""
    kind, _, of = scope.partition(":")
    if kind in ("course-note", "marks", "laid"):
        return {of}
    if kind == "unit":
        return UNITS[of]
    if scope in ASKED:
        return ASKED[scope]
    return None


def known_besides(person: str) -> set[str]:
    """Who knows a first name through this area: colleagues, since the log says who reads it; and the mentor who was
    asked."""
    if person not in CAST:
        return set()
    colleagues = {name for unit in UNITS.values() if person in unit for name in unit}
    return colleagues | ({"mentor"} if person in ("employee", "coordinator") else set())
