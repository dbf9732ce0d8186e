"""*Fortell*: write, keep as a draft that nobody else reads, then choose who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.enums import CITIZEN_ROOMS, RoomKind
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotAllowed, NotNow
from langbord.rooms import actions, rules
from langbord.rooms.models import Piece, Room
from langbord.rooms.querysets import PieceQuerySet
from langbord.rooms.readers import audience
from langbord.rooms.shown import readers_sentence, show_all

from .forms import TellForm

A_PAGE = 20


def tell(request: HttpRequest) -> HttpResponse:
    """One large field. `?kladd=<id>` goes on with an own draft. Under it what I have written, and where it lies. Whoever
    takes part in nothing any more still finds their own words here."""
    actor = actor_of(request)
    or_missing(bool(actor.sittings) or request.method != "POST")
    if request.method == "POST":
        form = TellForm(request.POST, actor=actor)
        if form.is_valid():
            draft = _keep(actor, form.cleaned_data)
            if draft.is_draft:
                messages.success(request, _("Lagret. Bare du kan lese det."))
            return redirect("draft", piece=draft.pk)
    else:
        form = TellForm(actor=actor, initial=_go_on(request, actor))
    return render(
        request, "stories/tell.html", _tell_context(request, actor, form), status=422 if form.errors else 200
    )


def _go_on(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    wanted = request.GET.get("kladd", "")
    if not wanted:
        return {}
    draft = get_visible_or_404(Piece, actor, among=_own(actor), pk=_uuid_or_missing(wanted))
    or_missing(draft.is_draft)
    return {"once": draft.pk, "text": draft.body, "kind": draft.kind, "process": str(draft.process_id)}


def _uuid_or_missing(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        or_missing(False)
    return None


def _own(actor: Actor) -> PieceQuerySet:
    return Piece.objects.visible_to(actor).filter(author_id=actor.person_id)


def _tell_context(request: HttpRequest, actor: Actor, form: TellForm) -> dict[str, Any]:
    wanted = request.GET.get("side", "1")
    page = min(int(wanted), 10_000) if wanted.isascii() and wanted.isdigit() and int(wanted) > 0 else 1
    mine = list(_own(actor).order_by("-created_at")[(page - 1) * A_PAGE : page * A_PAGE + 1])
    shown = show_all(mine[:A_PAGE], actor)
    return {
        "form": form,
        "may_tell": bool(actor.sittings),
        "drafts": [s for s in shown if s.piece.is_draft],
        "shared": [(s, _where(s.piece)) for s in shown if not s.piece.is_draft],
        "older": page + 1 if len(mine) > A_PAGE else None,
        "newer": page - 1 if page > 1 else None,
    }


def _where(piece: Piece) -> str:
    return piece.room.name if piece.room is not None else ""


def _keep(actor: Actor, data: dict[str, Any]) -> Piece:
    """The draft, or the piece that the same form has become in the meantime. If that was shared and the words have
    changed since, they are kept as a draft of their own: nothing that was written is lost."""
    once: UUID = data["once"]
    process_id = UUID(data["process"])
    earlier = _own(actor).filter(pk=once).first()
    if earlier is not None and not earlier.is_draft:
        if earlier.body == data["text"]:
            return earlier
        once = uuid5(once, data["text"])
    with refused_as_missing():
        return actions.save_draft(
            actor=actor, process_id=process_id, kind=data["kind"], text=data["text"], piece_id=once
        )


def tell_autosave(request: HttpRequest) -> HttpResponse:
    """Keeps what is being written, as the draft that the page's own id names. 204 when there is nothing more to say."""
    actor = actor_of(request)
    or_missing(bool(actor.sittings))
    form = TellForm(request.POST, actor=actor)
    if not form.is_valid():
        if not request.POST.get("text", "").strip():
            return HttpResponse(status=204)
        return HttpResponse(_("Ikke lagret ennå"), status=422, content_type="text/plain; charset=utf-8")
    data = form.cleaned_data
    try:
        actions.save_draft(
            actor=actor,
            process_id=UUID(data["process"]),
            kind=data["kind"],
            text=data["text"],
            piece_id=data["once"],
        )
    except NotAllowed:
        # Shared in another window meanwhile, or not theirs: the same words for both, and the page keeps the text.
        return HttpResponse(_("Ikke lagret ennå"), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@dataclass(frozen=True)
class Choice:
    """One place where a draft may be shared, with who will read it there."""

    room_id: UUID
    kind: str
    name: str
    sentence: str
    total: int


def choices_for(actor: Actor, draft: Piece) -> list[Choice]:
    """Where this draft can be shared now, narrowest first. Three queries and one for the keys. Nowhere in a process that
    is over."""
    if actor.is_closed(draft.process_id):
        return []
    reads = [fact for fact in actor.rooms_in(draft.process_id) if actor.may_read(fact.id)]
    reads = [
        fact
        for fact in reads
        if fact.kind != RoomKind.BOARD or rules.may_carry_to(actor, draft, fact.id, fact.kind)
    ]
    order = [
        RoomKind.PEER,
        RoomKind.GROUP,
        RoomKind.SERVICE,
        RoomKind.STEERING,
        RoomKind.RESEARCH,
        RoomKind.JOINT,
    ]
    reads.sort(key=lambda fact: order.index(RoomKind(fact.kind)) if fact.kind in order else len(order))
    people = audience(draft.process_id, actor)
    choices = []
    for fact in reads:
        readers = people.of(Room(id=fact.id, kind=fact.kind, process_id=fact.process_id))
        choices.append(Choice(fact.id, fact.kind, fact.name, readers_sentence(readers), readers.total))
    return choices


def draft(request: HttpRequest, piece: UUID) -> HttpResponse:
    """A draft, and three plain choices of who may see it."""
    actor = actor_of(request)
    found = get_visible_or_404(Piece, actor, among=_own(actor), pk=piece)
    if not found.is_draft:
        return redirect("piece", piece=found.pk)
    return _draw_draft(request, actor, found)


def _draw_draft(
    request: HttpRequest, actor: Actor, found: Piece, wrong: str = "", status: int = 200
) -> HttpResponse:
    choices = choices_for(actor, found)
    copies = actions.copies_of(actor, found)
    taken = {copy.room_id for copy in copies}
    joint = actor.rooms_in(found.process_id, RoomKind.JOINT)
    context = {
        "shown": show_all([found], actor)[0],
        "piece": found,
        "choices": [c for c in choices if c.room_id not in taken],
        "citizen_rooms": list(CITIZEN_ROOMS),
        "slug": actor.slug_of(found.process_id),
        "copies": copies,
        "joint_closed": bool(joint)
        and not actor.may_read(joint[0].id)
        and not actor.is_closed(found.process_id),
        "wrong": wrong,
    }
    return render(request, "stories/draft.html", context, status=status)


def share_draft(request: HttpRequest, piece: UUID) -> HttpResponse:
    """Share with the room that was chosen. To the board it goes by way of the page that shows who will read it."""
    actor = actor_of(request)
    found = get_visible_or_404(Piece, actor, among=_own(actor), pk=piece)
    wanted = request.POST.get("to", "")
    if not found.is_draft:
        return redirect("piece", piece=found.pk)
    if wanted == "me":
        return redirect("tell")
    fact = next((f for f in actor.rooms if str(f.id) == wanted and f.process_id == found.process_id), None)
    if fact is None or not actor.may_read(fact.id):
        return _draw_draft(
            request, actor, found, wrong=_("Dette stedet finnes ikke lenger. Velg et annet."), status=422
        )
    if fact.kind == RoomKind.BOARD:
        return redirect("carry-to", piece=found.pk, room=fact.id)
    room = get_visible_or_404(Room, actor, pk=fact.id)
    try:
        with refused_as_missing():
            actions.write(actor=actor, room=room, kind=found.kind, text=found.body, piece_id=found.pk)
    except NotNow as refusal:
        return _draw_draft(request, actor, found, wrong=str(refusal), status=422)
    messages.success(request, _("Delt. Du kan ta det tilbake når du vil."))
    return redirect("piece", piece=found.pk)


def throw_away(request: HttpRequest, piece: UUID) -> HttpResponse:
    """Throw an own draft away for good."""
    actor = actor_of(request)
    found = get_visible_or_404(Piece, actor, among=_own(actor), pk=piece)
    with refused_as_missing():
        actions.throw_away(actor=actor, piece=found)
    messages.success(request, _("Kladden er kastet."))
    return redirect("tell")
