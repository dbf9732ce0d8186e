"""Forms of one's own consents. No writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.base.forms import OnceForm, PlainForm, offer
from langbord.base.seen import SeenForm

from .enums import AgeBand, Purpose

LATER = "later"


class AnswerForm(OnceForm):
    """Yes, no, or later. Nothing is chosen beforehand: the buttons are the answer. shown: the hash of the text on the
    page. on: one is being asked one thing after another."""

    answer = forms.ChoiceField(
        choices=[("yes", _("Ja")), ("no", _("Nei takk")), (LATER, _("Spør meg senere"))],
        error_messages={"required": _("Velg ja, nei eller senere.")},
    )
    shown = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    on = forms.BooleanField(required=False, widget=forms.HiddenInput)


class TakeBackForm(OnceForm):
    """One button."""


class ObjectForm(PlainForm):
    """The young person's no to an adult, or that it is fine after all."""

    objects = forms.ChoiceField(choices=[("yes", ""), ("no", "")])


class AgeForm(PlainForm):
    """The only thing asked about age."""

    band = forms.ChoiceField(
        label=_("Hvor gammel er du?"),
        choices=[
            (AgeBand.UNDER_16, _("Under 16 år")),
            (AgeBand.FROM_16, _("16 eller 17 år")),
            (AgeBand.ADULT, _("18 år eller eldre")),
            (AgeBand.NOT_SAID, _("Det vil jeg ikke si")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg det som passer. Du kan også la være å si det.")},
    )
    on = forms.BooleanField(required=False, widget=forms.HiddenInput)


class SetupForm(SeenForm):
    """What the process asks about, and whom people turn to."""

    used = forms.MultipleChoiceField(
        label=_("Hva spør dere om?"),
        help_text=_("Spør bare om det dere trenger. Alle blir alltid spurt om de vil være med."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contact = forms.CharField(
        label=_("Hvem svarer på spørsmål om personvern?"),
        help_text=_("Personvernombudet, med e-post eller telefon. Skriv kontorets adresse, ikke en persons."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, titles: dict[str, str], only_read: str = "", **kwargs: Any) -> None:
        """only_read: the organisation, where this coordinator may not say whom people turn to."""
        super().__init__(*args, **kwargs)
        offer(self, "used", [(p.value, titles[p.value]) for p in Purpose if p != Purpose.TAKING_PART])
        if only_read:
            self.fields["contact"].disabled = True
            self.fields["contact"].help_text = _("Bare de som arbeider hos %(name)s, kan endre dette.") % {
                "name": only_read
            }
