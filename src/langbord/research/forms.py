from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.base.forms import PlainForm


class FileForm(PlainForm):
    """Which kind of file."""

    form = forms.ChoiceField(
        choices=[("json", "JSON"), ("csv", "CSV")],
        error_messages={"invalid_choice": _("Velg en av filene."), "required": _("Velg en av filene.")},
    )
