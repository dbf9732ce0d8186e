"""How pieces and readers are put into words on a page. Kinds and by-lines, never the words themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from langbord.access.actor import Actor
from langbord.access.enums import RoomKind
from langbord.processes.querysets import NAMELESS
from langbord.vault import preload_for

from .enums import PieceKind
from .models import Piece
from .readers import Readers

NAMES_AT_MOST = 8
"""So many names fit in a sentence; the rest are counted."""


@dataclass(frozen=True)
class Shown:
    """A piece as one person sees it."""

    piece: Piece
    by: str
    kind: str
    text: str
    mine: bool
    hidden: bool
    room: str
    process: str


def by_line(piece: Piece, actor: Actor) -> str:
    """Whose piece it is, as this person may be told."""
    kind = piece.room.kind if piece.room is not None else ""
    if piece.words_removed_at is not None:
        return ""
    if piece.left_at is not None:
        return _("Uten navn")
    if piece.author_id is None:
        if kind == RoomKind.SERVICE:
            return _("Tjenesten")
        return _("Alle rundt bordet") if kind == RoomKind.JOINT else _("Gruppa")
    if piece.author_id == actor.person_id:
        return _("Du") if piece.signed else _("Du, uten navn")
    nameless = kind in (RoomKind.JOINT, RoomKind.BOARD) and actor.roles_in(piece.process_id) <= NAMELESS
    if not piece.signed or nameless or piece.author is None:
        return _("Uten navn")
    return piece.author.shown_name


def kind_line(piece: Piece) -> str:
    """What kind of piece it is. An ordinary post needs no word for it."""
    return "" if piece.kind in (PieceKind.POST, PieceKind.COMMENT) else str(piece.shown_kind)


def words_of(piece: Piece) -> str:
    if piece.words_removed_at is not None:
        return _("Den som skrev dette, har tatt ordene sine tilbake.")
    return str(piece.body)


def show(piece: Piece, actor: Actor) -> Shown:
    return Shown(
        piece=piece,
        by=by_line(piece, actor),
        kind=kind_line(piece),
        text=words_of(piece),
        mine=piece.author_id is not None and piece.author_id == actor.person_id,
        hidden=piece.hidden_at is not None,
        room=piece.room.kind if piece.room is not None else "draft",
        process=piece.process.slug,
    )


def show_all(pieces: Iterable[Piece], actor: Actor, *also: Any) -> list[Shown]:
    """All of them, with the keys (of `also`, too) fetched in one query."""
    held = list(pieces)
    preload_for([*held, *(p.author for p in held if p.author is not None), *also])
    return [show(piece, actor) for piece in held]


def readers_sentence(readers: Readers) -> str:
    """«Du, Bjarne og Randi kan lese dette.» Those one does not meet are counted."""
    names = [reader.shown_name for reader in readers.named]
    rest = readers.other_citizens + max(0, len(names) - NAMES_AT_MOST)
    names = names[:NAMES_AT_MOST]
    if rest:
        names.append(ngettext("%(count)d til", "%(count)d til", rest) % {"count": rest})
    if not names:
        return _("Ingen kan lese dette nå.")
    if len(names) == 1:
        return _("%(name)s kan lese dette.") % {"name": names[0]}
    return _("%(names)s og %(last)s kan lese dette.") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def readers_list(readers: Readers) -> list[tuple[str, str]]:
    """For a confirm list: each name with what they are and where they work, then those who are only counted."""
    items = [
        (reader.shown_name, f"{reader.shown_role}, {reader.unit}" if reader.unit else reader.shown_role)
        for reader in readers.named
    ]
    if readers.other_citizens:
        count = readers.other_citizens
        items.append(
            (
                ngettext("%(count)d innbygger du ikke møter", "%(count)d innbyggere du ikke møter", count)
                % {"count": count},
                "",
            )
        )
    return items
