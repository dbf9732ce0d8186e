"""What taking part holds on a person: in which process, as what, since when, and when they were silent."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langbord.access.enums import Role
from langbord.base.personal_data import (
    Category,
    Counts,
    Fact,
    Fate,
    Holding,
    Numbers,
    Parting,
    Register,
    Section,
    counted,
    in_scope,
    register,
)
from langbord.base.retention import policies

from .models import Membership, Notice, Pause

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"


def export(person_id: UUID) -> list[Section]:
    members = Membership.objects.unrestricted(_SHOWN).with_person().filter(person_id=person_id)
    pauses = Pause.objects.unrestricted(_SHOWN).of_person(person_id)
    notices = Notice.objects.unrestricted(_SHOWN).filter(person_id=person_id)
    return [
        Section(
            "taking_part", _("Det jeg er med på"), [_membership(m) for m in members.order_by("started_at")]
        ),
        Section("silent", _("Når jeg har vært stille"), [_pause(pause) for pause in pauses]),
        Section("warnings", _("Det som snart går ut"), [_warning(notice) for notice in notices]),
    ]


def _warning(notice: Notice) -> list[Fact]:
    return [
        Fact("kind", _("Hva"), policies()[notice.kind].shown_title if notice.kind in policies() else ""),
        Fact("first_on", _("Fra"), notice.first_on),
        Fact("goes_on", _("Til"), notice.goes_on),
    ]


def _membership(membership: Membership) -> list[Fact]:
    return [
        Fact("process", _("Samskaping"), membership.process.name),
        Fact("role", _("Rolle"), str(Role(membership.role).label)),
        Fact("for", _("Jobber i"), str(membership.unit) if membership.unit is not None else ""),
        Fact("from", _("Fra"), membership.started_at),
        Fact("to", _("Til"), membership.ended_at),
    ]


def _pause(pause: Pause) -> list[Fact]:
    return [
        Fact("process", _("Samskaping"), pause.membership.process.name),
        Fact("from", _("Fra"), pause.started_at),
        Fact("to", _("Til"), pause.ended_at),
    ]


def counts(parting: Parting) -> Counts:
    mine = Membership.objects.unrestricted(_GONE).filter(person_id=parting.person_id, **in_scope(parting))
    return {(Fate.GONE, "role"): mine}


def erase(parting: Parting) -> Numbers:
    """Roles go with seats and pauses. What they made possible for others stays."""
    told = counted(counts(parting))
    for membership in Membership.objects.unrestricted(_GONE).filter(
        person_id=parting.person_id, **in_scope(parting)
    ):
        membership.delete()
    for notice in Notice.objects.unrestricted(_GONE).filter(person_id=parting.person_id, **in_scope(parting)):
        notice.delete()
    return told


_DATES = gettext_lazy("For at alle skal vite hvem som bestemte en dato eller avsluttet, og hvorfor.")

_KEEPING = (
    Holding(
        "processes.Term",
        gettext_lazy("at du har bestemt hvor lenge noe skal stå"),
        _DATES,
        (Category.TRACES,),
        mentions=("set_by",),
        process="process_id",
    ),
    Holding(
        "processes.Closing",
        gettext_lazy("at du har avsluttet eller åpnet igjen en samskaping"),
        _DATES,
        (Category.TRACES,),
        mentions=("closed_by", "reopened_by"),
        process="process_id",
    ),
    Holding(
        "processes.ResearchEnd",
        gettext_lazy("at du har bestemt når forskningen slutter"),
        _DATES,
        (Category.TRACES,),
        mentions=("set_by",),
        process="process_id",
    ),
    Holding(
        "processes.Notice",
        gettext_lazy("beskjeder til deg om at noe snart går ut"),
        gettext_lazy("For at du skal få vite det i tide."),
        (Category.TAKING_PART,),
        whose=("person_id",),
        process="process_id",
    ),
)


def declare() -> None:
    register(
        Register(
            app="processes",
            holdings=(
                Holding(
                    "processes.Membership",
                    gettext_lazy("hva du er med på, i hvilken rolle og siden når"),
                    gettext_lazy("For at du skal slippe inn der du hører til, og bare der."),
                    (Category.TAKING_PART,),
                    whose=("person_id",),
                    process="process_id",
                ),
                Holding(
                    "processes.Pause",
                    gettext_lazy("når du har bedt om å være stille"),
                    gettext_lazy("For at ingen skal spørre deg eller vente på deg da."),
                    (Category.TAKING_PART,),
                    whose=("membership__person_id",),
                    process="membership__process_id",
                ),
                *_KEEPING,
            ),
            export=export,
            counts=counts,
            erase=erase,
            things={
                "role": lambda n: (
                    ngettext("%(n)d rolle i en samskaping", "%(n)d roller i samskapinger", n) % {"n": n}
                )
            },
        )
    )
