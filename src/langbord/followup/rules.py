"""May this actor do this on the board? Predicates only; whether it makes sense now is asked by the actions."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE, SERVICE_SIDE, Role, RoomKind
from langbord.rooms import rules as rooms
from langbord.rooms.models import Piece

from .models import Case, Task
from .querysets import boards

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
