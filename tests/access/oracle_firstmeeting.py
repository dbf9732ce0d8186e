"""The oracle's rows for the first meeting. Kept by hand; imports nothing from `src/`.

A list has exactly two readers: its citizen and its one adviser. Figures belong to the advisers of one unit, and to its
leader once they have looked.
"""

from __future__ import annotations

from tests.access.oracle_kit import AGAIN, OK, SIGNED_IN, Rows, only, row

TWO = {"citizen-2", "employee"}
CITIZEN, ADVISER = {"citizen-2"}, {"employee"}
ADVISES = {
    "employee",
    "coordinator",
    "daily-leader",
    "coordinator-other-process",
    "employee-other-process",
}
NAV = {"employee", "daily-leader", "employee-other-process"}
HOUSING = {"coordinator", "coordinator-other-process"}
"""Who advises in which unit. The leader works in the second; a host of the service who works there does not advise."""


def _list(who: set[str], what: str = "", **more: object) -> Rows:
    shows = ("list:a", what) if what else None
    return {"list:a": row(who, shows=shows, **more)}  # type: ignore[arg-type]


ROUTES: dict[str, dict[str, Rows]] = {
    "first-meetings": {"GET": only(SIGNED_IN)},
    "first-meeting-begin": {"POST": only(SIGNED_IN)},
    # A code that does not work: test_attacks of the first meeting tries those that do.
    "first-meeting-join": {"GET": only(SIGNED_IN), "POST": only(SIGNED_IN, status=AGAIN)},
    "first-meeting-join-code": {"GET": {"token": row(SIGNED_IN)}},
    "first-meeting-blank": {"GET": only(SIGNED_IN)},
    "first-meeting": {
        "GET": {**_list(TWO, "plan"), "list:other": row({"citizen-2", "coordinator"})},
    },
    "first-meeting-thing": {"GET": _list(TWO, "comment 0"), "POST": _list(TWO, "comment 0")},
    "first-meeting-tick": {"POST": _list(TWO, "comment 0")},
    "first-meeting-promises": {"GET": _list(TWO, "promise 0"), "POST": _list(TWO, "promise 0")},
    "first-meeting-say-back": {"GET": _list(TWO, "say-back 0"), "POST": _list(TWO, "say-back 0")},
    "first-meeting-plan": {"GET": _list(TWO, "plan"), "POST": _list(TWO, "proposal 0")},
    "first-meeting-notes": {"GET": _list(TWO, "notes"), "POST": _list(TWO)},
    "first-meeting-correct": {
        method: {"said:a": row(CITIZEN, shows=("list:a", "comment 0"))} for method in ("GET", "POST")
    },
    "first-meeting-take-in": {"POST": {"for-plan:a": row(CITIZEN, shows=("list:a", "plan"))}},
    "first-meeting-remove": {"POST": {"said:a": row(ADVISER), "heard:a": row(CITIZEN)}},
    "first-meeting-kept": {"POST": {"promise:a": row(ADVISER, shows=("list:a", "promise 0"))}},
    "first-meeting-code": {"POST": {"list:waiting": row(ADVISER, status=OK)}},
    "first-meeting-heard": {"POST": _list(CITIZEN, "plan")},
    "first-meeting-close": {"POST": _list(TWO, "plan")},
    "first-meeting-reopen": {"POST": _list(TWO, "plan")},
    "first-meeting-part": {"POST": _list(TWO)},
    "first-meeting-paper": {"GET": _list(TWO, "comment 0")},
    "first-meeting-file": {"GET": _list(CITIZEN, "comment 0")},
    "first-meeting-card": {
        "GET": {"list:waiting": row(ADVISER), "list:card": row(ADVISER)},
        "POST": {"list:waiting": row(ADVISER, status=OK), "list:card": row(ADVISER, status=OK)},
    },
    "first-meeting-count": {"GET": _list(CITIZEN), "POST": _list(CITIZEN)},
    "first-meeting-delete": {
        "GET": {"list:a": row(CITIZEN), "list:waiting": row(ADVISER)},
        "POST": {"list:a": row(CITIZEN), "list:waiting": row(ADVISER)},
    },
    "first-meeting-unit": {"GET": only(ADVISES | {"leader"})},
    "first-meeting-unit-make": {"POST": only(ADVISES)},
    "first-meeting-unit-think": {
        "POST": {
            "release:nav": row(NAV, shows=("thought:nav", "thought")),
            "release:housing": row(HOUSING, shows=("thought:housing", "thought")),
        }
    },
    "first-meeting-unit-look": {"POST": {"release:nav": row(NAV), "release:housing": row(HOUSING)}},
}


def readers_of(scope: str, opened: bool) -> set[str] | None:
    """Who may ever meet a word planted in a scope of this area; None for the scopes of others."""
    return {
        "list:a": TWO,
        "list:other": {"citizen-2", "coordinator"},
        "list:waiting": ADVISER,
        "list:card": ADVISER,
        "thought:nav": NAV,
        "thought:housing": HOUSING | {"leader"},
    }.get(scope)
