"""Who may ever meet a word that was planted. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access import (
    oracle_firstmeeting,
    oracle_guides,
    oracle_inviting,
    oracle_learning,
    oracle_library,
    oracle_words,
)
from tests.access.oracle_kit import (
    CITIZENS,
    DOORS_CLOSED,
    FIRST_DOOR_OPEN,
    PEER,
    PEER_2,
    SERVICE,
    A,
    B,
    _place,
)

AREAS = (oracle_firstmeeting, oracle_guides, oracle_inviting, oracle_learning, oracle_library, oracle_words)

AT_A_TABLE = {
    "citizen": PEER,
    "citizen-2": PEER,
    "citizen-3": PEER,
    "withdrawn": PEER,
    "citizen-other-group": PEER_2,
}
"""Whose first name is known in which group."""


def readers_of(scope: str, opened: bool) -> set[str]:
    """Who may ever meet a word that was planted in a scope."""
    kind, _, of = scope.partition(":")
    rooms = FIRST_DOOR_OPEN if opened else DOORS_CLOSED
    if kind == "room":
        return rooms[of]
    if kind == "material":  # its author says yes to research
        return rooms[of] | {"researcher"}
    if kind == "own":
        room, _, author = of.partition(">")
        return rooms[room] | {author}
    if kind == "process":
        return A if of == "a" else B
    if kind == "draft":
        return {of}
    if kind == "hidden":
        return {"citizen-2", "coordinator" if of == "board" else "host"}
    if kind == "held":
        return {"host"}
    if kind == "name":
        return {of}
    if kind == "contact":
        return _contact(of)
    if kind == "guardian":
        return {of} | _hosts_of(of)
    if kind == "witness":
        return {of}
    if kind == "alias":
        return _alias(of, opened)
    if kind == "asked":  # why somebody wants it for the authority's record, and where it lies there
        return (PEER if of == "peer" else {of}) | (
            {"coordinator-other-process"} if of == "paid" else {"coordinator"}
        )
    if kind == "place":
        return _place(of, opened)
    if kind == "needs":
        return {of} | _hosts_of(of)
    if kind == "needs-joint":
        return {of, "host", "host-service"} if opened else {of}
    for area in AREAS:
        if (who := area.readers_of(scope, opened)) is not None:
            return who
    raise KeyError(scope)


def _hosts_of(person: str) -> set[str]:
    if person in CITIZENS:
        return {"host"}
    return {
        "citizen-other-group": {"host-other-group"},
        "citizen-other-process": {"daily-leader"},
        "paid": {"daily-leader"},
        "host": {"host"},
        "employee": {"host-service"},
        "coordinator": {"host-service"},
        "employee-other-process": {"daily-leader"},
        "coordinator-other-process": {"daily-leader"},
    }.get(person, set())


def _contact(person: str) -> set[str]:
    """An e-mail or a phone: one's own; those whom one invites; hosts those they follow up."""
    inviting = (
        {"coordinator"}
        if person in A | {"mentor"}
        else {"coordinator-other-process"}
        if person in B
        else set()
    )
    return {person} | inviting | _hosts_of(person)


def _alias(person: str, opened: bool) -> set[str]:
    """A first name. Employees, hosts and leaders are answerable: whoever takes part knows them. A citizen's is for
    their own group, for those who meet them at the joint table (not leaders and researchers), and for the one who
    invites."""
    if person == "newcomer":  # seated by the coordinator, not met yet
        return PEER | {"coordinator"}
    if person in AT_A_TABLE:
        known = AT_A_TABLE[person] | {person, "coordinator"}
        if opened and AT_A_TABLE[person] is PEER and person != "withdrawn":
            known = known | PEER | SERVICE
        if person == "citizen-3":  # has commented on the board, under their own name
            known = known | (A - {"leader", "researcher"})
        return known
    if person in ("paid", "citizen-other-process"):
        return B
    if person == "mentor":  # those who may ask know whom; the service room reads who answered
        return SERVICE | {"mentor"}
    if person in A:
        return A | oracle_learning.known_besides(person)
    if person in B:
        return B | oracle_learning.known_besides(person)
    return {person}
