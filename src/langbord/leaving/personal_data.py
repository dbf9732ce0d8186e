"""What leaving itself holds on a person: only that a host wrote down their wish, while it waits."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langbord.base.personal_data import (
    Category,
    Fact,
    Holding,
    Numbers,
    Parting,
    Register,
    Section,
    Way,
    in_scope,
    register,
)

from .models import Helped

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"


def export(person_id: UUID) -> list[Section]:
    rows = Helped.objects.unrestricted(_SHOWN).with_people().filter(person_id=person_id)
    items = [
        [
            Fact("process", _("Samskaping"), row.process.name),
            Fact("way", _("Hva"), str(Way(row.way).label)),
            Fact("recorded_at", _("Skrevet ned"), row.recorded_at),
            Fact("stopped_at", _("Stoppet"), row.stopped_at),
        ]
        for row in rows
    ]
    return [Section("helped", _("Ønske om å slutte som en vert har skrevet ned"), items)]


def erase(parting: Parting) -> Numbers:
    for row in Helped.objects.unrestricted(_GONE).filter(person_id=parting.person_id, **in_scope(parting)):
        row.delete()
    return Numbers()


def declare() -> None:
    register(
        Register(
            app="leaving",
            holdings=(
                Holding(
                    "leaving.Helped",
                    gettext_lazy("at en vert har skrevet ned at du vil slutte"),
                    gettext_lazy("For at også den som ikke har telefon, skal kunne slutte."),
                    (Category.TAKING_PART,),
                    whose=("person_id",),
                    mentions=("recorded_by", "agreed_by", "stopped_by"),
                    process="process_id",
                ),
            ),
            export=export,
            erase=erase,
        )
    )
