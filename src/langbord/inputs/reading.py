"""Who wrote an input down, told to the one whose words they are."""

from __future__ import annotations

from langbord.access.actor import Actor
from langbord.rooms.enums import PieceKind
from langbord.rooms.hooks import Panel
from langbord.rooms.models import Piece
from langbord.vault import preload_for

from .models import Noted


def writer_panel(actor: Actor, piece: Piece) -> Panel | None:
    """On the piece's page: whose hand it was, and that the words are the speaker's own. One query."""
    if piece.kind != PieceKind.INPUT or piece.copied_from_id is not None:
        return None
    noted = Noted.objects.visible_to(actor).with_writer().filter(piece=piece).first()
    if noted is None or noted.noted_by is None:
        return None
    preload_for([noted.noted_by])
    mine = piece.author_id is not None and piece.author_id == actor.person_id
    return "inputs/_noted.html", {"noted": noted, "by": noted.noted_by.shown_name, "mine": mine}
