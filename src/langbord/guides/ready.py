"""Can we invite now? What is in place, what is missing, and why it matters. A view, never a gate."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, HOST_SIDE, Role, RoomKind, side_of
from langbord.library import content
from langbord.processes import hooks
from langbord.processes.hooks import InPlace
from langbord.processes.models import Membership, Process
from langbord.rooms import door

from . import rules
from .state import PointState

_CARRYING = frozenset({Role.COORDINATOR, Role.EMPLOYEE, Role.PARTNER, Role.DAILY_LEADER})
FEWEST = 2
"""At least two who carry it: one alone burns out, and when they go it stops (R, G)."""


@dataclass(frozen=True)
class Ready:
    """facts: what the product itself can see; points: those of the guide that matter before one invites, with where
    they stand. asked: somebody has been asked already."""

    facts: list[InPlace]
    points: list[tuple[content.Point, PointState]]
    asked: bool = False

    @property
    def missing(self) -> list[InPlace]:
        return [found for found in self.facts if not found.done]

    @property
    def in_place(self) -> list[InPlace]:
        return [found for found in self.facts if found.done]

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
    """One query, and those of whoever knows more of what comes before (`hooks.before_inviting`)."""
    points = [point for section in sections for point in section.points if point.needed_for == "inviting"]
    roles = _roles(process)
    told = [before for ask in hooks.before_inviting if (before := ask(actor, process, roles)) is not None]
    first = [check for before in told for check in before.checks]
    return Ready(
        # Whoever asks people in has a page for the question with its trail: what it is about is said once.
        facts=[*_facts(actor, process, roles, says_why=not told), *first],
        asked=any(before.asked for before in told)
        or any(side_of(held) == "citizen" for held in roles.values()),
        points=[(point, held.get(point.key) or PointState(point.key)) for point in points],
    )


def _roles(process: Process) -> dict[object, set[str]]:
    roles: dict[object, set[str]] = {}
    rows = Membership.objects.unrestricted(
        "how many carry it and whether a leader is in, never who"
    ).current()
    for person_id, role in rows.filter(process=process).values_list("person_id", "role"):
        roles.setdefault(person_id, set()).add(role)
    return roles


def _facts(actor: Actor, process: Process, roles: hooks.Roles, *, says_why: bool) -> list[InPlace]:
    coordinates = actor.has_role(process.pk, Role.COORDINATOR)
    people = reverse("process-invite", args=[process.slug]) if coordinates else ""

    def take_in(role: Role) -> str:
        return f"{people}?role={role}" if people else ""

    purpose = [
        InPlace(
            done=bool(process.purpose),
            there=_("Det står noen ord om hva det gjelder"),
            lacking=_("Ingen har skrevet hva det gjelder"),
            why=_("Folk sier ja til noe de forstår. Skriv det slik du ville sagt det til en nabo."),
            url=reverse("process-purpose", args=[process.slug]) if coordinates else "",
            link=_("Skriv det"),
        )
    ]
    found = [
        *(purpose if says_why else []),
        InPlace(
            done=sum(bool(held & _CARRYING) for held in roles.values()) >= FEWEST,
            there=_("Minst to bærer det sammen"),
            lacking=_("Bare én bærer arbeidet nå"),
            why=_("Den som står alene, blir sliten. Slutter den ene, stopper alt."),
            url=take_in(Role.EMPLOYEE),
            link=_("Ta med en til"),
        ),
        InPlace(
            done=any(Role.LEADER in held for held in roles.values()),
            there=_("En leder er med"),
            lacking=_("Ingen leder er med ennå"),
            why=_("Uten tid og støtte hjemmefra har andre måttet stoppe og begynne på nytt."),
            url=take_in(Role.LEADER),
            link=_("Ta med en leder"),
        ),
    ]
    if any(room.kind in CITIZEN_ROOMS for room in actor.rooms_in(process.pk)):
        found.append(
            InPlace(
                done=any(held & HOST_SIDE for held in roles.values()),
                there=_("Det er verter som tar imot"),
                lacking=_("Ingen vert er med ennå"),
                why=_("Noen må ønske velkommen, passe på rommet og tåle at det blir stille."),
                url=take_in(Role.HOST),
                link=_("Ta med en vert"),
            )
        )
    service = actor.rooms_in(process.pk, RoomKind.SERVICE)
    if service and rules.prepares(actor, process.pk):
        said = door.service_list(process.pk)
        room = next((r for r in service if actor.may_read(r.id)), None)
        here = reverse("room", args=[process.slug, room.id]) if room is not None else ""
        found += [
            InPlace(
                done=said["shortcomings"],
                there=_("Tjenesten har sagt hva den ikke får til"),
                lacking=_("Tjenesten har ikke sagt hva den ikke får til"),
                why=_("Det nye begynner når de ansatte våger å si hvor det svikter."),
                url=here,
                link=_("Skriv det i tjenesterommet"),
            ),
            InPlace(
                done=said["no_promises"],
                there=_("Tjenesten vet hva den ikke kan love"),
                lacking=_("Tjenesten har ikke sagt hva den ikke kan love"),
                why=_("Et løfte som brister, gjør det verre enn før. Si det som det er, tidlig."),
                url=here,
                link=_("Skriv det i tjenesterommet"),
            ),
        ]
    return found
