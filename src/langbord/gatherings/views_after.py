"""Pages after a gathering: who was there, what was noted together, the minutes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor, RoomFact
from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.base import seen
from langbord.base.errors import NotAllowed, NotNow
from langbord.inputs.actions import may_remove
from langbord.inputs.models import Noted
from langbord.library import looking
from langbord.rooms.models import Piece
from langbord.rooms.shown import by_line
from langbord.vault import preload_for

from . import after, minutes, rules
from .forms import GROUP, MinutesForm, NoteForm, ThereForm, WrongForm
from .models import Attendance, Gathering, Minutes
from .people import Place, at_the_table
from .views import found_gathering


def gathering_after(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """Together afterwards: who was there, and one field for what was said."""
    actor = actor_of(request)
    found, room = found_gathering(request, gathering, laid=True)
    or_missing(rules.may_say_heads(actor, room))
    if request.method != "POST":
        return _draw_after(request, found, room, process)
    places = at_the_table(actor, room) if rules.hosts_here(actor, room) else None
    form = _there_form(found, places, request.POST)
    if not form.is_valid():
        return _draw_after(
            request, found, room, process, there_form=form, note_form=_half(request), status=422
        )
    try:
        with refused_as_missing():
            if places is not None:
                after.mark_there(
                    actor=actor, gathering=found, person_ids=[UUID(pk) for pk in form.cleaned_data["people"]]
                )
            after.count_others(actor=actor, gathering=found, **form.heads)
    except NotNow as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Det er lagret."))
    return _back(request, found, room, process)


def _half(request: HttpRequest) -> NoteForm:
    """What was being written down when something else on the page was pressed: it stands there still."""
    return NoteForm(initial={"text": request.POST.get("text", "")})


def _back(request: HttpRequest, gathering: Gathering, room: RoomFact, slug: str) -> HttpResponse:
    """To the page anew, or at once with words that nobody has pressed a name for yet."""
    if request.POST.get("text", "").strip() and rules.may_say_heads(actor_of(request), room):
        return _draw_after(request, gathering, room, slug, note_form=_half(request))
    return redirect("gathering-after", process=slug, gathering=gathering.pk)


def _there_form(
    gathering: Gathering, places: list[Place] | None, data: Any = None, there: set[UUID] | None = None
) -> ThereForm:
    if places is not None:
        preload_for([place.person for place in places])
    return ThereForm(
        data,
        people=None if places is None else [(str(p.person.pk), p.person.shown_name) for p in places],
        initial={
            "people": [str(pk) for pk in there or ()],
            "others_citizens": gathering.others_citizens or None,
            "others_service": gathering.others_service or None,
            "others_hosts": gathering.others_hosts or None,
        },
    )


def _draw_after(
    request: HttpRequest,
    gathering: Gathering,
    room: RoomFact,
    slug: str,
    *,
    there_form: ThereForm | None = None,
    note_form: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    hosts = rules.hosts_here(actor, room)
    places = at_the_table(actor, room) if hosts else None
    marks = (
        list(Attendance.objects.visible_to(actor).with_person().filter(gathering=gathering)) if hosts else []
    )
    pieces = minutes.caught_pieces(actor, gathering)
    noted = (
        {n.piece_id: n for n in Noted.objects.visible_to(actor).filter(piece__in=pieces)} if pieces else {}
    )
    preload_for(
        [
            gathering,
            *(p.person for p in places or ()),
            *(m.person for m in marks),
            *pieces,
            *(p.author for p in pieces if p.author is not None),
        ]
    )
    here = {mark.person_id for mark in marks}
    at = {place.person.pk: number for number, place in enumerate(places or ())}
    return render(
        request,
        "gatherings/after.html",
        {
            "gathering": gathering,
            "room": room,
            "slug": slug,
            "begun": after.has_begun(gathering) and gathering.cancelled_at is None,
            "there_form": there_form or _there_form(gathering, places, there=here),
            "note_form": note_form or NoteForm(),
            "speakers": sorted((m.person for m in marks), key=lambda person: at.get(person.pk, len(at))),
            "group_value": GROUP,
            "caught": [_shown(piece, actor, noted.get(piece.pk), named=at) for piece in pieces],
            "hosts_here": hosts,
        },
        status=status,
    )


def _shown(piece: Piece, actor: Actor, noted: Noted | None, named: Collection[UUID] = ()) -> dict[str, Any]:
    """`named`: whose names the page shows this host anyway. At the joint table a note stands without a name; the one who
    held the pen sees whose name they pressed, as long as they may still take a slip away."""
    own = piece.author_id == actor.person_id and piece.signed
    slip = noted is not None and may_remove(actor, noted)
    pressed = slip and piece.author_id in named and piece.left_at is None and piece.words_removed_at is None
    shown = piece.author is not None and (own or pressed)
    by = piece.author.shown_name if shown and piece.author is not None else by_line(piece, actor)
    return {"piece": piece, "by": by, "may_remove": slip}


def gathering_note(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """Catch one input: the words, and a tap on the name of the one who said them."""
    actor = actor_of(request)
    found, room = found_gathering(request, gathering, laid=True)
    or_missing(rules.may_note(actor, room))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _draw_after(request, found, room, process, note_form=form, status=422)
    try:
        after.catch(
            actor=actor,
            gathering=found,
            text=form.cleaned_data["text"],
            speaker_id=form.cleaned_data["speaker"],
            piece_id=form.cleaned_data["once"],
        )
    except NotNow as refusal:
        form.add_error("text", str(refusal.message))
        return _draw_after(request, found, room, process, note_form=form, status=422)
    except NotAllowed:
        raise Http404 from None
    messages.success(request, _("Skrevet ned."))
    return redirect("gathering-after", process=process, gathering=found.pk)


def gathering_note_remove(request: HttpRequest, process: str, gathering: UUID, piece: UUID) -> HttpResponse:
    """Remove a note that one wrote wrongly oneself."""
    found, room = found_gathering(request, gathering, laid=True)
    try:
        with refused_as_missing():
            after.uncatch(actor=actor_of(request), gathering=found, piece_id=piece)
    except NotNow as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Fjernet."))
    return _back(request, found, room, process)


def minutes_page(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """The minutes, to read, to hear, to print, and to say that something is wrong."""
    found, room = found_gathering(request, gathering, laid=True)
    return _draw_minutes(request, found, room, process, WrongForm())


def _draw_minutes(
    request: HttpRequest, gathering: Gathering, room: RoomFact, slug: str, form: WrongForm, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    written = minutes.published(actor, gathering)
    wrong = minutes.corrections(actor, written) if written is not None else []
    quoted = minutes.quotes(actor, gathering, written) if written is not None else []
    may_write = rules.may_note(actor, room)
    if written is None and not may_write:
        raise Http404
    preload_for(
        [
            gathering,
            gathering.words,
            *([written.piece] if written is not None else []),
            *wrong,
            *quoted,
            *(p.author for p in wrong if p.author is not None),
        ]
    )
    return render(
        request,
        "gatherings/minutes.html",
        {
            "gathering": gathering,
            "words": gathering.words,
            "room": room,
            "slug": slug,
            "minutes": written,
            "wrong": [_shown(piece, actor, None) for piece in wrong],
            "quoted": quoted,
            "my_words": [p for p in quoted if p.author_id == actor.person_id],
            "form": form,
            "may_write": may_write,
        },
        status=status,
    )


def minutes_edit(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """Write minutes: begun from what was noted, kept as one's own draft, published when they are ready."""
    actor = actor_of(request)
    found, room = found_gathering(request, gathering, laid=True)
    or_missing(rules.may_note(actor, room))
    offered = minutes.quotable(actor, found)
    shared = own = None
    if request.method != "POST":
        shared = minutes.published(actor, found)
        own = minutes.draft(actor, found) or shared
    preload_for([found, *offered, *(written.piece for written in (shared, own) if written is not None)])
    choices = [(str(piece.pk), f"«{piece.body}»") for piece in offered]
    look, beside = None, ""
    meanwhile: list[tuple[Any, str]] = []
    if request.method == "POST":
        form = MinutesForm(request.POST, quotable=choices)
        if looking.wanted(request):
            looking.or_missing(actor, found.process_id)
            form = looking.as_typed(form, quotable=choices)
            look = looking.look(form, "text", actor=actor)
        elif form.is_valid():
            try:
                done = _write(request, form, found)
            except seen.ChangedMeanwhile:
                done, meanwhile = None, seen.show_both(form, _shared(actor, found))
            if done is not None:
                return done
    else:
        now_read = minutes.standing(shared)
        text, quoted = _begin(actor, found, own)
        initial = {
            "text": text,
            "quoted": [key for key, _words in choices] if quoted is None else quoted,
            "seen": seen.of(now_read),
        }
        form = MinutesForm(initial=initial, quotable=choices)
        # Whoever goes on with a draft of their own has what the room reads now beside it.
        beside = now_read["text"] if now_read["text"] != text else ""
    text = str(form["text"].value() or "")
    return render(
        request,
        "gatherings/minutes_edit.html",
        {
            "form": form,
            "gathering": found,
            "slug": process,
            "meanwhile": meanwhile,
            "beside": beside,
            "reading": None if look else minutes.reading_of(text, looking.language_now()),
            "look": look,
            "may_look": looking.may_look(actor, found.process_id),
        },
        status=422 if form.errors else 200,
    )


def _shared(actor: Actor, gathering: Gathering) -> dict[str, str]:
    """The minutes that the room reads now. One query, and one for the key."""
    written = minutes.published(actor, gathering)
    preload_for([written.piece] if written is not None else [])
    return minutes.standing(written)


def _begin(actor: Actor, gathering: Gathering, own: Minutes | None) -> tuple[str, list[str] | None]:
    """The text to go on with, and what it quotes already (None: nothing was chosen yet)."""
    if own is not None:
        return str(own.piece.body), minutes.quoted_ids(own)
    return minutes.begin_text(actor, gathering), None


def _write(request: HttpRequest, form: MinutesForm, gathering: Gathering) -> HttpResponse | None:
    actor, data = actor_of(request), form.cleaned_data
    slug = actor.slug_of(gathering.process_id)
    try:
        with refused_as_missing():
            if request.POST.get("publish"):
                minutes.publish(
                    actor=actor,
                    gathering=gathering,
                    text=data["text"],
                    piece_id=data["once"],
                    quoted=form.chosen,
                    seen=data["seen"],
                )
                messages.success(request, _("Referatet er delt med rommet."))
                return redirect("minutes", process=slug, gathering=gathering.pk)
            minutes.keep_draft(
                actor=actor,
                gathering=gathering,
                text=data["text"],
                piece_id=data["once"],
                quoted=form.chosen,
            )
    except seen.ChangedMeanwhile:
        raise
    except NotNow as refusal:
        form.add_error("text", str(refusal.message))
        return None
    messages.success(request, _("Lagret som kladd. Bare du kan lese den."))
    return redirect("minutes-edit", process=slug, gathering=gathering.pk)


def minutes_wrong(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """«Dette stemmer ikke»."""
    actor = actor_of(request)
    found, room = found_gathering(request, gathering, laid=True)
    written = minutes.published(actor, found)
    if written is None:
        raise Http404
    form = WrongForm(request.POST)
    if not form.is_valid():
        return _draw_minutes(request, found, room, process, form, status=422)
    with refused_as_missing():
        minutes.say_wrong(
            actor=actor, minutes=written, text=form.cleaned_data["text"], piece_id=form.cleaned_data["once"]
        )
    messages.success(request, _("Takk for at du sier fra. Verten og gruppa ser det nå."))
    return redirect("minutes", process=process, gathering=found.pk)
