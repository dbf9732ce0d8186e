"""Promises, saying back, the plan and the notes, corrections."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.base.errors import NotNow
from langbord.people.signin.views import posted

from . import writing
from .enums import OWN_TEXTS, Kind
from .forms import CommentForm, CorrectionForm, OwnTextForm, PromiseForm, ProposalForm, SayBackForm
from .http import back_to, do, draw, entry_of, meeting_of, shown_of
from .shown import Shown


def _say(request: HttpRequest, held: Shown, form: Any, kind: str, **more: Any) -> bool:
    """Say what the form holds. False, with the reason in the form, when it can't be said now."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        with refused_as_missing():
            writing.say(
                actor=actor_of(request),
                meeting=held.meeting,
                kind=kind,
                text=data["text"],
                due_on=data.get("due_on"),
                by_phone=data.get("by_phone", False),
                entry_id=data["once"],
                **more,
            )
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _agreed(
    request: HttpRequest, meeting: UUID, kind: Kind, form_class: type[CommentForm], page: str
) -> HttpResponse:
    held = shown_of(request, meeting)
    form = form_class(posted(request), advises=held.is_adviser)
    if request.method == "POST" and _say(request, held, form, kind):
        return redirect(page, meeting=meeting)
    return draw(request, "promises" if kind == Kind.PROMISE else "say_back", held, form=form)


def promises(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """What each promised, with its day; and a new promise."""
    return _agreed(request, meeting, Kind.PROMISE, PromiseForm, "first-meeting-promises")


def say_back(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """What was agreed, in each one's own words, beside each other."""
    return _agreed(request, meeting, Kind.SAY_BACK, SayBackForm, "first-meeting-say-back")


def plan(request: HttpRequest, meeting: UUID) -> HttpResponse:
    return _own(request, meeting, Kind.PLAN)


def notes(request: HttpRequest, meeting: UUID) -> HttpResponse:
    return _own(request, meeting, Kind.NOTES)


def _own(request: HttpRequest, meeting: UUID, kind: Kind) -> HttpResponse:
    """The citizen writes; the adviser reads and proposes."""
    held = shown_of(request, meeting)
    form: Any
    if held.is_citizen:
        form, saved = _saved(request, held, kind)
        if saved:
            return redirect(_page(kind), meeting=meeting)
    else:
        form = ProposalForm(posted(request))
        if request.method == "POST" and _say(request, held, form, OWN_TEXTS[kind]):
            return redirect(_page(kind), meeting=meeting)
    return _draw_own(request, held, kind, form)


def _saved(request: HttpRequest, held: Shown, kind: Kind) -> tuple[OwnTextForm, bool]:
    """The citizen's own text as it was posted, and whether it is saved."""
    own = held.own[kind]
    label, hint = _labels(kind)
    form = OwnTextForm(
        posted(request),
        label=label,
        hint=hint,
        initial={"text": str(own.text) if own else "", "version": own.version if own else 0},
    )
    if request.method != "POST" or not form.is_valid():
        return form, False
    data = form.cleaned_data
    try:
        with refused_as_missing():
            writing.write_own(
                actor=actor_of(request),
                meeting=held.meeting,
                kind=kind,
                text=data["text"],
                version=data["version"],
            )
    except NotNow as refusal:
        return _given_back(form, own.version if own else 0, label, hint, str(refusal)), False
    return form, True


def _draw_own(request: HttpRequest, held: Shown, kind: Kind, form: Any) -> HttpResponse:
    own = held.own[kind]
    return draw(
        request,
        "own_text",
        held,
        form=form,
        kind=kind.value,
        own=own,
        proposals=held.proposals[kind],
        meanwhile=own if form.errors and held.is_citizen else None,
    )


def _page(kind: Kind) -> str:
    return "first-meeting-plan" if kind == Kind.PLAN else "first-meeting-notes"


def _labels(kind: Kind) -> tuple[str, str]:
    if kind == Kind.PLAN:
        return _("Planen min"), _("Med dine egne ord. Bare du kan skrive her.")
    return _("Notatene mine"), _("Det du vil huske. Bare du kan skrive her.")


def _given_back(form: OwnTextForm, version: int, label: str, hint: str, why: str) -> OwnTextForm:
    """The words stay in the field; saved once more they count, since the newer text stands on the page to be seen."""
    again = OwnTextForm({"text": form.cleaned_data["text"], "version": version}, label=label, hint=hint)
    again.full_clean()
    again.add_error("text", why)
    return again


def take_in(request: HttpRequest, meeting: UUID, entry: UUID) -> HttpResponse:
    """The adviser's proposal goes into the citizen's own text, after what is being written there just now."""
    found = entry_of(request, meeting, entry)
    or_missing(found.kind in OWN_TEXTS.values())
    kind = next(own for own, proposal in OWN_TEXTS.items() if proposal == found.kind)
    if request.POST.get("text", "").strip() and found.taken_at is None:
        held = shown_of(request, meeting)
        or_missing(held.is_citizen)
        form, saved = _saved(request, held, kind)
        if not saved:
            return _draw_own(request, held, kind, form)
    do(
        request,
        lambda: writing.take_in(actor=actor_of(request), entry=found),
        _("Det står nederst i teksten din. Skriv det om som du vil."),
    )
    return redirect(_page(kind), meeting=meeting)


def correct(request: HttpRequest, meeting: UUID, entry: UUID) -> HttpResponse:
    """Words that are not right: what is right stands beside them."""
    held = shown_of(request, meeting)
    found = entry_of(request, meeting, entry)
    or_missing(writing.may_correct(held.seat, found))
    form = CorrectionForm(posted(request))
    if request.method == "POST" and _say(
        request, held, form, Kind.CORRECTION, about=found, thing=found.thing
    ):
        return _where(held, found)
    return draw(request, "correct", held, form=form, entry=found)


def _where(held: Shown, entry: Any) -> HttpResponse:
    if entry.kind == Kind.PROMISE:
        return redirect("first-meeting-promises", meeting=held.meeting.pk)
    if entry.kind == Kind.SAY_BACK:
        return redirect("first-meeting-say-back", meeting=held.meeting.pk)
    own = next((own for own, proposal in OWN_TEXTS.items() if proposal == entry.kind), None)
    if own is not None:
        return redirect(_page(own), meeting=held.meeting.pk)
    return back_to(held.meeting, entry.thing, "sagt")


def remove(request: HttpRequest, meeting: UUID, entry: UUID) -> HttpResponse:
    """One's own words go."""
    held, found = shown_of(request, meeting), entry_of(request, meeting, entry)
    do(request, lambda: writing.remove(actor=actor_of(request), entry=found), _("Det er borte."))
    return _where(held, found)


def kept(request: HttpRequest, meeting: UUID, entry: UUID) -> HttpResponse:
    """Done, or not done after all."""
    meeting_of(request, meeting)
    found = entry_of(request, meeting, entry)
    yes = request.POST.get("kept", "yes") == "yes"
    do(request, lambda: writing.kept(actor=actor_of(request), entry=found, yes=yes))
    return redirect("first-meeting-promises", meeting=meeting)
