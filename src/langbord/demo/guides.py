"""The guide in the example: what those who prepare have talked about, set aside and still carry, and what the rooms say it is.

Through the same actions as the pages, on the days they happened.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from langbord.base import clock
from langbord.guides import actions
from langbord.library import content
from langbord.rooms import finding

from .script import moment

TALKED = (
    (-148, "kari", "Vi vet ikke hvordan det ender. Lederen sa høyt at det er greit."),
    (-141, "mette", "Eiendom må være med fra starten. Det har vi ikke pleid."),
    (-133, "espen", "Jeg grudde meg til å si hva vi ikke får til. Det gikk bra."),
    (-120, "ola", ""),
)
NOW = (
    ("tjenesten", "kari", -118, "Et forsøk på å høre etter før vi bestemmer."),
    ("tjenesten", "mette", -30, "Å gjøre små ting ordentlig, og si fra når vi ikke kan."),
    ("torsdag", "bjarne", -110, "Et sted der jeg slipper å forklare meg."),
    ("torsdag", "amina", -20, "Vi hjelper hverandre, og nå vil vi at kommunen skal høre på oss også."),
)


def live(story: Any) -> None:
    """All of it, in the first process of the example. `story`: the script on its way (build.py)."""
    if story.script["process"]["coordinator"] != "kari":
        return
    points = [point for section in content.guide() for point in section.points]
    needed = [point for point in points if point.needed_for == "inviting"]
    for (day, who, words), point in zip(TALKED, needed, strict=False):
        with clock.frozen(moment(story.made_on, day, 14)):
            actions.talked(actor=story.actor(who), process=story.process, key=point.key, text=words)
    later = [point for point in points if point.needed_for is None and point.may_skip]
    with clock.frozen(moment(story.made_on, -90, 15)):
        actions.set_aside(
            actor=story.actor("kari"),
            process=story.process,
            key=later[0].key,
            text="Dette snakket vi mye om da prosjektet ble til. Vi tar det fram igjen om noen spør.",
        )
    with clock.frozen(moment(story.made_on, -5, 15)):
        mette = story.actor("mette")
        actions.carry(actor=mette, process=story.process, key=later[1].key, carrier_id=mette.person_id)
        actions.plan_talk(
            actor=mette,
            process=story.process,
            key=later[1].key,
            on=(moment(story.made_on, 6) + timedelta(days=2)).date(),
        )
    for room, who, day, words in NOW:
        with clock.frozen(moment(story.made_on, day, 19)):
            actor = story.actor(who)
            place = finding.room(actor, story.rooms[room].pk)
            actions.say_what_now(actor=actor, room=place, text=words)
