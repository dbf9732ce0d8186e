"""Ways to begin: templates as YAML, validated when loaded. Nothing in them binds; a process may change everything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from langbord.access.enums import CITIZEN_ROOMS, RoomKind

FOLDER = Path(__file__).resolve().parent.parent / "content" / "templates"


class TemplateBroken(ValueError):
    """A template file that can't be used; the message names the file and the place."""


@dataclass(frozen=True)
class RoomPlan:
    kind: str
    name: dict[str, str]
    door: bool


@dataclass(frozen=True)
class Template:
    """A way to begin: its texts per language, and the rooms it opens."""

    key: str
    version: int
    title: dict[str, str]
    summary: dict[str, str]
    suits: dict[str, str]
    rooms: tuple[RoomPlan, ...]

    def shown(self, field: str) -> str:
        return in_language(getattr(self, field))

    @property
    def shown_title(self) -> str:
        return self.shown("title")

    @property
    def shown_summary(self) -> str:
        return self.shown("summary")

    @property
    def shown_suits(self) -> str:
        return self.shown("suits")


def in_language(texts: dict[str, str]) -> str:
    """The text in the language now spoken; Bokmål where it is missing."""
    return texts.get((get_language() or "nb")[:2]) or texts["nb"]


def _texts(raw: Any, where: str) -> dict[str, str]:
    if not isinstance(raw, dict) or not raw.get("nb"):
        raise TemplateBroken(f"{where}: Bokmål (nb) is missing")
    return {str(k): str(v).strip() for k, v in raw.items()}


def _load(path: Path) -> Template:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise TemplateBroken(f"{path.name}: {error}") from error
    rooms = []
    for number, room in enumerate(raw.get("rooms", [])):
        where = f"{path.name}: room {number + 1}"
        if room.get("kind") not in RoomKind.values:
            raise TemplateBroken(f"{where}: unknown kind {room.get('kind')!r}")
        if room.get("door") and room["kind"] not in CITIZEN_ROOMS:
            raise TemplateBroken(f"{where}: only a citizens' room has a door")
        rooms.append(
            RoomPlan(kind=room["kind"], name=_texts(room.get("name"), where), door=bool(room.get("door")))
        )
    if [r.kind for r in rooms].count(RoomKind.BOARD) != 1:
        raise TemplateBroken(f"{path.name}: exactly one board is needed")
    return Template(
        key=path.stem,
        version=int(raw.get("version", 1)),
        title=_texts(raw.get("title"), f"{path.name}: title"),
        summary=_texts(raw.get("summary"), f"{path.name}: summary"),
        suits=_texts(raw.get("suits"), f"{path.name}: suits"),
        rooms=tuple(rooms),
    )


@cache
def all_templates() -> dict[str, Template]:
    """The templates by key, in the order in which they are offered."""
    found = {path.stem: _load(path) for path in sorted(FOLDER.glob("*.yaml"))}
    order = ["likemenn-forst", "ressursgruppe", "blank"]
    return {key: found[key] for key in sorted(found, key=lambda k: (order.index(k) if k in order else 99, k))}
