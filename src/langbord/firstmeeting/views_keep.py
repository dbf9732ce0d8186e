"""Paper, the file, a first card, being counted, deleting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.base import clock
from langbord.base.errors import NotAllowed
from langbord.base.forms import own_id
from langbord.people.signin.cards import printed_where
from langbord.people.signin.factor import qr_svg
from langbord.people.signin.views import posted

from . import actions, cards, points
from .enums import Answer, Seat
from .forms import CountForm, NameForm
from .http import back_to, do, draw, shown_of
from .models import FirstCard


def blank(request: HttpRequest) -> HttpResponse:
    """The list on paper, empty. Nothing of anybody."""
    return render(request, "firstmeeting/paper.html", {"things": points.things(), "sheet": points.sheet()})


def paper(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """The list on paper, as it stands now."""
    return draw(request, "paper", shown_of(request, meeting), sheet=points.sheet())


def file(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """The citizen's list as a page that needs nothing else, to take along."""
    held = shown_of(request, meeting)
    or_missing(held.is_citizen)
    page = render_to_string(
        "firstmeeting/file.html", {"held": held, "sheet": points.sheet(), "made_at": clock.now()}
    )
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{_("forste-mote")}-{clock.today().isoformat()}.html"'
    )
    response.headers["Cache-Control"] = "no-store, private"
    return response


def card(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """An account with a first card for somebody who has none. The codes exist only in the answer, and on the paper."""
    actor = actor_of(request)
    held = shown_of(request, meeting)
    first = FirstCard.objects.visible_to(actor).not_used().with_person().filter(meeting_id=meeting).first()
    or_missing(held.is_adviser and (first is not None or held.other is None))
    form = NameForm(posted(request)) if first is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        with refused_as_missing():
            if form is not None:
                cards.register_for(
                    actor=actor,
                    meeting=held.meeting,
                    name=form.cleaned_data["name"],
                    person_id=own_id("person", form.cleaned_data["once"]),
                )
                first = FirstCard.objects.visible_to(actor).with_person().get(meeting_id=meeting)
            if first is None:
                raise NotAllowed()
            printed = cards.print_card(actor=actor, first=first)
        qr = qr_svg(printed.url, _("QR-kode som åpner innloggingen"))
        response = draw(request, "staff/card_printed", held, printed=printed, qr=qr, **printed_where())
        response.headers["Cache-Control"] = "no-store, private"
        return response
    return draw(request, "staff/card", held, form=form, first=first)


def count(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Whether the list may be counted: asked once, taken back whenever one likes."""
    held = shown_of(request, meeting)
    or_missing(held.is_citizen)
    form = CountForm(posted(request), initial={"answer": held.meeting.counts or None})
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        with refused_as_missing():
            actions.answer_counting(actor=actor_of(request), meeting=held.meeting, answer=answer)
        messages.success(
            request,
            _("Takk. Du kan ta det tilbake når du vil.")
            if answer == Answer.YES
            else _("Greit. Lista di blir ikke telt med."),
        )
        return back_to(held.meeting)
    return draw(request, "count", held, form=form)


def delete(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """The list goes for good: asked once more first."""
    held = shown_of(request, meeting)
    or_missing(held.is_citizen or not any(p.side == Seat.CITIZEN for p in held.parties))
    if request.method == "POST":
        do(
            request,
            lambda: actions.delete(actor=actor_of(request), meeting=held.meeting),
            _("Lista er slettet."),
        )
        return redirect("first-meetings")
    return draw(request, "delete", held)
