"""What a unit's advisers are shown of many lists, what they think of it, and what their leader sees afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.vault import preload_for

from . import counting, points, releasing, rules
from .forms import ThoughtForm
from .http import do
from .models import Look, Release, Thought

SHOWN = 12


def unit(request: HttpRequest) -> HttpResponse:
    """The releases of one's own unit, the latest first; whether there is enough for the next."""
    actor = actor_of(request)
    or_missing(rules.advises(actor))
    return _page(request)


def _page(request: HttpRequest, wrong: Any = None, wrong_at: UUID | None = None) -> HttpResponse:
    actor = actor_of(request)
    releases = list(Release.objects.visible_to(actor)[:SHOWN])
    ids = [release.pk for release in releases]
    thoughts = list(Thought.objects.visible_to(actor).filter(release_id__in=ids))
    me: Any = actor.person_id
    looked = set(
        Look.objects.visible_to(actor)
        .filter(person_id=me, release_id__in=ids)
        .values_list("release_id", flat=True)
    )
    preload_for(thoughts)
    first = rules.sees_figures_first(actor)
    has_a_list = releasing.has_a_list(actor)
    context = {
        "rows": [
            {
                "release": release,
                "things": _things(release),
                "thoughts": [t for t in thoughts if t.release_id == release.pk],
                "looked": release.pk in looked,
                "form": wrong if wrong_at == release.pk else ThoughtForm() if first else None,
            }
            for release in releases
        ],
        "first": first,
        "has_a_list": has_a_list,
        "no_list": releasing.NO_LIST,
        "ready": releasing.ready(actor, has_a_list),
        "least": counting.LEAST,
        "least_lists": counting.LEAST_LISTS,
        "form": wrong,
    }
    return render(request, "firstmeeting/staff/unit.html", context, status=422 if wrong is not None else 200)


def _things(release: Release) -> list[dict[str, Any]]:
    """In the order of the list itself, never by size."""
    return [
        {
            "title": part.title,
            "points": [{"text": item.text, "skipped": release.figures.get(item.key)} for item in part.items],
        }
        for part in points.things()
    ]


def make(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    or_missing(rules.sees_figures_first(actor))
    do(request, lambda: releasing.make(actor=actor), _("Her er tallene. Bare dere rådgivere ser dem nå."))
    return redirect("first-meeting-unit")


def think(request: HttpRequest, release: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = get_visible_or_404(Release, actor, pk=release)
    or_missing(rules.sees_figures_first(actor))
    form = ThoughtForm(request.POST)
    if not form.is_valid():
        return _page(request, form, found.pk)
    data = form.cleaned_data
    with refused_as_missing():
        releasing.think(actor=actor, release=found, text=data["text"], thought_id=data["once"])
    return redirect("first-meeting-unit")


def look(request: HttpRequest, release: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = get_visible_or_404(Release, actor, pk=release)
    do(request, lambda: releasing.look(actor=actor, release=found))
    return redirect("first-meeting-unit")
