"""The form of *Fortell*: one large field, what kind it is, and which process when there are several."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, RoomKind
from langbord.base.forms import OnceForm, offer
from langbord.rooms.enums import EXCHANGE, PieceKind
from langbord.rooms.forms import WordsField

STORY_KINDS = (
    (PieceKind.STORY, _("En fortelling")),
    (PieceKind.STORY_GOOD, _("En god opplevelse")),
    (PieceKind.STORY_BETTER, _("En som kunne vært bedre")),
)
SERVICE_KINDS = (
    (PieceKind.SHORTCOMING, _("Det vi ikke får til")),
    (PieceKind.NO_PROMISE, _("Det vi ikke kan love")),
)
OTHER_KINDS = ((PieceKind.POST, _("Noe annet")),)

BELONGS_ELSEWHERE = (*EXCHANGE, PieceKind.RULE, PieceKind.WORD, PieceKind.MEANING)
"""Written on other pages; a draft of such a kind, taken back from there, keeps it."""


def kinds_for(actor: Actor, process_id: UUID) -> list[tuple[str, Any]]:
    """What somebody may tell in a process: stories where they sit with citizens, shortcomings where they sit with the
    service. The first is what it is if nothing is chosen."""
    kinds: list[tuple[str, Any]] = []
    if any(actor.may_read(room.id) for room in actor.rooms_in(process_id, *CITIZEN_ROOMS)):
        kinds.extend(STORY_KINDS)
    if any(actor.may_read(room.id) for room in actor.rooms_in(process_id, RoomKind.SERVICE)):
        kinds.extend(SERVICE_KINDS)
    if not kinds:
        kinds.append(STORY_KINDS[0])
    return [*kinds, *OTHER_KINDS]


class TellForm(OnceForm):
    """What somebody wants to tell. Nobody else reads it until they say who may. Saved as it is written, under one id."""

    one_thing = True

    text = WordsField(label=_("Hva vil du fortelle?"))
    kind = forms.ChoiceField(label=_("Hva slags?"), widget=forms.RadioSelect)
    process = forms.ChoiceField(label=_("Hvor hører det til?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_process = {str(s.process_id): kinds_for(actor, s.process_id) for s in actor.sittings}
        names = {str(s.process_id): s.process_name for s in actor.sittings}
        every = {key: label for kinds in self.by_process.values() for key, label in kinds}
        given = self.data.get("kind") or self.initial.get("kind")
        if given in PieceKind.values and given not in every and given in BELONGS_ELSEWHERE:
            every = {given: capfirst(PieceKind(given).label), **every}
            self.by_process = {key: [*kinds, (given, "")] for key, kinds in self.by_process.items()}
        kind, process = self.fields["kind"], self.fields["process"]
        offer(self, "kind", every.items())
        kind.initial = next(iter(every), "")
        offer(self, "process", names.items())
        process.initial = next(iter(names), "")
        if len(names) == 1:
            del self.fields["process"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        process, kind = data.get("process") or next(iter(self.by_process)), data.get("kind")
        data["process"] = process
        if kind and process in self.by_process and kind not in dict(self.by_process[process]):
            self.add_error("kind", _("Dette valget passer ikke der. Velg et annet."))
        return data


class _Nameless(OnceForm):
    """Words that may stand without a name: nobody should have to show that they did not know."""

    nameless = forms.BooleanField(label=_("Uten navnet mitt"), required=False)


class WordForm(_Nameless):
    """A word one wonders about, or how something works."""

    text = WordsField(
        label=_("Hva lurer dere på?"),
        most=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Et ord, for eksempel «vedtak». Eller et spørsmål: «Hvem bestemmer om vi får barnehage?»"
        ),
    )
    field_order = ["text", "nameless"]


class MeaningForm(_Nameless):
    """What it means, as one understands it."""

    text = WordsField(
        label=_("Slik forstår jeg det"),
        most=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Med egne ord. Flere forklaringer kan stå side om side."),
    )
    field_order = ["text", "nameless"]
