"""What a researcher may read, the file of it, and for everybody: who has opened my words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, process_id_of, refused_as_missing
from langbord.base import clock
from langbord.processes.keeping import research
from langbord.vault import preload_for

from . import actions, files, openings
from .enums import Deed
from .forms import FileForm
from .material import knows_faces, material, open_words

A_PAGE = 30


def _page(request: HttpRequest) -> int:
    wanted = request.GET.get("side", "1")
    return min(int(wanted), 10_000) if wanted.isascii() and wanted.isdigit() and int(wanted) > 0 else 1


def material_page(request: HttpRequest, process: str) -> HttpResponse:
    """«Det jeg har fått lov til å lese.» That it was opened is noted for those whose words were shown."""
    actor, process_id = actor_of(request), process_id_of(request)
    page = _page(request)
    held = material(actor, process_id)
    shown = held[(page - 1) * A_PAGE : page * A_PAGE]
    if request.method == "GET" and shown:
        actions.note_openings(actor=actor, process_id=process_id, said=shown, deed=Deed.OPENED)
    open_words(shown)
    context = {
        "slug": process,
        "said": shown,
        "total": len(held),
        "page": page,
        "older": page + 1 if len(held) > page * A_PAGE else None,
        "newer": page - 1 if page > 1 else None,
        "over": not held and research.is_over(process_id),
        "knows_faces": knows_faces(actor, process_id),
    }
    return render(request, "research/material.html", context)


def material_file(request: HttpRequest, process: str) -> HttpResponse:
    """The same as a file, by the same rule at this very moment."""
    actor, process_id = actor_of(request), process_id_of(request)
    form = FileForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(form.errors["form"][0]))
        return redirect("research-material", process=process)
    held = material(actor, process_id)
    if not held:
        messages.warning(request, _("Det er ingenting å hente nå."))
        return redirect("research-material", process=process)
    kind = form.cleaned_data["form"]
    with refused_as_missing():
        actions.take_out(actor=actor, process_id=process_id, said=held, form=kind)
    open_words(held)
    body = files.as_json(held, process) if kind == "json" else files.as_csv(held)
    mime = "application/json" if kind == "json" else "text/csv; charset=utf-8"
    response = HttpResponse(body, content_type=mime)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{process}-{clock.today().isoformat()}.{kind}"'
    )
    return response


def my_openings(request: HttpRequest) -> HttpResponse:
    """Who has opened or taken out words of mine, and under which number I speak."""
    actor, page = actor_of(request), _page(request)
    held = openings.my_openings(actor, page)
    shown = held[: openings.A_PAGE]
    preload_for([o.reader for o in shown if o.reader is not None])
    context = {
        "openings": shown,
        "reads_from": actor.reads_from,
        "numbers": openings.my_numbers(actor),
        "older": page + 1 if len(held) > openings.A_PAGE else None,
        "newer": page - 1 if page > 1 else None,
    }
    return render(request, "research/openings.html", context)
