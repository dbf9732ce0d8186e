"""What people fill in about learning. Plain errors beside the field; what was typed is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.base import clock
from langbord.base.forms import OnceForm, PlainForm
from langbord.base.seen import SeenForm
from langbord.gatherings.agenda import Line, parse, written
from langbord.gatherings.forms import PlanForm
from langbord.library.content import Sheet

from . import sheets
from .enums import Circle

LONG = 4000
SHORT = 600


class NoteForm(PlainForm):
    """A note to oneself at a step. `prompt` is the question that one writes to."""

    text = forms.CharField(
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Bare du kan lese det du skriver her."),
    )

    def __init__(self, *args: Any, prompt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = prompt


class HangForm(OnceForm):
    """What is hung up, and where. `rooms`: id and name of the service rooms where one sits."""

    room = forms.ChoiceField(label=_("Hvor skal det henge?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Teksten som henges opp"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Rett på det om du vil. Notatet ditt blir stående som det er."),
        error_messages={"required": _("Skriv noe først.")},
    )

    def __init__(self, *args: Any, rooms: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["room"]
        field.choices = rooms
        if len(rooms) == 1:
            field.widget = forms.HiddenInput()
            field.initial = rooms[0][0]


class LabForm(PlanForm):
    """A lab: a gathering with somebody who leads it. The agenda begins from what it is about."""

    topic = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    lead = forms.CharField(
        label=_("Hvem leder?"),
        max_length=60,
        required=False,
        help_text=_("Navnet kommer bak hver ting på lista som ingen har tatt."),
    )
    field_order = ("once", "topic", "date", "start", "end", "place", "food", "lead", "title", "agenda")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ground", "practical", "plan_made_by"):
            del self.fields[name]

    @property
    def led_agenda(self) -> str:
        """The agenda, with the one who leads at each thing that nobody has taken."""
        lead = self.cleaned_data["lead"].strip()
        lines = parse(self.cleaned_data["agenda"])
        return written([Line(line.text, line.minutes, line.who or lead) for line in lines])


class BeginTalksForm(OnceForm):
    """One button."""


class MarksForm(PlainForm):
    """Marks on a reflection sheet. Every question may be left open."""

    words = forms.CharField(
        label=_("Ord ved siden av"),
        required=False,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts: list[tuple[sheets.Asked, list[str]]] = []
        for asked in sheets.asked_in(sheet):
            names = []
            for question in asked.questions:
                name = field_name(question.key)
                choice: Any = forms.ChoiceField(
                    label=question.text,
                    help_text=question.note,
                    required=False,
                    widget=forms.RadioSelect,
                    choices=[(c.key, c.label) for c in question.choices],
                )
                self.fields[name] = choice
                names.append(name)
            self.parts.append((asked, names))
        self.order_fields([name for _asked, names in self.parts for name in names])

    @property
    def shown_parts(self) -> list[tuple[sheets.Asked, list[Any]]]:
        return [(asked, [self[name] for name in names]) for asked, names in self.parts]

    @property
    def marks(self) -> dict[str, str]:
        return {
            question.key: self.cleaned_data[field_name(question.key)]
            for asked, _names in self.parts
            for question in asked.questions
            if self.cleaned_data.get(field_name(question.key))
        }


class TogetherForm(SeenForm, MarksForm):
    """The sheet for all in a room."""


def field_name(key: str) -> str:
    """A question's key as the name of a field."""
    return "m-" + key.replace(".", "--")


def initial_of(marks: dict[str, str], words: str) -> dict[str, str]:
    return {"words": words, **{field_name(key): value for key, value in marks.items()}}


class RoundForm(OnceForm):
    """Opens a round on a sheet."""

    sheet = forms.CharField(widget=forms.HiddenInput, max_length=100)


class UnitForm(OnceForm):
    on = forms.DateField(
        label=_("Dagen dere snakket om det"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=clock.today,
    )
    text = forms.CharField(
        label=_("Hva svarte dere?"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Et par setninger er nok. Ingen navn på innbyggere, og ingenting fra en sak."),
        error_messages={"required": _("Skriv det dere svarte, først.")},
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_("Den dagen har ikke vært ennå."))
        return on


class AskForm(OnceForm):
    """A question to a mentor. `mentors`: id and name. `own`: what one has written oneself, to copy in."""

    mentor = forms.ChoiceField(label=_("Hvem vil du spørre?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Hva vil du spørre om?"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Skriv ingen navn på innbyggere. Mentoren ser bare det du skriver her."),
        error_messages={"required": _("Skriv spørsmålet først.")},
    )
    attach = forms.ChoiceField(
        label=_("Vil du legge ved noe du selv har skrevet?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Ordene blir kopiert slik de er nå. Andres ord kan ikke legges ved."),
    )
    circle = forms.ChoiceField(
        label=_("Hvem i samskapinga skal kunne lese spørsmålet og svaret?"),
        choices=Circle.choices,
        initial=Circle.ME,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, mentors: list[tuple[str, str]], own: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        mentor: Any = self.fields["mentor"]
        mentor.choices = mentors
        gone = self.is_bound and self.data.get("mentor") not in dict(mentors)
        if len(mentors) == 1 and not gone:
            mentor.widget = forms.HiddenInput()
            mentor.initial = mentors[0][0]
        mentor.error_messages["invalid_choice"] = (
            _("Denne mentoren er ikke med lenger. Velg en annen.")
            if mentors
            else _("Mentoren er ikke med lenger. Ta vare på det du skrev, til dere har en ny.")
        )
        attach: Any = self.fields["attach"]
        if own:
            attach.choices = [("", _("Nei")), *own]
            attach.initial = ""
        else:
            del self.fields["attach"]


class AnswerForm(OnceForm):
    text = forms.CharField(
        label=_("Svaret ditt"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Skriv svaret først.")},
    )
