"""Organisations and units: who can take part, and who can answer for a process. Signs on doors, nothing about people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langbord.access.asked import actor_of
from langbord.base.forms import OnceForm, offer, offer_rows, own_id
from langbord.people import actions
from langbord.people.models import Organisation, Unit

NAME_HELP = gettext_lazy("Navnet slik det står på døra. Ikke skriv navn på personer.")


def _made_by(form: OnceForm, kind: str) -> list[UUID]:
    """What the first click of this form made, whose name is not taken by others."""
    once = form.cleaned_data.get("once")
    return [own_id(kind, once)] if once is not None else []


def _is_taken(name: str, names: Iterable[str]) -> bool:
    """Letters alike, large or small: compared here, since databases differ on æ, ø and å."""
    return bool(name) and name.casefold() in {other.casefold() for other in names}


class OrganisationForm(OnceForm):
    """A new organisation. One unit comes with it, since people belong to units."""

    name = forms.CharField(label=gettext_lazy("Hva heter den?"), max_length=120, help_text=NAME_HELP)
    kind = forms.ChoiceField(label=gettext_lazy("Hva slags er det?"), widget=forms.RadioSelect)
    unit = forms.CharField(
        label=gettext_lazy("Den første enheten"),
        max_length=120,
        help_text=gettext_lazy("Et kontor, et lag eller et hus. Er det bare én, skriv navnet en gang til."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = Organisation._meta.get_field("kind").choices or []
        offer(self, "kind", [(value, capfirst(str(label))) for value, label in kinds])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        name = str(data.get("name", "")).strip()
        others = Organisation.objects.exclude(pk__in=_made_by(self, "organisation"))
        if _is_taken(name, others.values_list("name", flat=True)):
            self.add_error("name", _("Den finnes allerede. Legg heller til en enhet."))
        return data


class UnitForm(OnceForm):
    """A new unit of an organisation that is here."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Hvilken organisasjon?"), queryset=Organisation.objects.none(), empty_label=None
    )
    name = forms.CharField(label=gettext_lazy("Hva heter enheten?"), max_length=120, help_text=NAME_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organisation", Organisation.objects.order_by("name"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        name = str(data.get("name", "")).strip()
        others = Unit.objects.filter(organisation=data.get("organisation")).exclude(
            pk__in=_made_by(self, "unit")
        )
        if _is_taken(name, others.values_list("name", flat=True)):
            self.add_error("name", _("Denne enheten finnes allerede."))
        return data


def organisations(request: HttpRequest) -> HttpResponse:
    """All that are here, with their units; and a form for one more."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.register_organisation(
            actor=actor_of(request),
            name=data["name"],
            kind=data["kind"],
            first_unit=data["unit"],
            organisation_id=own_id("organisation", data["once"]),
        )
        messages.success(request, _("Den er lagt til. Nå kan folk derfra være med."))
        return redirect("organisations")
    units = list(Unit.objects.order_by("name"))
    here = [
        (held, [unit for unit in units if unit.organisation_id == held.pk])
        for held in Organisation.objects.order_by("name")
    ]
    return render(
        request, "desk/organisations.html", {"form": form, "here": here}, status=422 if form.errors else 200
    )


def unit_new(request: HttpRequest) -> HttpResponse:
    """One more unit."""
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        initial={"organisation": request.GET.get("organisasjon", "")},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.register_unit(
            actor=actor_of(request),
            organisation=data["organisation"],
            name=data["name"],
            unit_id=own_id("unit", data["once"]),
        )
        messages.success(request, _("Enheten er lagt til."))
        return redirect("organisations")
    return render(request, "desk/unit_new.html", {"form": form}, status=422 if form.errors else 200)
