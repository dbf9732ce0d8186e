"""Reflection: marks on a sheet, first alone, then together, with the picture."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base import seen as marks_of
from langbord.base.errors import NotNow
from langbord.library.content import Sheet
from langbord.vault import preload_for

from . import pictures, rounds, rules, sheets
from .enums import Outcome
from .forms import MarksForm, RoundForm, TogetherForm, field_name, initial_of
from .models import Laid, OwnMarks, Round
from .views_labs import room_or_missing


def _sheet_or_missing(key: str) -> Sheet:
    found = sheets.find(key)
    if found is None:
        raise Http404
    return found


def reflection(request: HttpRequest, sheet: str) -> HttpResponse:
    """My own marks on a sheet: mine alone. The earlier ones stand beside, as they were."""
    actor = actor_of(request)
    found = _sheet_or_missing(sheet)
    own = rounds.own(actor, found, 2)
    preload_for(own)
    last = own[0] if own else None
    if request.method == "POST":
        form = MarksForm(request.POST, sheet=found)
        if form.is_valid():
            rounds.keep_own(actor=actor, sheet=found, marks=form.marks, words=form.cleaned_data["words"])
            messages.success(request, _("Lagret. Bare du kan se det."))
            return redirect("reflection", sheet=found.key)
    else:
        form = MarksForm(initial=_initial(found, last), sheet=found)
    shown = [
        (marks, pictures.own_pictures(found, sheets.kept(found, rounds.read(str(marks.marks)))))
        for marks in own
    ]
    return render(
        request,
        "learning/staff/reflection.html",
        {
            "sheet": found,
            "parts": sheets.around(found),
            "form": form,
            "now": shown[0] if shown else None,
            "earlier": shown[1] if len(shown) > 1 else None,
            "together": [(actor.slug_of(r.process_id), r.name) for r in rules.service_rooms(actor)],
        },
        status=422 if form.errors else 200,
    )


def _initial(sheet: Sheet, marks: Any) -> dict[str, str]:
    if marks is None:
        return {}
    return initial_of(sheets.kept(sheet, rounds.read(str(marks.marks))), str(marks.words))


def reflection_throw(request: HttpRequest, marks: UUID) -> HttpResponse:
    """Throw my own marks away for good."""
    actor = actor_of(request)
    found = get_visible_or_404(OwnMarks, actor, pk=marks)
    with refused_as_missing():
        rounds.throw_own(actor=actor, marks=found)
    messages.success(request, _("Merkene er kastet."))
    return redirect("learning")


def round_open(request: HttpRequest, process: str) -> HttpResponse:
    """Open a round on a sheet in the service room."""
    actor = actor_of(request)
    room = room_or_missing(request)
    form = RoundForm(request.POST)
    if not rules.arranges(actor, room) or not form.is_valid():
        raise Http404
    sheet = _sheet_or_missing(form.cleaned_data["sheet"])
    try:
        with refused_as_missing():
            made = rounds.open_round(actor=actor, room=room, sheet=sheet, round_id=form.cleaned_data["once"])
    except NotNow as refusal:
        messages.warning(request, str(refusal))
        return redirect("learning-together", process=process)
    return redirect("round", process=process, round=made.pk)


def _round_or_missing(request: HttpRequest, key: UUID) -> tuple[Round, Sheet]:
    room = room_or_missing(request)
    found = get_visible_or_404(Round, actor_of(request), pk=key, process_id=room.process_id)
    return found, _sheet_or_missing(found.sheet_key)


def round_page(request: HttpRequest, process: str, round: UUID) -> HttpResponse:
    """A round. Open: lay one's marks. Closed: the picture, or a sheet for all."""
    found, sheet = _round_or_missing(request, round)
    return _draw(request, process, found, sheet)


def _draw(
    request: HttpRequest,
    slug: str,
    found: Round,
    sheet: Sheet,
    form: MarksForm | None = None,
    status: int = 200,
    together: bool = False,
    meanwhile: list[tuple[Any, str]] | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    room = room_or_missing(request)
    arranges = rules.arranges(actor, room)
    mine = rounds.mine_in(actor, found)
    context: dict[str, Any] = {
        "slug": slug,
        "room": room,
        "round": found,
        "sheet": sheet,
        "parts": sheets.around(sheet),
        "mine": mine,
        "arranges": arranges,
        "outcome": Outcome(found.outcome) if found.outcome else None,
    }
    if found.closed_at is None:
        own = rounds.own(actor, sheet, 1)
        preload_for([*own, *([mine] if mine else [])])
        begin = _initial(sheet, mine if mine is not None else (own[0] if own else None))
        if (
            mine is None
        ):  # the words beside were for oneself alone: whoever wants them on the table writes them there
            begin |= {"words": ""}
        context["form"] = form or MarksForm(initial=begin, sheet=sheet)
        return render(request, "learning/staff/round_open.html", context, status=status)
    seen = rounds.seen(actor, found)
    preload_for([mine] if mine else [])
    earlier = (
        Round.objects.visible_to(actor)
        .filter(
            room_id=found.room_id,
            sheet_key=found.sheet_key,
            outcome=Outcome.SHOWN,
            closed_at__lt=found.closed_at,
        )
        .order_by("-closed_at")
        .first()
    )
    before = rounds.seen(actor, earlier).counts if earlier is not None and seen.counts else None
    unsent = form is not None and not together
    if form is None and arranges:
        mark = marks_of.of(rounds.both_of(sheet, found))
        initial = {**initial_of(seen.together, seen.together_words), "seen": mark}
        form = TogetherForm(initial=initial, sheet=sheet)
    context |= {
        "seen": seen,
        "pictures": pictures.round_pictures(sheet, seen.counts, before),
        "earlier": earlier,
        "together": pictures.own_pictures(sheet, seen.together) if found.together_at else [],
        "form": form,
        "unsent": unsent,
        "meanwhile": meanwhile or [],
    }
    return render(request, "learning/staff/round.html", context, status=status)


def round_lay(request: HttpRequest, process: str, round: UUID) -> HttpResponse:
    """Lay my marks on the table. When others have closed the round meanwhile, what was written comes back, to be kept for
    oneself."""
    found, sheet = _round_or_missing(request, round)
    form = MarksForm(request.POST, sheet=sheet)
    if not form.is_valid():
        return _draw(request, process, found, sheet, form, status=422)
    try:
        with refused_as_missing():
            rounds.lay(
                actor=actor_of(request),
                round_=found,
                sheet=sheet,
                marks=form.marks,
                words=form.cleaned_data["words"],
            )
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        # As it is now: others may have closed it while these words were written.
        found, sheet = _round_or_missing(request, round)
        return _draw(request, process, found, sheet, form, status=422)
    messages.success(request, _("Merkene dine ligger på bordet, uten navn."))
    return redirect("round", process=process, round=found.pk)


def round_take_back(request: HttpRequest, process: str, round: UUID) -> HttpResponse:
    """Take my marks off the table; when the round is closed, my words."""
    found, _sheet = _round_or_missing(request, round)
    rounds.take_back(actor=actor_of(request), round_=found)
    messages.success(request, _("Tatt tilbake."))
    return redirect("round", process=process, round=found.pk)


def laid_take_back(request: HttpRequest, laid: UUID) -> HttpResponse:
    """The same for whoever no longer reads the room: what they laid is still theirs."""
    actor = actor_of(request)
    found = get_visible_or_404(Laid, actor, among=Laid.objects.visible_to(actor).with_round(), pk=laid)
    rounds.take_back(actor=actor, round_=found.round)
    messages.success(request, _("Tatt tilbake."))
    return redirect("learning")


def round_close(request: HttpRequest, process: str, round: UUID) -> HttpResponse:
    """Close a round: what it shows is decided now."""
    found, _sheet = _round_or_missing(request, round)
    try:
        with refused_as_missing():
            rounds.close(actor=actor_of(request), round_=found)
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    return redirect("round", process=process, round=found.pk)


def round_together(request: HttpRequest, process: str, round: UUID) -> HttpResponse:
    """Keep the sheet that all have filled in aloud."""
    actor = actor_of(request)
    found, sheet = _round_or_missing(request, round)
    if not rules.arranges(actor, room_or_missing(request)):
        raise Http404
    form = TogetherForm(request.POST, sheet=sheet)
    if not form.is_valid():
        return _draw(request, process, found, sheet, form, status=422, together=True)
    try:
        with refused_as_missing():
            rounds.fill_together(
                actor=actor,
                round_=found,
                sheet=sheet,
                marks=form.marks,
                words=form.cleaned_data["words"],
                seen=form.cleaned_data["seen"],
            )
    except marks_of.ChangedMeanwhile:
        found, sheet = _round_or_missing(request, round)
        meanwhile = _standing(form, sheet, found)
        return _draw(request, process, found, sheet, form, status=422, together=True, meanwhile=meanwhile)
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return _draw(request, process, found, sheet, form, status=422, together=True)
    messages.success(request, _("Lagret for alle i rommet."))
    return redirect("round", process=process, round=found.pk)


def _standing(form: TogetherForm, sheet: Sheet, round_: Round) -> list[tuple[Any, str]]:
    """What somebody else filled in meanwhile, in words, to lay beside what was sent."""
    preload_for([round_])
    return marks_of.show_both(
        form,
        rounds.both_of(sheet, round_),
        field_of=lambda key: key if key == rounds.WORDS else field_name(key),
    )
