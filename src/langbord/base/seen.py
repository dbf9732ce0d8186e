"""Two people at the same words: whoever saves last has seen what the first one wrote.

The page carries a mark of what stood there when it was shown (`SeenForm`, `of`). The action holds the row, and refuses when
something else stands there now (`check`). The page then shows both: what was typed, in the form, and what came between beside
it (`show_both`, forms/meanwhile.html). Pressed once more it is saved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .errors import NotNow
from .forms import PlainForm, retype

MEANWHILE = _(
    "Noen andre har endret dette imens. Det du skrev, står her ennå. Se på det de skrev, og lagre en gang til."
)


class ChangedMeanwhile(NotNow):
    """Somebody else saved since the page was loaded."""

    def __init__(self) -> None:
        super().__init__(MEANWHILE)


def of(stands: Mapping[str, str]) -> str:
    """A short mark of texts as they stand, each by its name, for a hidden field. It goes only to those who have the texts on
    the same page."""
    texts = (part for pair in sorted(stands.items()) for part in pair)
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:32]


def check(stands: Mapping[str, str], said: Mapping[str, str], seen: str | None) -> None:
    """ChangedMeanwhile when what stands is neither what was on the page nor what is to be written. Of what stands, only the
    texts that are written count. `seen` None: whoever writes has no page."""
    now = {name: stands[name] for name in said}
    if seen is not None and now != dict(said) and of(now) != seen:
        raise ChangedMeanwhile()


class SeenForm(PlainForm):
    """A form for words that several may be changing. `seen`: the mark of what was on the page; None when the form was sent
    without one, by something that has no page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> str | None:
        return self.cleaned_data["seen"] if self.add_prefix("seen") in self.data else None


def show_both(
    form: forms.BaseForm,
    stands: Mapping[str, str],
    words: str | Promise = MEANWHILE,
    field_of: Callable[[str], str] = str,
) -> list[tuple[Any, str]]:
    """After ChangedMeanwhile: says so above the form, counts what stands now as seen, and gives what differs from what was
    typed, as (label, text), to lay beside it. `field_of`: the field of a text, where it has not the same name."""
    form.add_error(None, str(words))
    retype(form, "seen", of(stands))
    found = []
    for name, text in stands.items():
        typed, field = form[field_of(name)].value(), form.fields[field_of(name)]
        if str(typed or "").replace("\r\n", "\n") != text.replace("\r\n", "\n"):
            labels = dict(getattr(field, "choices", ()))
            found.append((field.label, str(labels.get(text, text))))
    return found
