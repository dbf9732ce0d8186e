"""Forms of the board."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.access.enums import Side
from langbord.base import clock
from langbord.base.forms import OnceForm, PlainForm, offer
from langbord.base.seen import SeenForm

from . import actions
from .enums import State, StepKind
from .lines import PAGE

LONGEST = 4000
SHORT_TEXT = 300
MOST_SHOWN = 2000


class UnlessNotOurs(forms.TextInput):
    """The browser does not demand it: whether it is needed depends on the answer, and the form says so."""

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class Where(forms.CharField):
    """Where something was sent: needed with one of the answers only, and so neither demanded nor «if you like»."""

    widget = UnlessNotOurs

    def validate(self, value: Any) -> None:
        return None


class Chosen(PlainForm):
    """How the board is narrowed down, read from the address. What makes no sense there is passed over."""

    sok = forms.CharField(label=_("Let etter ord"), max_length=80, required=False)
    fra = forms.ChoiceField(
        label=_("Hvem sa det?"),
        required=False,
        choices=[("", _("Alle")), (Side.CITIZENS, _("Innbyggerne")), (Side.SERVICE, _("Tjenesten"))],
    )
    hvor = forms.ChoiceField(
        label=_("Hvor langt har det kommet?"),
        required=False,
        choices=[
            ("", _("Alt")),
            (State.WAITING, _("Venter på svar")),
            (State.DO, _("Vi gjør dette")),
            (State.TRY, _("Vi prøver")),
            (State.NOT_NOW, _("Ikke nå")),
            (State.NOT_OURS, _("Ikke vårt å bestemme")),
            (State.IN_USE, _("I bruk")),
        ],
    )
    vis = forms.IntegerField(required=False, min_value=1, max_value=MOST_SHOWN, widget=forms.HiddenInput)

    def chosen(self) -> dict[str, Any]:
        """What was chosen and makes sense."""
        self.is_valid()
        data = self.cleaned_data
        return {
            "text": data.get("sok") or "",
            "side": data.get("fra") or "",
            "state": data.get("hvor") or "",
            "show": data.get("vis") or PAGE,
        }


class PromiseForm(OnceForm):
    """When the answer comes; for a coordinator also from whom."""

    responder = forms.ChoiceField(label=_("Hvem svarer?"))
    promised_on = forms.DateField(
        label=_("Svar innen"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("To uker er vanlig. Velg en dag dere kan holde."),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["promised_on"].initial = actions.usual_promise()
        today = clock.today()
        attrs = self.fields["promised_on"].widget.attrs
        attrs["min"], attrs["max"] = today.isoformat(), (today + timedelta(days=366)).isoformat()
        if people:
            offer(self, "responder", people)
        else:
            del self.fields["responder"]


class AnswerForm(OnceForm):
    """One of four answers, and always why."""

    kind = forms.ChoiceField(
        label=_("Hva er svaret?"),
        widget=forms.RadioSelect,
        choices=[
            (StepKind.DO, _("Vi gjør dette")),
            (StepKind.TRY, _("Vi prøver det ut først")),
            (StepKind.NOT_NOW, _("Ikke nå")),
            (StepKind.NOT_OURS, _("Det er ikke vårt å bestemme")),
        ],
    )
    reason = forms.CharField(
        label=_("Hva gjør dere, og hvorfor?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        help_text=_(
            "Skriv som til en du kjenner. Si hva som skjer nå, og når. Er det et nei, så si hvorfor."
        ),
        error_messages={"required": actions.SAY_WHY},
    )
    sent_to = Where(
        label=_("Hvem bestemmer, og hvor har dere sendt det?"),
        max_length=SHORT_TEXT,
        help_text=_("Bare når det ikke er vårt å bestemme. For eksempel «Husbanken»."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == StepKind.NOT_OURS and not data.get("sent_to") and "sent_to" not in self.errors:
            self.add_error("sent_to", actions.SAY_WHERE)
        return data


class WordsForm(OnceForm):
    """One field of words: what came back, what is in use, a comment."""

    text = forms.CharField(
        label=_("Hva vil du si?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST
    )

    def __init__(self, *args: Any, label: Any = "", help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label
        self.fields["text"].help_text = help_text


class TaskForm(OnceForm):
    """Something to be done together."""

    text = forms.CharField(
        label=_("Hva kan vi gjøre sammen?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=SHORT_TEXT,
        help_text=_("En ting om gangen. For eksempel «Spørre malermesteren om rester»."),
    )


class AskForm(OnceForm):
    """Why the authority should have it."""

    reason = forms.CharField(
        label=_("Hvorfor trenger kommunen dette?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=SHORT_TEXT,
        help_text=_("Én setning er nok. «Vi skal lage nye brev, og vil vise til dette.»"),
    )


class YesNoForm(PlainForm):
    """Two buttons."""

    answer = forms.ChoiceField(choices=[("yes", _("Ja")), ("no", _("Nei"))])


class ReferenceForm(SeenForm):
    """Where it lies in the authority's own archive."""

    reference = forms.CharField(
        label=_("Saksnummer i arkivet"),
        max_length=80,
        required=False,
        help_text=_("Som det står i arkivet. For eksempel 2026/1234-5."),
    )
