"""How long things are kept, in the world of the walk: lengths with reasons, a closing that was taken back, the end of the
research, and warnings."""

from __future__ import annotations

from datetime import timedelta

from langbord.base import clock
from langbord.processes.keeping import actions
from langbord.processes.models import Notice, Process
from tests.access.world import World
from tests.cast import TEST


def dates(world: World) -> None:
    table = world.table
    for key, coordinator, held in (
        ("a", "coordinator", table.process),
        ("b", "coordinator-other-process", table.other),
    ):
        process = Process.objects.unrestricted(TEST).get(pk=held.pk)
        actor = world.actor(coordinator)
        actions.set_length(
            actor=actor,
            process=process,
            kind="needs",
            days=20,
            reason="fordi " + world.plant(f"process:{key}", "length"),
        )
        actions.set_research_end(
            actor=actor, process=process, reference="123", ends_on=clock.today() + timedelta(days=900)
        )
    actions.close(
        actor=world.actor("coordinator"),
        process=table.process,
        reason="ferdig " + world.plant("process:a", "closing"),
        goes_on=clock.today() + timedelta(days=40),
    )
    actions.reopen(actor=world.actor("coordinator"), process=table.process)
    today = clock.today()
    for kind, more in (
        ("draft", {"person": table.people["citizen"], "key": "d"}),
        ("needs", {"room_ref": table.rooms["peer"].pk, "key": "n"}),
        ("board-names", {"key": "b"}),
    ):
        Notice.objects.create(
            kind=kind,
            process=table.process,
            first_on=today,
            goes_on=today + timedelta(days=20),
            counted_on=today,
            **more,
        )
