"""What writing down for others holds on a person: whose hand it was. The words are the speaker's, and lie in `rooms`."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langbord.base.personal_data import Category, Fact, Holding, Register, Section, register

from .models import Noted

_SHOWN = "the person's own file"


def export(person_id: UUID) -> list[Section]:
    rows = Noted.objects.unrestricted(_SHOWN).with_room().filter(noted_by_id=person_id)
    items = [
        [
            Fact("at", _("Når"), noted.noted_at),
            Fact("room", _("Rom"), noted.piece.room.shown_name if noted.piece.room is not None else ""),
        ]
        for noted in rows
    ]
    note = _("Ordene er deres som sa dem. Derfor står de ikke her.")
    return [Section("noted", _("Det jeg har notert for andre"), items, note=note)]


def declare() -> None:
    register(
        Register(
            app="inputs",
            holdings=(
                Holding(
                    "inputs.Noted",
                    gettext_lazy("at du har skrevet ned noe for en annen"),
                    gettext_lazy("For at den som sa det, skal vite hvem som skrev."),
                    (Category.TRACES,),
                    whose=("piece__author_id",),
                    mentions=("noted_by",),
                    process="piece__process_id",
                ),
            ),
            export=export,
        )
    )
