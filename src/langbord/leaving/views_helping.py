"""A host helps somebody leave who has no phone or has lost the card."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, process_id_of, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow
from langbord.base.personal_data import Way
from langbord.people.signin.views import posted
from langbord.vault import preload_for

from . import helping
from .codes import code_of
from .forms import HelpForm
from .models import Helped


def help_leave(request: HttpRequest, process: str) -> HttpResponse:
    """Write down that somebody asked; and what waits, with the ways to stop it or to say that one heard it too."""
    actor = actor_of(request)
    process_id: UUID = process_id_of(request)
    citizens = helping.citizens_i_host(actor, process_id)
    or_missing(bool(citizens) or request.method != "POST")
    waiting = _waiting(actor, process_id)
    preload_for([*(m.person for m in citizens), *_people(waiting)])
    choices = [(str(m.person_id), m.person.shown_name) for m in citizens if m.person_id != actor.person_id]
    form = HelpForm(posted(request), people=choices, initial={"once": uuid4()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refused_as_missing():
            helping.record(
                actor=actor,
                process_id=process_id,
                person_id=UUID(data["person"]),
                way=data["way"],
                helped_id=data["once"],
            )
        messages.success(request, _("Skrevet ned. Ingenting har skjedd ennå."))
        return redirect("help-leave", process=process)
    context = {"form": form, "slug": process, "waiting": [_line(actor, h) for h in waiting]}
    return render(request, "leaving/help.html", context, status=422 if form.errors else 200)


def _waiting(actor: Actor, process_id: UUID) -> list[Helped]:
    rows = Helped.objects.visible_to(actor).waiting().with_people().filter(process_id=process_id)
    return [helped for helped in rows if helped.person_id != actor.person_id]


def _people(waiting: list[Helped]) -> list[Any]:
    people = [person for h in waiting for person in (h.person, h.recorded_by, h.agreed_by)]
    return [person for person in people if person is not None]


def _line(actor: Actor, helped: Helped) -> dict[str, Any]:
    return {
        "helped": helped,
        "name": helped.person.shown_name,
        "by": helped.recorded_by.shown_name if helped.recorded_by is not None else "",
        "take": helped.way == Way.TAKE,
        "due": helping.due_at(helped),
        "may_agree": helped.agreed_at is None and helped.recorded_by_id != actor.person_id,
        "mine": helped.recorded_by_id == actor.person_id,
        "code": code_of(helped.pk),
    }


def help_agree(request: HttpRequest, process: str, helped: UUID) -> HttpResponse:
    """I have heard the same."""
    actor = actor_of(request)
    found = get_visible_or_404(Helped, actor, pk=helped, process_id=process_id_of(request))
    try:
        with refused_as_missing():
            helping.agree(actor=actor, helped=found)
        messages.success(request, _("Notert."))
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    return redirect("help-leave", process=process)


def help_stop(request: HttpRequest, helped: UUID) -> HttpResponse:
    """No: this is not to happen. By the person, or by a host of theirs."""
    actor = actor_of(request)
    found = get_visible_or_404(Helped, actor, pk=helped)
    with refused_as_missing():
        helping.stop(actor=actor, helped=found)
    messages.success(request, _("Stoppet. Alt er som før."))
    if found.person_id == actor.person_id:
        return redirect("me")
    slug = actor.slug_of(found.process_id)
    return redirect("help-leave", process=slug) if slug else redirect("home")
