"""What leaving itself holds on a person: only that a host wrote down their wish, while it waits. And, for the file that
is taken along, what the log of all of Langbord has: it lies below every app, and outlives the person as ids."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langbord.base.models import Event
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

from . import log_words
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
    note = _("Loggen har korte merker for hva som ble gjort. Ordene dine er ikke med.")
    return [
        Section("helped", _("Ønske om å slutte som en vert har skrevet ned"), items),
        Section("log", _("Det loggen har om meg"), _log(person_id), note=note),
    ]


def _log(person_id: UUID) -> list[list[Fact]]:
    """What the person did, and what was done to their own row. Who did that is not told here."""
    rows = Event.objects.filter(Q(actor_id=person_id) | Q(object_id=person_id)).order_by("id")
    return [
        [
            Fact("at", _("Når"), event.at),
            Fact("what", _("Hva"), log_words.in_words(event.verb)),
            Fact("mark", _("Merke"), event.verb),
            Fact("by_me", _("Gjort av meg"), event.actor_id == person_id),
            Fact("on", _("Nummer"), str(event.object_id or "")),
        ]
        for event in rows.iterator()
    ]


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
                Holding(
                    "base.Event",
                    gettext_lazy("hva du har gjort og når, i en logg uten ord"),
                    gettext_lazy("For at feil og misbruk skal bli funnet."),
                    (Category.TRACES,),
                ),
            ),
            export=export,
            erase=erase,
        )
    )
