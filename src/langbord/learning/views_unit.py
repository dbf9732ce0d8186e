"""A unit's standing question: a short answer from each meeting, for the unit itself."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow
from langbord.vault import preload_for

from . import unit_log as log
from .forms import UnitForm
from .models import UnitEntry
from .querysets import colleagues, unit_of

SHOWN = 200


def unit_log(request: HttpRequest) -> HttpResponse:
    """The question, a short answer, and what was answered before, by month. Months without an answer are not there."""
    actor = actor_of(request)
    unit_id = unit_of(actor)
    if unit_id is None:
        raise Http404
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                log.note(actor=actor, text=data["text"], on=data["on"], entry_id=data["once"])
        except NotNow as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("Skrevet i loggen."))
            return redirect("unit-log")
    held = list(UnitEntry.objects.visible_to(actor).of_unit(unit_id)[:SHOWN])
    who = colleagues(unit_id)
    preload_for([*held, *who])
    months = [(day, list(rows)) for day, rows in groupby(held, key=lambda entry: entry.on.replace(day=1))]
    return render(
        request,
        "learning/staff/unit_log.html",
        {
            "form": form,
            "months": months,
            "unit": actor.person.unit,
            "who": sorted(person.shown_name for person in who),
        },
        status=422 if form.errors else 200,
    )


def unit_take_away(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Whoever wrote it takes it away."""
    actor = actor_of(request)
    found = get_visible_or_404(UnitEntry, actor, pk=entry)
    here = found.unit_id == unit_of(actor)
    with refused_as_missing():
        log.take_away(actor=actor, entry=found)
    messages.success(request, _("Tatt bort."))
    return redirect("unit-log" if here else "learning")
