"""What this is to a room just now, and what it was before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, refused_as_missing
from langbord.rooms import rules as room_rules
from langbord.rooms.enums import PieceKind
from langbord.rooms.http import room_of
from langbord.rooms.models import Piece, Room
from langbord.rooms.shown import show_all

from . import actions, rules
from .forms import WhatNowForm

A_PAGE = 20


def what_now(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """The newest view on top, the older ones under it. Anybody who reads the room may add theirs."""
    found, actor = room_of(request, room, *rules.HAS_WHAT_NOW), actor_of(request)
    hosting = room_rules.may_write_for_group(actor, found)
    closed = actor.is_closed(found.process_id)
    form = WhatNowForm(request.POST if request.method == "POST" else None, hosting=hosting)
    if request.method == "POST" and form.is_valid():
        with refused_as_missing():
            actions.say_what_now(
                actor=actor,
                room=found,
                text=form.cleaned_data["text"],
                together=form.cleaned_data.get("together", False),
                piece_id=form.cleaned_data["once"],
            )
        messages.success(request, _("Det er skrevet ned. Det som sto før, står under."))
        return redirect("what-now", process=process, room=found.pk)
    wanted = request.GET.get("side", "1")
    page = min(int(wanted), 10_000) if wanted.isascii() and wanted.isdigit() and int(wanted) > 0 else 1
    pieces = Piece.objects.visible_to(actor).filter(room=found, kind=PieceKind.WHAT_NOW)
    held = list(pieces.order_by("-shared_at", "-pk")[(page - 1) * A_PAGE : page * A_PAGE + 1])
    context = {
        "room": found,
        "slug": process,
        "form": form,
        "closed": closed,
        "said": [(s, room_rules.may_take_back(actor, s.piece)) for s in show_all(held[:A_PAGE], actor)],
        "older": page + 1 if len(held) > A_PAGE else None,
        "newer": page - 1 if page > 1 else None,
    }
    return render(request, "guides/what_now.html", context, status=422 if form.errors else 200)


def room_panel(actor: Actor, room: Room) -> tuple[str, dict[str, Any]] | None:
    """The way there, from the page of the room. No query."""
    if room.kind not in rules.HAS_WHAT_NOW or not actor.may_read(room.pk):
        return None
    url = reverse("what-now", args=[actor.slug_of(room.process_id), room.pk])
    return "guides/_what_now_link.html", {"url": url}
