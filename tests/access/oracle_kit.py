"""What the rows of the oracle are written with: kept by hand, from the promise and not from the code.

Rows for addresses stand in `oracle_routes.py` and, for later areas, in `oracle_<area>.py`. Nothing in `src/` imports
these files, and they import nothing from `src/`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.access.oracle_rooms import (
    B_GROUP,
    B_SERVICE,
    CAST,
    DOORS_CLOSED,
    FIRST_DOOR_OPEN,
    PEER,
    PEER_2,
    SERVICE,
)

NOBODY: set[str] = set()
EVERYBODY = set(CAST)
SIGNED_IN = CAST - {"anonymous"}
A = PEER | PEER_2 | SERVICE | {"leader", "researcher", "host-waiting"}
B = B_GROUP | B_SERVICE
SEATED = A | B
"""Everybody who takes part in something now: not the outsider, the operator, nor the one who has left."""
A_SIDES = {
    "citizen",
    "citizen-2",
    "citizen-3",
    "citizen-other-group",
    "employee",
    "partner",
    "coordinator",
    "leader",
}
B_SIDES = {"citizen-other-process", "paid", "coordinator-other-process", "employee-other-process"}
CITIZENS = {"citizen", "citizen-2", "citizen-3"}


@dataclass(frozen=True)
class Row:
    """Who is let in, per state of the first group's door.

    shows: a planted word (scope, what) that must stand on the page of everybody who is let in.
    status: what they get; GET 200 and POST a redirect unless said. never: why nobody is let in (else a denial needs
    somebody whose identical request went well). again: who may come to the page, and gets their form back (422, nothing
    written), because what this request asks for is not among their choices.
    """

    closed: frozenset[str]
    opened: frozenset[str]
    shows: tuple[str, str] | None = None
    status: frozenset[int] = frozenset()
    never: str = ""
    again: frozenset[str] = frozenset()


def row(
    allowed: set[str],
    opened: set[str] | None = None,
    *,
    shows: tuple[str, str] | None = None,
    status: set[int] | None = None,
    never: str = "",
    again: set[str] | None = None,
) -> Row:
    return Row(
        frozenset(allowed),
        frozenset(allowed if opened is None else opened),
        shows,
        frozenset(status or ()),
        never,
        frozenset(again or ()),
    )


Rows = dict[str, Row]


def only(allowed: set[str], **more: object) -> Rows:
    """For an address that names nothing."""
    return {"none": row(allowed, **more)}  # type: ignore[arg-type]


ROOMS = list(DOORS_CLOSED)
CITIZEN_ROOMS = ["peer", "peer-2", "b-group"]
WITH_BOARD = [name for name in ROOMS if name.endswith("board")]


def by_room(names: list[str], what: str = "", refused: dict[str, str] | None = None, **more: object) -> Rows:
    """Whoever reads a room, reads this of it. `refused`: rooms that have no such thing, with the reason."""
    rows = {
        name: row(
            DOORS_CLOSED[name],
            FIRST_DOOR_OPEN[name],
            shows=(f"room:{name}", what) if what else None,
            **more,  # type: ignore[arg-type]
        )
        for name in names
    }
    for name in ROOMS:
        if name not in rows and refused is not None:
            rows[name] = row(NOBODY, never=refused.get(name, refused.get("", "")))
    return rows


def pieces(kind: str) -> Rows:
    return {
        f"{name}:{kind}": row(DOORS_CLOSED[name], FIRST_DOOR_OPEN[name], shows=(f"room:{name}", f"{kind} 0"))
        for name in ROOMS
    }


OK, SENT_ON, AGAIN = {200}, {302, 303}, {422}
PLAIN = {"": "no such page in this kind of room"}
DRAFTERS = SEATED
OWN_DRAFTS = {
    f"draft:{name}": row({name}, shows=(f"draft:{name}", "draft 0"))
    for name in ("citizen", "host", "employee", "paid", "coordinator")
}
ONE_DRAFT = {"draft:citizen": row({"citizen"}), "draft:employee": row({"employee"})}
PRINTS_A = {"coordinator", "host", "host-other-group", "host-service", "host-waiting"}
PRINTS_B = {"coordinator-other-process", "daily-leader"}
DESK = {"a": row({"coordinator"}), "b": row({"coordinator-other-process"})}
WORKS_SOMEWHERE = {
    "host", "host-other-group", "host-service", "host-waiting", "employee", "partner", "coordinator", "leader",
    "daily-leader", "coordinator-other-process", "employee-other-process", "operator",
}  # fmt: skip
VOLUNTEERS = {"host", "host-other-group", "partner"}
"""Work at the volunteer centre, an organisation of its own."""
SETS_UP = {"operator", "coordinator", "coordinator-other-process"}
CASE_A = row(A, shows=("room:board", "case 0"))
CASE_B = row(B, shows=("room:b-board", "case 0"))
MEETS = ["peer", "peer-2", "service", "joint", "b-group", "b-service", "b-joint", "b-steering"]
TELLS = {
    "peer": {"host"},
    "peer-2": {"host-other-group"},
    "service": {"coordinator", "host-service"},
    "joint": {"coordinator", "host", "host-service"},
    "b-group": {"daily-leader"},
    "b-service": {"coordinator-other-process"},
    "b-joint": {"coordinator-other-process", "daily-leader"},
    "b-steering": {"coordinator-other-process"},
}
"""Who plans, says what it is about and calls it off."""
PLANS = {**TELLS, "peer": {"host", "host-waiting"}}
"""A host who waits for the group's yes gives time and place, and reads nothing."""
NOTES = TELLS
"""Who holds the pen afterwards."""


def _arranged(who: dict[str, set[str]], suffix: str = "") -> Rows:
    return {f"{name}{suffix}": row(NOBODY if name == "joint" else who[name], who[name]) for name in MEETS}


def _place(room: str, opened: bool) -> set[str]:
    """Time and place of a gathering: whoever sits there; for citizens' rooms also those who see to it or study it, and
    a host who waits for the group's yes; for the joint table also the leader, once it is open."""
    rooms = FIRST_DOOR_OPEN if opened else DOORS_CLOSED
    watching = {
        "peer": {"coordinator", "researcher", "host-waiting"},
        "peer-2": {"coordinator", "researcher"},
        "b-group": {"coordinator-other-process"},
        "joint": {"leader"} if opened else NOBODY,
    }
    return rooms[room] | watching.get(room, set())


ANSWERS_A, ANSWERS_B = {"employee", "coordinator"}, {"employee-other-process", "coordinator-other-process"}
