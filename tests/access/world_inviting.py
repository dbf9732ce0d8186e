"""The world of the walk, for inviting people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from langbord.base import clock, seen
from langbord.inviting import actions, letters, question, taking_part
from langbord.inviting.actions import Name
from langbord.inviting.enums import ChangedBy, Step
from langbord.inviting.models import Invitee, TakingPart
from tests.access.world import World, once

PREPARES = {"a": ("coordinator", "host"), "b": ("coordinator-other-process", "daily-leader")}
CITIZEN = {"a": "citizen", "b": "paid"}


def plant(world: World, more: int) -> None:
    """Everything of this area, once, and what lists show `more` times."""
    for side, (coordinator, asker) in PREPARES.items():
        process = world.table.process if side == "a" else world.table.other
        leads, asks = world.actor(coordinator), world.actor(asker)
        for number in range(more + 1):
            question.change(
                actor=leads,
                process_id=process.pk,
                text="spørsmål " + world.plant(f"question:{side}", f"text {number}"),
                ours="her " + world.plant(f"question:{side}", f"ours {number}"),
                elsewhere="der " + world.plant(f"question:{side}", f"elsewhere {number}"),
                why="fordi " + world.plant(f"question:{side}", f"why {number}"),
                changed_by=ChangedBy.GROUP,
            )
        lists = actions.write_lists(
            actor=leads,
            process_id=process.pk,
            lives_with="de " + world.plant(f"lists:{side}", "lives with"),
            seldom_asked="de " + world.plant(f"lists:{side}", "seldom asked"),
            not_here="de " + world.plant(f"lists:{side}", "not here"),
        )
        world.things[f"lists-seen:{side}"] = seen.of(
            {name: str(getattr(lists, name)) for name in actions.LISTS}
        )
        for number in range(more):
            _one_more(world, side, number, process.pk, leads, asks)


def _one_more(world: World, side: str, number: int, process_id: Any, leads: Any, asks: Any) -> None:
    citizen = CITIZEN[side]
    proposal = question.propose(
        actor=world.actor(citizen),
        process_id=process_id,
        text="heller " + world.plant(f"proposal:{side}", f"text {number}"),
        why="fordi " + world.plant(f"proposal:{side}", f"why {number}"),
    )
    letter = letters.begin(
        actor=leads, process_id=process_id, kind="families", language="nb", question=None, phone="99 00 00 00"
    )
    letters.change(
        actor=leads,
        letter=letter,
        text="brev " + world.plant(f"letter:{side}", f"text {number}"),
        caller="Kari",
        phone="99 00 00 00",
    )
    asked = _asked(world, f"invitee:{side}", number, asks, process_id)
    taking_part.write_for(
        invitee=asked,
        actor=asks,
        words={"hard": "ord " + world.plant(f"invitee-ways:{side}", f"hard {number}")},
    )
    said_yes = _asked(world, f"invitee:{side}", number + 1000, asks, process_id)
    actions.set_step(invitee=said_yes, step=Step.YES, actor=asks)
    own = _asked(world, f"invitee:{side}-own", number, leads, process_id) if side == "a" else None
    if number:
        return
    taking_part.write_own(
        actor=world.actor(citizen),
        process_id=process_id,
        words={name: f"{name} " + world.plant(f"ways:{citizen}", name) for name in TakingPart.WORDS[1:]},
    )
    slug = world.at[side]["process"]
    world.at[f"proposal:{side}"] = {"process": slug, "proposal": proposal.pk}
    world.at[f"letter:{side}"] = {"process": slug, "letter": letter.pk}
    world.at[f"invitee:{side}"] = {"process": slug, "invitee": asked.pk}
    world.things[f"letter:{side}:seen"] = seen.of(
        {name: str(getattr(letter, name)) for name in letters.SHOWN}
    )
    world.things[f"yes:{side}"] = said_yes
    if own is not None:
        world.at["invitee:a-own"] = {"process": slug, "invitee": own.pk}


def _asked(world: World, scope: str, number: int, actor: Any, process_id: Any) -> Invitee:
    """Somebody on the list whom this actor asks: a name and a way to reach them that only few may know."""
    what = f"{number}" if number < 1000 else f"yes {number - 1000}"
    (made,) = actions.note(
        actor=actor,
        process_id=process_id,
        households=[[Name("N" + world.plant(scope, f"name {what}"), False)]],
        side="citizen",
        once=uuid4(),
    )
    actions.describe(
        actor=actor,
        invitee=made,
        name=str(made.name),
        contact="gjennom " + world.plant(scope, f"contact {what}"),
        language="nb",
        young=False,
        guardian_yes_on=None,
    )
    return made


def _seat(world: World, variant: str) -> dict[str, Any]:
    room = world.table.rooms["peer" if variant == "a" else "b-group"]
    return {"side": "citizen", "people": str(world.things[f"yes:{variant}"].pk), "room": str(room.pk)}


FORMS: dict[str, Callable[[World, str], dict[str, Any]]] = {
    "invited": lambda w, v: {"code": "AAAA-AAAA"},
    "invited-link": lambda w, v: {"answer": "yes"},
    "question-change": lambda w, v: {
        "once": once("question-change", v),
        "text": "Andre ord",
        "changed_by": "group",
        "why": "Gruppa ville det",
    },
    "question-propose": lambda w, v: {"once": once("question-propose", v), "text": "Mine ord"},
    "proposal-answer": lambda w, v: {"once": once("proposal", v), "choice": "answer", "text": "Ikke nå"},
    "inviting-lists": lambda w, v: {"not_here": "De unge", "seen": w.things[f"lists-seen:{v}"]},
    "inviting-add": lambda w, v: {"once": once("inviting-add", v), "names": "Nykommer", "side": "citizen"},
    "inviting-seat": _seat,
    "letters": lambda w, v: {
        "once": once("letters", v),
        "kind": "families",
        "language": "nn",  # one in Bokmål was begun a moment ago: it would be pointed at
        "caller": "Kari",
        "phone": "99 00 00 00",
    },
    "letter": lambda w, v: {
        "text": "Et brev",
        "caller": "Kari",
        "phone": "99 00 00 00",
        "do": "save",
        "seen": w.things[f"{v}:seen"],
    },
    "letter-announced": lambda w, v: {"where": "biblioteket", "on": clock.today().isoformat()},
    "letter-sheets": lambda w, v: {"do": "print"},
    "invitee": lambda w, v: {"name": "Annen", "contact": "", "language": "nb"},
    "invitee-step": lambda w, v: {"step": "asked"},
    "invitee-ring": lambda w, v: {"answer": "later"},
    "my-ways": lambda w, v: {"process": str(w.table.process.pk), "food": "Suppe"},
}
"""What each form of this area sends."""
