"""Forms with which an organisation writes its own words in the library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from langbord.base.forms import OnceForm, PlainForm, offer, speak_plainly
from langbord.base.typed import read_plainly

from .saying import GUIDE, LETTER, PARTS, SHEET, WORD, Slot, places, slots

LONGEST = 4000
TITLE = 150
NEEDED = {LETTER: (), GUIDE: ("title", "about"), SHEET: ("title",), WORD: ("title", "instead")}
"""What may not be empty in one of their own; a sheet must also have something to read."""
NO_NAMES = _("Alle kan lese dette. Ikke skriv om noen som kan kjennes igjen.")


def _field(slot: Slot) -> forms.CharField:
    one_line = slot.rows == 1
    return forms.CharField(
        label=slot.label,
        max_length=TITLE if one_line else LONGEST,
        required=False,
        help_text=slot.hint or (NO_NAMES if slot.name == "title" else ""),
        widget=forms.TextInput() if one_line else forms.Textarea(attrs={"rows": slot.rows}),
    )


@dataclass(frozen=True)
class Group:
    """Fields that stand together: a part of a sheet. The first has no title. `open`: somebody wrote something there."""

    title: str
    fields: list[BoundField]
    open: bool


class Slots(PlainForm):
    """Texts of an entry, each in a field of its own."""

    slots: tuple[Slot, ...] = ()
    kind: str = GUIDE
    own: bool = False

    def ask_for(self, kind: str, slots: Iterable[Slot], own: bool) -> None:
        """`own`: it must be enough to stand by itself."""
        self.slots, self.kind, self.own = tuple(slots), kind, own
        for slot in self.slots:
            field = _field(slot)
            field.required = own and slot.name in NEEDED[kind]
            speak_plainly(field)
            read_plainly(field)
            self.fields[slot.name] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        texts = [slot.name for slot in self.slots if slot.name.endswith("_text")]
        if self.own and self.kind == SHEET and texts and not any(data.get(name) for name in texts):
            self.add_error(texts[0], _("Skriv noe her først."))
        return data

    def groups(self, written: Iterable[str]) -> list[Group]:
        """The fields in their groups. Those stand open where something is theirs (`written`: the names of those texts), where
        something is wrong, and where somebody typed something just now."""
        held = {*written, *self.errors, *(self.changed_data if self.is_bound else ())}
        found = []
        for title, some in groupby(self.slots, key=lambda slot: slot.group):
            names = [slot.name for slot in some]
            found.append(Group(title, [self[name] for name in names], not held.isdisjoint(names)))
        return found

    def said(self) -> dict[str, str]:
        return {slot.name: self.cleaned_data.get(slot.name, "") for slot in self.slots}


class OwnWordsForm(Slots):
    """The organisation's words in an entry, in one language."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0, required=False)

    def __init__(
        self, *args: Any, kind: str, slots: Iterable[Slot], own: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for(kind, slots, own)


class OwnEntryForm(OnceForm, Slots):
    """A point or a sheet of the organisation's own."""

    section = forms.ChoiceField(label=_("Hvor i veilederen?"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == SHEET:
            self.fields["section"].label = _("På hvilken hylle?")
        if kind == WORD:
            del self.fields["section"]
        else:
            offer(self, "section", places(kind).items())
        self.ask_for(kind, slots(kind, None, new=PARTS), own=True)
