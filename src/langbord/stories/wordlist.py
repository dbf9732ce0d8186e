"""A room's own list: *hva betyr dette, og hvordan virker systemet?*

Anybody who reads the room asks and explains; several explanations may stand side by side, and none of them is the right
one. Words and explanations are pieces, carried over and taken back like others. In the rooms of the service and round
the table, office words in the service's own texts are suggested; never from what a citizen wrote.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, SERVICE_SIDE, RoomKind
from langbord.base.errors import NotAllowed
from langbord.processes.models import Membership
from langbord.rooms import actions as pieces
from langbord.rooms import rules
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece, Room
from langbord.rooms.shown import Shown, show_all
from langbord.words import hints

from .models import Explanation

SUGGESTS = frozenset({RoomKind.SERVICE, RoomKind.JOINT})
"""Rooms where the service writes, and hears its own office words."""
OFFERED = 5
"""Suggestions at once."""
LOOKED_THROUGH = 40
"""The service's latest texts in the room."""

_AGAIN = "a second click makes nothing new"
_TOGETHER = "the explanations of a word that was carried over"


@dataclass(frozen=True)
class Entry:
    """A word, or a question about the system, with what people say it means, oldest first."""

    word: Shown
    meanings: list[Shown]

    @property
    def is_question(self) -> bool:
        return self.word.text.rstrip().endswith("?")


@dataclass(frozen=True)
class WordList:
    """alone: explanations whose word is not here any more, or never came."""

    entries: list[Entry]
    alone: list[Shown]

    @property
    def words(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_question]

    @property
    def questions(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_question]


def has_list(room: Room) -> bool:
    """Every room where people write has one."""
    return room.kind != RoomKind.BOARD


def notes_for_group(actor: Actor, room: Room) -> bool:
    """A host of a citizens' room holds the pen: what they write there is the group's."""
    return room.kind in CITIZEN_ROOMS and rules.may_write_for_group(actor, room)


def words_of(actor: Actor, room: Room) -> WordList:
    """The list as this person sees it. Two queries and one for the keys."""
    found = Piece.objects.visible_to(actor).filter(room=room, kind__in=(PieceKind.WORD, PieceKind.MEANING))
    belongs = dict(Explanation.objects.visible_to(actor).in_room(room.pk).values_list("piece_id", "word_id"))
    shown = show_all(found.order_by("shared_at", "pk"), actor)
    entries = {s.piece.pk: Entry(s, []) for s in shown if s.piece.kind == PieceKind.WORD}
    alone = []
    for meaning in (s for s in shown if s.piece.kind == PieceKind.MEANING):
        entry = entries.get(belongs.get(meaning.piece.pk))  # type: ignore[arg-type]
        if entry is None:
            alone.append(meaning)
        else:
            entry.meanings.append(meaning)
    return WordList(list(entries.values()), alone)


def ask(*, actor: Actor, room: Room, text: str, piece_id: UUID | None = None, signed: bool = True) -> Piece:
    """Put a word, or a question about the system, on the list."""
    return _write(actor, room, PieceKind.WORD, text, piece_id, signed)


def explain(
    *, actor: Actor, room: Room, word: Piece, text: str, piece_id: UUID | None = None, signed: bool = True
) -> Piece:
    """Say what a word of this room means, as one understands it. Another's explanation stays as it is."""
    if word.kind != PieceKind.WORD or word.room_id != room.pk or not rules.can_view(actor, word):
        raise NotAllowed()
    with transaction.atomic():
        piece = _write(actor, room, PieceKind.MEANING, text, piece_id, signed)
        Explanation.objects.unrestricted(_AGAIN).get_or_create(piece=piece, defaults={"word": word})
    return piece


def _write(actor: Actor, room: Room, kind: str, text: str, piece_id: UUID | None, signed: bool) -> Piece:
    if not has_list(room):
        raise NotAllowed()
    if notes_for_group(actor, room):
        return pieces.write_for_group(actor=actor, room=room, kind=kind, text=text, piece_id=piece_id)
    return pieces.write(actor=actor, room=room, kind=kind, text=text, piece_id=piece_id, signed=signed)


def keep_together(original: Piece, copy: Piece, actor: Actor) -> None:
    """After carrying over: an explanation finds its word in the new room, whichever of them came first."""
    if copy.room_id is None:
        return
    if copy.kind == PieceKind.MEANING:
        old = Explanation.objects.unrestricted(_TOGETHER).filter(piece=original).first()
        word = None
        if old is not None and old.word_id is not None:
            word = (
                Piece.objects.unrestricted(_TOGETHER)
                .filter(copied_from_id=old.word_id, room_id=copy.room_id)
                .first()
            )
        Explanation.objects.unrestricted(_TOGETHER).get_or_create(piece=copy, defaults={"word": word})
    elif copy.kind == PieceKind.WORD:
        explained = Explanation.objects.unrestricted(_TOGETHER).filter(word=original)
        originals = list(explained.values_list("piece_id", flat=True))
        there = Explanation.objects.unrestricted(_TOGETHER).carried_to(copy.room_id, originals)
        there.filter(word__isnull=True).update(word=copy)


@dataclass(frozen=True)
class Suggestion:
    """An office word that the service has used in this room, and what could be said instead."""

    word: str
    instead: tuple[str, ...]


def suggestions(actor: Actor, room: Room, known: WordList, language: str) -> list[Suggestion]:
    """Office words in what people of the service wrote in this room, most used first. Two queries and one for the keys.
    Never from what a citizen wrote, and never whose text it was."""
    if room.kind not in SUGGESTS:
        return []
    roles: dict[UUID, set[str]] = {}
    members = Membership.objects.visible_to(actor).current().filter(process_id=room.process_id)
    for person_id, role in members.values_list("person_id", "role"):
        roles.setdefault(person_id, set()).add(role)
    service = [pk for pk, held in roles.items() if held & SERVICE_SIDE and not held & CITIZEN_SIDE]
    written = (
        Piece.objects.visible_to(actor)
        .filter(room=room, author_id__in=service, copied_from__isnull=True)
        .exclude(kind__in=(PieceKind.WORD, PieceKind.MEANING))
        .order_by("-shared_at")[:LOOKED_THROUGH]
    )
    asked = {entry.word.text.strip().lower() for entry in known.entries}
    used: Counter[hints.Hint] = Counter()
    for shown in show_all(written, actor):
        used.update({hint for _start, _end, hint in hints.find(shown.text, language)})
    return [
        Suggestion(hint.word, hint.instead)
        for hint, _times in sorted(used.items(), key=lambda one: (-one[1], one[0].word))
        if hint.word.lower() not in asked and hint.kind != hints.ABBREVIATION
    ][:OFFERED]
