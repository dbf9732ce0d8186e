"""Sheets of consent and adults beside somebody, in the world of the walk."""

from __future__ import annotations

from uuid import UUID

from langbord.consent.enums import Purpose
from langbord.consent.hosting import sheets
from langbord.consent.hosting.models import Sheet
from langbord.consent.models import ConsentEvent
from tests.access.world import World, once
from tests.cast import TEST

ASKED = [Purpose.RECORDING.value, Purpose.PHOTO.value]


def hosting(world: World, number: int = 0) -> None:
    """In both processes: a sheet that its host printed and nobody has keyed in."""
    table = world.table
    for key, process, person, host in (
        ("a", table.process, "citizen", "host"),
        ("b", table.other, "paid", "daily-leader"),
    ):
        (sheet,) = sheets.print_sheets(
            actor=world.actor(host),
            process_id=process.pk,
            people=[table.people[person]],
            purposes=ASKED,
            once=once("sheets", key, number),
        )
        if number:
            continue
        world.things[f"sheet:{key}"] = sheet
        world.at[f"sheet:{key}"] = {"process": process.slug, "sheet": sheet.pk, "batch": sheet.batch}
    for key, process, child in (
        ("a", table.process, "citizen-3"),
        ("b", table.other, "citizen-other-process"),
    ):
        beside: UUID = world.at[f"beside:{child}"]["guardianship"]
        world.at[f"adult:{key}"] = {"process": process.slug, "guardianship": beside}
    aloud = ConsentEvent.objects.unrestricted(TEST).get(witness__isnull=False)
    world.at["aloud:citizen"] = {"event": aloud.pk}


def unkeyed(world: World, key: str) -> Sheet:
    found: Sheet = world.things[f"sheet:{key}"]
    return found
