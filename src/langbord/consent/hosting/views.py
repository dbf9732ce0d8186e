"""*Samtykke* for those who host, coordinate or research: what one may know, and sheets of paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from langbord.access.asked import actor_of, or_missing, process_id_of, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow
from langbord.processes.models import Membership
from langbord.vault import preload_for

from .. import asking, shown, texts
from ..enums import Purpose
from . import adults, rules, sheets, sight
from .adults import Adult
from .forms import KeyForm, SheetsForm
from .models import Sheet


def askers_people(request: HttpRequest) -> list[Membership]:
    """Those whom one may ask; 404 for whoever asks nobody here. One query, and one for the keys."""
    actor, process_id = actor_of(request), process_id_of(request)
    or_missing(bool(sight.purposes_for(actor, process_id)))
    found = sight.people(actor, process_id)
    preload_for([member.person for member in found])
    return found


def desk(request: HttpRequest, process: str) -> HttpResponse:
    """What hosts must act on; yes or no per purpose for the coordinator; research purposes under pseudonyms."""
    actor, process_id = actor_of(request), process_id_of(request)
    asks = bool(sight.purposes_for(actor, process_id))
    research = sight.research_table(actor, process_id)
    or_missing(asks or research is not None)
    table, printed = None, []
    if asks:
        members = askers_people(request)
        table = sight.table(actor, process_id, members)
        waiting = Sheet.objects.visible_to(actor).filter(process_id=process_id, keyed_at__isnull=True)
        by_person = {m.person_id: m for m in members}
        printed = [(s, by_person[s.person_id]) for s in waiting if s.person_id in by_person]
    context = {
        "slug": process,
        "table": table,
        "research": research,
        "printed": printed,
        "titles": _titles(table.purposes if table else ()),
        "rows": _rows(table),
        "research_titles": _titles(research.purposes if research else ()),
        "research_rows": _rows(research),
    }
    return render(request, "consent/hosting/desk/desk.html", context)


def _titles(purposes: tuple[Purpose, ...]) -> list[str]:
    """What the purposes are called where people answer: one word for each, on both sides."""
    return [shown.title(purpose) for purpose in purposes]


def _rows(table: sight.Table | None) -> list[tuple[sight.Line, list[tuple[str, sight.Answer]]]]:
    """Each person with the name of every answer beside it, since a narrow screen has no room for a head above."""
    if table is None:
        return []
    titles = _titles(table.purposes)
    return [(line, list(zip(titles, line.answers, strict=True))) for line in table.lines]


def print_sheets(request: HttpRequest, process: str) -> HttpResponse:
    """Choose people and questions; then one sheet for each."""
    actor, process_id = actor_of(request), process_id_of(request)
    members = askers_people(request)
    off = asking.purposes_off(process_id)
    asked = [purpose for purpose in Purpose if purpose not in off]
    form = SheetsForm(
        request.POST if request.method == "POST" else None,
        members=members,
        purposes=asked,
        initial={"people": request.GET.getlist("person"), "purposes": [str(p.value) for p in asked]},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = [m.person for m in members if str(m.person_id) in data["people"]]
        try:
            with refused_as_missing():
                sheets.print_sheets(
                    actor=actor,
                    process_id=process_id,
                    people=chosen,
                    purposes=data["purposes"],
                    once=data["once"],
                )
            return redirect("consent-batch", process=process, batch=data["once"])
        except NotNow as refusal:
            form.add_error(None, str(refusal))
    context = {"slug": process, "form": form, "members": members}
    return render(request, "consent/hosting/desk/sheets.html", context, status=422 if form.errors else 200)


def batch(request: HttpRequest, process: str, batch: UUID) -> HttpResponse:
    """The sheets that were made together, for paper. What has changed in substance since is not printed again."""
    actor, process_id = actor_of(request), process_id_of(request)
    found = Sheet.objects.visible_to(actor).filter(batch=batch, process_id=process_id).with_people()
    mine = [sheet for sheet in found if sheet.made_by == actor.person_id]
    or_missing(bool(mine))
    adults = {sheet.pk: Adult(sheet.guardianship) for sheet in mine if sheet.guardianship is not None}
    readers = [sheet.guardianship for sheet in mine if sheet.guardianship is not None]
    guardians = [held.guardian for held in readers if held.guardian is not None]
    preload_for([*(sheet.person for sheet in mine), *readers, *guardians])
    printed = sheets.many_on_paper(mine)
    off = asking.purposes_off(process_id)
    context = {
        "slug": process,
        "sheets": [
            {
                "sheet": sheet,
                "name": sheet.person.shown_name,
                "adult": adults.get(sheet.pk),
                "texts": printed[sheet.pk],
                "around": sheets.around_in(sheet.language),
                "missing": _missing(sheet, off),
            }
            for sheet in sorted(
                mine, key=lambda s: (s.person.shown_name.casefold(), s.guardianship_id is not None)
            )
            if not any(text.stale for text in printed[sheet.pk])
        ],
        "stale": sum(any(text.stale for text in printed[sheet.pk]) for sheet in mine),
    }
    return render(request, "consent/hosting/desk/printed.html", context)


def _missing(sheet: Sheet, off: frozenset[str]) -> list[str]:
    """Questions that have no text in the language of the sheet."""
    gone = [p for p in Purpose if p not in off and texts.notice(p, sheet.language) is None]
    return _titles(tuple(gone))


def key_in(request: HttpRequest, process: str, sheet: UUID) -> HttpResponse:
    """Key in one sheet that came back. Once more corrects a slip: a new answer is added, none is changed."""
    actor, process_id = actor_of(request), process_id_of(request)
    opened = Sheet.objects.all().with_people()
    found = get_visible_or_404(Sheet, actor, among=opened, pk=sheet, process_id=process_id)
    or_missing(rules.may_ask(actor, process_id, found.person_id))
    on_paper = sheets.on_paper(found)
    form = KeyForm(
        request.POST if request.method == "POST" else None,
        sheet=found,
        notices=[text.notice for text in on_paper],
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                sheets.key_in(
                    actor=actor,
                    sheet=found,
                    signed_on=data["signed_on"],
                    answers=form.answers,
                    once=data["once"],
                )
            messages.success(request, adults.saved_words(found.guardianship))
            return redirect("consent-desk", process=process)
        except sheets.SheetRefused as refusal:
            form.refuse(refusal.wrong)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
    adult = Adult(found.guardianship) if found.guardianship is not None else None
    context: dict[str, Any] = {
        "slug": process,
        "form": form,
        "sheet": found,
        "name": found.person.shown_name,
        "adult": adult,
        "stale": [text for text in on_paper if text.stale],
    }
    return render(request, "consent/hosting/desk/key_in.html", context, status=422 if form.errors else 200)
