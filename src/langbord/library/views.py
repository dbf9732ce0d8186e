"""The open library: read by anybody, signed in or not. Who is signed in meets the words of their own organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from langbord.access.asked import actor_of
from langbord.people.models import Organisation

from . import content, overrides, rules, search, shelves
from .caching import open_page
from .models import OwnText
from .sources import sources

LONGEST = 120
"""Of what is searched for: more is cut off."""


@dataclass(frozen=True)
class Whose:
    """Whose words a page shows: ours (None), or an organisation's. `ask`: what its links carry along."""

    organisation_id: UUID | None = None
    name: str = ""
    ask: str = ""


def whose(request: HttpRequest) -> Whose:
    """Own organisation for who is signed in; what was chosen (`?kommune=`) for others; else ours. An address that names
    none is ours, too: no page says which organisations are here."""
    actor = actor_of(request)
    if actor.person is not None:
        return Whose(rules.meets_words_of(actor))
    chosen = request.GET.get("kommune", "")
    try:
        organisation_id = UUID(chosen) if chosen else None
    except ValueError:
        organisation_id = None
    if organisation_id is None or not overrides.of(organisation_id):
        return Whose()
    name = Organisation.objects.filter(pk=organisation_id).values_list("name", flat=True).first() or ""
    return Whose(organisation_id, name, f"?kommune={organisation_id}")


def _show(request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"library/{page}.html", {"library_page": page, **context})


def _with_choices(
    request: HttpRequest, page: str, of: Whose, wrote: Q, context: dict[str, Any]
) -> HttpResponse:
    """A page with a choice of the organisations that wrote something there, for those who are not signed in. One query."""
    choices: list[Organisation] = []
    kept = "no-store, private"
    if actor_of(request).person is None:
        kept = "private, no-cache"
        written = OwnText.objects.filter(wrote).values("organisation_id")
        choices = list(Organisation.objects.filter(pk__in=written).order_by("name"))
    response = _show(request, page, {**context, "whose": of, "choices": choices})
    response.headers.setdefault("Cache-Control", kept)
    return response


def _found(found: Any) -> Any:
    if found is None:
        raise Http404
    return found


def _beside(found: tuple[Any, ...], key: str) -> tuple[Any, Any, Any]:
    """The entry with a key, the one before and the one after it."""
    place = next((n for n, entry in enumerate(found) if entry.key == key), None)
    if place is None:
        raise Http404
    before = found[place - 1] if place else None
    after = found[place + 1] if place + 1 < len(found) else None
    return found[place], before, after


@open_page
def front(request: HttpRequest) -> HttpResponse:
    """What is in the library."""
    of = whose(request)
    return _show(request, "front", {"shelves": shelves.all_shelves(of.organisation_id), "whose": of})


def guide(request: HttpRequest) -> HttpResponse:
    """The sections of the guide. For those who are not signed in, a choice of organisations that wrote something: one
    query."""
    of = whose(request)
    return _with_choices(
        request, "guide", of, Q(kind="guide"), {"sections": content.guide(of.organisation_id)}
    )


@open_page
def section(request: HttpRequest, key: str) -> HttpResponse:
    """A section with all its points: also the page to print."""
    of = whose(request)
    found, before, after = _beside(content.guide(of.organisation_id), key)
    return _show(request, "section", {"section": found, "before": before, "after": after, "whose": of})


@open_page
def point(request: HttpRequest, key: str) -> HttpResponse:
    """One point, at an address that stays."""
    of = whose(request)
    sections = content.guide(of.organisation_id)
    found, before, after = _beside(tuple(p for s in sections for p in s.points), key)
    home = next(s for s in sections if found in s.points)
    context = {"point": found, "section": home, "before": before, "after": after, "whose": of}
    return _show(request, "point", context)


@open_page
def course(request: HttpRequest) -> HttpResponse:
    """The units of the course."""
    return _show(request, "course", {"units": content.course()})


@open_page
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """A unit to read; its exercises are done in a process."""
    found, before, after = _beside(content.course(), key)
    return _show(request, "unit", {"unit": found, "before": before, "after": after})


def shelf(request: HttpRequest, key: str) -> HttpResponse:
    """The sheets of one shelf."""
    if key not in shelves.SHEETS:
        raise Http404
    of = whose(request)
    title, lead = shelves.SHEETS[key]
    wrote = Q(kind="sheet") & (Q(section=key) | Q(section="", key__in=[s.key for s in content.sheets(key)]))
    context = {"shelf": key, "title": title, "lead": lead, "sheets": content.sheets(key, of.organisation_id)}
    return _with_choices(request, "shelf", of, wrote, context)


@open_page
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """One sheet."""
    of = whose(request)
    standing = ((at, one) for at in shelves.SHEETS for one in content.sheets(at, of.organisation_id))
    at, found = _found(next(((at, one) for at, one in standing if one.key == key), None))
    home = {"title": shelves.SHEETS[at][0], "url": reverse("library-shelf", args=[at])}
    return _show(request, "sheet", {"sheet": found, "shelf": home, "whose": of})


@open_page
def templates(request: HttpRequest) -> HttpResponse:
    """The ways to begin."""
    return _show(request, "templates", {"templates": content.templates()})


@open_page
def template(request: HttpRequest, key: str) -> HttpResponse:
    """One way to begin: whom it suits, what was counted where it was tried, first steps, its rooms."""
    found, before, after = _beside(content.templates(), key)
    return _show(request, "template", {"template": found, "before": before, "after": after})


def letters(request: HttpRequest) -> HttpResponse:
    """Letters to begin from."""
    of = whose(request)
    found = shelves.letters(of.organisation_id)
    if not found:
        raise Http404
    return _with_choices(request, "letters", of, Q(kind="letter"), {"letters": found})


def words(request: HttpRequest) -> HttpResponse:
    """Office words and what to say instead."""
    of = whose(request)
    known = shelves.words(of.organisation_id)
    found = [(search.fold(hint.word).replace(" ", "-"), hint) for hint in known]
    return _with_choices(request, "words", of, Q(kind="word"), {"words": found})


@open_page
def about_sources(request: HttpRequest) -> HttpResponse:
    """Where the ideas come from."""
    features = [
        (feature, reverse(feature.at) if feature.at else "", "own" in feature.sources)
        for feature in sources().features
    ]
    return _show(request, "sources", {"about": sources(), "features": features})


@open_page
def find(request: HttpRequest) -> HttpResponse:
    """Search in all shelves."""
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    of = whose(request)
    found = search.search(query, of.organisation_id).carrying(of.ask) if query else None
    context: dict[str, Any] = {"query": query, "found": found, "whose": of}
    if found is None or not found.hits:
        context["shelves"] = shelves.all_shelves(of.organisation_id)
    return _show(request, "search", context)
