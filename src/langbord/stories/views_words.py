"""The page of a room's own words. Thin: load through the gate, call one action, show."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow
from langbord.rooms.http import room_of
from langbord.rooms.models import Piece, Room

from . import wordlist
from .forms import MeaningForm, WordForm


def room_words(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """The list; a POST puts a word on it."""
    found, actor = room_of(request, room), actor_of(request)
    or_missing(wordlist.has_list(found))
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                piece = wordlist.ask(
                    actor=actor,
                    room=found,
                    text=data["text"],
                    piece_id=data["once"],
                    signed=not data["nameless"],
                )
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Nå står det på lista. Den som vet noe, kan forklare."))
            return redirect(_address(process, found, piece))
    return _draw(request, process, found, form)


def word_explain(request: HttpRequest, process: str, room: UUID, piece: UUID) -> HttpResponse:
    """Explain one word of the list."""
    found, actor = room_of(request, room), actor_of(request)
    word = get_visible_or_404(Piece, actor, pk=piece, room_id=found.pk)
    form = MeaningForm(request.POST, auto_id=f"forklar-{word.pk}-%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                wordlist.explain(
                    actor=actor,
                    room=found,
                    word=word,
                    text=data["text"],
                    piece_id=data["once"],
                    signed=not data["nameless"],
                )
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Takk. Forklaringen din står ved ordet."))
            return redirect(_address(process, found, word))
    return _draw(request, process, found, WordForm(), explained=word.pk, meaning_form=form)


def _address(process: str, room: Room, piece: Piece) -> str:
    return reverse("room-words", args=[process, room.pk]) + f"#b-{piece.pk}"


def _draw(
    request: HttpRequest,
    process: str,
    room: Room,
    form: WordForm,
    *,
    explained: UUID | None = None,
    meaning_form: MeaningForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    words = wordlist.words_of(actor, room)
    forms = {
        entry.word.piece.pk: meaning_form
        if meaning_form is not None and entry.word.piece.pk == explained
        else MeaningForm(auto_id=f"forklar-{entry.word.piece.pk}-%s")
        for entry in words.entries
    }
    context: dict[str, Any] = {
        "room": room,
        "slug": process,
        "form": form,
        "meaning_form": meaning_form,
        "words": [(entry, forms[entry.word.piece.pk]) for entry in words.words],
        "questions": [(entry, forms[entry.word.piece.pk]) for entry in words.questions],
        "alone": words.alone,
        "explained": explained,
        "suggestions": [
            (suggestion, WordForm(initial={"text": suggestion.word}, auto_id=False))
            for suggestion in wordlist.suggestions(actor, room, words, (get_language() or "nb")[:2])
        ],
        "noting": wordlist.notes_for_group(actor, room),
        "closed": actor.is_closed(room.process_id),
    }
    wrong = bool(form.errors or (meaning_form is not None and meaning_form.errors))
    return render(request, "stories/words.html", context, status=422 if wrong else 200)
