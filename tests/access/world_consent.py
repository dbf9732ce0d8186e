"""Consents in the world of the walk: answers of several people, an adult who signs in, one who is a name, a witness."""

from __future__ import annotations

from django.db import transaction

from langbord.consent import actions, guardians, ledger, texts
from langbord.consent.enums import Method, Purpose
from tests.access.world import World


def consents(world: World) -> None:
    """In both processes: who says yes, who says no, who is under 16 with an adult beside."""
    table = world.table
    for key, process, child, host in (
        ("a", table.process, "citizen-3", "host"),
        ("b", table.other, "citizen-other-process", "daily-leader"),
    ):
        world.at[f"ask:{key}"] = {"where": process.pk, "purpose": Purpose.RESEARCH.value}
        sitting = {s.process_id for s in world.actor(child).sittings}
        assert process.pk in sitting
        beside = guardians.name_guardian(
            actor=world.actor(host),
            process_id=process.pk,
            child_id=table.people[child].pk,
            guardian_id=table.people["citizen-2"].pk if key == "a" else None,
            guardian_name="" if key == "a" else "Mor " + world.plant(f"guardian:{child}", "name"),
        )
        world.at[f"beside:{child}"] = {"guardianship": beside.pk, "purpose": Purpose.RESEARCH.value}
        for purpose in (Purpose.RESEARCH, Purpose.PHOTO):
            actions.answer(actor=world.actor(child), process_id=process.pk, purpose=purpose, yes=True)
    guard = world.at["beside:citizen-3"]["guardianship"]
    mine = guardians.Guardianship.objects.visible_to(world.actor("citizen-2")).get(pk=guard)
    actions.answer_as_guardian(
        actor=world.actor("citizen-2"), guardianship=mine, purpose=Purpose.RESEARCH, yes=True
    )
    actions.answer(
        actor=world.actor("citizen"), process_id=table.process.pk, purpose=Purpose.QUOTES, yes=False
    )
    with transaction.atomic():
        record = ledger.open_head(table.people["citizen"], table.process.pk, "nb")
        notice = texts.notice(Purpose.RECORDING, "nb")
        assert notice is not None
        actions.give(
            record=record,
            actor=world.actor("host"),
            purpose=Purpose.RECORDING,
            yes=True,
            notice=notice,
            method=Method.VOICE,
            witness="Vitne " + world.plant("witness:citizen", "name"),
        )
