"""Taking a piece over to another room: one's own by oneself, the group's by the group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.enums import CITIZEN_ROOMS, RoomKind
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow

from . import actions, decisions, rules
from .forms import CarryForm, ProposeForm, YesNoForm
from .http import piece_of
from .models import GroupDecision, Room
from .readers import readers_of
from .shown import readers_list, show_all
from .views_pieces import targets_for


def carry(request: HttpRequest, piece: UUID) -> HttpResponse:
    """Choose where to."""
    found, actor = piece_of(request, piece), actor_of(request)
    or_missing(found.author_id is not None and found.author_id == actor.person_id)
    copies = actions.copies_of(actor, found)
    joint = actor.rooms_in(found.process_id, RoomKind.JOINT)
    context: dict[str, Any] = {
        "shown": show_all([found], actor)[0],
        "piece": found,
        "targets": targets_for(actor, found, copies),
        "copies": copies,
        "joint_closed": bool(joint) and not actor.may_read(joint[0].id),
    }
    return render(request, "rooms/carry.html", context)


def carry_to(request: HttpRequest, piece: UUID, room: UUID) -> HttpResponse:
    """Exactly who will be able to read it, the words that go along, with my name or without; then a copy goes."""
    found, actor = piece_of(request, piece), actor_of(request)
    target = get_visible_or_404(Room, actor, pk=room)
    or_missing(rules.may_carry(actor, found, target))
    there = next((copy for copy in actions.copies_of(actor, found) if copy.room_id == target.pk), None)
    if there is not None:
        return redirect("piece", piece=there.pk)
    people = readers_of(target, actor)
    form = CarryForm(request.POST if request.method == "POST" else None, initial={"text": found.body})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refused_as_missing():
            copy = actions.carry_over(
                actor=actor,
                piece=found,
                target=target,
                text=data["text"],
                copy_id=data["once"],
                signed=data["signed"] == "yes",
            )
        if target.kind == RoomKind.BOARD:
            messages.success(request, _("Takk. Nå ligger det på tavla. Der ser du hvem som svarer, og når."))
        else:
            messages.success(request, _("Takk. Nå kan de andre lese det der. Ditt eget ligger der det lå."))
        return redirect("piece", piece=copy.pk)
    context = {
        "form": form,
        "shown": show_all([found], actor)[0],
        "target": target,
        "is_board": target.kind == RoomKind.BOARD,
        "readers": readers_list(people),
        "total": people.total,
    }
    return render(request, "rooms/carry_to.html", context, status=422 if form.errors else 200)


def propose(request: HttpRequest, piece: UUID, room: UUID) -> HttpResponse:
    """A host proposes that the group takes something of its own over. The citizens decide."""
    found, actor = piece_of(request, piece), actor_of(request)
    target = get_visible_or_404(Room, actor, pk=room)
    or_missing(rules.may_propose_decision(actor, found, target))
    people = readers_of(target, actor)
    form = ProposeForm(request.POST if request.method == "POST" else None, initial={"text": found.body})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refused_as_missing():
            decisions.propose(
                actor=actor,
                piece=found,
                target=target,
                text=data["text"],
                agreed_at_gathering=data["agreed_at_gathering"],
                decision_id=data["once"],
            )
        messages.success(request, _("Nå kan hver innbygger i gruppa svare ja eller nei. Et nei stopper det."))
        return redirect("room", process=found.process.slug, room=found.room_id)
    context = {
        "form": form,
        "shown": show_all([found], actor)[0],
        "target": target,
        "readers": readers_list(people),
        "total": people.total,
    }
    return render(request, "rooms/propose.html", context, status=422 if form.errors else 200)


def decision_answer(request: HttpRequest, decision: UUID) -> HttpResponse:
    """One citizen's own yes or no to a group decision."""
    actor = actor_of(request)
    found = get_visible_or_404(GroupDecision, actor, pk=decision)
    fact = actor.room(found.room_id)
    or_missing(fact is not None and fact.kind in CITIZEN_ROOMS)
    assert fact is not None
    form = YesNoForm(request.POST)
    or_missing(form.is_valid())
    try:
        with refused_as_missing():
            decisions.answer(actor=actor, decision=found, yes=form.cleaned_data["answer"] == "yes")
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Takk. Bare du ser hva du svarte."))
    return redirect("room", process=actor.slug_of(fact.process_id), room=fact.id)
