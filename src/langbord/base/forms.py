"""Forms that speak plainly and that survive a second click."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .typed import read_plainly

TOO_LONG = ngettext_lazy(
    "Teksten er for lang. Her er det plass til %(limit_value)d tegn, og du har skrevet %(show_value)d.",
    "Teksten er for lang. Her er det plass til %(limit_value)d tegn, og du har skrevet %(show_value)d.",
    "limit_value",
)
TOO_SHORT = ngettext_lazy(
    "Teksten er for kort. Skriv minst %(limit_value)d tegn.",
    "Teksten er for kort. Skriv minst %(limit_value)d tegn.",
    "limit_value",
)

# Django's own Bokmål says "Feltet er påkrevet" and "Oppgi en gyldig verdi". The first class that fits counts.
PLAIN_WORDS: list[tuple[type[forms.Field], dict[str, Any]]] = [
    (forms.FileField, {
        "required": _("Velg en fil først."),
        "missing": _("Velg en fil først."),
        "invalid": _("Fila kom ikke fram. Prøv en gang til."),
        "empty": _("Fila er tom. Velg en annen."),
        "contradiction": _("Velg en ny fil, eller ta bort den gamle. Begge deler går ikke."),
        "invalid_image": _("Dette er ikke et bilde vi kan lese. Prøv et annet."),
        "invalid_extension": _("Denne typen fil kan vi ikke ta imot."),
    }),
    (forms.MultipleChoiceField, {
        "required": _("Velg minst én."),
        "invalid_choice": _("Dette valget finnes ikke lenger. Velg et annet."),
        "invalid_list": _("Velg fra lista."),
    }),
    (forms.ModelMultipleChoiceField, {
        "required": _("Velg minst én."),
        "invalid_choice": _("Dette valget finnes ikke lenger. Velg et annet."),
        "invalid_list": _("Velg fra lista."),
        "invalid_pk_value": _("Dette valget finnes ikke lenger. Velg et annet."),
    }),
    (forms.ChoiceField, {
        "required": _("Velg ett av svarene."),
        "invalid_choice": _("Dette valget finnes ikke lenger. Velg et annet."),
    }),
    (forms.BooleanField, {"required": _("Sett et kryss her for å gå videre.")}),
    (forms.EmailField, {
        "required": _("Skriv e-postadressen her."),
        "invalid": _("Dette ser ikke ut som en e-postadresse. Den ser ut omtrent som kari@eksempel.no."),
    }),
    (forms.URLField, {
        "required": _("Skriv nettadressen her."),
        "invalid": _("Dette ser ikke ut som en nettadresse. Den begynner ofte med https://"),
    }),
    (forms.SplitDateTimeField, {
        "required": _("Skriv både dag og klokkeslett."),
        "invalid_date": _("Skriv en dag som finnes, for eksempel 24.12.2026."),
        "invalid_time": _("Skriv et klokkeslett, for eksempel 17.30."),
    }),
    (forms.DateTimeField, {
        "required": _("Skriv både dag og klokkeslett."),
        "invalid": _("Skriv dag og klokkeslett, for eksempel 24.12.2026 17:30."),
    }),
    (forms.DateField, {
        "required": _("Velg en dag."),
        "invalid": _("Skriv en dag som finnes, for eksempel 24.12.2026."),
    }),
    (forms.TimeField, {
        "required": _("Skriv et klokkeslett."),
        "invalid": _("Skriv et klokkeslett, for eksempel 17.30."),
    }),
    (forms.IntegerField, {  # FloatField and DecimalField are kinds of it
        "required": _("Skriv et tall her."),
        "invalid": _("Skriv tallet med siffer, for eksempel 12."),
        "max_value": _("Tallet er for stort. Det kan være høyst %(limit_value)s."),
        "min_value": _("Tallet er for lite. Det må være minst %(limit_value)s."),
    }),
    (forms.Field, {
        "required": _("Skriv noe her først."),
        "invalid": _("Dette forstår vi ikke. Skriv det på en annen måte."),
        "max_length": TOO_LONG,
        "min_length": TOO_SHORT,
        "null_characters_not_allowed": _("Teksten har et tegn vi ikke kan ta imot. Skriv den på nytt her."),
    }),
]  # fmt: skip

TIMES = ["%H.%M", "%H:%M", "%H:%M:%S", "%H"]
"""How people here write a time of day."""


Hints = Mapping[Any, Any]


class ExplainedChoice(forms.ChoiceField):
    """Choices with a line under each that says what it is. `hints`: the line, by value; or what gives them, where they are
    read in the language of the page."""

    def __init__(self, *, hints: Hints | Callable[[], Hints], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._hints = hints

    @property
    def option_hints(self) -> dict[str, Any]:
        found = self._hints() if callable(self._hints) else self._hints
        return {str(value): words for value, words in found.items()}


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a field of choices what may be chosen this time."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField), name
    field.choices = list(choices)


def offer_rows(form: forms.BaseForm, name: str, rows: models.QuerySet[Any]) -> None:
    """Give a field of rows those that may be chosen this time."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField), name
    field.queryset = rows


def retype(form: forms.BaseForm, name: str, value: str) -> None:
    """Put something else in one field of a form that was sent, and leave all that was typed: what was sent is not to be
    changed, so the form gets a copy."""
    data: Any = form.data  # a dict or a QueryDict; both copy
    renewed = data.copy()
    renewed[form.add_prefix(name)] = value
    form.data = renewed


class PlainWords(forms.BaseForm):
    """Plain error messages, for every field that was not given its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            speak_plainly(field)
            read_plainly(field)


def speak_plainly(field: forms.Field) -> None:
    """Change the messages that are Django's own; leave those that somebody chose for this field."""
    default: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        default.update(getattr(kind, "default_error_messages", {}))
    for kind, words in reversed(PLAIN_WORDS):
        if not isinstance(field, kind):
            continue
        for code, message in words.items():
            if field.error_messages.get(code) is default.get(code):
                field.error_messages[code] = default[code] = message
    if isinstance(field, forms.TimeField) and field.input_formats is forms.TimeField.input_formats:
        field.input_formats = TIMES
    if isinstance(field, forms.MultiValueField):
        for part in field.fields:
            for code, message in forms.SplitDateTimeField.default_error_messages.items():
                if part.error_messages.get("invalid") is message:
                    part.error_messages["invalid"] = field.error_messages[code]
            speak_plainly(part)


class PlainForm(PlainWords, forms.Form):
    """A form that speaks plainly: also of what is missing. A browser would stop an empty field with a bubble of its own, in
    its own language, before our words beside the field are asked for."""

    use_required_attribute = False


def own_id(kind: str, once: uuid.UUID) -> uuid.UUID:
    """The id of something that gets a key of its own (a person, a room, a process, a unit), made from a form's `once`.

    Whoever sends a form chooses `once`. Taken as it is, it could name what has a key already: the new thing would be sealed
    with that key, and destroy it for everybody when it goes."""
    return uuid.uuid5(once, f"langbord {kind}")


@dataclass(frozen=True)
class There:
    """What somebody made a moment ago, and seems to be making once more: *back* shows a page anew, with a `once` of its own.
    They are pointed to it (templates/forms/there_already.html), and asked before there are two; never refused. `asks`: the
    form was sent, and a second press makes another one."""

    said: str
    href: str
    asks: bool = True


def wants_one_more(data: Mapping[str, Any]) -> bool:
    """They have been pointed to what is there, and pressed once more."""
    return data.get("one_more") == "yes"


class OnceForm(PlainForm):
    """A form that makes something, once.

    `once` is the key of what will be made, chosen when the form is shown: sent twice, it names the same thing
    both times, and the action finds it already made. The action must check that what it finds is the sender's
    own.

    Sent again with something else in it, from a page that *back* brought forth once more, it names another thing: else what
    was said the second time would be lost, and the page would say that it was saved. What the action gets is made from both.
    """

    one_thing: ClassVar[bool] = False
    """The form names the same thing whatever is in it: what is saved bit by bit, or is pointed at when it is there already."""

    once = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={
            "required": _("Det gikk ikke gjennom. Alt du skrev, står her ennå. Prøv en gang til."),
            "invalid": _("Det gikk ikke gjennom. Alt du skrev, står her ennå. Prøv en gang til."),
        },
    )

    def clean_once(self) -> uuid.UUID:
        """The key of the form, and of what was sent in it: as it was sent, so that it does not depend on what is valid."""
        once: uuid.UUID = self.cleaned_data["once"]
        if self.one_thing:
            return once
        said = [
            (name, field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))
            for name, field in self.fields.items()
            if name != "once" and not isinstance(field, forms.FileField)
        ]
        return uuid.uuid5(once, repr(said))

    def full_clean(self) -> None:
        super().full_clean()
        missing = self.errors.pop("once", None)
        if missing is not None:
            # Show the sentence by itself, and a fresh key in the form, so that the next try goes through.
            self.add_error(None, missing.as_data())
            retype(self, "once", str(uuid.uuid4()))
