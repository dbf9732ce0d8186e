"""Where those who set up an organisation write its own words in the guide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from langbord.access.asked import actor_of
from langbord.base.forms import retype
from langbord.people.models import Organisation

from . import actions, content, kinds, overrides, rules
from .content import Point
from .forms import OwnPointForm, OwnWordsForm
from .models import OwnText
from .overrides import FIELDS
from .reading import LANGUAGES, Fault, Texts


@dataclass(frozen=True)
class Line:
    """One text of theirs on the list: what it is now."""

    row: OwnText
    title: str
    gone: bool
    older: bool
    unspoken: tuple[str, ...]


def _organisation(request: HttpRequest, organisation: UUID) -> Organisation:
    """The organisation, for who may change its words; the same 404 for the rest."""
    if not rules.may_change(actor_of(request), organisation):
        raise Http404
    found = Organisation.objects.filter(pk=organisation).first()
    if found is None:
        raise Http404
    return found


def _line(row: OwnText, section_keys: set[str]) -> Line:
    ours = actions.our_point(row.key)
    said = overrides.texts_of(row)
    title = said.get("title") or (ours.title if ours is not None else None)
    return Line(
        row=row,
        title=str(title or row.key),
        gone=row.section not in section_keys if row.section else ours is None,
        older=ours is not None and not row.section and row.based_on < ours.version,
        unspoken=tuple(
            name for code, name in LANGUAGES.items() if any(not texts.has(code) for texts in said.values())
        ),
    )


def organisations(request: HttpRequest) -> HttpResponse:
    """Which organisation: at once, for those who may change one only."""
    actor = actor_of(request)
    if not actor.is_operator:
        own = rules.works_in(actor)
        if own is not None and rules.may_change(actor, own):
            return redirect("library-own", organisation=own)
    found = Organisation.objects.order_by("name") if actor.is_operator else Organisation.objects.none()
    return render(request, "library/staff/organisations.html", {"organisations": found})


def own(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """What the organisation has written, and what no longer fits."""
    found = _organisation(request, organisation)
    keys = {section.key for section in kinds.entries("guide")}
    lines = [_line(row, keys) for row in overrides.of(found.pk)]
    remarks: tuple[Fault, ...] = ()
    if actor_of(request).is_operator:
        remarks = tuple(kinds.own_faults()[1])
    changed = {line.row.key for line in lines}
    context = {
        "organisation": found,
        "lines": lines,
        "remarks": remarks,
        "sections": kinds.entries("guide"),
        "changed": changed,
    }
    return render(request, "library/staff/own.html", context)


def _spoken(texts: Texts | None, language: str) -> str:
    with override(language):
        return texts.spoken() if texts is not None else ""


def point(request: HttpRequest, organisation: UUID, key: str) -> HttpResponse:
    """A point in the organisation's words, beside ours. `?sprak=` chooses the language that is written."""
    found = _organisation(request, organisation)
    row = OwnText.objects.filter(organisation=found, kind="guide", key=key).first()
    ours = actions.our_point(key)
    if ours is None and row is None:
        raise Http404
    language = request.GET.get("sprak", "nb")
    if language not in LANGUAGES:
        raise Http404
    said = overrides.texts_of(row) if row is not None else {}
    is_own = row is not None and bool(row.section)
    shown = FIELDS if language == "nb" else tuple(field for field in FIELDS if field in said)
    now = {
        field: getattr(said[field], language)
        if field in said
        else (_spoken(getattr(ours, field), language) if ours else "")
        for field in shown
    }
    initial = {**now, "seen": row.version if row is not None else 0}
    form = OwnWordsForm(request.POST or None, initial=initial, shown=shown, own=is_own and language == "nb")
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_differently(
                actor=actor_of(request),
                organisation=found,
                key=key,
                said=form.said(),
                language=language,
                seen=form.cleaned_data["seen"] or 0,
            )
        except actions.ChangedMeanwhile:
            form.add_error(
                None,
                _(
                    "Noen andre har endret punktet imens. Det du skrev, står her ennå. Se på deres tekst under, og lagre en gang til."
                ),
            )
            retype(form, "seen", str(row.version if row is not None else 0))
        else:
            messages.success(
                request, _("Teksten er lagret. Samskapinger som har begynt, beholder den de begynte med.")
            )
            return redirect("library-own", organisation=found.pk)
    context = {
        "form": form,
        "organisation": found,
        "key": key,
        "row": row,
        "ours": ours,
        "is_own": is_own,
        "older": ours is not None and row is not None and not is_own and row.based_on < ours.version,
        "pairs": _pairs(ours, said, language),
        "title": str(said.get("title") or (ours.title if ours is not None else key)),
        "languages": [(code, name, code == language) for code, name in LANGUAGES.items()],
        "language": language,
    }
    return render(request, "library/staff/point.html", context, status=422 if form.errors else 200)


def _pairs(ours: Point | None, said: dict[str, Texts], language: str) -> list[tuple[Any, str, str]]:
    """What they say differently: its name, ours, theirs."""
    labels = OwnWordsForm(shown=FIELDS).fields
    return [
        (labels[field].label, _spoken(getattr(ours, field, None), language), _spoken(texts, language))
        for field, texts in said.items()
    ]


def new(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """A point of the organisation's own."""
    found = _organisation(request, organisation)
    sections = kinds.entries("guide")
    form = OwnPointForm(
        request.POST or None, sections=sections, initial={"section": request.GET.get("del", "")}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.add_point(
            actor=actor_of(request),
            organisation=found,
            section=data["section"],
            said=form.said(),
            point_id=data["once"],
        )
        messages.success(request, _("Punktet står i veilederen nå."))
        return redirect("library-own", organisation=found.pk)
    context = {"form": form, "organisation": found, "empty": not content.guide()}
    return render(request, "library/staff/new.html", context, status=422 if form.errors else 200)


def back(request: HttpRequest, organisation: UUID, key: str) -> HttpResponse:
    """Ask once more, then take it back to ours."""
    found = _organisation(request, organisation)
    row = OwnText.objects.filter(organisation=found, kind="guide", key=key).first()
    if request.method == "POST":
        actions.take_back(actor=actor_of(request), organisation=found, key=key)
        messages.success(request, _("Det er gjort."))
        return redirect("library-own", organisation=found.pk)
    if row is None:
        raise Http404
    line = _line(row, set())
    return render(request, "library/staff/back.html", {"organisation": found, "line": line, "row": row})
