"""What hosts and citizens fill in about a gathering. Plain errors next to the field; what was typed is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.base import clock
from langbord.base.forms import OnceForm, PlainForm
from langbord.base.seen import SeenForm

from .enums import Need, PlanMadeBy

LONG = 4000
MINUTES_LONG = 20_000


class PlanForm(OnceForm):
    """Time and place, and what is said about it. A host who waits for the group's yes gets time and place alone."""

    date = forms.DateField(
        label=_("Dag"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Velg en dag.")},
    )
    start = forms.TimeField(
        label=_("Fra klokka"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Skriv når dere begynner.")},
    )
    end = forms.TimeField(
        label=_("Til klokka"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Skriv når dere slutter.")},
    )
    place = forms.CharField(
        label=_("Hvor"),
        max_length=200,
        help_text=_("Skriv det slik at den som aldri har vært der, finner fram."),
        error_messages={"required": _("Skriv hvor dere skal møtes.")},
    )
    ground = forms.CharField(
        label=_("Hvem sin hjemmebane er det?"),
        max_length=200,
        required=False,
        help_text=_("Noen kjenner seg hjemme der, og andre er på besøk. Bytt gjerne på."),
    )
    food = forms.CharField(label=_("Hva skal dere spise?"), max_length=200, required=False)
    title = forms.CharField(label=_("Hva skal dere gjøre?"), max_length=120, required=False)
    agenda = forms.CharField(
        label=_("Gangen i det"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "En ting på hver linje. Skriv gjerne minutter først og hvem som har lyst til å gjøre det sist: 20 Suppe – Amina"
        ),
    )
    practical = forms.CharField(
        label=_("Noe som er greit å vite"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    plan_made_by = forms.ChoiceField(
        label=_("Hvem laget planen?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*PlanMadeBy.choices, ("", _("Vi lar det stå åpent"))],
    )

    TELLING = ("ground", "food", "title", "agenda", "practical", "plan_made_by")

    def __init__(self, *args: Any, tells: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not tells:
            for name in self.TELLING:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        date, start, end = data.get("date"), data.get("start"), data.get("end")
        if date is not None and date < clock.today():
            self.add_error("date", _("Den dagen har vært. Velg en dag som kommer."))
            return data
        if date is None or start is None or end is None:
            return data
        data["starts_at"] = dt.datetime.combine(date, start, tzinfo=clock.OSLO)
        data["ends_at"] = dt.datetime.combine(date, end, tzinfo=clock.OSLO)
        if end <= start:
            self.add_error("end", _("Slutten må komme etter begynnelsen."))
        elif data["ends_at"] <= clock.now():
            self.add_error("start", _("Den tida har vært. Velg en tid som kommer."))
        return data

    @property
    def when_and_where(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "place")}

    @property
    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.TELLING if name in self.fields}


class ChangeForm(SeenForm, PlanForm):
    """The same, for a gathering that stands there already."""


class CancelForm(PlainForm):
    why = forms.CharField(
        label=_("Hva vil du si til dem som skulle komme?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv noen ord, så de vet hvorfor.")},
    )


class NeedsForm(PlainForm):
    needs = forms.MultipleChoiceField(
        label=_("Hva trenger du for å komme?"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("Noe mer verten skal vite?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hvor du vil hentes, hvilket språk, hva du ikke tåler."),
    )


class ThereForm(PlainForm):
    """Who was there. `people`: id and name of those who belong at the table; none: only heads are counted."""

    people = forms.MultipleChoiceField(
        label=_("Hvem er her?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others_citizens = forms.IntegerField(
        label=_("Andre innbyggere"), min_value=0, max_value=200, required=False
    )
    others_service = forms.IntegerField(
        label=_("Andre fra tjenesten"), min_value=0, max_value=200, required=False
    )
    others_hosts = forms.IntegerField(label=_("Andre verter"), min_value=0, max_value=200, required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["people"]
        else:
            field: Any = self.fields["people"]
            field.choices = people
        for name in ("others_citizens", "others_service", "others_hosts"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    @property
    def heads(self) -> dict[str, int]:
        return {side: self.cleaned_data[f"others_{side}"] or 0 for side in ("citizens", "service", "hosts")}


GROUP = "gruppa"
"""The value of the button for what nobody in particular said."""


class NoteForm(OnceForm):
    """One field, and a button for each who was there: writing and one tap."""

    text = forms.CharField(
        label=_("Hva ble sagt?"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Med ordene til den som sa det."),
        error_messages={"required": _("Skriv det som ble sagt, først.")},
    )
    speaker = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None and data.get("speaker") == GROUP:
            data = data.copy()
            data["speaker"] = ""
        super().__init__(data, **kwargs)


class _StillThere(forms.MultipleChoiceField):
    """Choices of which some may have gone since the page was drawn: what is gone is left out, without a fuss."""

    def validate(self, value: Any) -> None:
        return None

    def clean(self, value: Any) -> list[str]:
        there = {str(key) for key, _label in self.choices}  # type: ignore[union-attr,misc]
        return [key for key in super().clean(value) if key in there]


class MinutesForm(SeenForm, OnceForm):
    """The text, and whose words stand under it. `quotable`: pieces with the words, of those who have said yes."""

    text = forms.CharField(
        label=_("Referat"),
        max_length=MINUTES_LONG,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Korte setninger og vanlige ord. La folk kjenne igjen det de selv sa."),
        error_messages={"required": _("Skriv noe i referatet først.")},
    )
    quoted = _StillThere(
        label=_("Ordene til folk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "De står under referatet, uten navn. Tar noen et ja tilbake, blir ordene borte av seg selv."
        ),
    )

    def __init__(
        self, data: Any = None, *, quotable: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        if quotable:
            field: Any = self.fields["quoted"]
            field.choices = quotable
        else:
            del self.fields["quoted"]

    @property
    def chosen(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data.get("quoted", [])]


class WrongForm(OnceForm):
    text = forms.CharField(
        label=_("Hva stemmer ikke?"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hva som ikke stemmer, først.")},
    )
