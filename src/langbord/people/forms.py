"""Forms of signing in and of the person's own page. No writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.base.forms import PlainForm, offer

from .signin import codes, pins


class _WithNext(PlainForm):
    """Carries where somebody was going through the steps of signing in."""

    next = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300)


def _shared() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Dette er ikke min telefon"),
        required=False,
        help_text=_("Da blir ingenting liggende igjen her når du er ferdig."),
    )


class CardForm(_WithNext):
    """The short code on the card."""

    code = forms.CharField(
        label=_("Koden på kortet"),
        help_text=_("Åtte tegn, inne i kortet. Store eller små bokstaver er det samme."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    shared = _shared()

    def clean_code(self) -> str:
        code = codes.plain(self.cleaned_data["code"])
        if len(code) != 8:
            raise forms.ValidationError(_("Koden har åtte tegn. Se en gang til på kortet."))
        return code


class GoOnForm(_WithNext):
    """The one form on the page of a link: going on is what uses it."""

    shared = _shared()


def _pin(label: Any, hint: Any = "", autocomplete: str = "off") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=pins.LONGEST + 4,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": autocomplete}),
        error_messages={"required": _("Skriv PIN-koden her.")},
    )


class PinForm(PlainForm):
    """The person's own PIN."""

    pin = _pin(_("PIN-koden din"))


class NewPinForm(PlainForm):
    """A PIN of one's own, twice."""

    pin = _pin(
        _("Velg en PIN-kode"),
        _("Fire til åtte siffer som du husker, og som andre ikke gjetter."),
        "new-password",
    )
    again = _pin(_("Den samme en gang til"), autocomplete="new-password")

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        pins.validate_pin(pin)
        return pin

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "pin" in data and "again" in data and data["pin"] != data["again"]:
            self.add_error("again", _("De to er ikke like. Skriv dem på nytt."))
        return data


class ChangePinForm(NewPinForm):
    """The old one first, where there is one."""

    old = _pin(_("PIN-koden du har nå"))
    field_order = ["old", "pin", "again"]

    def __init__(self, *args: Any, has_pin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_pin:
            del self.fields["old"]


class EmailForm(_WithNext):
    """Where the code is sent."""

    email = forms.EmailField(
        label=_("E-postadressen din på jobb"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(PlainForm):
    """Eight digits."""

    code = forms.CharField(
        label=_("Koden i e-posten"),
        help_text=_("Åtte siffer. Den gjelder i ti minutter."),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class FactorForm(PlainForm):
    """A code from the app, or one of the codes on paper."""

    code = forms.CharField(
        label=_("Koden i kodeappen"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


class NameForm(PlainForm):
    """What one is called here."""

    name = forms.CharField(
        label=_("Fornavn"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    alias = forms.CharField(
        label=_("Kallenavn"),
        max_length=60,
        required=False,
        help_text=_("Skriver du et kallenavn, er det det de andre ser."),
    )


class PrintForm(PlainForm):
    """Who gets a new card."""

    people = forms.MultipleChoiceField(
        label=_("Hvem skal ha nytt kort?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én.")},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "people", people)
