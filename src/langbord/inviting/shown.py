"""Ways from the page of a process, and the line on *Meg*. No query."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE, HOST_SIDE
from langbord.processes.enums import Stage
from langbord.processes.hooks import Way

from .querysets import invites


def _everybody(actor: Actor, process_id: UUID) -> bool:
    return bool(actor.sittings_in(process_id))


def _hosts(actor: Actor, process_id: UUID) -> bool:
    return actor.has_role(process_id, *HOST_SIDE)


def ways() -> list[Way]:
    return [
        Way(
            Stage.INVITE,
            _("Hva det gjelder"),
            "question",
            _everybody,
            _("Spørsmålet, og hvordan det har endret seg"),
            10,
        ),
        Way(
            Stage.INVITE,
            _("Spørre folk inn"),
            "inviting",
            invites,
            _("Hvem, brev, svar, og hva som mangler"),
            20,
        ),
        Way(
            Stage.INVITE,
            _("Slik vil de være med"),
            "ways-of-group",
            _hosts,
            _("Det hver enkelt har avtalt med deg"),
            30,
        ),
    ]


def me_panel(actor: Actor) -> tuple[str, dict[str, Any]] | None:
    """The way to one's own page, for citizens."""
    if any(sitting.role in CITIZEN_SIDE for sitting in actor.sittings):
        return ("inviting/_me.html", {})
    return None
