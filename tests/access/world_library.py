"""The world of the walk, for the open library and overrides of content."""

from __future__ import annotations

from typing import Any

from langbord.library import actions, content
from langbord.people.models import Organisation
from tests.access.world import World, once

SHEET = "first-peer-gathering"


def plant(world: World, more: int) -> None:
    """A point and a sheet in Fjordvik's own words, the same in another organisation's, and something of every open shelf."""
    section = content.guide()[0]
    key = section.points[0].key
    world.at["open:section"] = {"key": section.key}
    world.at["open:point"] = {"key": key}
    world.at["open:unit"] = {"key": content.course()[0].key}
    world.at["open:shelf"] = {"key": "lists"}
    world.at["open:sheet"] = {"key": content.sheets("lists")[0].key}
    world.at["open:template"] = {"key": content.templates()[0].key}
    elsewhere = Organisation.objects.exclude(pk=world.table.municipality.pk).get()
    for name, organisation in (("here", world.table.municipality), ("elsewhere", elsewhere)):
        text = f"Slik gjør vi det {world.plant('own-words', name)}"
        actions.say_differently(
            actor=world.actor("operator"),
            organisation=organisation,
            key=key,
            said={"title": f"Et punkt {text}", "about": text},
        )
        world.at[f"own:{name}"] = {"organisation": organisation.pk, "key": key}
        text = f"Slik møtes vi {world.plant('own-words', f'sheet-{name}')}"
        actions.say_differently(
            actor=world.actor("operator"),
            organisation=organisation,
            key=SHEET,
            kind="sheet",
            said={"title": f"Et ark {text}", "lead": text},
        )
        world.at[f"own-sheet:{name}"] = {"organisation": organisation.pk, "key": f"ark_{SHEET}"}


def _new(world: World, variant: str) -> dict[str, Any]:
    return {
        "once": once("library-own-new", variant),
        "section": content.guide()[0].key,
        "title": "Noe vi har lært",
        "about": "Dette har vi lært",
    }


def _say(world: World, variant: str) -> dict[str, Any]:
    return {"seen": "1", "title": "Et punkt", "about": "Slik gjør vi det nå"}


FORMS = {"library-own-new": _new, "library-own-point": _say}
