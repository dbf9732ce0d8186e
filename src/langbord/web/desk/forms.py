"""Forms of the coordinator's desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from langbord.access.enums import CITIZEN_SIDE, CasePower, Role, RoomKind
from langbord.base.forms import ExplainedChoice, OnceForm, offer, offer_rows
from langbord.base.seen import SeenForm
from langbord.people.models import Organisation, Unit
from langbord.people.vouching import speaks_for
from langbord.processes.templates import all_templates
from langbord.rooms.beginning import MIXED

NO_PERSON_NAMES = _("Alle som er med, ser dette. Ikke skriv navn på personer her.")


class BeginForm(OnceForm):
    """Begin a process: a way to begin, a name, what it is about. Sent once more with another name, it leads to the first."""

    one_thing = True

    template = ExplainedChoice(
        label=_("Hvordan vil dere begynne?"),
        widget=forms.RadioSelect,
        hints=lambda: {way.key: way.shown("suits") for way in all_templates().values()},
    )
    rooms = forms.MultipleChoiceField(
        label=_("Rom dere vil ha"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(kind.value, capfirst(kind.label)) for kind in MIXED],
        help_text=_(
            "Velger du ingenting her, får dere rommene som hører til måten dere valgte. Tavla er alltid med."
        ),
    )
    name = forms.CharField(
        label=_("Hva kaller dere det?"),
        max_length=120,
        help_text=_("Et navn folk forstår, som «Et hjem å trives i». Ikke skriv navn på personer."),
    )
    purpose = forms.CharField(
        label=_("Hva gjelder det?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("En eller to setninger. Dere kan endre dem sammen med dem det gjelder."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Hvem har ansvaret?"), queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(t.key, t.shown("title")) for t in all_templates().values()]
        offer(self, "template", choices)
        unit, organisations = actor.person.unit, Organisation.objects.order_by("name")
        self.own = None if actor.is_operator or unit is None else unit.organisation
        self.may_speak = self.own is None or speaks_for(actor.person, self.own.pk)
        if unit is not None:
            self.fields["organisation"].initial = unit.organisation_id
        if self.own is not None:
            # No question, where there is nothing to choose. What is sent is held against it all the same.
            self.fields["organisation"].widget = forms.HiddenInput()
            organisations = organisations.filter(pk=self.own.pk) if self.may_speak else organisations.none()
        offer_rows(self, "organisation", organisations)

    def ways(self) -> list[Any]:
        """The templates with their texts, for the page."""
        return list(all_templates().values())


class PurposeForm(SeenForm):
    """Name and purpose of a process."""

    name = forms.CharField(label=_("Navn"), max_length=120, help_text=NO_PERSON_NAMES)
    purpose = forms.CharField(
        label=_("Hva gjelder det?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=NO_PERSON_NAMES,
    )


class RoomForm(OnceForm):
    """One more room."""

    kind = forms.ChoiceField(label=_("Hva slags rom?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Hva heter det?"), max_length=80, help_text=NO_PERSON_NAMES)
    has_door = forms.BooleanField(
        label=_("Gruppa har en dør"),
        required=False,
        help_text=_("Da møtes alle først når innbyggerne i gruppa vil det. Vi anbefaler det."),
    )

    KINDS = (RoomKind.PEER, RoomKind.GROUP, RoomKind.SERVICE, RoomKind.STEERING)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(k.value, k.label) for k in self.KINDS])


SEATED_ROLES = {
    Role.CITIZEN: (RoomKind.PEER, RoomKind.GROUP),
    Role.PAID: (RoomKind.GROUP, RoomKind.STEERING),
    Role.HOST: (RoomKind.PEER, RoomKind.GROUP, RoomKind.SERVICE),
    Role.DAILY_LEADER: (RoomKind.GROUP,),
}


ROLE_IN_A_LINE = {
    Role.CITIZEN: _("Lever med det dette gjelder. Har et rom der tjenesten ikke leser."),
    Role.PAID: _("Lever med det selv, og får lønn for å være med."),
    Role.HOST: _("Tar imot folk, dekker bordet og passer på rommet."),
    Role.DAILY_LEADER: _("Leder ressursgruppa til daglig. Gruppa må ha sagt ja til det."),
    Role.EMPLOYEE: _("Arbeider i tjenesten, og svarer på det innbyggerne tar opp."),
    Role.PARTNER: _("Arbeider et annet sted, som hos en huseier eller i en forening."),
    Role.COORDINATOR: _("Holder det sammen: ber inn folk, gir plass og skriver ut kort."),
    Role.LEADER: _("Gir tid og støtte, og ser hvordan det går. Leser ikke i innbyggernes rom."),
    Role.RESEARCHER: _("Følger med for å lære. Leser bare det noen har sagt ja til."),
    Role.MENTOR: _("Gir råd utenfra. Ser bare det dere viser fram."),
}
"""What each role is, for whoever chooses one."""


class InviteForm(OnceForm):
    """Somebody who is to sit at the table: first name, role, and the room where the role needs one."""

    name = forms.CharField(
        label=_("Fornavn"), max_length=60, help_text=_("Fornavnet er nok. Et kallenavn går også bra.")
    )
    role = ExplainedChoice(label=_("Er med som"), widget=forms.RadioSelect, hints=ROLE_IN_A_LINE)
    room = forms.ChoiceField(
        label=_("Sitter i"),
        required=False,
        help_text=_("Gjelder innbyggere, medvirkere, verter og daglige ledere."),
    )
    unit = forms.ModelChoiceField(
        label=_("Arbeidssted"), queryset=Unit.objects.none(), required=False, empty_label=_("Ingen")
    )
    case_power = forms.ChoiceField(
        label=_("Saker"),
        choices=CasePower.choices,
        initial=CasePower.NONE,
        required=False,
        help_text=_(
            "Den som kan slå opp i eller bestemme i innbyggernes saker, får aldri komme inn i rommet deres."
        ),
    )
    email = forms.EmailField(
        label=_("E-post"),
        required=False,
        help_text=_("Til innlogging for dem som jobber her. Innbyggere får kort."),
    )

    def __init__(self, *args: Any, rooms: list[Any], known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = {
            str(room.id): room for room in rooms if room.kind not in (RoomKind.BOARD, RoomKind.JOINT)
        }
        offer(self, "role", [(r.value, capfirst(str(r.label))) for r in Role])
        offer(self, "room", [("", _("Ingen plass")), *((k, r.name) for k, r in self.rooms.items())])
        units = Unit.objects.select_related("organisation").order_by("organisation__name", "name")
        offer_rows(self, "unit", units)
        if known:
            for name in ("name", "unit", "email"):
                del self.fields[name]
            self.fields["role"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        role, room = data.get("role"), self.rooms.get(data.get("room") or "")
        says_power = data.get("case_power") not in ("", None, self.initial.get("case_power"))
        if not role and "role" not in self.errors and (room is not None or not says_power):
            self.add_error("role", self.fields["role"].error_messages["required"])
        kinds = SEATED_ROLES.get(Role(role)) if role in Role.values else None
        if kinds and room is None:
            fitting = [r for r in self.rooms.values() if r.kind in kinds]
            if len(fitting) == 1:
                room = fitting[0]
                data["room"] = str(room.id)
            elif role != Role.PAID or fitting:
                self.add_error("room", _("Velg hvilket rom personen skal sitte i."))
        if room is not None and kinds is None:
            data["room"], room = "", None
        if room is not None and kinds and room.kind not in kinds:
            self.add_error("room", _("Denne rollen sitter ikke i det rommet. Velg et annet."))
        works = role in Role.values and Role(role) not in CITIZEN_SIDE
        if works and "email" in self.fields and not data.get("email") and "email" not in self.errors:
            # Cards are for citizens, and an address can't be added later.
            self.add_error("email", _("Skriv e-posten også. Uten den kommer ikke personen inn."))
        return data
