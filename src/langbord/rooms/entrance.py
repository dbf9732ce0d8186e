"""At the entrance of a citizens' room: who reads, what hosts keep to themselves, and what they must report by law.

Nobody can be promised that all stays secret (docs/entrance.md has the sources), so it is said at the door, before
anybody tells. That a person has read it is an event without content; the texts are in content/entrance/, one for each
kind of room, with a version: a new one is shown again to everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Exists, OuterRef

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, RoomKind
from langbord.base import events
from langbord.base.errors import NotAllowed
from langbord.base.models import Event
from langbord.processes.templates import in_language

from .models import Room
from .querysets import RoomQuerySet

FOLDER = Path(__file__).resolve().parent.parent / "content" / "entrance"


class EntranceBroken(ValueError):
    """A text of the entrance that cannot be used; the message names the file and the place."""


@dataclass(frozen=True)
class Part:
    """A heading with a text, perhaps some points, and a text after them; each per language."""

    heading: dict[str, str]
    text: dict[str, str]
    points: tuple[dict[str, str], ...] = ()
    after: dict[str, str] | None = None


@dataclass(frozen=True)
class Said:
    """A part in the language now spoken."""

    heading: str
    text: str
    points: tuple[str, ...]
    after: str


@dataclass(frozen=True)
class Entrance:
    """What is said at the entrance of one kind of room."""

    version: int
    title: dict[str, str]
    parts: tuple[Part, ...]

    @property
    def heading(self) -> str:
        return in_language(self.title)

    @property
    def said(self) -> list[Said]:
        return [
            Said(
                in_language(part.heading),
                in_language(part.text),
                tuple(in_language(point) for point in part.points),
                in_language(part.after) if part.after else "",
            )
            for part in self.parts
        ]


def _texts(raw: Any, where: str) -> dict[str, str]:
    if not isinstance(raw, dict) or not raw.get("nb"):
        raise EntranceBroken(f"{where}: Bokmål (nb) is missing")
    return {str(language): " ".join(str(text).split()) for language, text in raw.items()}


def _part(raw: Any, where: str) -> Part:
    return Part(
        heading=_texts(raw.get("heading"), f"{where}, heading"),
        text=_texts(raw.get("text"), f"{where}, text"),
        points=tuple(_texts(point, f"{where}, points") for point in raw.get("points", ())),
        after=_texts(raw["after"], f"{where}, after") if "after" in raw else None,
    )


def _load(path: Path) -> Entrance:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise EntranceBroken(f"{path.name}: {error}") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("version"), int) or not raw.get("parts"):
        raise EntranceBroken(f"{path.name}: version and parts are missing")
    return Entrance(
        version=raw["version"],
        title=_texts(raw.get("heading"), f"{path.name}: heading"),
        parts=tuple(_part(part, f"{path.name}: part {n}") for n, part in enumerate(raw["parts"], start=1)),
    )


@cache
def text_for(kind: str) -> Entrance:
    """What is said at the entrance of a citizens' room of this kind. EntranceBroken if the file cannot be used."""
    return _load(FOLDER / f"{RoomKind(kind).value}.yaml")


def read_all() -> list[Entrance]:
    """Every text of the entrance, for the check at start-up."""
    return [text_for(kind) for kind in CITIZEN_ROOMS]


def verb_for(kind: str) -> str:
    return f"entrance.read.{kind}.{text_for(kind).version}"


def rooms_with_entrance(actor: Actor) -> RoomQuerySet:
    """Rooms with their process, each with `entrance_read`: has this person read what now stands at its entrance? Costs no
    query of its own; open it with `visible_to`."""
    own = Event.objects.filter(actor_id=actor.person_id, object_id=OuterRef("pk"))
    verbs = [verb_for(kind) for kind in CITIZEN_ROOMS]
    return Room.objects.all().with_process().annotate(entrance_read=Exists(own.filter(verb__in=verbs)))


def shown_at(room: Room) -> Entrance | None:
    """What stands above the wall of a room that was loaded from `rooms_with_entrance`; None when this person has read it,
    and in rooms that are not the citizens'."""
    if room.kind not in CITIZEN_ROOMS or getattr(room, "entrance_read", False):
        return None
    return text_for(room.kind)


def read(*, actor: Actor, room: Room) -> None:
    """The person says that they have read it. Noted once for each version; a second click changes nothing."""
    if room.kind not in CITIZEN_ROOMS or not actor.may_read(room.pk):
        raise NotAllowed()
    verb = verb_for(room.kind)
    with transaction.atomic():
        if not events.has_done(actor.person_id, verb, room.pk):
            events.record(actor.person_id, verb, room, process_id=room.process_id)
