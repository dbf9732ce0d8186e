"""One's lists, beginning and joining, the list itself, its things and ticks; ending and coming back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.base.errors import NotNow
from langbord.people.signin.cards import public_url
from langbord.people.signin.factor import qr_svg
from langbord.people.signin.views import posted

from . import actions, points, rules, writing
from .enums import Kind, Seat
from .forms import BeginForm, CommentForm, JoinForm
from .http import back_to, do, draw, is_waiting, meeting_of, shown_of
from .shown import Shown, lines


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The first name one has here; never what one is called in a group."""
    return {"called": str(actor_of(request).person.name)}


def _home(request: HttpRequest, begin: BeginForm, join: JoinForm) -> HttpResponse:
    actor = actor_of(request)
    form = begin if begin.errors else join
    context = {
        "lines": lines(actor),
        "begin": begin,
        "join": join,
        "form": form,
        "sheet": points.sheet(),
        "advises": rules.advises(actor),
        "reads_from": actor.reads_from,
    }
    return render(request, "firstmeeting/home.html", context, status=422 if form.errors else 200)


def home(request: HttpRequest) -> HttpResponse:
    """What it is, my lists, a code, a new list."""
    advises = rules.advises(actor_of(request))
    return _home(
        request,
        BeginForm(advises=advises, initial=_initial(request), auto_id="begin_%s"),
        JoinForm(initial=_initial(request)),
    )


def begin(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = BeginForm(request.POST, advises=rules.advises(actor), auto_id="begin_%s")
    if not form.is_valid():
        return _home(request, form, JoinForm(initial=_initial(request)))
    data = form.cleaned_data
    with refused_as_missing():
        made = actions.begin(
            actor=actor, called=data["called"], label=data.get("label", ""), meeting_id=data["once"]
        )
    return back_to(made)


def join(request: HttpRequest, token: str = "") -> HttpResponse:
    """The code, typed or read from a QR. Opening the page looks nothing up; pressing does."""
    form = JoinForm(posted(request), initial={"code": token, **_initial(request)})
    if request.method == "POST" and form.is_valid():
        try:
            with refused_as_missing():
                made = actions.join(
                    actor=actor_of(request),
                    code=form.cleaned_data["code"],
                    called=form.cleaned_data["called"],
                )
            return back_to(made)
        except NotNow as refusal:
            form.add_error("code", str(refusal))
    return render(request, "firstmeeting/join.html", {"form": form}, status=422 if form.errors else 200)


def the_list(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """The seven things, what was agreed, the plan; and what one can do with the list."""
    if is_waiting(request, meeting_of(request, meeting)):
        return HttpResponse(status=204)
    return draw(request, "list", shown_of(request, meeting))


def _by_phone(request: HttpRequest) -> bool:
    """The adviser holds the telephone: the pages stay so until they say otherwise."""
    return "1" in (request.GET.get("telefon"), request.POST.get("telefon"))


def _kept_by_phone(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    if _by_phone(request):
        where, _hash, at = answer["Location"].partition("#")
        answer["Location"] = f"{where}?telefon=1#{at}"
    return answer


def thing(request: HttpRequest, meeting: UUID, thing: str) -> HttpResponse:
    """One thing: its points, both ticks, what the two say to it, and room for a comment."""
    if is_waiting(request, meeting_of(request, meeting)):
        return HttpResponse(status=204)
    held = shown_of(request, meeting)
    or_missing(held.thing(thing) is not None)
    form = CommentForm(posted(request), advises=held.is_adviser)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                writing.say(
                    actor=actor_of(request),
                    meeting=held.meeting,
                    kind=Kind.COMMENT,
                    thing=thing,
                    text=data["text"],
                    by_phone=data.get("by_phone", False),
                    entry_id=data["once"],
                )
            return _kept_by_phone(request, back_to(held.meeting, thing, "sagt"))
        except NotNow as refusal:
            form.add_error(None, str(refusal))
    return _draw_thing(request, held, thing, form)


def _draw_thing(request: HttpRequest, held: Shown, thing: str, form: CommentForm) -> HttpResponse:
    here = held.thing(thing)
    if here is None:
        raise Http404
    place = held.things.index(here)
    return draw(
        request,
        "thing",
        held,
        thing=here,
        number=place + 1,
        after=held.things[place + 1].part if place + 1 < len(held.things) else None,
        form=form,
        phone=held.is_adviser and _by_phone(request),
    )


def tick(request: HttpRequest, meeting: UUID, thing: str) -> HttpResponse:
    """`do`: on, off, phone-on, phone-off, wrong, with the point. The answer is the thing's own page, at the point; a comment
    that is half written stands there still."""
    found = meeting_of(request, meeting)
    what, _colon, named = request.POST.get("do", "").partition(":")
    actor, point = actor_of(request), request.POST.get("point", named)
    part = points.thing(thing)
    or_missing(part is not None and any(item.key == point for item in part.items))
    deeds: dict[str, Any] = {
        "on": lambda: actions.tick(actor=actor, meeting=found, point=point),
        "off": lambda: actions.untick(actor=actor, meeting=found, point=point),
        "phone-on": lambda: actions.tick(actor=actor, meeting=found, point=point, by_phone=True),
        "phone-off": lambda: actions.untick(actor=actor, meeting=found, point=point, by_phone=True),
        "wrong": lambda: actions.not_right(actor=actor, meeting=found, point=point),
    }
    or_missing(what in deeds)
    do(request, deeds[what])
    if request.POST.get("text", "").strip():
        held = shown_of(request, meeting)
        half = {name: request.POST.get(name, "") for name in ("text", "by_phone")}
        return _draw_thing(request, held, thing, CommentForm(initial=half, advises=held.is_adviser))
    return _kept_by_phone(request, back_to(found, thing, point))


def code(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """A fresh code for the empty seat: on this page only, to show, read aloud or print."""
    held = shown_of(request, meeting)
    try:
        with refused_as_missing():
            made = actions.make_code(actor=actor_of(request), meeting=held.meeting)
    except NotNow as refusal:
        return draw(request, "list", held, wrong=str(refusal), status=422)
    url = public_url("first-meeting-join-code", made)
    response = draw(request, "code", held, code=made, qr=qr_svg(url, _("QR-kode som åpner lista")))
    response.headers["Cache-Control"] = "no-store, private"
    return response


def heard(request: HttpRequest, meeting: UUID) -> HttpResponse:
    found = meeting_of(request, meeting)
    do(request, lambda: actions.heard(actor=actor_of(request), meeting=found), _("Takk. Da vet begge det."))
    return back_to(found)


def close(request: HttpRequest, meeting: UUID) -> HttpResponse:
    found = meeting_of(request, meeting)
    do(
        request,
        lambda: actions.close(actor=actor_of(request), meeting=found),
        _("Lista er lagt bort. Alt står der når dere møtes igjen."),
    )
    return back_to(found)


def reopen(request: HttpRequest, meeting: UUID) -> HttpResponse:
    found = meeting_of(request, meeting)
    do(
        request,
        lambda: actions.reopen(actor=actor_of(request), meeting=found),
        _("Dere fortsetter på den samme lista."),
    )
    return back_to(found)


def part(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """The adviser sees nothing of it from now on."""
    held = shown_of(request, meeting)
    if not do(
        request,
        lambda: actions.part(actor=actor_of(request), meeting=held.meeting),
        _("Rådgiveren ser ikke lista lenger.") if held.is_citizen else _("Du ser ikke lista lenger."),
    ):
        return back_to(held.meeting)
    return back_to(held.meeting) if held.seat.side == Seat.CITIZEN else redirect("first-meetings")
