"""The page of one piece, and what its author and the hosts may do with it where it lies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.enums import CITIZEN_ROOMS, RoomKind
from langbord.base import seen
from langbord.base.errors import NotNow

from . import actions, decisions, hooks, rules
from .enums import EXCHANGE, PieceKind
from .forms import EditForm, GroupTakesBackForm, HoldBackForm, TakeBackForm
from .http import piece_of
from .models import Piece
from .readers import Readers, readers_of, research_line
from .shown import readers_list, readers_sentence, show_all


def home_of(piece: Piece) -> str:
    """The page where a piece lies."""
    if piece.room_id is None or piece.room is None:
        return reverse("draft", args=[piece.pk])
    slug = piece.process.slug
    if piece.room.kind == RoomKind.BOARD:
        return reverse("board", args=[slug])
    name = "rules" if piece.kind == PieceKind.RULE else "room"
    if piece.kind in (PieceKind.WORD, PieceKind.MEANING):
        name = "room-words"
    if piece.kind in EXCHANGE and piece.room.kind in CITIZEN_ROOMS:
        name = "exchange"
    return reverse(name, args=[slug, piece.room_id])


def readers_now(actor: Actor, piece: Piece) -> Readers | None:
    """Who reads it where it lies; None for somebody who has left and still sees their own."""
    if piece.room is None or not actor.may_read(piece.room_id):
        return None
    return readers_of(piece.room, actor)


def piece_page(request: HttpRequest, piece: UUID) -> HttpResponse:
    """One piece: the words, who reads it, where its copies are, and what can be done."""
    found, actor = piece_of(request, piece), actor_of(request)
    if found.is_draft:
        return redirect("draft", piece=found.pk)
    people = readers_now(actor, found)
    mine = found.author_id is not None and found.author_id == actor.person_id
    of_group = found.author_id is None and rules.hosts(actor, found.room_id)
    copies = actions.copies_of(actor, found) if (mine or of_group) and found.copied_from_id is None else []
    shown = show_all([found], actor)[0]
    arrived = rules.has_arrived(found)
    writing = not actor.is_closed(found.process_id)
    context: dict[str, Any] = {
        "shown": shown,
        "piece": found,
        "home": home_of(found) if actor.may_read(found.room_id) else "",
        "sentence": readers_sentence(people) if people is not None else "",
        "readers": readers_list(people) if people is not None else [],
        "hidden_only": shown.hidden,
        "copies": copies,
        "may_edit": writing
        and rules.may_edit(actor, found)
        and not arrived
        and found.words_removed_at is None,
        "may_carry": mine and writing and bool(targets_for(actor, found, copies)),
        "may_take_back": (rules.may_take_back(actor, found) and found.words_removed_at is None)
        or rules.may_take_back_for_group(actor, found),
        "taken_back": decisions.taken_back_of(actor, found) if found.author_id is None else [],
        "may_hold": rules.may_hold_back(actor, found),
        "proposals": proposals_for(actor, found) if writing else [],
        "panels": [panel for make in hooks.piece_panels if (panel := make(actor, found)) is not None],
    }
    if mine and people is not None and found.room is not None:
        context |= research_line(actor, found.room)
    return render(request, "rooms/piece.html", context)


def targets_for(actor: Actor, piece: Piece, copies: list[Piece]) -> list[Any]:
    """The rooms (as facts) to which the author may take a piece and has not already."""
    taken = {copy.room_id for copy in copies}
    return [
        fact
        for fact in actor.rooms_in(piece.process_id)
        if fact.id not in taken and rules.may_carry_to(actor, piece, fact.id, fact.kind)
    ]


def proposals_for(actor: Actor, piece: Piece) -> list[Any]:
    """The rooms to which a host may propose that the group takes this."""
    if piece.author_id is not None or not rules.hosts(actor, piece.room_id):
        return []
    return [
        fact
        for fact in actor.rooms_in(piece.process_id, RoomKind.BOARD, RoomKind.JOINT)
        if rules.may_propose_to(actor, piece, fact.id, fact.kind)
    ]


def piece_edit(request: HttpRequest, piece: UUID) -> HttpResponse:
    """Change one's own words (a host: those of the group)."""
    found, actor = piece_of(request, piece), actor_of(request)
    or_missing(rules.may_edit(actor, found))
    if found.is_draft:
        return redirect(reverse("tell") + f"?kladd={found.pk}")
    standing = {"text": str(found.body)}
    initial = {**standing, "seen": seen.of(standing)}
    form = EditForm(request.POST if request.method == "POST" else None, initial=initial)
    meanwhile: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            with refused_as_missing():
                actions.edit(actor=actor, piece=found, **form.cleaned_data)
        except seen.ChangedMeanwhile:
            found = piece_of(request, piece)
            meanwhile = seen.show_both(form, {"text": str(found.body)})
        except NotNow as refusal:
            messages.warning(request, str(refusal))
            return redirect("piece", piece=found.pk)
        else:
            messages.success(request, _("Lagret."))
            return redirect("piece", piece=found.pk)
    shown = show_all([found], actor)[0]
    return render(
        request,
        "rooms/piece_edit.html",
        {"form": form, "shown": shown, "meanwhile": meanwhile},
        status=422 if form.errors else 200,
    )


def take_back(request: HttpRequest, piece: UUID) -> HttpResponse:
    """Says what will happen, then takes it back."""
    found, actor = piece_of(request, piece), actor_of(request)
    if rules.may_take_back_for_group(actor, found):
        return _group_takes_back(request, found)
    or_missing(rules.may_take_back(actor, found))
    copies = actions.copies_of(actor, found) if found.copied_from_id is None else []
    if found.is_draft and not copies:
        return redirect("draft", piece=found.pk)
    arrived = rules.has_arrived(found)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        after = reverse("tell") if arrived or found.author_id is None else reverse("draft", args=[found.pk])
        if found.author_id is None:
            after = home_of(found)
        with refused_as_missing():
            actions.take_back(
                actor=actor, piece=found, with_copies=bool(copies) and form.cleaned_data["with_copies"]
            )
        messages.success(
            request,
            _("Det er gjort. Regelen er tatt bort.")
            if found.author_id is None
            else _("Det er gjort. Ingen andre kan lese det der nå.")
            if arrived
            else _("Det er gjort. Nå er det en kladd som bare du kan lese."),
        )
        return redirect(after)
    context = {
        "form": form,
        "shown": show_all([found], actor)[0],
        "copies": copies,
        "arrived": arrived,
        "piece": found,
    }
    return render(request, "rooms/take_back.html", context, status=422 if form.errors else 200)


def _group_takes_back(request: HttpRequest, found: Piece) -> HttpResponse:
    """A host takes back the group's own copy on the group's word, or asks each citizen."""
    actor = actor_of(request)
    form = GroupTakesBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["how"] == "said"
        with refused_as_missing():
            decisions.take_back_for_group(
                actor=actor, copy=found, said=said, decision_id=form.cleaned_data["once"]
            )
        messages.success(
            request,
            _("Det er gjort. Ingen andre kan lese det der nå. Gruppa ser at det var du som skrev det inn.")
            if said
            else _("Nå kan hver innbygger i gruppa svare ja eller nei. Et nei stopper det."),
        )
        return redirect("room", process=found.process.slug, room=found.sealed_by)
    context = {"form": form, "shown": show_all([found], actor)[0], "piece": found}
    return render(request, "rooms/group_takes_back.html", context, status=422 if form.errors else 200)


def hold_back(request: HttpRequest, piece: UUID) -> HttpResponse:
    """Hold something back until one has talked with its author."""
    found, actor = piece_of(request, piece), actor_of(request)
    or_missing(rules.may_hold_back(actor, found))
    standing = {"why": str(found.hidden_why)}
    initial = {**standing, "seen": seen.of(standing)}
    form = HoldBackForm(request.POST if request.method == "POST" else None, initial=initial)
    meanwhile: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            with refused_as_missing():
                actions.hold_back(actor=actor, piece=found, **form.cleaned_data)
        except seen.ChangedMeanwhile:
            meanwhile = seen.show_both(form, {"why": str(piece_of(request, piece).hidden_why)})
        else:
            messages.success(
                request,
                _("Bare koordinatoren og den som skrev det, ser det nå. Snakk sammen.")
                if _on_board(found)
                else _("Bare dere som er verter, og den som skrev det, ser det nå. Snakk sammen."),
            )
            return redirect("piece", piece=found.pk)
    shown = show_all([found], actor)[0]
    return render(
        request,
        "rooms/hold_back.html",
        {"form": form, "shown": shown, "meanwhile": meanwhile},
        status=422 if form.errors else 200,
    )


def _on_board(piece: Piece) -> bool:
    return piece.room is not None and piece.room.kind == RoomKind.BOARD


def let_out(request: HttpRequest, piece: UUID) -> HttpResponse:
    """Show it again after the talk."""
    found, actor = piece_of(request, piece), actor_of(request)
    with refused_as_missing():
        actions.let_out(actor=actor, piece=found)
    messages.success(
        request,
        _("Nå kan alle som leser tavla, lese det igjen.")
        if _on_board(found)
        else _("Nå kan alle i rommet lese det igjen."),
    )
    return redirect("piece", piece=found.pk)
