"""What a researcher may read: the words, a number instead of a name, a month instead of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.enums import HOST_SIDE, RoomKind
from langbord.base import clock
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from langbord.vault import preload_for
from langbord.vault.lookup import digest

from . import actions
from .enums import Voice


@dataclass(frozen=True)
class Said:
    """One piece of the material. `text` opens the words; call `open_words` first, so that the keys come in one query."""

    piece: Piece
    number: int | None
    voice: str
    quotable: bool

    @property
    def who(self) -> str:
        """«Innbygger 3». Never a name, never what somebody is called at the table."""
        if self.number is None:
            return _("Gruppa")
        return f"{Voice(self.voice).label} {self.number}"

    @property
    def ref(self) -> str:
        """Ten signs that point to this piece in every file, and to nothing anywhere else."""
        return _ref(self.piece.pk)

    @property
    def room(self) -> str:
        return self.piece.room.kind if self.piece.room is not None else ""

    @property
    def shown_room(self) -> str:
        return str(RoomKind(self.room).label)

    @property
    def kind(self) -> str:
        return self.piece.kind

    @property
    def shown_kind(self) -> str:
        return str(PieceKind(self.piece.kind).label)

    @property
    def shared_at(self) -> datetime:
        return self.piece.shared_at or self.piece.created_at

    @property
    def month(self) -> str:
        """2026-03. A day could tell who was there."""
        return f"{self.shared_at.astimezone(clock.OSLO):%Y-%m}"

    @property
    def text(self) -> str:
        return str(self.piece.body)


@lru_cache(maxsize=2048)
def _ref(piece_id: UUID) -> str:
    return digest("material", str(piece_id))[:10]


def material(actor: Actor, process_id: UUID) -> list[Said]:
    """All that this researcher may use now, by number. Four queries; the words are not opened. Whoever is new in it is
    given a number."""
    pieces = list(Piece.objects.all().as_material(actor, process_id))
    numbers = actions.numbers_of(
        actor=actor, process_id=process_id, person_ids={p.author_id for p in pieces if p.author_id}
    )
    said = [
        Said(
            piece=piece,
            number=numbers[piece.author_id] if piece.author_id is not None else None,
            voice=piece.voice,  # type: ignore[attr-defined]
            quotable=piece.quotable,  # type: ignore[attr-defined]
        )
        for piece in pieces
    ]
    return sorted(said, key=lambda s: (s.number is None, s.number or 0, s.shared_at, s.ref))


def open_words(said: Sequence[Said]) -> None:
    """Fetch the keys of these. One query."""
    preload_for([s.piece for s in said])


def knows_faces(actor: Actor, process_id: UUID) -> bool:
    """Is a host here, too: sees the same words with names in the room, and must be told what that asks of them."""
    return actor.has_role(process_id, *HOST_SIDE)
