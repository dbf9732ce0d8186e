"""Forms of the rooms: they parse and check, and write nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from langbord.access.enums import RoomKind
from langbord.base.forms import OnceForm, PlainForm, offer
from langbord.base.seen import SeenForm

from .enums import DoorAnswer, PieceKind

MOST = 8000
"""Characters in one piece: some four pages. A longer story is two."""


class WordsField(forms.CharField):
    """What somebody writes. No `maxlength` in the page: a browser would cut a pasted text without a word."""

    widget = forms.Textarea

    def __init__(self, *, most: int = MOST, **kwargs: Any) -> None:
        super().__init__(validators=[MaxLengthValidator(most)], **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


WALL_KINDS: dict[str, tuple[tuple[str, Any], ...]] = {
    RoomKind.SERVICE: (
        (PieceKind.POST, _("Noe å si til de andre")),
        (PieceKind.SHORTCOMING, capfirst(PieceKind.SHORTCOMING.label)),
        (PieceKind.NO_PROMISE, capfirst(PieceKind.NO_PROMISE.label)),
    )
}
"""What one may write on the wall of a room, beside an ordinary post."""


class WallForm(OnceForm):
    """Something for the wall."""

    text = WordsField(label=_("Skriv på veggen"))
    kind = forms.ChoiceField(label=_("Hva slags?"), widget=forms.RadioSelect, initial=PieceKind.POST)

    def __init__(self, *args: Any, room_kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = WALL_KINDS.get(room_kind)
        if kinds is None:
            del self.fields["kind"]
        else:
            offer(self, "kind", kinds)

    @property
    def chosen_kind(self) -> str:
        return str(self.cleaned_data.get("kind") or PieceKind.POST)


class ExchangeForm(OnceForm):
    """Something for the three lists of the exchange."""

    kind = forms.ChoiceField(
        label=_("Hva vil du skrive?"),
        widget=forms.RadioSelect,
        choices=[(k.value, capfirst(k.label)) for k in (PieceKind.GIVE, PieceKind.NEED, PieceKind.TIP)],
    )
    text = WordsField(label=_("Hva gjelder det?"), widget=forms.Textarea(attrs={"rows": 3}))


class RuleForm(OnceForm):
    """One rule."""

    text = WordsField(label=_("En regel til"), most=400, widget=forms.Textarea(attrs={"rows": 2}))


class FindForm(PlainForm):
    """What somebody looks for in a room."""

    words = forms.CharField(
        label=_("Hva leter du etter?"),
        help_text=_("Skriv et ord eller et navn. Vi lagrer ikke hva du leter etter."),
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Skriv et ord å lete etter.")},
    )


class EditForm(SeenForm):
    """New words for a piece."""

    text = WordsField(label=_("Teksten"))


WITH_NAME = [("no", _("Uten navnet mitt")), ("yes", _("Med navnet mitt"))]


class CarryForm(OnceForm):
    """What goes along to the other room, and with whose name. Taken along before, it leads to what lies there."""

    one_thing = True

    text = WordsField(
        label=_("Dette tar du med"), help_text=_("Du kan endre teksten først. Ta gjerne bort navn.")
    )
    signed = forms.ChoiceField(
        label=_("Skal navnet ditt stå der?"), widget=forms.RadioSelect, choices=WITH_NAME, initial="no"
    )


class ProposeForm(OnceForm):
    """What the group takes over, in exactly the words that will be read there. While it counts, there is one."""

    one_thing = True

    text = WordsField(
        label=_("Dette tar gruppa med"), help_text=_("Bare disse ordene kommer fram. Ta bort navn.")
    )
    agreed_at_gathering = forms.BooleanField(
        label=_("Innbyggerne ble enige om dette på en samling"),
        required=False,
        help_text=_("Da gjelder det om sju dager, hvis ingen sier nei. Ellers må alle si ja her."),
    )


class TakeBackForm(PlainForm):
    """Whether the copies are taken back, too."""

    with_copies = forms.BooleanField(
        label=_("Ta tilbake det jeg har tatt med over, også"), required=False, initial=True
    )


class GroupTakesBackForm(OnceForm):
    """How the group has said, or says, that it wants its own words back."""

    how = forms.ChoiceField(
        label=_("Hva har gruppa sagt?"),
        choices=[
            ("said", _("Innbyggerne har sagt det til meg. Ta det tilbake nå")),
            ("ask", _("Spør hver innbygger her. Når alle har sagt ja, blir det tatt tilbake")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ett av de to.")},
    )


class HoldBackForm(SeenForm):
    """Why a host holds something back."""

    why = WordsField(
        label=_("Hvorfor holder du det tilbake?"),
        most=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den som skrev det, ser dette. Snakk sammen så snart dere kan."),
    )


class DoorForm(PlainForm):
    """One's own answer at the door."""

    answer = forms.ChoiceField(
        label=_("Hva svarer du?"),
        widget=forms.RadioSelect,
        choices=[(k.value, capfirst(k.label)) for k in DoorAnswer],
    )


class YesNoForm(PlainForm):
    """A yes or a no, from two buttons."""

    answer = forms.ChoiceField(choices=[("yes", _("ja")), ("no", _("nei"))])
