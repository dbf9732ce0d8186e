"""Forms of hosts and coordinators. They parse and check, and write nothing. Nothing in them is filled in beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from langbord.base import clock
from langbord.base.dates import written
from langbord.base.forms import OnceForm, PlainForm, offer, speak_plainly
from langbord.people.signin import codes
from langbord.processes.models import Membership

from .. import shown
from ..enums import AgeBand, Purpose
from ..texts import Notice
from .models import Sheet
from .recording import Answer

ANSWERS = ((Answer.YES, _("Ja")), (Answer.NO, _("Nei takk")), (Answer.NONE, _("Ikke svart")))
FEW = 7
"""So many choices stand side by side; more are a list to unfold."""


def _people(members: Iterable[Membership]) -> list[tuple[str, str]]:
    names = [(str(m.person_id), m.person.shown_name) for m in members]
    return sorted(names, key=lambda pair: pair[1].casefold())


class SheetsForm(OnceForm):
    """Whom to print a sheet for, and what to ask."""

    people = forms.MultipleChoiceField(
        label=_("Hvem skal ha et ark?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én.")},
    )
    purposes = forms.MultipleChoiceField(
        label=_("Hva vil dere spørre om?"),
        help_text=_("Spør bare om det dere trenger. Færre spørsmål gir et kortere ark."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst ett spørsmål.")},
    )

    def __init__(
        self, *args: Any, members: Iterable[Membership], purposes: Iterable[Purpose], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "people", _people(members))
        asked = [(str(p.value), shown.title(p)) for p in purposes]
        offer(self, "purposes", asked)


class AnswersForm(OnceForm):
    """One answer for each text; none is chosen beforehand."""

    def __init__(self, *args: Any, notices: Iterable[Notice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(notices)
        for notice in self.asked:
            self.fields[self.name_of(notice.purpose)] = forms.ChoiceField(
                label=notice.named["title"],
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Velg ja, nei takk eller ikke svart.")},
            )
            speak_plainly(self.fields[self.name_of(notice.purpose)])

    @staticmethod
    def name_of(purpose: str) -> str:
        return f"answer-{purpose}"

    @property
    def answer_fields(self) -> list[Any]:
        return [self[self.name_of(notice.purpose)] for notice in self.asked]

    @property
    def with_texts(self) -> list[tuple[Notice, Any]]:
        return [(notice, self[self.name_of(notice.purpose)]) for notice in self.asked]

    @property
    def answers(self) -> dict[str, str]:
        """Purpose → yes, no or none; of a form that is valid."""
        return {n.purpose: self.cleaned_data[self.name_of(n.purpose)] for n in self.asked}

    def refuse(self, wrong: dict[str, str]) -> None:
        """Put what an action refused beside its field."""
        for purpose, why in wrong.items():
            self.add_error(self.name_of(purpose), why)


class KeyForm(AnswersForm):
    """What stands on a sheet that came back."""

    code = forms.CharField(
        label=_("Koden nederst på arket"),
        help_text=_("Åtte tegn. Den viser at dette er riktig ark."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Skriv koden som står nederst på arket.")},
    )
    signed_on = forms.DateField(
        label=_("Datoen på arket"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    def clean_code(self) -> str:
        code = codes.plain(self.cleaned_data["code"])
        if code != self.sheet.code:
            raise forms.ValidationError(
                _("Koden hører ikke til dette arket. Se om du har riktig ark foran deg.")
            )
        return code

    def clean_signed_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["signed_on"]
        printed = self.sheet.made_at.astimezone(clock.OSLO).date()
        if day > clock.today():
            raise forms.ValidationError(_("Denne dagen har ikke vært ennå. Se på datoen en gang til."))
        if day < printed:
            raise forms.ValidationError(
                _("Arket ble skrevet ut %(day)s. Det kan ikke være skrevet under før det."),
                params={"day": written(printed, "j. F Y")},
            )
        return day


class VoiceForm(AnswersForm):
    """What was said aloud, and who heard it."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    witness = forms.ChoiceField(label=_("Hvem var vitne?"), required=False, widget=forms.RadioSelect)
    witness_name = forms.CharField(
        label=_("Eller navnet på vitnet"),
        help_text=_("Bare den det gjelder, får se navnet."),
        required=False,
        max_length=100,
    )
    read_aloud = forms.BooleanField(
        label=_("Jeg leste tekstene høyt, og personen svarte selv"),
        error_messages={"required": _("Les tekstene høyt først. Sett så et kryss her.")},
    )

    def __init__(self, *args: Any, witnesses: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _people(witnesses)
        field: Any = self.fields["witness"]
        if len(choices) > FEW:
            field.widget = forms.Select()
        field.choices = [("", _("En annen")), *choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen, name = data.get("witness"), data.get("witness_name", "").strip()
        if not chosen and not name and "witness" in data:
            self.add_error("witness", _("Velg hvem som var vitne, eller skriv et navn under."))
        if chosen and name:
            self.add_error("witness_name", _("Velg én av dem: en fra lista eller et navn."))
        return data


class AgeForm(PlainForm):
    """The age band: no date of birth."""

    band = forms.ChoiceField(
        label=_("Hvor gammel er personen?"),
        help_text=_("Spør personen. Vi skriver ikke ned fødselsdato."),
        widget=forms.RadioSelect,
        choices=[(b.value, capfirst(str(b.label))) for b in AgeBand if b != AgeBand.UNKNOWN],
    )


class AdultForm(OnceForm):
    """The adult who answers beside a young person: somebody who is in here, or a name on paper."""

    adult = forms.ChoiceField(label=_("Er den voksne med her?"), required=False, widget=forms.RadioSelect)
    adult_name = forms.CharField(
        label=_("Eller skriv navnet"),
        help_text=_("For en voksen som svarer på papir eller muntlig. Bare dere og den unge ser navnet."),
        required=False,
        max_length=100,
    )

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _people(members)
        field: Any = self.fields["adult"]
        if len(choices) > FEW:
            field.widget = forms.Select()
        field.choices = [("", _("Nei")), *choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen, name = data.get("adult"), data.get("adult_name", "").strip()
        if not chosen and not name and "adult" in data:
            self.add_error("adult_name", _("Velg en som er med her, eller skriv et navn."))
        if chosen and name:
            self.add_error("adult_name", _("Velg én av dem: en fra lista eller et navn."))
        return data
