"""Can we invite now? What is in place, what is missing, and why it matters. A view, never a gate."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, HOST_SIDE, Role, RoomKind
from langbord.library import content
from langbord.processes.models import Membership, Process
from langbord.rooms import door

from . import rules
from .state import PointState

Text = str | Promise

_CARRYING = frozenset({Role.COORDINATOR, Role.EMPLOYEE, Role.PARTNER, Role.DAILY_LEADER})
FEWEST = 2
"""At least two who carry it: one alone burns out, and when they go it stops (R, G)."""


@dataclass(frozen=True)
class Found:
    """One thing one would like to have in place. why: why it matters, plainly. url, link: where one does something
    about it; none for whoever cannot."""

    ok: bool
    text: Text
    why: Text
    url: str = ""
    link: Text = ""


@dataclass(frozen=True)
class Ready:
    """facts: what the product itself can see; points: those of the guide that matter before one invites, with where
    they stand."""

    facts: list[Found]
    points: list[tuple[content.Point, PointState]]

    @property
    def missing(self) -> list[Found]:
        return [found for found in self.facts if not found.ok]

    @property
    def in_place(self) -> list[Found]:
        return [found for found in self.facts if found.ok]

    @property
    def to_talk_about(self) -> list[tuple[content.Point, PointState]]:
        return [(point, state) for point, state in self.points if not state.is_settled]

    @property
    def talked_about(self) -> list[tuple[content.Point, PointState]]:
        return [(point, state) for point, state in self.points if state.is_settled]

    @property
    def all_well(self) -> bool:
        return not self.missing and not self.to_talk_about


def ready(
    actor: Actor, process: Process, sections: tuple[content.Section, ...], held: dict[str, PointState]
) -> Ready:
    """Two queries. The question, the people and the letters have a page of their own (`inviting`)."""
    points = [point for section in sections for point in section.points if point.needed_for == "inviting"]
    return Ready(
        facts=_facts(actor, process),
        points=[(point, held.get(point.key) or PointState(point.key)) for point in points],
    )


def _facts(actor: Actor, process: Process) -> list[Found]:
    roles: dict[object, set[str]] = {}
    rows = Membership.objects.unrestricted(
        "how many carry it and whether a leader is in, never who"
    ).current()
    for person_id, role in rows.filter(process=process).values_list("person_id", "role"):
        roles.setdefault(person_id, set()).add(role)
    coordinates = actor.has_role(process.pk, Role.COORDINATOR)
    people = reverse("process-people", args=[process.slug]) if coordinates else ""
    found = [
        Found(
            ok=bool(process.purpose),
            text=_("Det står noen ord om hva det gjelder"),
            why=_("Folk sier ja til noe de forstår. Skriv det slik du ville sagt det til en nabo."),
            url=reverse("process-purpose", args=[process.slug]) if coordinates else "",
            link=_("Skriv det"),
        ),
        Found(
            ok=sum(bool(held & _CARRYING) for held in roles.values()) >= FEWEST,
            text=_("Minst to bærer det sammen"),
            why=_("Den som står alene, blir sliten. Slutter den ene, stopper alt."),
            url=people,
            link=_("Ta med en til"),
        ),
        Found(
            ok=any(Role.LEADER in held for held in roles.values()),
            text=_("En leder har sagt ja, og vet til hva"),
            why=_("Uten tid og støtte hjemmefra har andre måttet stoppe og begynne på nytt."),
            url=people,
            link=_("Ta med en leder"),
        ),
    ]
    if any(room.kind in CITIZEN_ROOMS for room in actor.rooms_in(process.pk)):
        found.append(
            Found(
                ok=any(held & HOST_SIDE for held in roles.values()),
                text=_("Det er verter som tar imot"),
                why=_("Noen må ønske velkommen, passe på rommet og tåle at det blir stille."),
                url=people,
                link=_("Ta med en vert"),
            )
        )
    service = actor.rooms_in(process.pk, RoomKind.SERVICE)
    if service and rules.prepares(actor, process.pk):
        said = door.service_list(process.pk)
        room = next((r for r in service if actor.may_read(r.id)), None)
        here = reverse("room", args=[process.slug, room.id]) if room is not None else ""
        found += [
            Found(
                ok=said["shortcomings"],
                text=_("Tjenesten har sagt hva den ikke får til"),
                why=_("Det nye begynner når de ansatte våger å si hvor det svikter."),
                url=here,
                link=_("Skriv det i tjenesterommet"),
            ),
            Found(
                ok=said["no_promises"],
                text=_("Tjenesten vet hva den ikke kan love"),
                why=_("Et løfte som brister, gjør det verre enn før. Si det som det er, tidlig."),
                url=here,
                link=_("Skriv det i tjenesterommet"),
            ),
        ]
    return found
