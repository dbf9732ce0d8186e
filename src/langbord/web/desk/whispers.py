"""What the desk noticed, said gently to the one who can do something. Each says what was seen, why it may matter, and an
idea, and whether a text taught it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, RoomKind
from langbord.base import clock
from langbord.followup.lines import CaseLine
from langbord.gatherings.models import Gathering
from langbord.processes.models import Process

MOST = 2
"""So few at a time: a whisper is not a list of faults."""


@dataclass(frozen=True)
class Whisper:
    text: str
    idea: str
    url: str


def whispers_for(
    actor: Actor, process: Process, seats: Any, gatherings: Sequence[Gathering], lines: Sequence[CaseLine]
) -> list[Whisper]:
    """The two that matter most now. No query of its own."""
    found = []
    late = [line for line in lines if line.late]
    if late:
        found.append(
            Whisper(
                _("Noen venter fortsatt på et svar. Den som ikke får svar, slutter ofte å si noe."),
                _("Se hva som venter"),
                reverse("board", args=[process.slug]),
            )
        )
    kinds = {room.id: room.kind for room in actor.rooms_in(process.pk)}
    held = [g for g in gatherings if g.cancelled_at is None and g.ends_at <= clock.now()]
    service_met = any(kinds.get(g.room_id) == RoomKind.SERVICE for g in held)
    citizens_met = any(kinds.get(g.room_id) in CITIZEN_ROOMS for g in held)
    has_service_room = RoomKind.SERVICE in kinds.values()
    if has_service_room and seats.citizens and not service_met and not citizens_met:
        found.append(
            Whisper(
                _(
                    "Innbyggere er bedt med, og de ansatte har ikke møttes for seg selv ennå. En kommune måtte stoppe og "
                    "begynne på nytt da den gjorde det slik."
                ),
                _("Planlegg et læringsverksted"),
                reverse("gatherings", args=[process.slug]),
            )
        )
    if seats.citizens < seats.service and seats.citizens + seats.hosts + seats.service > 1:
        found.append(
            Whisper(
                _("Det er færre innbyggere enn ansatte ved bordet. Da blir det fort de ansattes bord."),
                _("Se hvem som er med"),
                reverse("process-people", args=[process.slug]),
            )
        )
    return found[:MOST]
