"""Forms of a list for two. No writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.base import clock
from langbord.base.forms import OnceForm, PlainForm
from langbord.people.signin import codes

from .enums import Answer

LONGEST = 4000


def _called() -> forms.CharField:
    return forms.CharField(
        label=_("Hva vil du bli kalt på denne lista?"),
        help_text=_("Den andre ser det. Fornavnet er nok."),
        max_length=60,
    )


def _text(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=LONGEST, widget=forms.Textarea, required=required
    )


def _by_phone() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Dette sa innbyggeren i telefonen"),
        help_text=_("Innbyggeren ser det neste gang, og kan si at det ikke stemmer."),
        required=False,
    )


class BeginForm(OnceForm):
    """A new list. An adviser gives it a name of their own, so as to find it again before anybody has come."""

    one_thing = True

    called = _called()
    label = forms.CharField(
        label=_("Ditt eget navn på lista"),
        help_text=_(
            "Bare du ser det, for eksempel «torsdag klokka ti». Skriv ikke fødselsnummer eller fullt navn."
        ),
        max_length=60,
        required=False,
    )

    def __init__(self, *args: Any, advises: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not advises:
            del self.fields["label"]


class JoinForm(PlainForm):
    """The code of the list, and what one wants to be called."""

    code = forms.CharField(
        label=_("Koden til lista"),
        help_text=_("Åtte tegn. Store eller små bokstaver er det samme."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    called = _called()

    def clean_code(self) -> str:
        code = codes.plain(self.cleaned_data["code"])
        if len(code) != 8:
            raise forms.ValidationError(_("Koden har åtte tegn. Se en gang til på arket eller skjermen."))
        return code


class CommentForm(OnceForm):
    text = _text(_("Vil du legge til noe?"), _("Begge ser det."))
    by_phone = _by_phone()

    def __init__(self, *args: Any, advises: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not advises:
            del self.fields["by_phone"]


class PromiseForm(CommentForm):
    """A promise, with the day it is due."""

    text = _text(_("Hva lover du å gjøre?"), _("Én ting om gangen."))
    due_on = forms.DateField(
        label=_("Innen når?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ["once", "text", "due_on", "by_phone"]

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day < clock.today():
            raise forms.ValidationError(_("Denne dagen har vært. Velg i dag eller en dag som kommer."))
        return day


class SayBackForm(CommentForm):
    text = _text(
        _("Hva ble dere enige om?"),
        _("Si det med dine egne ord. Da ser dere om dere har forstått det samme."),
    )


class CorrectionForm(OnceForm):
    text = _text(_("Hva er riktig?"), _("Det den andre skrev, blir stående. Dette står ved siden av."))


class OwnTextForm(PlainForm):
    """The citizen's plan or notes. `version`: of the text that was on the page."""

    text = _text("", required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: Any, hint: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, hint


class ProposalForm(OnceForm):
    text = _text(
        _("Hva foreslår du?"), _("Innbyggeren bestemmer selv om det kommer med, og kan skrive det om.")
    )


class NameForm(OnceForm):
    """Whom the card is for."""

    name = forms.CharField(
        label=_("Fornavnet til den som skal ha kortet"),
        help_text=_("Det som innbyggeren selv vil bli kalt. Fornavnet er nok."),
        max_length=60,
    )


class CountForm(PlainForm):
    answer = forms.ChoiceField(
        label=_("Kan vi telle med lista di?"), choices=Answer.choices, widget=forms.RadioSelect
    )


class ThoughtForm(OnceForm):
    text = _text(
        _("Hva tenker du om dette?"),
        _("Kollegene dine ser det. Lederen ser det sammen med tallene. Skriv ikke om bestemte innbyggere."),
    )
