"""Forms with which an organisation writes its own words in the guide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.base.forms import OnceForm, PlainForm, offer

from .content import Section

LONGEST = 4000
NO_NAMES = _("Alle kan lese dette. Ikke skriv om noen som kan kjennes igjen.")


def _text(label: Any, rows: int, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _fields() -> dict[str, forms.CharField]:
    return {
        "title": forms.CharField(label=_("Overskrift"), max_length=150, required=False, help_text=NO_NAMES),
        "about": _text(_("Hva det handler om"), 5),
        "why": _text(_("Hvorfor"), 5),
        "how": _text(_("Slik kan det gjøres"), 5),
        "ask": _text(_("Et spørsmål å snakke om"), 3),
    }


class OwnWordsForm(PlainForm):
    """The organisation's words in a point, in one language. `shown`: the fields there are."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0, required=False)

    def __init__(self, *args: Any, shown: tuple[str, ...], own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in _fields().items():
            if name in shown:
                self.fields[name] = field
                field.required = own and name in ("title", "about")

    def said(self) -> dict[str, str]:
        return {name: text for name, text in self.cleaned_data.items() if name != "seen"}


class OwnPointForm(OnceForm):
    """A point of the organisation's own."""

    section = forms.ChoiceField(label=_("Hvor i veilederen?"))
    title = forms.CharField(label=_("Overskrift"), max_length=150, help_text=NO_NAMES)
    about = _text(_("Hva det handler om"), 5, required=True)
    why = _text(_("Hvorfor"), 4)
    how = _text(_("Slik kan det gjøres"), 4)
    ask = _text(_("Et spørsmål å snakke om"), 3)

    def __init__(self, *args: Any, sections: tuple[Section, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "section", [(s.key, str(s.title)) for s in sections])

    def said(self) -> dict[str, str]:
        return {name: text for name, text in self.cleaned_data.items() if name not in ("once", "section")}
