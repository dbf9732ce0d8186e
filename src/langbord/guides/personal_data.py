"""What the guide holds on a person: that they carry a point, or said something about one. Words are pieces of a room."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langbord.base.personal_data import Category, Fact, Holding, Register, Section, register
from langbord.library import content

from .models import PointStep

_SHOWN = "the person's own file"


def export(person_id: UUID) -> list[Section]:
    """What one has decided about points of the guide; the words stand among what one has shared."""
    rows = list(PointStep.objects.unrestricted(_SHOWN).of_person(person_id))
    titles = {
        organisation: {point.key: str(point.title) for point in content.points(organisation)}
        for organisation in {row.process.organisation_id for row in rows}
    }
    return [
        Section(
            "guide",
            _("Det jeg har gjort i veilederen"),
            [
                [
                    Fact("process", _("Samskaping"), row.process.name),
                    Fact(
                        "point", _("Punkt"), row.point, titles[row.process.organisation_id].get(row.point, "")
                    ),
                    Fact("what", _("Hva"), str(row.shown_kind)),
                    Fact("carried_by_me", _("Jeg bærer det"), row.carrier_id == person_id),
                    Fact("day", _("Dag"), row.on),
                    Fact("at", _("Når"), row.at),
                ]
                for row in rows
            ],
        )
    ]


def declare() -> None:
    register(
        Register(
            app="guides",
            holdings=(
                Holding(
                    "guides.PointStep",
                    gettext_lazy("hva dere har bestemt om punktene i veilederen"),
                    gettext_lazy("For at de som forbereder, skal vite hvem som gjør hva."),
                    (Category.TRACES,),
                    mentions=("person", "carrier"),
                    process="process_id",
                ),
            ),
            export=export,
        )
    )
