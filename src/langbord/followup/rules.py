"""May this actor do this on the board? Predicates only; whether it makes sense now is asked by the actions."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE, SERVICE_SIDE, Role, RoomKind
from langbord.rooms import rules as rooms
from langbord.rooms.models import Piece

from .models import Asking, Case, Received, Task
from .querysets import boards
from .receiving_querysets import SERVES, groups_of, own_groups

ANSWERING = CITIZEN_SIDE | SERVICE_SIDE
"""Both sides bring and both sides answer. Hosts and researchers belong to neither side."""


def can_view(actor: Actor, thing: Case | Task) -> bool:
    """The same answer as the closed queryset gives. A test holds the two together."""
    return shows_words(actor, thing.piece)


def shows_words(actor: Actor, piece: Piece | None) -> bool:
    """Whether a piece on the board may be shown there: not when its author took it back to a draft of their own, which
    they themself could still read."""
    return (
        piece is not None
        and piece.room_id in boards(actor)
        and piece.hidden_at is None
        and rooms.can_view(actor, piece)
    )


def board_of(actor: Actor, process_id: UUID) -> UUID | None:
    """The board of a process, if this actor reads it."""
    return next((r.id for r in actor.rooms_in(process_id, RoomKind.BOARD) if actor.may_read(r.id)), None)


def may_write_on(actor: Actor, process_id: UUID) -> bool:
    """Everyone who reads the board may comment, propose a task and take one."""
    return board_of(actor, process_id) is not None


def coordinates(actor: Actor, case: Case) -> bool:
    return can_view(actor, case) and actor.has_role(case.process_id, Role.COORDINATOR)


def is_responder(actor: Actor, case: Case) -> bool:
    """The one who promised, as long as they still take part on a side."""
    own = case.responder_id is not None and case.responder_id == actor.person_id
    return own and can_view(actor, case) and actor.has_role(case.process_id, *ANSWERING)


def may_take_on(actor: Actor, case: Case) -> bool:
    """Anyone on either side may take it on themself."""
    return can_view(actor, case) and actor.has_role(case.process_id, *ANSWERING)


def may_appoint(actor: Actor, case: Case) -> bool:
    """The coordinator appoints among those who answer for the service. A citizen's name comes to the board only by
    their own act: everyone reads the board, and not everyone may know a citizen's name."""
    return coordinates(actor, case)


def may_answer(actor: Actor, case: Case) -> bool:
    """The responder, or the coordinator when the responder can't."""
    return is_responder(actor, case) or coordinates(actor, case)


# -- received by the authority


def may_ask(actor: Actor, case: Case) -> bool:
    """Ask to take an input into the authority's record: the coordinator, or the one of the service who has promised to
    answer."""
    return coordinates(actor, case) or (
        is_responder(actor, case) and actor.has_role(case.process_id, *SERVES)
    )


def is_asked(actor: Actor, asking: Asking) -> bool:
    """Whose own yes counts: the author's; for a group's piece each of its citizens'."""
    if actor.person_id is None or not can_view(actor, asking.case):
        return False
    if asking.room_id is not None:
        return asking.room_id in own_groups(actor)
    return asking.case.piece.author_id == actor.person_id


def may_record_agreement(actor: Actor, asking: Asking) -> bool:
    """A host of the group records what the group agreed at a gathering."""
    return asking.room_id is not None and can_view(actor, asking.case) and rooms.hosts(actor, asking.room_id)


def can_read_copy(actor: Actor, received: Received) -> bool:
    """The same answer as the closed queryset gives. A test holds the two together."""
    if actor.person_id is None or (actor.reads_from is not None and received.received_at < actor.reads_from):
        return False
    if received.room_id is not None and received.room_id in groups_of(actor):
        return True
    if received.process_id is None or received.process_id not in actor.process_ids:
        return False
    if received.author_id == actor.person_id or actor.has_role(received.process_id, Role.COORDINATOR):
        return True
    answers = received.case is not None and received.case.responder_id == actor.person_id
    return answers and actor.has_role(received.process_id, *SERVES)


def keeps_records(actor: Actor, process_id: UUID) -> bool:
    """Who takes the received things out for the archive, and notes where they lie there."""
    return actor.has_role(process_id, Role.COORDINATOR)
