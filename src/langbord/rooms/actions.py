"""Every write about pieces: draft, share, edit, take back, carry over, hold back."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, RoomKind
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.seen import check
from langbord.vault import keys

from . import hooks, rules
from .enums import PieceKind
from .models import Piece, Room

MODERATED = CITIZEN_ROOMS | {RoomKind.SERVICE}
"""Rooms with hosts of their own: what was held back may be shared there again, still held back, until they have talked."""

_AGAIN = "a second click makes nothing new"


def _already(piece_id: UUID | None, actor: Actor) -> Piece | None:
    """The piece that an earlier, identical click made. Somebody else's id is refused as if it were nothing."""
    if piece_id is None:
        return None
    found = Piece.objects.unrestricted(_AGAIN).filter(pk=piece_id).first()
    if found is not None and found.author_id != actor.person_id:
        raise NotAllowed()
    return found


def _insert(piece: Piece) -> Piece | None:
    """Store a new piece. None when an identical click, at the same moment, was first."""
    try:
        with transaction.atomic():
            piece.save(force_insert=True)
    except IntegrityError:
        if Piece.objects.unrestricted(_AGAIN).filter(pk=piece.pk).exists():
            return None
        raise
    return piece


def save_draft(
    *, actor: Actor, process_id: UUID, kind: str, text: str, piece_id: UUID | None = None
) -> Piece:
    """Keep what somebody writes, readable by them alone. Writes over their own earlier draft with the same id, which
    may have been begun in another process of theirs."""
    if process_id not in actor.process_ids or actor.subject is None:
        raise NotAllowed()
    keys.ensure(actor.subject)
    with transaction.atomic():
        draft = _already(piece_id, actor)
        if draft is not None:
            if draft.room_id is not None:
                raise NotAllowed()
            draft.process_id, draft.kind, draft.body, draft.edited_at = process_id, kind, text, clock.now()
            draft.save(update_fields=["process", "kind", "body", "edited_at"])
            return draft
        made = _insert(
            Piece(
                id=piece_id or uuid4(),
                process_id=process_id,
                author=actor.person,
                sealed_by=actor.subject,
                kind=kind,
                body=text,
                created_at=clock.now(),
            )
        )
    if made is None:
        return save_draft(actor=actor, process_id=process_id, kind=kind, text=text, piece_id=piece_id)
    return made


def write(
    *, actor: Actor, room: Room, kind: str, text: str, piece_id: UUID | None = None, signed: bool = True
) -> Piece:
    """Write straight into a room, or share one's own draft with it. A second click is harmless."""
    if not rules.may_write_in(actor, room):
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    with transaction.atomic():
        piece = _already(piece_id, actor)
        if piece is not None and piece.room_id is not None:
            return piece
        if piece is not None and piece.hidden_at is not None and room.kind not in MODERATED:
            raise NotNow(_("En vert har holdt denne tilbake. Snakk med verten først."))
        if piece is None or piece.process_id != room.process_id:
            piece = save_draft(
                actor=actor, process_id=room.process_id, kind=kind, text=text, piece_id=piece_id
            )
        piece.room, piece.kind, piece.body, piece.signed, piece.shared_at = (
            room,
            kind,
            text,
            signed,
            clock.now(),
        )
        piece.save(update_fields=["room", "kind", "body", "signed", "shared_at"])
        events.record(actor.person_id, "piece.shared", piece, process_id=room.process_id)
    return piece


def write_for_group(*, actor: Actor, room: Room, kind: str, text: str, piece_id: UUID | None = None) -> Piece:
    """A piece of the whole room (minutes, a rule, what was said without a name). Sealed with the room's own key."""
    if not rules.may_write_for_group(actor, room):
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    keys.ensure(room.pk)
    found = Piece.objects.unrestricted(_AGAIN).filter(pk=piece_id).first() if piece_id is not None else None
    if found is not None:
        if found.author_id is not None or found.room_id != room.pk:
            raise NotAllowed()
        return found
    now = clock.now()
    with transaction.atomic():
        piece = _insert(
            Piece(
                id=piece_id or uuid4(),
                process_id=room.process_id,
                room=room,
                sealed_by=room.pk,
                kind=kind,
                body=text,
                created_at=now,
                shared_at=now,
            )
        )
        if piece is not None:
            events.record(actor.person_id, "piece.shared", piece, process_id=room.process_id)
            return piece
    return write_for_group(actor=actor, room=room, kind=kind, text=text, piece_id=piece_id)


def edit(*, actor: Actor, piece: Piece, text: str, seen: str | None = None) -> None:
    """Authors change their own words; hosts those of the group. Nobody edits another's words. A copy keeps the words
    that were agreed when it was carried over. `seen`: the mark of the words that were on the page; ChangedMeanwhile when
    another host has written since."""
    if not rules.may_edit(actor, piece):
        raise NotAllowed()
    if piece.room_id is not None:
        actor.must_be_open(piece.process_id)
    if rules.has_arrived(piece) or piece.words_removed_at is not None:
        raise NotNow(_("Det som er tatt med over, kan ikke endres. Ta det tilbake og del det på nytt."))
    with transaction.atomic():
        check({"text": str(_held(piece).body)}, {"text": text}, seen)
        piece.body, piece.edited_at = text, clock.now()
        piece.save(update_fields=["body", "edited_at"])
        events.record(actor.person_id, "piece.edited", piece, process_id=piece.process_id)


def _held(piece: Piece) -> Piece:
    """The piece as it is now, held until the end of the transaction. NotAllowed when it is gone."""
    rows = Piece.objects.unrestricted("the piece itself, held while it is written").select_for_update()
    found: Piece | None = rows.filter(pk=piece.pk).first()
    if found is None:
        raise NotAllowed()
    return found


def carry_over(
    *, actor: Actor, piece: Piece, target: Room, text: str, copy_id: UUID | None = None, signed: bool = False
) -> Piece:
    """Take one's own piece over to another room. What arrives is a copy of its own; the original stays where it is."""
    if not rules.may_carry(actor, piece, target):
        raise NotAllowed()
    actor.must_be_open(target.process_id)
    return _copy(actor=actor, piece=piece, target=target, text=text, copy_id=copy_id, signed=signed)


def _copy(
    *, actor: Actor, piece: Piece, target: Room, text: str, copy_id: UUID | None, signed: bool
) -> Piece:
    """The copying itself, also used when a group decision takes effect. The right to do it was checked before."""
    with transaction.atomic():
        if copy_id is not None:
            found = Piece.objects.unrestricted(_AGAIN).filter(pk=copy_id).first()
            if found is not None:
                if found.copied_from_id != piece.pk:
                    raise NotAllowed()
                return found
        now = clock.now()
        copy = Piece(
            id=copy_id or uuid4(),
            process_id=piece.process_id,
            room=target,
            author_id=piece.author_id,
            sealed_by=piece.sealed_by,
            kind=PieceKind.INPUT if target.kind == RoomKind.BOARD else piece.kind,
            body=text,
            signed=signed and piece.author_id is not None,
            created_at=now,
            shared_at=now,
            copied_from=piece,
        )
        if _insert(copy) is None:
            return _copy(actor=actor, piece=piece, target=target, text=text, copy_id=copy_id, signed=signed)
        events.record(actor.person_id, f"piece.carried_over.{target.kind}", copy, process_id=piece.process_id)
        for hook in hooks.after_carrying:
            hook(piece, copy, actor)
    return copy


def copies_of(actor: Actor, piece: Piece) -> list[Piece]:
    """Where one's piece has been carried to."""
    return list(Piece.objects.visible_to(actor).filter(copied_from=piece).select_related("room"))


def take_back(*, actor: Actor, piece: Piece, with_copies: bool = False) -> None:
    """Take one's own piece back. An original becomes a draft again that only its author reads. A copy goes; if it was
    answered, its words go and the answer with its dates stays. A rule of the group is taken away by its hosts."""
    if not rules.may_take_back(actor, piece):
        raise NotAllowed()
    if piece.author_id is None:
        events.record(actor.person_id, "piece.taken_away", piece, process_id=piece.process_id)
        piece.delete()
        return
    with transaction.atomic():
        if with_copies:
            for copy in Piece.objects.unrestricted("the author takes the copies back").filter(
                copied_from=piece, author_id=actor.person_id
            ):
                _remove_copy(actor, copy)
        if rules.has_arrived(piece):
            _remove_copy(actor, piece)
        elif piece.room_id is not None:
            piece.room, piece.shared_at = None, None
            piece.save(update_fields=["room", "shared_at"])
            events.record(actor.person_id, "piece.taken_back", piece, process_id=piece.process_id)


def _remove_copy(actor: Actor, copy: Piece) -> None:
    events.record(actor.person_id, "piece.taken_back", copy, process_id=copy.process_id)
    if any(hook(copy, actor) for hook in hooks.before_removing):
        copy.body, copy.signed, copy.words_removed_at = "", False, clock.now()
        # Nothing is left to hold back: the answer and the dates stay for all to see.
        copy.hidden_at, copy.hidden_by, copy.hidden_why = None, None, ""
        copy.save(
            update_fields=["body", "signed", "words_removed_at", "hidden_at", "hidden_by", "hidden_why"]
        )
    else:
        copy.delete()


def throw_away(*, actor: Actor, piece: Piece) -> None:
    """Delete one's own draft for good."""
    if piece.author_id != actor.person_id or not piece.is_draft:
        raise NotAllowed()
    events.record(actor.person_id, "piece.thrown_away", piece, process_id=piece.process_id)
    piece.delete()


def hold_back(*, actor: Actor, piece: Piece, why: str, seen: str | None = None) -> None:
    """Keep a piece back until one has talked with its author, who sees it and why. See `moderating` for who may. `seen`: the
    mark of the reason that stood on the page; ChangedMeanwhile when another host has given one since."""
    if not rules.may_hold_back(actor, piece):
        raise NotAllowed()
    with transaction.atomic():
        check({"why": str(_held(piece).hidden_why)}, {"why": why}, seen)
        piece.hidden_at, piece.hidden_by, piece.hidden_why = clock.now(), actor.person, why
        piece.save(update_fields=["hidden_at", "hidden_by", "hidden_why"])
        events.record(actor.person_id, "piece.held_back", piece, process_id=piece.process_id)


def let_out(*, actor: Actor, piece: Piece) -> None:
    """Show it again after the talk."""
    if not rules.may_hold_back(actor, piece):
        raise NotAllowed()
    piece.hidden_at, piece.hidden_by, piece.hidden_why = None, None, ""
    piece.save(update_fields=["hidden_at", "hidden_by", "hidden_why"])
    events.record(actor.person_id, "piece.let_out", piece, process_id=piece.process_id)
