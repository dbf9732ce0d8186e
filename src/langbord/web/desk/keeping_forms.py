"""Forms about how long things are kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.base import clock
from langbord.base.forms import OnceForm, offer, offer_rows
from langbord.base.retention import LONGEST_DAYS, policies
from langbord.people.models import Organisation
from langbord.processes.keeping.actions import TOO_SOON, first_day_rooms_may_go
from langbord.processes.keeping.enums import BoardAfter

NO_NAMES = _("Alle som er med, kan lese dette. Ikke skriv navn på personer her.")
A_DAY = {"type": "date"}


class CloseForm(OnceForm):
    """Why it is over, what becomes of the board, and the day the rooms go."""

    reason = forms.CharField(
        label=_("Hvorfor er samskapinga ferdig?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
        error_messages={"required": _("Skriv i en setning hvorfor.")},
    )
    board = forms.ChoiceField(
        label=_("Hva skal skje med tavla?"),
        choices=BoardAfter.choices,
        initial=BoardAfter.NAMELESS,
        widget=forms.RadioSelect,
        help_text=_("Snakk med dem det gjelder før du velger."),
    )
    goes_on = forms.DateField(
        label=_("Hvilken dag skal rommene bli borte?"),
        widget=forms.DateInput(attrs=A_DAY, format="%Y-%m-%d"),
        help_text=_("Til den dagen kan alle lese og ta med seg sitt. Velg minst en måned fram."),
    )

    def __init__(self, *args: Any, usual_days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = first_day_rooms_may_go()
        self.fields["goes_on"].initial = max(first, clock.today() + timedelta(days=usual_days))

    def clean_goes_on(self) -> date:
        chosen: date = self.cleaned_data["goes_on"]
        if chosen < first_day_rooms_may_go():
            raise forms.ValidationError(TOO_SOON)
        return chosen


class LengthForm(OnceForm):
    """How many days a kind is kept, and why when that is longer than usual."""

    kind = forms.ChoiceField(label=_("Hva gjelder det?"), widget=forms.RadioSelect)
    days = forms.IntegerField(label=_("Hvor mange dager?"), min_value=1, max_value=LONGEST_DAYS)
    reason = forms.CharField(
        label=_("Hvorfor?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Trengs når det er lenger enn vanlig. Alle som er med, kan lese det."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [
            (kind, policy.shown_title) for kind, policy in policies().items() if policy.scope == "process"
        ]
        offer(self, "kind", held)


class LengthForAllForm(LengthForm):
    """The same for all processes of an organisation."""

    organisation = forms.ModelChoiceField(
        label=_("Hvem gjelder det?"), queryset=Organisation.objects.none(), empty_label=None
    )
    field_order = ("once", "organisation", "kind", "days", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organisation", Organisation.objects.order_by("name"))


class ResearchForm(OnceForm):
    """The notification to Sikt, and the last day of the research."""

    reference = forms.CharField(
        label=_("Nummeret på meldingen til Sikt"),
        max_length=60,
        help_text=_("Det står i svaret fra Sikt."),
    )
    ends_on = forms.DateField(
        label=_("Siste dag for forskningen"),
        widget=forms.DateInput(attrs=A_DAY, format="%Y-%m-%d"),
        help_text=_("Etter den dagen kan ingen forskere lese mer, og kopiene blir borte."),
    )
    reason = forms.CharField(
        label=_("Hvorfor senere enn før?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Trengs bare når dagen flyttes fram i tid. Alle som er med, kan lese det."),
    )

    def clean_ends_on(self) -> date:
        chosen: date = self.cleaned_data["ends_on"]
        if chosen < clock.today():
            raise forms.ValidationError(_("Den dagen har vært. Velg en dag som kommer."))
        return chosen
