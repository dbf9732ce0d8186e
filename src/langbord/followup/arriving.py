"""What happens on the board when a piece is carried over to it, and when its author takes it back."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, HOST_SIDE, SERVICE_SIDE, RoomKind, Side
from langbord.base import clock, events
from langbord.processes.models import Membership
from langbord.rooms.models import Piece, Room

from .enums import Source
from .models import Case, Step

_WHY = "where it comes from decides which side it is shown on; nothing else is read"


def receive(original: Piece, copy: Piece, actor: Actor) -> None:
    """A copy that came to the board becomes a case. Saying it twice makes one."""
    if _kind_of(copy.room_id) != RoomKind.BOARD:
        return
    side, source = _origin(original)
    now = clock.now()
    case, made = Case.objects.unrestricted("one case for each copy").get_or_create(
        piece=copy,
        defaults={
            "process_id": copy.process_id,
            "side": side,
            "source": source,
            "received_at": now,
            "state_at": now,
        },
    )
    if made:
        events.record(actor.person_id, "case.received", case, process_id=copy.process_id)


def before_words_go(copy: Piece, actor: Actor) -> bool:
    """True when the case was answered, or received by the authority: then only the words go, and what was answered stays,
    with its dates. The authority's copy is not touched: the author was told so before they said yes.

    Otherwise the case goes with its piece, and what others wrote under it goes back to them as drafts of their own.
    """
    steps = Step.objects.unrestricted("was it answered before its author takes it back?").on_piece(copy.pk)
    if steps.settling().exists():
        return True
    case = Case.objects.unrestricted("was it received before its author takes it back?")
    if case.filter(piece=copy, on_record_at__isnull=False).exists():
        return True
    comments = list(steps.comments().exclude(words=None).values_list("words_id", flat=True))
    if comments:
        Piece.objects.unrestricted("what others wrote under a case that goes stays theirs").filter(
            pk__in=comments
        ).update(room=None, shared_at=None)
    return False


def _origin(original: Piece) -> tuple[str, str]:
    """Which side an input comes from, and whose words it is said to be when no name is shown.

    From a citizens' room: the citizens. From the service room: the service. From the joint table, or straight from a
    draft: the side of its author.
    """
    kind = _kind_of(original.room_id)
    roles = _roles(original.author_id, original.process_id)
    citizen = bool(roles & CITIZEN_SIDE)
    if kind in CITIZEN_ROOMS:
        if original.author_id is None:
            return Side.CITIZENS, Source.GROUP
        return Side.CITIZENS, Source.CITIZEN if citizen else Source.HOST
    if kind == RoomKind.SERVICE:
        return Side.SERVICE, Source.SERVICE
    if citizen:
        return Side.CITIZENS, Source.CITIZEN
    if roles and not roles & SERVICE_SIDE:
        return Side.SERVICE, Source.HOST if roles & HOST_SIDE else Source.RESEARCHER
    return Side.SERVICE, Source.SERVICE


def _kind_of(room_id: UUID | None) -> str:
    """The kind of a room, empty for a draft that lies in none."""
    if room_id is None:
        return ""
    return Room.objects.unrestricted(_WHY).filter(pk=room_id).values_list("kind", flat=True).first() or ""


def _roles(person_id: UUID | None, process_id: UUID) -> set[str]:
    if person_id is None:
        return set()
    return set(
        Membership.objects.unrestricted(_WHY)
        .filter(person_id=person_id, process_id=process_id, ended_at__isnull=True)
        .values_list("role", flat=True)
    )
