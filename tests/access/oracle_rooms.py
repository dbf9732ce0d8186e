"""Who reads the pieces of which room: kept by hand, from the promise and not from the code.

Nothing in `src/` imports this file, and this file imports nothing from `src/`. A room or a member of the cast without a
row makes the walk fail.
"""

PEER = {"citizen", "citizen-2", "citizen-3", "host"}
PEER_2 = {"citizen-other-group", "host-other-group"}
SERVICE = {"host-service", "employee", "partner", "coordinator"}
B_GROUP = {"citizen-other-process", "paid", "daily-leader"}
B_SERVICE = {"coordinator-other-process", "employee-other-process"}

NOBODY: set[str] = set()

DOORS_CLOSED: dict[str, set[str]] = {
    "peer": PEER,
    "peer-2": PEER_2,
    "service": SERVICE,
    "joint": NOBODY,
    "board": PEER | PEER_2 | SERVICE | {"leader", "researcher", "host-waiting"},
    "b-group": B_GROUP,
    "b-service": B_SERVICE,
    "b-joint": B_GROUP | B_SERVICE,
    "b-steering": {"coordinator-other-process"},
    "b-board": B_GROUP | B_SERVICE,
}
"""While the door of process A is closed. Process B has no door."""

FIRST_DOOR_OPEN: dict[str, set[str]] = {**DOORS_CLOSED, "joint": PEER | SERVICE}
"""When the first group of process A has opened its door and the second has not: the second group stays outside."""

KINDS = {
    "story_good",
    "story_better",
    "story",
    "post",
    "give",
    "need",
    "tip",
    "rule",
    "input",
    "minutes",
    "correction",
    "shortcoming",
    "no_promise",
    "answer",
    "task",
    "comment",
    "what_now",
    "note",
    "word",
    "meaning",
    "point",
}
"""Kinds of pieces about which somebody has thought: whoever reads the room reads pieces of this kind, and nobody else does."""

CAST = {
    "anonymous",
    "outsider",
    "operator",
    "withdrawn",
    "host-waiting",
    "mentor",
    "leader",
    "researcher",
    *PEER,
    *PEER_2,
    *SERVICE,
    *B_GROUP,
    *B_SERVICE,
}
