"""What people may say about a point, and what this is to their room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.base import clock
from langbord.base.forms import OnceForm
from langbord.processes.models import Membership

LONGEST = 4000
NOBODY = ""


class CarryForm(OnceForm):
    """Who takes the point with them."""

    carrier = forms.ChoiceField(label=_("Hvem bærer dette?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["carrier"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((str(row.person_id), row.person.shown_name) for row in people),
            (NOBODY, _("Ingen akkurat nå")),
        ]


class DateForm(OnceForm):
    """When they talk about it."""

    on = forms.DateField(
        label=_("Når snakker dere om det?"),
        help_text=_("La feltet stå tomt hvis dagen ikke gjelder lenger."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on is not None and on < clock.today():
            raise forms.ValidationError(_("Den dagen har vært. Velg en dag som kommer."))
        return on


class WordsForm(OnceForm):
    """Some words, or none."""

    text = forms.CharField(
        label=_("Noen ord om det"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
    )


class AsideForm(OnceForm):
    """Set aside, with a word."""

    text = forms.CharField(
        label=_("Hvorfor legger dere det til side?"),
        help_text=_("En setning er nok."),
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": _("Skriv noen ord om hvorfor. Da slipper dere å lure på det senere.")},
    )


class JustOnce(OnceForm):
    """A button that makes a row once."""


class WhatNowForm(OnceForm):
    """How somebody sees it, or what the group agreed on."""

    text = forms.CharField(
        label=_("Hva er dette for oss akkurat nå?"), max_length=LONGEST, widget=forms.Textarea
    )
    together = forms.BooleanField(label=_("Vi ble enige om dette sammen"), required=False)

    def __init__(self, *args: Any, hosting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not hosting:
            del self.fields["together"]
