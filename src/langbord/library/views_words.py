"""The page where anybody may look over a text. It needs no sign-in; nothing is kept and nothing is logged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from langbord.access.asked import actor_of
from langbord.base.forms import PlainForm

from . import looking

LONGEST = 40_000
"""Characters: some twenty pages. More than that is looked over in parts."""

LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("Engelsk"))]


class CheckForm(PlainForm):
    """A text, and its language. No `maxlength` in the page: a browser would cut a pasted text without a word."""

    text = forms.CharField(
        label=_("Teksten"),
        strip=False,
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off"}),
        error_messages={"required": _("Skriv eller lim inn en tekst først.")},
    )
    language = forms.ChoiceField(
        label=_("Hvilket språk er den på?"), choices=LANGUAGES, widget=forms.RadioSelect
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text


@sensitive_post_parameters()
def check_words(request: HttpRequest) -> HttpResponse:
    """Show the text again with marks and advice beside it; it can be changed and looked over once more."""
    form = CheckForm(
        request.POST if request.method == "POST" else None, initial={"language": looking.language_now()}
    )
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        context["look"] = looking.look_at(
            form.cleaned_data["text"], form.cleaned_data["language"], actor=actor_of(request)
        )
    response = render(request, "words/check.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
