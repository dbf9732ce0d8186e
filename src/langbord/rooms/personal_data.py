"""What rooms hold on a person: their words, their seats, their own answers to the group."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langbord.access.actor import Actor
from langbord.access.enums import SERVICE_SIDE
from langbord.base import clock
from langbord.base.personal_data import (
    Category,
    Counts,
    Fact,
    Fate,
    Holding,
    Numbers,
    Parting,
    Register,
    Section,
    Way,
    counted,
    in_scope,
    register,
)
from langbord.processes.models import Membership
from langbord.vault import keys, preload_for
from langbord.vault.moving import moved_to

from . import hooks, rules
from .enums import EXCHANGE, STORIES, DoorAnswer, PieceKind
from .models import DoorWish, GroupAnswer, HostYes, Piece, Seat

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"
_STAYS = "somebody leaves: what they gave stays without their name"


def thing(piece: Piece) -> str:
    """What a piece is called when pieces are counted for its author."""
    if piece.room_id is None:
        return "draft"
    if piece.kind in STORIES:
        return "story"
    if piece.kind in EXCHANGE:
        return "exchange"
    named = {
        PieceKind.INPUT: "input",
        PieceKind.POST: "post",
        PieceKind.COMMENT: "comment",
        PieceKind.ANSWER: "answer",
        PieceKind.TASK: "task",
    }
    return named.get(PieceKind(piece.kind), "piece")


def _mine(person_id: UUID, **more: object) -> list[Piece]:
    rows = Piece.objects.unrestricted(_SHOWN).filter(author_id=person_id, **more).with_place()
    return list(rows.order_by("created_at", "pk"))


def _served_in(person_id: UUID) -> set[UUID]:
    """The processes where this person has answered for the service, now or before."""
    rows = Membership.objects.unrestricted(_STAYS).filter(person_id=person_id, role__in=list(SERVICE_SIDE))
    return set(rows.values_list("process_id", flat=True))


class Sorted:
    """One's pieces by what becomes of them. Changes nothing."""

    def __init__(self, parting: Parting) -> None:
        self.nameless: list[Piece] = []
        self.emptied: list[Piece] = []
        self.gone: list[Piece] = []
        mine = _mine(parting.person_id, **in_scope(parting))
        answers = any(piece.kind == PieceKind.ANSWER for piece in mine)
        served = _served_in(parting.person_id) if answers else set()
        ids = {piece.pk for piece in mine if rules.has_arrived(piece)}
        kept = set().union(*(hook(ids) for hook in hooks.kept_when_words_go)) if ids else set()
        for piece in mine:
            if self._stays(piece, parting, served):
                self.nameless.append(piece)
            elif piece.pk in kept:
                self.emptied.append(piece)
            else:
                self.gone.append(piece)

    def _stays(self, piece: Piece, parting: Parting, served: set[UUID]) -> bool:
        """Without the name. What a host holds back does not stay; what a service answered is the service's answer."""
        if piece.room_id is None or piece.words_removed_at is not None:
            return False
        if piece.kind == PieceKind.ANSWER and piece.process_id in served:
            return True
        return parting.way == Way.KEEP and piece.hidden_at is None

    @property
    def numbers(self) -> Numbers:
        told = Numbers()
        for fate, pieces in ((Fate.NAMELESS, self.nameless), (Fate.GONE, self.gone)):
            for piece in pieces:
                told[fate, thing(piece)] += 1
        for piece in self.emptied:
            if piece.words_removed_at is None:
                told[Fate.EMPTIED, thing(piece)] += 1
        return told


def foretell(parting: Parting) -> Numbers:
    return Sorted(parting).numbers


def counts(parting: Parting) -> Counts:
    """One's own answers."""
    person_id, process_id = parting.person_id, parting.process_id
    return {
        (Fate.GONE, "door-answer"): DoorWish.objects.unrestricted(_GONE).left_by(person_id, process_id),
        (Fate.GONE, "group-answer"): GroupAnswer.objects.unrestricted(_GONE).left_by(person_id, process_id),
        (Fate.GONE, "host-answer"): HostYes.objects.unrestricted(_GONE).left_by(person_id, process_id),
    }


def keep_without_name(parting: Parting) -> Numbers:
    """What stays is sealed with its room's key and loses author and signature."""
    sorted_ = Sorted(parting)
    told = Numbers()
    preload_for(sorted_.nameless)
    keys.ensure_many(piece.room_id for piece in sorted_.nameless if piece.room_id is not None)
    for piece in sorted_.nameless:
        if piece.room_id is None:
            continue
        values = moved_to(piece, piece.room_id)
        if values is None:
            continue
        Piece.objects.unrestricted(_STAYS).filter(pk=piece.pk).update(
            author=None, signed=False, left_at=clock.now(), **values
        )
        told[Fate.NAMELESS, thing(piece)] += 1
    return told


def erase(parting: Parting) -> Numbers:
    """All that still is the person's: drafts, pieces with their copies, seats, own answers. A copy that was answered
    keeps its row, for the answer's sake, and nothing in it."""
    told = Numbers()
    sorted_ = Sorted(parting)
    for piece in sorted_.emptied:
        Piece.objects.unrestricted(_GONE).filter(pk=piece.pk).update(
            author=None,
            signed=False,
            sealed_by=piece.room_id,
            body="",
            hidden_why="",
            words_removed_at=piece.words_removed_at or clock.now(),
        )
        if piece.words_removed_at is None:
            told[Fate.EMPTIED, thing(piece)] += 1
    for piece in [*sorted_.gone, *sorted_.nameless]:
        # What should have stayed and could not be moved (it was damaged) goes, too.
        for hook in hooks.before_removing if rules.has_arrived(piece) else ():
            hook(piece, Actor())
        told[Fate.GONE, thing(piece)] += 1
        piece.delete()
    told.update(counted(counts(parting)))
    for rows in counts(parting).values():
        for answer in rows:
            answer.delete()
    return told


def export(person_id: UUID) -> list[Section]:
    mine = _mine(person_id)
    preload_for(mine)
    wishes = DoorWish.objects.unrestricted(_SHOWN).filter(person_id=person_id).with_place()
    answers = GroupAnswer.objects.unrestricted(_SHOWN).filter(person_id=person_id).with_place()
    hosts = HostYes.objects.unrestricted(_SHOWN).filter(person_id=person_id).with_place()
    seats = Seat.objects.unrestricted(_SHOWN).of_person(person_id)
    yes_no = {True: _("ja"), False: _("nei")}
    return [
        Section("drafts", _("Kladdene mine"), [_piece(piece) for piece in mine if piece.room_id is None]),
        Section(
            "shared", _("Det jeg har delt"), [_piece(piece) for piece in mine if piece.room_id is not None]
        ),
        Section(
            "seats",
            _("Rommene jeg sitter i"),
            [
                [
                    Fact("room", _("Rom"), seat.room.name),
                    Fact("from", _("Fra"), seat.started_at),
                    Fact("to", _("Til"), seat.ended_at),
                ]
                for seat in seats
            ],
        ),
        Section(
            "door",
            _("Det jeg har svart ved døra"),
            [
                [
                    Fact("room", _("Rom"), wish.room.name),
                    Fact("answer", _("Svar"), str(DoorAnswer(wish.answer).label)),
                    Fact("at", _("Når"), wish.at),
                ]
                for wish in wishes
            ],
        ),
        Section(
            "group_answers",
            _("Det jeg har svart gruppa"),
            [
                [
                    Fact("room", _("Rom"), answer.decision.room.name),
                    Fact("answer", _("Svar"), yes_no[answer.yes]),
                    Fact("at", _("Når"), answer.at),
                ]
                for answer in answers
            ]
            + [
                [
                    Fact("room", _("Rom"), answer.seat.room.name),
                    Fact("answer", _("Svar om en vert"), yes_no[answer.yes]),
                    Fact("at", _("Når"), answer.at),
                ]
                for answer in hosts
            ],
        ),
    ]


def _piece(piece: Piece) -> list[Fact]:
    facts = [
        Fact("id", _("Nummer"), str(piece.pk)),
        Fact("kind", _("Hva"), str(piece.shown_kind)),
        Fact("process", _("Samskaping"), piece.process.name),
        Fact("room", _("Rom"), piece.room.shown_name if piece.room is not None else ""),
        Fact("written_at", _("Skrevet"), piece.created_at),
        Fact("shared_at", _("Delt"), piece.shared_at),
        Fact("edited_at", _("Endret"), piece.edited_at),
        Fact("signed", _("Med navnet mitt"), piece.signed),
        Fact("copy_of", _("Tatt med over fra nummer"), str(piece.copied_from_id or "")),
        Fact("words_taken_back_at", _("Ordene tatt tilbake"), piece.words_removed_at),
        Fact("words", _("Tekst"), "" if piece.words_removed_at else str(piece.body)),
    ]
    if piece.hidden_at is not None:
        facts += [
            Fact("held_back_at", _("Holdt tilbake av en vert"), piece.hidden_at),
            Fact("held_back_why", _("Grunnen verten ga"), str(piece.hidden_why)),
        ]
    return facts


_THINGS: dict[str, Callable[[int], str]] = {
    "draft": lambda n: ngettext("%(n)d kladd", "%(n)d kladder", n) % {"n": n},
    "story": lambda n: ngettext("%(n)d fortelling", "%(n)d fortellinger", n) % {"n": n},
    "exchange": lambda n: ngettext("%(n)d ting du ga, trengte eller tipset om",
                                   "%(n)d ting du ga, trengte eller tipset om", n) % {"n": n},
    "post": lambda n: ngettext("%(n)d innlegg på veggen", "%(n)d innlegg på veggen", n) % {"n": n},
    "input": lambda n: ngettext("%(n)d innspill", "%(n)d innspill", n) % {"n": n},
    "comment": lambda n: ngettext("%(n)d kommentar", "%(n)d kommentarer", n) % {"n": n},
    "answer": lambda n: ngettext("%(n)d svar på tavla", "%(n)d svar på tavla", n) % {"n": n},
    "task": lambda n: ngettext("%(n)d oppgave du foreslo", "%(n)d oppgaver du foreslo", n) % {"n": n},
    "piece": lambda n: ngettext("%(n)d annen tekst", "%(n)d andre tekster", n) % {"n": n},
    "door-answer": lambda n: ngettext("%(n)d svar ved døra", "%(n)d svar ved døra", n) % {"n": n},
    "group-answer": lambda n: ngettext("%(n)d svar til gruppa", "%(n)d svar til gruppa", n) % {"n": n},
    "host-answer": lambda n: ngettext("%(n)d svar om en vert", "%(n)d svar om en vert", n) % {"n": n},
}  # fmt: skip

_ANSWERED = gettext_lazy("For at gruppa skal kunne bestemme noe sammen.")


def declare() -> None:
    register(
        Register(
            app="rooms",
            holdings=(
                Holding(
                    "rooms.Piece",
                    gettext_lazy("det du har skrevet og sagt, kladder også"),
                    gettext_lazy("For at de du vil dele med, skal kunne lese det."),
                    (Category.WORDS,),
                    whose=("author_id",),
                    mentions=("hidden_by",),
                    process="process_id",
                ),
                Holding(
                    "rooms.Seat",
                    gettext_lazy("hvilke rom du sitter i"),
                    gettext_lazy("For at du skal slippe inn der du hører til, og bare der."),
                    (Category.TAKING_PART,),
                    whose=("membership__person_id",),
                    process="room__process_id",
                ),
                Holding(
                    "rooms.GroupDecision",
                    gettext_lazy("at du har notert hva gruppa bestemte"),
                    _ANSWERED,
                    (Category.TRACES,),
                    mentions=("recorded_by",),
                    process="room__process_id",
                ),
                Holding(
                    "rooms.GroupAnswer",
                    gettext_lazy("ditt ja eller nei til noe gruppa ville ta med over"),
                    _ANSWERED,
                    (Category.TAKING_PART,),
                    whose=("person_id",),
                    process="decision__room__process_id",
                ),
                Holding(
                    "rooms.DoorWish",
                    gettext_lazy("det du har svart ved døra"),
                    _ANSWERED,
                    (Category.TAKING_PART,),
                    whose=("person_id",),
                    process="room__process_id",
                ),
                Holding(
                    "rooms.HostYes",
                    gettext_lazy("ditt ja eller nei til en vert"),
                    _ANSWERED,
                    (Category.TAKING_PART,),
                    whose=("person_id",),
                    process="seat__room__process_id",
                ),
            ),
            export=export,
            foretell=foretell,
            counts=counts,
            keep_without_name=keep_without_name,
            erase=erase,
            things=_THINGS,
        )
    )
