"""The group's own words in the example: what they wonder about, and what each of them thinks it means."""

from __future__ import annotations

from typing import Any

from langbord.base import clock
from langbord.rooms import finding
from langbord.stories import wordlist

from .script import moment

ASKED: dict[str, list[tuple[str, str, bool, list[tuple[str, str]]]]] = {
    "torsdag": [
        (
            "amina",
            "vedtak",
            False,
            [
                ("bjarne", "Et brev der det står ja eller nei. Du kan klage hvis det er nei."),
                ("celina", "For meg betyr det at jeg må få noen til å lese det for meg."),
            ],
        ),
        ("dawit", "oppfølging", True, [("amina", "At noen ringer igjen. Det kan ta tid.")]),
        (
            "celina",
            "Hvem bestemmer om vi får bytte leilighet?",
            True,
            [
                ("bjarne", "Boligkontoret. Men stiftelsen må si ja først, tror jeg."),
                ("celina", "Jeg fikk vite at det er tre kontorer som må være enige."),
            ],
        ),
        ("bjarne", "boligsosial", True, []),
    ],
    "tjenesten": [
        ("mette", "samhandling", True, [("ola", "At vi ringer hverandre. Vi kunne bare sagt det.")]),
    ],
}
"""By room: who asks, what, with a name or not, and who explains it how."""


def live(story: Any) -> None:
    """In the first process of the example only. `story`: the script on its way (build.py)."""
    for key, asked in ASKED.items():
        if key not in story.rooms:
            continue
        for number, (asker, text, signed, meanings) in enumerate(asked):
            with clock.frozen(moment(story.made_on, -40 + number * 7, 18)):
                actor = story.actor(asker)
                room = finding.room(actor, story.rooms[key].pk)
                word = wordlist.ask(actor=actor, room=room, text=text, signed=signed)
            for later, (who, meaning) in enumerate(meanings):
                with clock.frozen(moment(story.made_on, -38 + number * 7 + later, 20)):
                    actor = story.actor(who)
                    room = finding.room(actor, story.rooms[key].pk)
                    wordlist.explain(actor=actor, room=room, word=word, text=meaning)
