"""Forms of leaving. No writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.base.forms import OnceForm, PlainForm, offer
from langbord.base.personal_data import Way
from langbord.people.signin import codes

from . import proof
from .codes import SIGNS


class LeaveForm(OnceForm):
    """The last page: which way, from where, and once more who it is."""

    one_thing = True

    way = forms.ChoiceField(choices=Way.choices, widget=forms.HiddenInput)
    where = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)
    pin = forms.CharField(
        label=_("PIN-koden din"),
        max_length=20,
        error_messages={"required": _("Skriv koden din, så vi vet at det er deg.")},
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == proof.FRESH:
            del self.fields["pin"]
        elif kind == proof.CODE:
            self.fields["pin"].label = _("Koden fra kodeappen")


class CodeForm(PlainForm):
    """The code of a receipt."""

    code = forms.CharField(
        label=_("Koden på kvitteringen"),
        help_text=_("Tolv tegn. Store eller små bokstaver er det samme."),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = codes.plain(self.cleaned_data["code"])
        if len(code) != SIGNS:
            raise forms.ValidationError(_("Koden har tolv tegn. Se en gang til på kvitteringen."))
        return code


class HelpForm(OnceForm):
    """A host writes down that somebody asked to leave."""

    person = forms.ChoiceField(label=_("Hvem har spurt deg?"), widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("Hva ønsker de?"), choices=Way.choices, widget=forms.RadioSelect)
    heard = forms.BooleanField(label=_("Jeg har hørt det fra personen selv, eller har det på papir."))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)
