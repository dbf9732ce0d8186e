"""May this actor do this in a room? Predicates only; whether it makes sense now is asked by the actions."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor, RoomFact
from langbord.access.enums import CITIZEN_ROOMS, HOST_SIDE, Role, RoomKind

from .enums import CARRIED_AS_INPUT, PieceKind
from .models import Piece, Room
from .moderating import moderates

HOSTS_TAKE_AWAY = (PieceKind.RULE, PieceKind.WORD, PieceKind.MEANING)
"""What hosts write for the group and may take away again."""


def can_view(actor: Actor, piece: Piece) -> bool:
    """The same answer as the closed queryset gives, for one piece already held. A test holds the two together."""
    if actor.person_id is None:
        return False
    if actor.reads_from is not None and piece.created_at < actor.reads_from:
        return False
    if piece.author_id == actor.person_id:
        return True
    if not actor.may_read(piece.room_id):
        return False
    return piece.hidden_at is None or moderates(actor, piece.room_id)


def hosts(actor: Actor, room_id: object) -> bool:
    """Is a host or daily leader of the room, with a confirmed seat that the walls let in."""
    return actor.may_read(room_id) and actor.sits_in(room_id, *HOST_SIDE)  # type: ignore[arg-type]


def may_write_in(actor: Actor, room: Room) -> bool:
    """Writing is for those who can read. The board is written to only by carrying over and by answering."""
    return room.kind != RoomKind.BOARD and actor.may_read(room.pk)


def may_write_for_group(actor: Actor, room: Room) -> bool:
    """Who notes what the whole room has said: its hosts; in a room without hosts those who arrange it."""
    if not actor.may_read(room.pk):
        return False
    if room.kind in CITIZEN_ROOMS:
        return hosts(actor, room.pk)
    if room.kind == RoomKind.JOINT:
        return actor.has_role(room.process_id, Role.HOST, Role.DAILY_LEADER, Role.COORDINATOR)
    return hosts(actor, room.pk) or actor.has_role(room.process_id, Role.COORDINATOR)


def may_carry(actor: Actor, piece: Piece, target: Room) -> bool:
    """The author carries; to the board always, elsewhere only where the author can read. What is already on the board
    stays there."""
    return piece.process_id == target.process_id and may_carry_to(actor, piece, target.pk, target.kind)


def may_carry_to(actor: Actor, piece: Piece, room_id: UUID, kind: str) -> bool:
    """The same for a room of the piece's own process, known by id and kind."""
    if piece.author_id is None or piece.author_id != actor.person_id:
        return False
    if not _can_leave(piece) or piece.room_id == room_id:
        return False
    return actor.may_read(room_id) and kind not in CITIZEN_ROOMS


def may_propose_decision(actor: Actor, piece: Piece, target: Room) -> bool:
    """A host proposes that the group takes a piece of the group's own over. The citizens decide."""
    return piece.process_id == target.process_id and may_propose_to(actor, piece, target.pk, target.kind)


def may_propose_to(actor: Actor, piece: Piece, room_id: UUID, kind: str) -> bool:
    """The same for a room of the piece's own process, known by id and kind."""
    if piece.author_id is not None or piece.room_id is None or piece.left_at or not _can_leave(piece):
        return False
    from_citizens = piece.room is not None and piece.room.kind in CITIZEN_ROOMS
    fits = from_citizens and kind in (RoomKind.BOARD, RoomKind.JOINT)
    return fits and hosts(actor, piece.room_id) and actor.may_read(room_id)


def _can_leave(piece: Piece) -> bool:
    return piece.kind in CARRIED_AS_INPUT and piece.hidden_at is None and not has_arrived(piece)


def has_arrived(piece: Piece) -> bool:
    """Was carried over to where it lies: a copy, also when the draft it came from has been thrown away since."""
    if piece.copied_from_id is not None:
        return True
    return piece.kind == PieceKind.INPUT and piece.room is not None and piece.room.kind == RoomKind.BOARD


def may_edit(actor: Actor, piece: Piece) -> bool:
    """One's own words where one may still write; those of the group, for its hosts."""
    if piece.left_at is not None:
        return False
    if piece.author_id is None:
        return piece.room is not None and may_write_for_group(actor, piece.room)
    return piece.author_id == actor.person_id and (piece.room_id is None or actor.may_read(piece.room_id))


def may_take_back(actor: Actor, piece: Piece) -> bool:
    """One's own, always, also after having left. A rule or a word of the group is its hosts' to take away."""
    if piece.author_id is None:
        return (
            piece.kind in HOSTS_TAKE_AWAY
            and piece.room is not None
            and not has_arrived(piece)
            and may_write_for_group(actor, piece.room)
        )
    return piece.author_id == actor.person_id


def may_take_back_for_group(actor: Actor, piece: Piece) -> bool:
    """A host of the group whose own piece was carried over, where it lies as a copy. A group's words are sealed with the
    key of its room, which so tells whose they are."""
    return (
        piece.author_id is None
        and piece.room_id is not None
        and piece.sealed_by != piece.room_id
        and piece.words_removed_at is None
        and has_arrived(piece)
        and can_view(actor, piece)
        and hosts(actor, piece.sealed_by)
    )


def may_hold_back(actor: Actor, piece: Piece) -> bool:
    """Moderation: whoever `moderates` the room may keep a piece back until they have talked with its author."""
    return (
        piece.room_id is not None
        and piece.author_id != actor.person_id
        and piece.words_removed_at is None
        and moderates(actor, piece.room_id)
    )


def tables_of(actor: Actor, process_id: UUID) -> list[RoomFact]:
    """The joint tables of a process that this person may come to: the way on from a door that is open."""
    return [fact for fact in actor.rooms_in(process_id, RoomKind.JOINT) if actor.may_read(fact.id)]
