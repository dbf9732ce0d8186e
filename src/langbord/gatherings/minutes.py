"""Minutes: written from what was caught, published to the room, and set right by those who were there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import RoomKind
from langbord.base import clock, events
from langbord.base.dates import quoted
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.seen import check
from langbord.consent.asking import who_says_yes
from langbord.consent.enums import Purpose
from langbord.rooms import actions as pieces
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece, Room
from langbord.vault import preload_for
from langbord.words import advice
from langbord.words.lix import EASY, ENOUGH_WORDS, lix
from langbord.words.split import words

from . import rules
from .actions import CALLED_OFF, hold, room_of
from .models import AgendaItem, CaughtInput, Correction, Gathering, Minutes, Quote

HINTS_AT_MOST = 6
_ROW = "which pieces minutes quote, never the words"


def published(actor: Actor, gathering: Gathering) -> Minutes | None:
    """The minutes that the room reads, with their piece. One query."""
    return Minutes.objects.visible_to(actor).published().with_piece().filter(gathering=gathering).first()


def draft(actor: Actor, gathering: Gathering) -> Minutes | None:
    """One's own unfinished minutes. Nobody else reads them."""
    return (
        Minutes.objects.visible_to(actor).of_own_draft(actor).with_piece().filter(gathering=gathering).first()
    )


def caught_pieces(actor: Actor, gathering: Gathering) -> list[Piece]:
    """What was noted together, oldest first: only what the whole room may read. Whatever its speaker has taken back,
    or a host keeps back, is not here."""
    caught = CaughtInput.objects.visible_to(actor).filter(gathering=gathering).whole_room_reads()
    return list(
        Piece.objects.visible_to(actor).filter(pk__in=caught.values("piece_id")).order_by("created_at", "pk")
    )


def quotable(actor: Actor, gathering: Gathering) -> list[Piece]:
    """What one person said, who says yes to standing in minutes now. Three queries. Oldest first."""
    willing = who_says_yes(Purpose.MINUTES, gathering.process_id)
    return [piece for piece in caught_pieces(actor, gathering) if piece.author_id in willing]


def quotes(actor: Actor, gathering: Gathering, minutes: Minutes) -> list[Piece]:
    """The words of people that stand in these minutes at this moment, oldest first. Three queries.

    Nobody who reads can tell that something else has stood there: a gap would point to whoever changed their mind
    (docs/decisions/0016-openness.md)."""
    willing = who_says_yes(Purpose.MINUTES, gathering.process_id)
    standing = Quote.objects.visible_to(actor).filter(minutes=minutes).that_stand(willing)
    return list(
        Piece.objects.visible_to(actor)
        .filter(pk__in=standing.values("piece_id"))
        .order_by("created_at", "pk")
    )


def _quote(
    actor: Actor,
    gathering: Gathering,
    minutes: Minutes,
    wanted: Iterable[UUID] | None,
    before: Minutes | None = None,
) -> None:
    """Make the quotes of the minutes what the writer wants. None: as they were in the writer's draft (`before`), else
    all that may stand. Only what may stand now can be added or left out: the rest waits for its author."""
    offered = {piece.pk for piece in quotable(actor, gathering)}
    held = set(
        Quote.objects.unrestricted(_ROW)
        .filter(minutes__in=[m for m in (before, minutes) if m])
        .values_list("piece_id", flat=True)
    )
    if wanted is None:
        chosen = held if before is not None else offered
    else:
        chosen = (held - offered) | (offered & set(wanted))
    Quote.objects.unrestricted(_ROW).filter(minutes=minutes).exclude(piece_id__in=chosen).delete()
    for piece_id in chosen:
        Quote.objects.unrestricted(_ROW).get_or_create(minutes=minutes, piece_id=piece_id)


def quoted_ids(minutes: Minutes) -> list[str]:
    """Which pieces the writer has chosen, as the form names them."""
    held = Quote.objects.unrestricted(_ROW).filter(minutes=minutes)
    return [str(pk) for pk in held.values_list("piece_id", flat=True)]


def begin_text(actor: Actor, gathering: Gathering) -> str:
    """A beginning for the minutes: the agenda, then what the whole group said. What one person said is never copied
    into the text: it is quoted, and goes when they say so."""
    items = list(AgendaItem.objects.visible_to(actor).filter(gathering=gathering))
    said = [p for p in caught_pieces(actor, gathering) if p.author_id is None and p.left_at is None]
    preload_for([*items, *said])
    parts = []
    if items:
        parts.append("\n".join([str(_("Dette gjorde vi:")), *(f"- {item.text}" for item in items)]))
    if said:
        parts.append("\n".join([str(_("Dette sa vi:")), *(f"- {quoted(piece.body)}" for piece in said)]))
    return "\n\n".join(parts)


def _check(actor: Actor, gathering: Gathering) -> None:
    if not rules.may_note(actor, room_of(actor, gathering)):
        raise NotAllowed()
    if gathering.cancelled_at is not None:
        raise NotNow(CALLED_OFF)
    if clock.now() < gathering.starts_at:
        raise NotNow(_("Samlingen har ikke begynt ennå."))


def keep_draft(
    *,
    actor: Actor,
    gathering: Gathering,
    text: str,
    piece_id: UUID | None = None,
    quoted: Iterable[UUID] | None = None,
) -> Minutes:
    """Keep unfinished minutes: a draft that the writer alone reads. One for each writer and gathering. `quoted`: the
    pieces to quote; None is all that may stand, or as they were."""
    _check(actor, gathering)
    with transaction.atomic():
        found = draft(actor, gathering)
        if found is not None:
            piece_id = found.piece_id
        piece = pieces.save_draft(
            actor=actor, process_id=gathering.process_id, kind=PieceKind.MINUTES, text=text, piece_id=piece_id
        )
        new = found is None
        if found is None:
            found = Minutes.objects.create(gathering=gathering, piece=piece)
        if new or quoted is not None:
            _quote(actor, gathering, found, quoted)
    return found


def publish(
    *,
    actor: Actor,
    gathering: Gathering,
    text: str,
    piece_id: UUID | None = None,
    quoted: Iterable[UUID] | None = None,
    seen: str | None = None,
) -> Minutes:
    """Share the minutes with the room. Published before: the text is changed, by whoever may note for the room. The
    writer's own draft is gone afterwards. `quoted`: the pieces to quote; None is as in the draft or as before, else all
    that may stand. `seen`: the mark of what was shared (`standing`) when the page was shown; ChangedMeanwhile when somebody
    else has shared other words since."""
    _check(actor, gathering)
    room = Room.objects.visible_to(actor).get(pk=gathering.room_id)
    try:
        with transaction.atomic():
            hold(gathering)
            found, own = published(actor, gathering), draft(actor, gathering)
            check(standing(found), {"text": text}, seen)
            if found is not None:
                if found.piece.body != text:
                    pieces.edit(actor=actor, piece=found.piece, text=text)
                if quoted is not None:
                    _quote(actor, gathering, found, quoted)
            else:
                piece = pieces.write_for_group(
                    actor=actor, room=room, kind=PieceKind.MINUTES, text=text, piece_id=piece_id
                )
                found = Minutes.objects.create(gathering=gathering, piece=piece, published_at=clock.now())
                _quote(actor, gathering, found, quoted, before=own)
                events.record(actor.person_id, "minutes.published", found, process_id=gathering.process_id)
            if own is not None:
                own.piece.delete()
    except IntegrityError:
        first = published(actor, gathering)
        if first is None:  # there are some, which a new card does not open on its first day
            raise NotNow(_("Det er allerede delt et referat. Prøv igjen i morgen.")) from None
        return first
    return found


def standing(found: Minutes | None) -> dict[str, str]:
    """The text that the room reads now; empty while nothing is shared."""
    return {"text": str(found.piece.body) if found is not None else ""}


def say_wrong(*, actor: Actor, minutes: Minutes, text: str, piece_id: UUID | None = None) -> Piece:
    """«Dette stemmer ikke»: whoever reads the minutes says what is wrong, in their own words. The room sees
    it; at the joint table without a name, since a name would tell who was there."""
    room_id = minutes.piece.room_id
    if minutes.published_at is None or room_id is None or not actor.may_read(room_id):
        raise NotAllowed()
    room = Room.objects.visible_to(actor).get(pk=room_id)
    with transaction.atomic():
        piece = pieces.write(
            actor=actor,
            room=room,
            kind=PieceKind.CORRECTION,
            text=text,
            piece_id=piece_id,
            signed=room.kind != RoomKind.JOINT,
        )
        Correction.objects.unrestricted("a second click makes nothing new").get_or_create(
            piece=piece, defaults={"minutes": minutes}
        )
    return piece


def corrections(actor: Actor, minutes: Minutes) -> list[Piece]:
    """What people say is wrong, oldest first. One query; what was taken back is not here."""
    found = Correction.objects.visible_to(actor).filter(minutes=minutes).values("piece_id")
    return list(
        Piece.objects.visible_to(actor)
        .filter(pk__in=found, room_id=minutes.piece.room_id)
        .order_by("created_at", "pk")
    )


@dataclass(frozen=True)
class Reading:
    """How heavy a text of ours is, with a few words to look at again. figure: LIX, 0 when there are too few words."""

    figure: int
    easy: bool
    hints: list[advice.Advice]


def reading_of(text: str, language: str) -> Reading:
    """For the writer only. What stands in «…» is somebody's own words and is left alone."""
    figure = round(lix(text)) if len(words(text)) >= ENOUGH_WORDS else 0
    return Reading(figure=figure, easy=figure < EASY, hints=advice.advise(text, language)[:HINTS_AT_MOST])
