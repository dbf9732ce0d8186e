"""The file for me, being silent, leaving, and the receipt."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.enums import Role
from langbord.base import clock
from langbord.base import personal_data as registry
from langbord.base.dates import written
from langbord.base.errors import NotNow
from langbord.base.personal_data import Way
from langbord.people.signin import sessions, throttle
from langbord.people.signin.places import place_of
from langbord.people.signin.views import clock_words, posted
from langbord.processes.querysets import coordinates_alone

from . import backups, doing, files, numbers, pausing, proof, scope
from .codes import code_of
from .finding import Found, find
from .forms import CodeForm, LeaveForm
from .scope import Place

log = logging.getLogger("langbord.leaving")

RECEIPT = "receipt"
"""Session key: the code of the receipt that this browser is shown."""

WAYS = {"la-det-bli": Way.KEEP, "ta-alt-med": Way.TAKE}
"""The two ways of leaving, as they stand in addresses."""

EVERYTHING = "alt"
"""In `?hvor=`: all of Langbord."""

MANY, IN_ALL, WITHIN = 20, 600, timedelta(minutes=10)


def leave(request: HttpRequest) -> HttpResponse:
    """The three ways, each with what it does, and the file first."""
    actor = actor_of(request)
    return render(
        request,
        "leaving/leave.html",
        {"sittings": _processes(actor), "first_day": actor.reads_from},
    )


@dataclass(frozen=True)
class Mine:
    """A process I take part in now."""

    slug: str
    name: str
    silent: bool


def _processes(actor: Actor) -> list[Mine]:
    found = {s.process_id: Mine(s.process_slug, s.process_name, s.silent) for s in actor.sittings}
    return list(found.values())


def _process_id(actor: Actor, slug: str) -> UUID:
    found = next((s.process_id for s in actor.sittings if s.process_slug == slug), None)
    if found is None:
        raise Http404
    return found


def silence(request: HttpRequest) -> HttpResponse:
    """Being silent for a while: what it means, and one tap for each process."""
    actor = actor_of(request)
    if request.method == "POST":
        with refused_as_missing():
            pausing.be_silent(actor=actor, process_id=_process_id(actor, request.POST.get("process", "")))
        messages.success(request, _("Nå er du stille. Du kan komme tilbake når du vil."))
        return redirect("leave-silence")
    return render(request, "leaving/silence.html", {"processes": _processes(actor)})


def come_back(request: HttpRequest) -> HttpResponse:
    """Back again, in one tap."""
    actor = actor_of(request)
    pausing.come_back(actor=actor, process_id=_process_id(actor, request.POST.get("process", "")))
    messages.success(request, _("Velkommen tilbake."))
    return redirect("leave-silence" if request.POST.get("next") == "silence" else "home")


def leave_way(request: HttpRequest, way: str) -> HttpResponse:
    """The page before: what will happen, in numbers and words. For one of several processes: first, which."""
    actor = actor_of(request)
    or_missing(way in WAYS and actor.person_id is not None)
    found = scope.places(actor.person_id) if actor.person_id is not None else []
    where = request.GET.get("hvor", "" if len(found) > 1 else EVERYTHING)
    if not where:
        return render(request, "leaving/where.html", {"mine": found, "way": way, "everything": EVERYTHING})
    place = next((p for p in found if p.slug == where), None)
    or_missing(place is not None or where == EVERYTHING)
    kind = proof.asked_for(actor.person)
    form = LeaveForm(
        initial={"way": WAYS[way], "where": place.slug if place else "", "once": uuid4()}, kind=kind
    )
    return _before(request, actor, WAYS[way], place, form, among=found)


def _before(
    request: HttpRequest,
    actor: Actor,
    way: str,
    place: Place | None,
    form: LeaveForm,
    status: int = 200,
    among: list[Place] | None = None,
) -> HttpResponse:
    place_id = place.id if place is not None else None
    person_id: Any = actor.person_id
    whole = scope.is_whole(person_id, place_id, among)
    context = {
        "form": form,
        "way": way,
        "address": next(address for address, one in WAYS.items() if one == way),
        "take": way == Way.TAKE,
        "whole": whole,
        "place": place,
        "groups": [],
        "stays": [],
        "alone": coordinates_alone(actor.person_id, [s.process_id for s in actor.sittings if s.role == Role.COORDINATOR
                                   and (whole or s.process_id == place_id)]),
        "first_day": actor.reads_from,
    }  # fmt: skip
    if actor.reads_from is None:  # whoever printed a new card must not learn how much there is
        context["groups"] = numbers.before(scope.foretell(actor, way, None if whole else place_id))
        context["stays"] = registry.what_stays(person_id, None if whole else place_id)
    return render(request, "leaving/before.html", context, status=status)


@never_cache
def leave_do(request: HttpRequest) -> HttpResponse:
    """Carry it out. Open to everybody, because a second click comes when the session has ended: it gets the receipt."""
    actor = actor_of(request)
    once = _uuid(request.POST.get("once", ""))
    if once is not None and doing.finished(once):
        return _to_receipt(request, once)
    if actor.person is None:
        return redirect("sign-in")
    form = LeaveForm(posted(request), kind=proof.asked_for(actor.person))
    place = _place_in(form, actor)
    if not form.is_valid():
        way = form.data.get("way", "")
        or_missing(way in Way.values)
        return _before(request, actor, way, place, form, status=422)
    way = form.cleaned_data["way"]
    right, wait = proof.given(request, actor.person, form.cleaned_data.get("pin", ""))
    if not right:
        form.add_error("pin" if "pin" in form.fields else None, _wrong(form, wait))
        return _before(request, actor, way, place, form, status=422)
    try:
        with refused_as_missing():
            parting = doing.ask(
                actor=actor,
                way=way,
                process_id=place.id if place is not None else None,
                parting_id=form.cleaned_data["once"],
            )
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return _before(request, actor, way, place, form, status=422)
    if parting.process_id is None:
        sessions.end(request)
    try:
        doing.carry_out(parting.pk)
    except Exception:
        # The intent is stored: the worker goes on from there within a minute, and the receipt page says so.
        log.exception("a parting was cut off; the worker finishes it")
    return _to_receipt(request, parting.pk)


def _place_in(form: LeaveForm, actor: Actor) -> Place | None:
    where = form.data.get("where", "")
    if not where:
        return None
    found = next((p for p in scope.places(actor.person.pk) if p.slug == where), None)
    or_missing(found is not None)
    return found


def _wrong(form: LeaveForm, wait: datetime | None) -> str:
    if wait is not None:
        return _("Det ble for mange forsøk. Prøv igjen %(when)s.") % {"when": clock_words(wait)}
    if "pin" not in form.fields:
        return _("Logg ut og inn igjen først, så vi vet at det er deg. Ingenting er endret.")
    return _("Koden var ikke riktig. Ingenting er endret. Prøv en gang til.")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _to_receipt(request: HttpRequest, parting_id: UUID) -> HttpResponse:
    request.session[RECEIPT] = code_of(parting_id)
    if actor_of(request).person is None or not request.user.is_authenticated:
        request.session.set_expiry(0)
    return redirect("receipt")


@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """What was done, when, and whether older backups still open the words; for whoever has the code."""
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if not throttle.spend_at("receipt", place_of(request), limit=MANY, in_all=IN_ALL, window=WITHIN):
            form.add_error("code", _("Mange prøver akkurat nå. Vent ti minutter."))
        elif find(form.cleaned_data["code"]) is None:
            form.add_error("code", _("Vi finner ingen kvittering med den koden. Se en gang til."))
        else:
            request.session[RECEIPT] = form.cleaned_data["code"]
            return redirect("receipt")
    code = request.session.get(RECEIPT, "")
    found = find(code) if code else None
    if found is None or form.errors:
        return render(
            request, "leaving/receipt_find.html", {"form": form}, status=422 if form.errors else 200
        )
    # On paper or in a picture the code is of no use without knowing where it belongs.
    shown = {"code": _grouped(code), "address": settings.LANGBORD_PUBLIC_URL + reverse("receipt")}
    return render(request, "leaving/receipt.html", {"found": found, **shown, **_told(found)})


def _told(found: Found) -> dict[str, Any]:
    if found.receipt is None:
        return {"groups": [], "older": None, "done": ""}
    done = numbers.told(found.receipt.told)
    at = found.receipt.done_at.astimezone(clock.OSLO)
    return {
        "groups": numbers.after(done),
        "older": backups.older_than(found.receipt.done_at),
        "done": written(at, "j. F Y H.i"),
    }


def _grouped(code: str) -> str:
    signs = code.replace("-", "")
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def receipt_put_away(request: HttpRequest) -> HttpResponse:
    """Done reading: this browser forgets the code."""
    request.session.pop(RECEIPT, None)
    return redirect("home" if request.user.is_authenticated else "sign-in")


def my_file(request: HttpRequest) -> HttpResponseBase:
    """A page about the file; and the file itself, made while it is sent."""
    actor = actor_of(request)
    if request.method != "POST":
        shared = bool(request.session.get(sessions.SHARED))
        return render(request, "leaving/my_file.html", {"first_day": actor.reads_from, "shared": shared})
    try:
        with refused_as_missing():
            parts = files.take(actor=actor)
    except NotNow as refusal:
        messages.warning(request, str(refusal))
        return redirect("my-file")
    response = StreamingHttpResponse(parts, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="langbord-{clock.today()}.zip"'
    response.headers["Cache-Control"] = "no-store, private"
    return response
