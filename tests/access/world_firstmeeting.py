"""The world of the walk, for the first meeting: a list with everything on it, one with another adviser, one to which nobody
came, one with a first card; and figures of two units, of which one leader sees theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from langbord.base import clock
from langbord.firstmeeting import actions, cards, releasing, writing
from langbord.firstmeeting.counting import month_of
from langbord.firstmeeting.enums import Kind
from langbord.firstmeeting.models import Meeting, Release
from tests.access.world import World, once

THING, POINT = "find-each-other", "who-we-are"


def _begun(world: World, scope: str, adviser: str, citizen: str = "") -> Meeting:
    made = actions.begin(
        actor=world.actor(adviser),
        called=world.plant(f"list:{scope}", "adviser"),
        label=world.plant(f"list:{scope}", "label"),
    )
    if citizen:
        code = actions.make_code(actor=world.actor(adviser), meeting=made)
        made = actions.join(
            actor=world.actor(citizen), code=code, called=world.plant(f"list:{scope}", "citizen")
        )
    world.at[f"list:{scope}"] = {"meeting": made.pk, "thing": THING}
    return made


def plant(world: World, more: int) -> None:
    """Everything of this area, once, and what lists show `more` times."""
    for _number in range(more):
        meeting = _begun(world, "a", "employee", "citizen-2")
    _words(world, meeting, more)
    _begun(world, "other", "coordinator", "citizen-2")
    _begun(world, "waiting", "employee")
    first = _begun(world, "card", "employee")
    cards.register_for(
        actor=world.actor("employee"),
        meeting=first,
        name=world.plant("list:card", "name"),
        person_id=once("first-card"),
    )
    for number in range(more):
        _figures(world, "nav", "employee", number, opened=False)
        _figures(world, "housing", "coordinator", number, opened=True)


def _words(world: World, meeting: Meeting, more: int) -> None:
    adviser, citizen = world.actor("employee"), world.actor("citizen-2")

    def say(actor: Any, kind: str, what: str, **rest: Any) -> Any:
        text = world.plant("list:a", what)
        return writing.say(actor=actor, meeting=meeting, kind=kind, text=text, **rest)

    actions.tick(actor=citizen, meeting=meeting, point=POINT)
    actions.tick(actor=adviser, meeting=meeting, point="where-we-meet", by_phone=True)
    for number in range(more):
        said = say(adviser, Kind.COMMENT, f"comment {number}", thing=THING)
        say(adviser, Kind.COMMENT, f"phone {number}", thing=THING, by_phone=True)
        say(citizen, Kind.CORRECTION, f"correction {number}", thing=THING, about=said)
        heard = say(citizen, Kind.COMMENT, f"own {number}", thing=THING)
        promise = say(adviser, Kind.PROMISE, f"promise {number}", due_on=clock.today() + timedelta(days=5))
        say(citizen, Kind.SAY_BACK, f"say-back {number}")
        proposal = say(adviser, Kind.FOR_PLAN, f"proposal {number}")
        say(adviser, Kind.FOR_NOTES, f"for notes {number}")
        if number == 0:
            named = {"said": said, "heard": heard, "promise": promise, "for-plan": proposal}
            for name, entry in named.items():
                world.at[f"{name}:a"] = {"meeting": meeting.pk, "entry": entry.pk}
    for kind in (Kind.PLAN, Kind.NOTES):
        text = world.plant("list:a", kind.value)
        writing.write_own(actor=citizen, meeting=meeting, kind=kind, text=text, version=0)


def _figures(world: World, unit: str, adviser: str, number: int, *, opened: bool) -> None:
    """Behind the actions: many lists in months gone by would take too long here (tests/firstmeeting/test_releasing.py)."""
    month = month_of(month_of(clock.today()) - timedelta(days=31 * number + 1))
    made = Release.objects.create(
        unit_id=world.table.people[adviser].unit_id,
        first=month,
        last=month,
        lists=12,
        figures={POINT: 6},
        made_at=clock.now(),
        opened_at=clock.now() if opened else None,
    )
    text = world.plant(f"thought:{unit}", "thought")
    releasing.think(actor=world.actor(adviser), release=made, text=text)
    releasing.look(actor=world.actor(adviser), release=made)
    world.at[f"release:{unit}"] = {"release": made.pk}


def _say(world: World, variant: str, key: str) -> dict[str, Any]:
    return {
        "once": once(key, variant),
        "text": "Dette sier jeg",
        "due_on": (clock.today() + timedelta(days=3)).isoformat(),
        "version": "1",
    }


FORMS = {
    "first-meeting-begin": lambda w, v: {"once": once("first-begin"), "called": "Meg"},
    "first-meeting-join": lambda w, v: {"code": "AAAA-AAAA", "called": "Meg"},
    "first-meeting-thing": lambda w, v: _say(w, v, "first-thing"),
    "first-meeting-tick": lambda w, v: {"point": "reach-each-other", "do": "on"},
    "first-meeting-promises": lambda w, v: _say(w, v, "first-promise"),
    "first-meeting-say-back": lambda w, v: _say(w, v, "first-say-back"),
    "first-meeting-plan": lambda w, v: _say(w, v, "first-plan"),
    "first-meeting-notes": lambda w, v: _say(w, v, "first-notes"),
    "first-meeting-correct": lambda w, v: _say(w, v, "first-correct"),
    "first-meeting-kept": lambda w, v: {"kept": "yes"},
    "first-meeting-card": lambda w, v: {"once": once("first-card-new"), "name": "Ny"},
    "first-meeting-count": lambda w, v: {"answer": "yes"},
    "first-meeting-unit-think": lambda w, v: _say(w, v, "first-thought"),
}
"""What each form sends."""
